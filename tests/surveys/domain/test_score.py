"""The score of the curator's self-assessment, as of any questionnaire with levels."""

import pytest

from surveys.domain.questionnaire import Level, Option, Question, QuestionKind, Questionnaire, Scale, Section, ShowIf
from surveys.domain.score import Score, SectionScore, score_of

SCORE = Scale(0, 2)
LEVELS = (Level(15, "оптимальный"), Level(9, "допустимый"), Level(0, "недопустимый"))


def matrix(code: str, *rows: str) -> Question:
    return Question(code, QuestionKind.MATRIX, "?", rows=tuple(Option(row, row) for row in rows), scale=SCORE)


def self_assessment(levels: tuple[Level, ...] = LEVELS, *more: Question) -> Questionnaire:
    """Nine indicators of 0–2 in three blocks of five, two and two, and a comment."""
    return Questionnaire(
        "Самооценка куратора",
        (
            Section("Программа", (matrix("a", "1", "2", "3", "4", "5"),)),
            Section("Эффект", (matrix("b", "6", "7"),)),
            Section("Изменения", (Question("c8", QuestionKind.SCALE, "?", scale=SCORE), matrix("c", "9"))),
            Section("Комментарий", (Question("words", QuestionKind.LONG, "?"), *more)),
        ),
        levels=levels,
    )


def answers(points: str) -> dict[str, object]:
    keys = ("a.1", "a.2", "a.3", "a.4", "a.5", "b.6", "b.7", "c8", "c.9")
    return dict(zip(keys, map(int, points), strict=True)) | {"words": "18"}


def test_score_is_summed_by_section_and_named_by_its_level():
    # 2 + 2 + 1 + 2 + 1 = 8 of 10, 2 + 2 = 4 of 4, 1 + 2 = 3 of 4: 15 of 18.
    assert score_of(self_assessment(), answers("221212212")) == Score(
        points=15,
        most=18,
        label="оптимальный",
        sections=(
            SectionScore("Программа", 8, 10),
            SectionScore("Эффект", 4, 4),
            SectionScore("Изменения", 3, 4),
        ),
    )


@pytest.mark.parametrize(
    ("points", "label"),
    [
        ("222222222", "оптимальный"),
        ("222222200", "допустимый"),  # 14
        ("111111111", "допустимый"),  # 9
        ("111111110", "недопустимый"),  # 8
        ("000000000", "недопустимый"),
    ],
)
def test_level_changes_at_its_bounds(points, label):
    assert score_of(self_assessment(), answers(points)).label == label


def test_level_does_not_depend_on_the_order_in_which_levels_are_kept():
    assert score_of(self_assessment(LEVELS[::-1]), answers("222222222")).label == "оптимальный"


def test_score_below_the_lowest_level_has_no_label():
    score = score_of(self_assessment(LEVELS[:1]), answers("000000000"))

    assert (score.points, score.label) == (0, None)


def test_points_written_as_digits_count_the_same():
    typed = {key: str(value) for key, value in answers("221212212").items()}

    assert score_of(self_assessment(), typed) == score_of(self_assessment(), answers("221212212"))


@pytest.mark.parametrize("wrong", [{}, {"c.9": None}, {"c.9": ""}, {"c.9": 3}, {"c.9": True}, {"c.9": [2]}])
def test_score_is_unknown_until_every_scale_is_answered_with_a_point(wrong):
    given = answers("222222222")
    del given["c.9"]

    assert score_of(self_assessment(), given | wrong) is None


def test_scaled_question_that_was_not_shown_leaves_the_score_unknown():
    hidden = Question("more", QuestionKind.SCALE, "?", scale=SCORE, show_if=ShowIf("c8", ("0",)))

    assert score_of(self_assessment(LEVELS, hidden), answers("222222222")) is None


def test_questionnaire_without_levels_has_no_score():
    assert score_of(self_assessment(()), answers("222222222")) is None


def test_questionnaire_without_scales_has_no_score():
    words = Questionnaire("Анкета", (Section("", (Question("words", QuestionKind.LONG, "?"),)),), levels=LEVELS)

    assert score_of(words, {"words": "18"}) is None
