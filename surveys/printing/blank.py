"""An empty questionnaire as a tagged PDF, to be filled in by hand."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from documents.domain.numbers import long_date
from documents.printing.pdf import html_to_pdf
from people.domain.plurals import counted
from surveys.domain.questionnaire import Option, Question, QuestionKind, Questionnaire, Scale, ShowIf
from surveys.models import Wave
from surveys.queries.answering import asks_secret, questionnaire_of

LINES = {QuestionKind.SHORT: 1, QuestionKind.LONG: 4}
SECRET = {
    Wave.Stage.ENTRY: "Придумайте слово для сравнения и запомните его",
    Wave.Stage.EXIT: "Слово, которое вы придумали на входе",
}
USUAL_CHOICES = 3
"""How many persons may be chosen where the question does not say."""


@dataclass(frozen=True, slots=True)
class BlankQuestion:
    """A question on paper; `number` is None for a notice, `options` are ticked, `lines` written on."""

    number: int | None
    question: Question
    condition: str
    hint: str
    options: tuple[Option, ...] = ()
    scale: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()
    has_avoid: bool = False


@dataclass(frozen=True, slots=True)
class BlankSection:
    """A section on paper."""

    title: str
    note: str
    questions: tuple[BlankQuestion, ...]


@dataclass(frozen=True, slots=True)
class BlankPaper:
    """All that an empty questionnaire says; `promise` is what becomes of the answers, `secret` asks for the word."""

    organisation: str
    title: str
    intro: str
    until: str
    promise: str
    is_named: bool
    secret: str
    sections: tuple[BlankSection, ...]


def blank_paper(wave: Wave) -> BlankPaper:
    """The questionnaire of a wave as it is printed; a draft wave prints what it would ask now."""
    asked = questionnaire_of(wave.version_id, wave.version.revision)
    return BlankPaper(
        organisation=wave.organisation.full_name,
        title=asked.title,
        intro=asked.intro,
        until=long_date(wave.closes_on),
        promise=_promise(wave),
        is_named=not wave.is_anonymous,
        secret=SECRET[wave.stage] if asks_secret(wave) else "",
        sections=_sections(asked),
    )


def blank_pdf(wave: Wave) -> bytes:
    """The empty questionnaire of a wave as the bytes of a PDF/UA-1 file."""
    return html_to_pdf(render_to_string("surveys/papers/blank.html", {"paper": blank_paper(wave)}))


def _promise(wave: Wave) -> str:
    if not wave.is_anonymous:
        return "Ваши ответы прочтёт куратор наставничества и внесёт их в портал."
    least = counted(wave.threshold, "человека", "человек", "человек")
    return (
        "Анкета без имён: не подписывайте её. Куратор отметит, что вы сдали лист, и внесёт ответы в общий ящик "
        f"без вашего имени. Итоги показывают, только если ответили не меньше {least}. Пишите печатными буквами, "
        "если не хотите, чтобы узнали ваш почерк."
    )


def _sections(asked: Questionnaire) -> tuple[BlankSection, ...]:
    numbers = {question.code: number for number, question in enumerate(asked.asked, 1)}
    return tuple(
        BlankSection(
            section.title,
            section.note,
            tuple(_question(question, asked, numbers) for question in section.questions),
        )
        for section in asked.sections
    )


def _question(question: Question, asked: Questionnaire, numbers: dict[str, int]) -> BlankQuestion:
    kind = question.kind
    return BlankQuestion(
        number=numbers.get(question.code),
        question=question,
        condition=_condition(question.show_if, asked, numbers),
        hint=_hint(question),
        options=question.choices,
        scale=tuple(question.scale.values) if kind in (QuestionKind.SCALE, QuestionKind.MATRIX) else (),
        lines=_lines(question),
        has_avoid=question.has_avoid,
    )


def _condition(show_if: ShowIf | None, asked: Questionnaire, numbers: dict[str, int]) -> str:
    depended = asked.question(show_if.code) if show_if else None
    if show_if is None or depended is None:
        return ""
    labels = {option.code: option.label for option in depended.choices}
    words = " или ".join(f"«{labels.get(answer, answer)}»" for answer in show_if.answers)
    return f"Отвечайте, если на вопрос {numbers[show_if.code]} вы ответили {words}."


def _hint(question: Question) -> str:
    kind = question.kind
    if kind in (QuestionKind.SCALE, QuestionKind.MATRIX):
        return _ends(question.scale)
    if kind == QuestionKind.SEVERAL:
        return f"Отметьте не больше {question.most}." if question.most else "Можно отметить несколько."
    if kind == QuestionKind.NUMBER:
        bounds = [
            f"{word} {bound}" for word, bound in (("от", question.least), ("до", question.most)) if bound is not None
        ]
        return " ".join(["Число", *bounds])
    if kind == QuestionKind.PERSONS:
        return "Впишите фамилии, начиная с самого подходящего человека."
    return ""


def _ends(scale: Scale) -> str:
    ends = ((scale.low, scale.low_label), (scale.high, scale.high_label))
    return ", ".join(f"{point} — {label}" for point, label in ends if label)


def _lines(question: Question) -> tuple[str, ...]:
    """What stands before each line to write on."""
    if question.kind == QuestionKind.PERSONS:
        return tuple(f"{rank}-й выбор" for rank in range(1, (question.most or USUAL_CHOICES) + 1))
    return ("",) * LINES.get(question.kind, 0)
