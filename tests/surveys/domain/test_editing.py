"""Changes of a questionnaire: what they do, and what they refuse."""

import pytest

from surveys.domain.editing import (
    EditError,
    add_question,
    add_section,
    copy_question,
    free_code,
    move_question,
    move_section,
    new_code,
    remove_question,
    remove_section,
    replace_question,
    replace_section,
)
from surveys.domain.questionnaire import Feed, Question, QuestionKind, Questionnaire, Section, ShowIf


def question(code, show_if=None, **settings):
    condition = ShowIf(show_if, ("yes",)) if show_if else None
    return Question(**{"code": code, "kind": QuestionKind.YES_NO, "text": code, "show_if": condition, **settings})


A, B, C, D = (question(code) for code in "abcd")
DRAFT = Questionnaire("Анкета", (Section("Раз", (A, B)), Section("Два", (C, D), note="второй")))
CONDITIONAL = Questionnaire(
    "Анкета", (Section("Раз", (A, question("b", "a"))), Section("Два", (C, question("d", "a"))))
)


def layout(questionnaire):
    return [[question.code for question in section.questions] for section in questionnaire.sections]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (None, [["a", "b", "e"], ["c", "d"]]),
        (0, [["e", "a", "b"], ["c", "d"]]),
        (1, [["a", "e", "b"], ["c", "d"]]),
        (99, [["a", "b", "e"], ["c", "d"]]),
        (-1, [["e", "a", "b"], ["c", "d"]]),
    ],
)
def test_question_is_added_at_its_place(at, expected):
    assert layout(add_question(DRAFT, 0, question("e"), at)) == expected


@pytest.mark.parametrize(
    ("index", "added", "refusal"),
    [
        (0, A, "Код «a» уже есть в анкете: задайте другой."),
        (2, question("e"), "Такого раздела в анкете уже нет: обновите страницу."),
        (-1, question("e"), "Такого раздела в анкете уже нет: обновите страницу."),
        (
            0,
            question("e", "c"),
            "Вопрос «e» показывается по ответу на вопрос «c», поэтому должен стоять ниже.",
        ),
        (
            0,
            question("e", "none"),
            "Вопрос «e» должен показываться по ответу на вопрос «none», а его в анкете нет.",
        ),
    ],
)
def test_question_is_not_added_against_the_rules(index, added, refusal):
    with pytest.raises(EditError) as refused:
        add_question(DRAFT, index, added)

    assert str(refused.value) == refusal


def test_question_number_two_hundred_and_one_is_not_added():
    full = Questionnaire("Анкета", (Section("", tuple(question(f"q{number}") for number in range(200))),))

    with pytest.raises(EditError) as refused:
        add_question(full, 0, question("more"))

    assert str(refused.value) == "В анкете уже 200 вопросов, больше нельзя."


def test_replaced_question_keeps_its_code_and_place():
    changed = replace_question(DRAFT, "b", Question("zzz", QuestionKind.LONG, "Иначе?"))

    assert changed.sections[0].questions == (A, Question("b", QuestionKind.LONG, "Иначе?"))
    assert changed.sections[1] == DRAFT.sections[1]


def test_replaced_question_is_not_shown_by_itself():
    with pytest.raises(EditError) as refused:
        replace_question(DRAFT, "b", question("b", "b"))

    assert str(refused.value) == "Вопрос «b» показывается по ответу на вопрос «b», поэтому должен стоять ниже."


def test_question_is_removed():
    assert layout(remove_question(DRAFT, "b")) == [["a"], ["c", "d"]]


def test_question_on_which_another_depends_stays():
    with pytest.raises(EditError) as refused:
        remove_question(CONDITIONAL, "a")

    assert str(refused.value) == "От ответа на вопрос «a» зависит показ вопроса «b»: сначала уберите это условие."


@pytest.mark.parametrize(
    "change",
    [
        lambda draft: remove_question(draft, "none"),
        lambda draft: replace_question(draft, "none", A),
        lambda draft: move_question(draft, "none", 1),
        lambda draft: copy_question(draft, "none"),
    ],
)
def test_question_that_is_gone_is_not_changed(change):
    with pytest.raises(EditError) as refused:
        change(DRAFT)

    assert str(refused.value) == "Такого вопроса в анкете уже нет: обновите страницу."


@pytest.mark.parametrize(
    ("code", "by", "expected"),
    [
        ("a", 1, [["b", "a"], ["c", "d"]]),
        ("b", -1, [["b", "a"], ["c", "d"]]),
        ("b", 1, [["a"], ["b", "c", "d"]]),
        ("c", -1, [["a", "b", "c"], ["d"]]),
        ("a", -1, [["a", "b"], ["c", "d"]]),
        ("d", 1, [["a", "b"], ["c", "d"]]),
        ("a", 3, [["b"], ["c", "a", "d"]]),
        ("d", -9, [["d", "a", "b"], ["c"]]),
        ("a", 0, [["a", "b"], ["c", "d"]]),
    ],
)
def test_question_moves_over_borders_and_stops_at_the_ends(code, by, expected):
    assert layout(move_question(DRAFT, code, by)) == expected


