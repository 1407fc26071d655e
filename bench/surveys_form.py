"""The form of 20 questions × 10 points that everything about surveys is measured with."""

from random import Random

from surveys.domain.questionnaire import Question, QuestionKind, Questionnaire, Scale, Section

QUESTIONS, POINTS = 20, 10
TITLE = "Как проходит наставничество"
HELP = "Отметьте одно число. Если уверенности нет, выберите ближайшее."
LOW, HIGH = "совсем не так", "полностью так"
SCALE = Scale(1, POINTS, LOW, HIGH)
BARE_TABLE = "bench_bare_row"
CODES = tuple(f"q{number}" for number in range(1, QUESTIONS + 1))


def form_of_20() -> Questionnaire:
    """As the portal asks it."""
    questions = (
        Question(code, QuestionKind.SCALE, question_text(code), help=HELP, is_required=True, scale=SCALE)
        for code in CODES
    )
    return Questionnaire(TITLE, (Section("", tuple(questions)),))


def question_text(code: str) -> str:
    return f"Встреча {code} помогла мне увереннее вести уроки и разговаривать с родителями учеников"


def points(person: int) -> dict[str, int]:
    """What the person of this number answers; hardly anybody answers like somebody else."""
    return dict(zip(CODES, Random(person).choices(SCALE.values, k=QUESTIONS), strict=True))


def half(person: int) -> dict[str, int]:
    """What the draft has when somebody comes back half-way."""
    return dict(list(points(person).items())[: QUESTIONS // 2])
