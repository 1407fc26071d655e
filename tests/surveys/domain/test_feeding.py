"""What one sheet would change in a bank: every feed, both sides, and what is never changed."""

from decimal import Decimal

import pytest

from surveys.catalogue import template
from surveys.domain.feeding import (
    BankState,
    Change,
    Choice,
    Wished,
    is_feeding,
    persons_chosen,
    proposed,
    weight_of,
)
from surveys.domain.questionnaire import (
    Feed,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Questionnaire,
    Scale,
    Section,
    Side,
)

TOPICS = (Option("methods", "Методика"), Option("order", "Дисциплина"), Option("parents", "Родители"))
FORMS = (Option("teacher_teacher", "коллега"), Option("peer", "ученик"), Option("own", "своя форма"))
PEOPLE = {1: "Котова М. С.", 2: "Лисин Д. А.", 3: "Цой А. А."}
KINDS = {
    Feed.READY: QuestionKind.YES_NO,
    Feed.TOPICS: QuestionKind.SEVERAL,
    Feed.MAIN_TOPIC: QuestionKind.ONE,
    Feed.TOPICS_BY_WEIGHT: QuestionKind.MATRIX,
    Feed.CAPACITY: QuestionKind.NUMBER,
    Feed.HOURS: QuestionKind.NUMBER,
    Feed.FORMS: QuestionKind.SEVERAL,
    Feed.FORM: QuestionKind.ONE,
    Feed.PREFERENCES: QuestionKind.PERSONS,
}
IN_BANK = BankState(is_in_bank=True, people=PEOPLE)


def question(feed: Feed, **values: object) -> Question:
    """A question whose code is the name of its feed."""
    options = {Feed.FORM: FORMS, Feed.FORMS: FORMS}.get(feed, TOPICS)
    usual = {"options": options, "rows": TOPICS, "scale": Scale(1, 5), "has_avoid": feed == Feed.PREFERENCES}
    return Question(code=feed.value, kind=KINDS.get(feed, QuestionKind.LONG), text="?", feed=feed, **usual | values)


def asking(*questions: Question) -> Questionnaire:
    return Questionnaire(title="Анкета", sections=(Section("", questions),))


def changes(side: Side, answers: dict, standing: BankState = IN_BANK, **values: object) -> tuple[Change, ...]:
    """What answers by the name of the feed change; `values` are of all the questions."""
    fed = [feed for feed in Feed if any(key.partition(".")[0] == feed.value for key in answers)]
    questionnaire = asking(*(question(feed, **values) for feed in fed))
    return proposed(questionnaire, answers, side=side, standing=standing)


def wishes(answers: dict, topics: dict[str, int] | None = None, **values: object) -> dict[str, int]:
    """Requests that a mentee's answers would write, with their weight."""
    standing = BankState(is_in_bank=True, topics=topics or {})
    found = [change.value for change in changes(Side.MENTEE, answers, standing, **values)]
    return {value.topic: value.weight for value in found if isinstance(value, Wished)}


def lines(found: tuple[Change, ...]) -> list[str]:
    return [f"{change.label}: {change.before} → {change.after}" for change in found]


# Readiness


@pytest.mark.parametrize(
    ("answer", "is_in_bank", "expected"),
    [
        ("yes", False, [("банк наставников", "нет в банке", "внести кандидатом", False)]),
        ("yes", True, []),
        ("no", True, [("готовность", "в банке", "человек не готов", True)]),
        ("no", False, []),
    ],
)
def test_readiness_enters_and_never_takes_out(answer, is_in_bank, expected):
    found = changes(Side.MENTOR, {"ready": answer}, BankState(is_in_bank=is_in_bank))

    assert [(each.label, each.before, each.after, each.is_remark) for each in found] == expected


def test_who_is_not_ready_changes_nothing_else():
    found = changes(Side.MENTEE, {"ready": "no", "expectations": "уверенность", "preferences": [1]})

    assert [change.is_remark for change in found] == [True]


def test_who_is_ready_enters_with_all_they_told():
    found = changes(Side.MENTEE, {"ready": "yes", "form": "peer", "topics": ["order"]}, BankState())

    assert lines(found) == [
        "банк наставляемых: нет в банке → внести в банк",
        "форма:  → ученик – ученик",
        "новый запрос:  → Дисциплина, важность 3",
    ]


def test_answers_of_somebody_outside_the_bank_have_nowhere_to_go():
    found = changes(Side.MENTEE, {"topics_by_weight.order": 5, "preferences": [2]}, BankState(people=PEOPLE))

    assert [(each.after, each.is_remark) for each in found] == [
        ("сначала внесите человека в банк", True),
        ("1) Лисин Д. А.", False),
    ]