@pytest.mark.parametrize(("code", "by"), [("a", 1), ("b", -1)])
def test_question_does_not_move_above_the_answer_it_depends_on(code, by):
    with pytest.raises(EditError) as refused:
        move_question(CONDITIONAL, code, by)

    assert str(refused.value) == "Вопрос «b» показывается по ответу на вопрос «a», поэтому должен стоять ниже."


def test_condition_that_was_broken_before_does_not_stop_the_work():
    broken = Questionnaire("Анкета", (Section("", (question("a", "none"), B)),))

    assert layout(move_question(broken, "b", -1)) == [["b", "a"]]


def test_long_question_is_named_by_its_beginning():
    long = question("a", text="я" * 61)
    draft = Questionnaire("Анкета", (Section("", (long, question("b", "a"))),))

    with pytest.raises(EditError) as refused:
        remove_question(draft, "a")

    name = "я" * 59 + "…"
    assert str(refused.value) == f"От ответа на вопрос «{name}» зависит показ вопроса «b»: сначала уберите это условие."


def test_copy_stands_below_with_its_own_code_and_feeds_nothing():
    draft = Questionnaire("Анкета", (Section("", (question("ready", text="Вы готовы?", feed=Feed.READY), B)),))

    copied = copy_question(draft, "ready")

    assert copied.sections[0].questions == (
        draft.question("ready"),
        question("vy_gotovy", text="Вы готовы?"),
        B,
    )


def test_section_is_added_at_the_end():
    assert add_section(DRAFT, "Три", "о разном").sections == (*DRAFT.sections, Section("Три", (), "о разном"))


def test_section_number_forty_one_is_not_added():
    full = Questionnaire("Анкета", (Section("", ()),) * 40)

    with pytest.raises(EditError) as refused:
        add_section(full, "Ещё")

    assert str(refused.value) == "В анкете уже 40 разделов, больше нельзя."


def test_section_gets_another_title_and_note():
    assert replace_section(DRAFT, 1, "Три", "").sections == (DRAFT.sections[0], Section("Три", (C, D)))


def test_section_is_removed_with_its_questions():
    assert layout(remove_section(CONDITIONAL, 1)) == [["a", "b"]]


@pytest.mark.parametrize(
    ("questionnaire", "index", "refusal"),
    [
        (CONDITIONAL, 0, "От ответа на вопрос «a» зависит показ вопроса «d»: сначала уберите это условие."),
        (CONDITIONAL, 2, "Такого раздела в анкете уже нет: обновите страницу."),
        (Questionnaire("", (Section("", (A,)),)), 0, "Это единственный раздел, его удалить нельзя."),
    ],
)
def test_section_is_not_removed_against_the_rules(questionnaire, index, refusal):
    with pytest.raises(EditError) as refused:
        remove_section(questionnaire, index)

    assert str(refused.value) == refusal


@pytest.mark.parametrize(
    ("index", "by", "expected"),
    [(0, 1, [["c", "d"], ["a", "b"]]), (1, -1, [["c", "d"], ["a", "b"]]), (0, -1, [["a", "b"], ["c", "d"]])],
)
def test_section_moves_and_stops_at_the_ends(index, by, expected):
    assert layout(move_section(DRAFT, index, by)) == expected


def test_section_does_not_move_above_the_answer_it_depends_on():
    with pytest.raises(EditError) as refused:
        move_section(CONDITIONAL, 0, 1)

    assert str(refused.value) == "Вопрос «d» показывается по ответу на вопрос «a», поэтому должен стоять ниже."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Насколько вам комфортно общаться с наставником?", "naskolko_vam_komfortno"),
        ("Ёж, съешь ещё щуку", "ezh_sesh_esche_schuku"),
        ("Email (рабочий)", "email_rabochiy"),
        ("5 причин", "q_5_prichin"),
        ("🙂 <i>", "i"),
        ("Электрокардиографическое обследование", "elektrokardiograficheskoe"),
        ("Я" * 40, "ya" * 16),
        ("???", "q"),
        ("", "q"),
        ("Other", "other_2"),
        ("a", "a_2"),
        ("b", "b_3"),
        ("日本", "q"),
    ],
)
def test_code_is_made_of_the_first_words(text, code):
    assert free_code(text, {"a", "b", "b_2"}) == code


def test_new_code_is_free_in_the_questionnaire():
    assert new_code(DRAFT, "А") == "a_2"
