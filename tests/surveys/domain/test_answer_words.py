"""One sheet in words: every kind of answer, hidden and unanswered questions."""

from surveys.domain.answer_words import ToldLine, ToldQuestion, ToldSection, persons_named, told
from surveys.domain.questionnaire import Option, Question, QuestionKind, Questionnaire, Scale, Section, ShowIf

TOPICS = (Option("methods", "методика"), Option("order", "дисциплина"))


def asking(*questions: Question) -> Questionnaire:
    return Questionnaire(title="Анкета", sections=(Section("О вас", questions),))


def lines(kind: QuestionKind, answers: dict, people: dict | None = None, **values: object) -> tuple[ToldLine, ...]:
    """How the answers to one question with the code «q» are told."""
    asked = asking(Question(code="q", kind=kind, text="?", **values))
    return told(asked, answers, people or {})[0].questions[0].lines


def test_closed_answers_are_told_by_their_labels():
    assert lines(QuestionKind.YES_NO, {"q": "yes"}) == (ToldLine("да"),)
    assert lines(QuestionKind.ONE, {"q": "order"}, options=TOPICS) == (ToldLine("дисциплина"),)
    assert lines(
        QuestionKind.SEVERAL, {"q": ["methods", "other"], "q.other": "проекты"}, options=TOPICS, has_other=True
    ) == (ToldLine("методика"), ToldLine("другое: проекты"))


def test_numbers_and_days_are_told_in_russian():
    assert lines(QuestionKind.SCALE, {"q": 0}, scale=Scale(0, 10)) == (ToldLine("0 из\u00a010"),)
    assert lines(QuestionKind.NUMBER, {"q": 2.5}) == (ToldLine("2,5"),)
    assert lines(QuestionKind.DATE, {"q": "2026-09-04"}) == (ToldLine("04.09.2026"),)
    assert lines(QuestionKind.LONG, {"q": "<b>=1+1</b>"}) == (ToldLine("<b>=1+1</b>"),)


def test_matrix_is_told_by_rows_that_were_answered():
    found = lines(QuestionKind.MATRIX, {"q.order": 4}, rows=TOPICS, scale=Scale(1, 5))

    assert found == (ToldLine("4 из\u00a05", "дисциплина"),)


def test_chosen_people_are_told_by_rank_and_the_unwanted_apart():
    answers = {"q": [2, 9], "q.avoid": [1]}

    found = lines(QuestionKind.PERSONS, answers, {1: "Котова", 2: "Лисин"}, has_avoid=True)

    assert found == (
        ToldLine("1) Лисин"),
        ToldLine("2) человека больше нет в портале"),
        ToldLine("Котова", "лучше не"),
    )
    assert persons_named(asking(Question(code="q", kind=QuestionKind.PERSONS, text="?", has_avoid=True)), answers) == {
        1,
        2,
        9,
    }


def test_hidden_questions_and_notices_are_left_out_and_unanswered_ones_are_blank():
    questionnaire = asking(
        Question(code="notice", kind=QuestionKind.NOTICE, text="Пояснение"),
        Question(code="ready", kind=QuestionKind.YES_NO, text="Готовы?"),
        Question(code="when", kind=QuestionKind.SHORT, text="Когда?", show_if=ShowIf("ready", ("yes",))),
        Question(code="why", kind=QuestionKind.SHORT, text="Почему?"),
    )

    found = told(questionnaire, {"ready": "no"}, {})

    assert found == (ToldSection("О вас", (ToldQuestion("Готовы?", (ToldLine("нет"),)), ToldQuestion("Почему?", ()))),)