def test_who_stands_on_no_side_fills_nothing():
    assert changes(Side.NONE, {"ready": "yes", "topics": ["order"], "preferences": [1]}) == ()


# Topics


@pytest.mark.parametrize(
    ("answers", "there", "expected"),
    [
        ({"topics": ["methods", "order"]}, {}, {"Методика": 3, "Дисциплина": 3}),
        ({"topics": ["methods"]}, {"Методика": 3}, {}),
        ({"topics": ["methods"]}, {"Методика": 5}, {}),
        ({"topics": ["methods", "order"], "main_topic": "order"}, {}, {"Методика": 3, "Дисциплина": 5}),
        ({"main_topic": "order"}, {"дисциплина": 2}, {"дисциплина": 5}),
        ({"main_topic": "order"}, {"Дисциплина": 5}, {}),
        ({"topics_by_weight.order": 2, "topics_by_weight.methods": 3}, {}, {"Методика": 3}),
        ({"topics_by_weight.order": 2}, {"Дисциплина": 4}, {}),
        ({"topics_by_weight.order": 3}, {"Дисциплина": 5}, {"Дисциплина": 3}),
        ({"topics_by_weight.order": 4, "topics": ["order"]}, {}, {"Дисциплина": 4}),
        ({"topics_by_weight.order": 4, "main_topic": "order"}, {}, {"Дисциплина": 5}),
    ],
)
def test_topics_become_requests_with_their_weight(answers, there, expected):
    assert wishes(answers, there) == expected


def test_words_of_other_are_a_topic_on_one_line():
    answers = {"topics": ["other"], "topics.other": "проекты\nс  детьми", "main_topic": "other"}

    assert wishes(answers | {"main_topic.other": "й" * 300}, has_other=True) == {
        "проекты с детьми": 3,
        "й" * 199 + "…": 5,
    }


def test_request_says_what_it_was_and_will_be():
    standing = BankState(is_in_bank=True, topics={"Методика": 3})

    found = changes(Side.MENTEE, {"main_topic": "methods", "topics": ["order"]}, standing)

    assert lines(found) == ["новый запрос:  → Дисциплина, важность 3", "запрос «Методика»: важность 3 → важность 5"]


def test_mentors_topics_are_competences_without_weight():
    standing = BankState(is_in_bank=True, topics={"методика": 0})

    found = changes(Side.MENTOR, {"topics": ["methods", "order"], "topics_by_weight.parents": 5}, standing)

    assert found == (Change(Feed.TOPICS, "новая компетенция", "", "Дисциплина", Wished("Дисциплина", 3)),)


