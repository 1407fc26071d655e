"""Answers of one person: cleaned, judged, taken apart."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.answers import (
    Cleaned,
    clean_draft,
    clean_sheet,
    is_empty,
    merged,
    shown,
    tallied,
    written,
    written_keys,
)
from surveys.domain.questionnaire import Option, Question, QuestionKind, Questionnaire, Scale, Section, ShowIf
from tests.surveys.every_kind import EVERY_KIND

PERSONS = frozenset({7, 8, 9, 10})
SHEET = {
    "ready": "yes",
    "comfort": 0,
    "topics": ["plan", "other"],
    "topics.other": "=cmd",
    "areas.theory": 1,
    "areas.practice": 5,
}
ANSWER = "Ответьте на этот вопрос."


def draft(sent):
    return clean_draft(
        EVERY_KIND, {key: [text] if isinstance(text, str) else text for key, text in sent.items()}, PERSONS
    )


def sheet(changes, questionnaire=EVERY_KIND, persons=PERSONS):
    return clean_sheet(questionnaire, merged(SHEET, changes), persons)


def asking(*questions):
    return Questionnaire("Анкета", (Section("", questions),))


@pytest.mark.parametrize(
    ("key", "sent", "kept"),
    [
        ("ready", "yes", "yes"),
        ("ready", ["", "no"], "no"),
        ("often", " never ", "never"),
        ("comfort", "-2", -2),
        ("comfort", "0", 0),
        ("form", "2nd", "2nd"),
        ("form", "other", "other"),
        ("form.other", " 👍 <b>иначе</b> ", "👍 <b>иначе</b>"),
        ("topics", ["", "talk", "plan", "talk"], ["plan", "talk"]),
        ("areas.practice", "5", 5),
        ("hours", "3", 3),
        ("hours", "2,5", 2.5),
        ("hours", "2.50", 2.5),
        ("hours", "+4,0", 4),
        ("hours", "-0", 0),
        ("since", "2026-09-04", "2026-09-04"),
        ("since", "4.9.2026", "2026-09-04"),
        ("since", "1900-01-01", "1900-01-01"),
        ("name", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("name", "я" * 300, "я" * 300),
        ("more", " первая\r\nвторая\x00 ", "первая\nвторая"),
        ("people", ["9", "", "7"], [9, 7]),
        ("people.avoid", ["8", "10", "7", "9"], [8, 10, 7, 9]),
    ],
)
def test_draft_keeps_a_value(key, sent, kept):
    assert draft({key: sent}) == Cleaned({key: kept}, {})


@pytest.mark.parametrize(
    "key",
    ["ready", "often", "comfort", "form", "form.other", "topics", "hours", "since", "more", "people", "people.avoid"],
)
def test_blank_clears_an_answer(key):
    assert draft({key: ["", "  "]}) == Cleaned({key: None}, {})
    assert draft({key: []}) == Cleaned({key: None}, {})


CHOICE = "Выберите один из предложенных ответов."
POINT = "Выберите число от -2 до 2."
CHOICES = "Выбирайте только из предложенных ответов."
NUMBER = "Напишите число, например 3 или 2,5."
BOUNDS = "Напишите число от 0 до 40."
DATE = "Напишите дату, например 04.09.2026."
DAY = "Такого дня в календаре нет: проверьте дату."
YEAR = "Проверьте год: принимаются даты с 1900 по 2100 год."
PEOPLE = "Выбирайте только из предложенных людей."
TWICE = "Один человек выбран дважды: оставьте его один раз."


@pytest.mark.parametrize(
    ("key", "sent", "fault"),
    [
        ("ready", "maybe", CHOICE),
        ("form", "<script>", CHOICE),
        ("comfort", "3", POINT),
        ("comfort", "1.0", POINT),
        ("comfort", "²", POINT),
        ("comfort", "9" * 5000, POINT),
        ("areas.theory", "0", "Выберите число от 1 до 5."),
        ("topics", ["plan", "none"], CHOICES),
        ("hours", "много", NUMBER),
        ("hours", "nan", NUMBER),
        ("hours", "1e3", NUMBER),
        ("hours", "3 4", NUMBER),
        ("hours", "1 000", BOUNDS),
        ("hours", "−1", BOUNDS),
        ("since", "завтра", DATE),
        ("since", "20260904", DATE),
        ("since", "2026-02-30", DAY),
        ("since", "0000-01-01", DAY),
        ("since", "1899-12-31", YEAR),
        ("since", "01.01.2101", YEAR),
        ("people", ["7", "11"], PEOPLE),
        ("people", "Иванов", PEOPLE),
        ("people", ["7", "7"], TWICE),
        ("people.avoid", ["8", "8"], TWICE),
    ],
)
def test_draft_does_not_keep_an_invalid_value(key, sent, fault):
    assert draft({key: sent}) == Cleaned({}, {key: fault})


@pytest.mark.parametrize(
    ("bounds", "fault"),
    [({"least": 5}, "Напишите число не меньше 5."), ({"most": 3}, "Напишите число не больше 3.")],
)
def test_number_has_one_bound_or_both(bounds, fault):
    hours = Question("hours", QuestionKind.NUMBER, "Часов?", **bounds)

    assert clean_draft(asking(hours), {"hours": ["4"]}, ()) == Cleaned({}, {"hours": fault})


@pytest.mark.parametrize(
    ("key", "length", "kept", "fault"),
    [
        ("more", 4001, 4001, "Слишком длинно: 4\u00a0001\u00a0знак, можно 4\u00a0000."),
        ("more", 10_000, 10_000, "Слишком длинно: 10\u00a0000\u00a0знаков, можно 4\u00a0000."),
        ("more", 30_000, 20_000, "Слишком длинно: 30\u00a0000\u00a0знаков, можно 4\u00a0000."),
        ("name", 302, 302, "Слишком длинно: 302\u00a0знака, можно 300."),
        ("form.other", 301, 301, "Слишком длинно: 301\u00a0знак, можно 300."),
    ],
)
def test_words_too_long_are_kept_and_a_fault(key, length, kept, fault):
    assert draft({key: "я" * length}) == Cleaned({key: "я" * kept}, {key: fault})


@pytest.mark.parametrize(
    ("key", "sent", "kept", "fault"),
    [
        (
            "topics",
            ["plan", "talk", "hard"],
            ["plan", "talk", "hard"],
            "Можно выбрать не больше 2\u00a0ответов, а выбрано 3.",
        ),
        (
            "people",
            ["7", "8", "9", "10"],
            [7, 8, 9, 10],
            "Можно выбрать не больше 3\u00a0человек, а выбрано 4.",
        ),
    ],
)
def test_too_many_choices_are_kept_and_a_fault(key, sent, kept, fault):
    assert draft({key: sent}) == Cleaned({key: kept}, {key: fault})


def test_draft_passes_over_keys_of_no_question():
    assert draft({"csrf": "x", "hello": "x", "areas": "1", "ready.other": "x", "areas.none": "1"}) == Cleaned({}, {})


def test_merged_draft_changes_only_what_was_sent():
    changes = draft({"ready": "", "hours": "nonsense", "name": "новое"}).answers

    assert merged({"ready": "yes", "hours": 3, "name": "старое", "more": "слова"}, changes) == {
        "hours": 3,
        "name": "новое",
        "more": "слова",
    }


def test_sheet_in_order_is_sent_as_it_is():
    assert sheet({}) == Cleaned(SHEET, {})


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"ready": None}, {"ready": ANSWER}),
        ({"topics.other": None}, {"topics.other": "Напишите, что именно."}),
        ({"areas.theory": None}, {"areas.theory": "Ответьте во всех строках."}),
        ({"areas.practice": None}, {"areas.practice": "Ответьте во всех строках."}),
        ({"areas.theory": None, "areas.practice": None}, {"areas.theory": "Ответьте во всех строках."}),
        ({"comfort": 12}, {"comfort": POINT}),
        ({"ready": "no"}, {"since": ANSWER}),
        (
            {"topics": ["plan", "talk", "hard"]},
            {"topics": "Можно выбрать не больше 2\u00a0ответов, а выбрано 3."},
        ),
        (
            {"people": [7, 8], "people.avoid": [9, 8]},
            {"people.avoid": "Один и тот же человек выбран и в «лучше не»: уберите его из одного списка."},
        ),
        ({"people": [7, 11]}, {"people": PEOPLE}),
        ({"name": "я" * 301}, {"name": "Слишком длинно: 301\u00a0знак, можно 300."}),
    ],
)
def test_sheet_with_faults_names_them(changes, faults):
    assert sheet(changes).faults == faults


@pytest.mark.parametrize(
    ("changes", "dropped"),
    [
        ({"since": "2026-09-04"}, {"since"}),
        ({"hours": 3}, {"hours"}),
        ({"topics": ["talk"]}, {"topics.other", "areas.theory", "areas.practice"}),
        ({"form": "peer", "form.other": "не выбрано"}, {"form.other"}),
        ({"unknown": "x"}, {"unknown"}),
    ],
)
def test_sheet_drops_what_is_hidden(changes, dropped):
    sent = merged(SHEET, changes)

    expected = {key: value for key, value in sent.items() if key not in dropped}
    assert sheet(changes) == Cleaned(expected, {})


def test_sheet_shows_a_question_by_a_point_of_a_scale():
    assert sheet({"comfort": 2, "hours": 2.5}) == Cleaned({**SHEET, "comfort": 2, "hours": 2.5}, {})


def test_answer_of_a_hidden_question_shows_nothing():
    first = Question("first", QuestionKind.YES_NO, "Первый?")
    second = Question("second", QuestionKind.YES_NO, "Второй?", show_if=ShowIf("first", ("yes",)))
    third = Question("third", QuestionKind.SHORT, "Третий?", is_required=True, show_if=ShowIf("second", ("yes",)))
    chain = asking(first, second, third)
    answers = {"first": "no", "second": "yes", "third": "слова"}

    assert clean_sheet(chain, answers, ()) == Cleaned({"first": "no"}, {})
    assert shown(chain, answers) == {"first"}
    assert shown(chain, {**answers, "first": "yes"}) == {"first", "second", "third"}


def test_everything_without_a_condition_is_shown_at_first():
    assert shown(EVERY_KIND, {}) == {"hello", "ready", "often", "comfort", "form", "topics", "name", "people"}


def test_words_that_read_like_the_code_of_other_are_words():
    name = Question("name", QuestionKind.SHORT, "Как?", is_required=True)

    assert clean_sheet(asking(name), {"name": "other"}, ()) == Cleaned({"name": "other"}, {})


def test_other_without_words_is_enough_where_no_answer_is_required():
    assert sheet({"form": "other"}) == Cleaned({**SHEET, "form": "other"}, {})


def test_required_choice_of_persons_needs_one_unless_there_is_nobody():
    people = replace(EVERY_KIND.question("people"), is_required=True)

    assert clean_sheet(asking(people), {}, PERSONS) == Cleaned({}, {"people": ANSWER})
    assert clean_sheet(asking(people), {"people": [8]}, PERSONS) == Cleaned({"people": [8]}, {})
    assert clean_sheet(asking(people), {}, ()) == Cleaned({}, {})


@pytest.mark.parametrize(
    ("answers", "empty"),
    [({}, True), ({"a": None, "b": "", "c": []}, True), ({"a": 0}, False), ({"a": ["x"]}, False), ({"a": "x"}, False)],
)
def test_answers_are_empty_when_nothing_is_said(answers, empty):
    assert is_empty(answers) == empty


def test_tallies_count_each_choice_and_each_row():
    answers = {**SHEET, "comfort": -2, "hours": 2.5, "since": "2026-09-04", "people": [7], "form": "peer", "name": "я"}

    assert tallied(EVERY_KIND, [answers, {"topics": ["plan"], "comfort": 3}]) == {
        ("ready", "yes"): 1,
        ("comfort", "-2"): 1,
        ("comfort", "3"): 1,
        ("form", "peer"): 1,
        ("topics", "plan"): 2,
        ("topics", "other"): 1,
        ("areas.theory", "1"): 1,
        ("areas.practice", "5"): 1,
        ("hours", "2.5"): 1,
    }


@pytest.mark.parametrize(("number", "text"), [(3, "3"), (3.0, "3"), (0.25, "0.25"), (-0.0001, "-0.0001")])
def test_number_is_tallied_as_its_shortest_text(number, text):
    hours = Question("hours", QuestionKind.NUMBER, "Часов?")

    assert tallied(asking(hours), [{"hours": number}]) == {("hours", text): 1}


def test_words_are_read_with_those_of_other():
    answers = {**SHEET, "name": "<b>имя</b>", "more": "=1+1", "since": "2026-09-04"}

    assert written(written_keys(EVERY_KIND), answers) == [
        ("topics.other", "=cmd"),
        ("name", "<b>имя</b>"),
        ("more", "=1+1"),
    ]


VALUES = st.one_of(
    st.integers(-3, 12),
    st.floats(-5, 50).map(lambda number: round(number, 4)),
    st.sampled_from(
        ["yes", "no", "peer", "other", "never", "2026-09-04", "04.09.2026", "1 000", "", " ", "\r\n", "\x1f"]
    ),
    st.text(max_size=20),
    st.integers(19_998, 20_002).map(lambda length: f"{'я' * length} я"),
    st.lists(st.sampled_from(["plan", "talk", "hard", "other"]), max_size=4),
    st.lists(st.integers(6, 10), max_size=4),
)
KEYS = [key for question in EVERY_KIND.asked for key in question.keys]


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=len(KEYS)))
def test_cleaned_sheet_cleans_to_itself(answers):
    once = clean_sheet(EVERY_KIND, answers, PERSONS)
    again = clean_sheet(EVERY_KIND, once.answers, PERSONS)

    assert again.answers == once.answers
    assert [type(value) for value in again.answers.values()] == [type(value) for value in once.answers.values()]
    assert shown(EVERY_KIND, once.answers) == shown(EVERY_KIND, again.answers)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), st.lists(st.text(max_size=12), max_size=3)))
def test_whatever_a_form_sends_is_kept_cleared_or_a_fault(sent):
    result = clean_draft(EVERY_KIND, sent, PERSONS)

    assert result.answers.keys() | result.faults.keys() == sent.keys()


def test_scale_of_another_version_is_a_fault_not_a_crash():
    ten = Question("comfort", QuestionKind.SCALE, "Удобно?", scale=Scale(1, 10))
    several = Question("topics", QuestionKind.SEVERAL, "Темы?", options=(Option("a", "а"), Option("b", "б")))

    result = clean_sheet(asking(ten, several), {"comfort": ["a"], "topics": "a"}, ())

    assert result == Cleaned({"topics": ["a"]}, {"comfort": "Выберите число от 1 до 10."})