@pytest.mark.parametrize(
    ("scale", "weights"),
    [
        (Scale(1, 5), [1, 2, 3, 4, 5]),
        (Scale(0, 5), [0, 1, 2, 3, 4, 5]),
        (Scale(1, 3), [1, 3, 5]),
        (Scale(0, 3), [1, 2, 4, 5]),
        (Scale(1, 10), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
    ],
)
def test_points_of_any_scale_are_weights(scale, weights):
    assert [weight_of(points, scale) for points in scale.values] == weights


# Columns


@pytest.mark.parametrize(
    ("feed", "answer", "before", "expected"),
    [
        (Feed.CAPACITY, 4, 2, ("2", "4", 4)),
        (Feed.CAPACITY, 4, 4, None),
        (Feed.CAPACITY, 4.0, 4, None),
        (Feed.CAPACITY, 30, None, ("", "30", 30)),
        (Feed.CAPACITY, 31, 2, ("2", "в ответе 31, а в банк можно только целое от 1 до 30", None)),
        (Feed.CAPACITY, 0, None, ("", "в ответе 0, а в банк можно только целое от 1 до 30", None)),
        (Feed.CAPACITY, 2.5, None, ("", "в ответе 2,5, а в банк можно только целое от 1 до 30", None)),
        (Feed.HOURS, 2.25, Decimal("2.0"), ("2", "2,3", Decimal("2.3"))),
        (Feed.HOURS, 0, None, ("", "0", Decimal("0.0"))),
        (Feed.HOURS, 2, Decimal("2.0"), None),
        (Feed.HOURS, 40.5, None, ("", "в ответе 40,5, а в банк можно только от 0 до 40", None)),
        (Feed.FORMS, ["peer", "teacher_teacher"], ("teacher_teacher", "peer"), None),
        (
            Feed.FORMS,
            ["peer", "own"],
            ("teacher_teacher",),
            ("педагог – педагог", "ученик – ученик", ("peer",)),
        ),
        (Feed.FORMS, ["own"], ("peer",), None),
        (Feed.ACHIEVEMENTS, "Грамота", "", ("", "Грамота", "Грамота")),
        (Feed.INTERESTS, "шахматы\n", "шахматы", None),
        (Feed.INTERESTS, "peer", "", ("", "peer", "peer")),
        (Feed.DESIRED_AGE, "л" * 101, "", ("", "л" * 99 + "…", "л" * 99 + "…")),
    ],
)
def test_mentors_column_is_compared_with_the_answer(feed, answer, before, expected):
    standing = BankState(is_in_bank=True, values={feed: before})

    found = changes(Side.MENTOR, {feed.value: answer}, standing)

    assert [(each.before, each.after, each.value) for each in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("feed", "answer", "before", "expected"),
    [
        (Feed.FORM, "peer", "teacher_teacher", ("педагог – педагог", "ученик – ученик", "peer")),
        (Feed.FORM, "peer", "peer", None),
        (Feed.FORM, "own", "", None),
        (Feed.EXPECTATIONS, "уверенность", "", ("", "уверенность", "уверенность")),
        (Feed.CAPACITY, 5, None, None),
    ],
)
def test_mentees_column_is_compared_with_the_answer(feed, answer, before, expected):
    standing = BankState(is_in_bank=True, values={feed: before})

    found = changes(Side.MENTEE, {feed.value: answer}, standing)

    assert [(each.before, each.after, each.value) for each in found] == ([expected] if expected else [])


# Preferences


@pytest.mark.parametrize(
    ("answers", "kept", "expected"),
    [
        (
            {"preferences": [2, 1], "preferences.avoid": [3]},
            Choice(),
            ("", "1) Лисин Д. А., 2) Котова М. С.; лучше не: Цой А. А.", Choice((2, 1), (3,))),
        ),
        ({"preferences": [2, 1]}, Choice((2, 1)), None),
        (
            {"preferences": [1, 2]},
            Choice((2, 1)),
            ("1) Лисин Д. А., 2) Котова М. С.", "1) Котова М. С., 2) Лисин Д. А.", Choice((1, 2))),
        ),
        ({"preferences.avoid": [1]}, Choice((1,)), ("1) Котова М. С.", "лучше не: Котова М. С.", Choice((), (1,)))),
        ({"preferences": [9, 1]}, Choice((1,)), None),
        ({"preferences": [9, 1]}, Choice((9, 1)), None),
        ({"preferences": [9]}, Choice((1,)), ("1) Котова М. С.", "никто", Choice())),
        ({"preferences": [1], "preferences.avoid": [1]}, Choice((1,)), None),
    ],
)
def test_choice_of_people_who_are_still_there_replaces_the_former(answers, kept, expected):
    found = changes(Side.MENTOR, answers, BankState(is_in_bank=True, choice=kept, people=PEOPLE))

    assert [(each.before, each.after, each.value) for each in found] == ([expected] if expected else [])


def test_unanswered_choice_leaves_the_former_alone():
    standing = BankState(is_in_bank=True, choice=Choice((1,)), people=PEOPLE)

    assert proposed(asking(question(Feed.PREFERENCES)), {}, side=Side.MENTOR, standing=standing) == ()


def test_persons_chosen_are_of_both_lists():
    answers = {"preferences": [2, 1], "preferences.avoid": [3], "topics": ["order"]}

    assert persons_chosen(asking(question(Feed.PREFERENCES), question(Feed.TOPICS)), answers) == {1, 2, 3}


# Which questionnaires feed at all


@pytest.mark.parametrize(
    ("feed", "purpose", "is_anonymous", "expected"),
    [
        (Feed.TOPICS, Purpose.REQUESTS, False, True),
        (Feed.TOPICS, Purpose.REQUESTS, True, False),
        (Feed.TOPICS, Purpose.STATEMENT, False, False),
        (Feed.NOTHING, Purpose.REQUESTS, False, False),
    ],
)
def test_named_questionnaire_with_a_feed_feeds(feed, purpose, is_anonymous, expected):
    assert is_feeding(asking(question(feed)), purpose, is_anonymous=is_anonymous) == expected


def test_built_in_request_feeds_the_bank_of_mentees():
    answers = {
        "ready": "yes",
        "topics": ["discipline", "motivation"],
        "main_topic": "discipline",
        "expectations": "Спокойные уроки",
        "form": "teacher_teacher",
    }

    found = proposed(template("request").questionnaire, answers, side=Side.MENTEE, standing=BankState())

    assert lines(found) == [
        "банк наставляемых: нет в банке → внести в банк",
        "ожидания:  → Спокойные уроки",
        "форма:  → педагог – педагог",
        "новый запрос:  → дисциплина на уроке, важность 5",
        "новый запрос:  → мотивация учащихся, важность 3",
    ]
