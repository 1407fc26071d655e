"""The compiled form: what it is filled with is what a browser sends back."""

import lxml.html
import pytest

from surveys.domain.questionnaire import Option, Question, QuestionKind, Questionnaire, Scale, Section, ShowIf
from surveys.markup import compile_questions, compiled
from surveys.queries.answering import Candidate
from tests.surveys.every_kind import EVERY_KIND

PEOPLE = (Candidate(7, "Котова Марина Сергеевна", "учитель"), Candidate(9, "Лисина <Дарья>", ""))
TRICKY = "<script>alert(\"1\")</script> 'кавычки' & 🙂"
ANSWERS = {
    "ready": "yes",
    "often": "never",
    "comfort": -2,
    "form": "other",
    "form.other": TRICKY,
    "topics": ["plan", "hard"],
    "areas.theory": 5,
    "areas.practice": 1,
    "hours": 2.5,
    "since": "2026-09-04",
    "name": TRICKY,
    "more": f"{TRICKY}\nвторая строка",
    "people": [9, 7],
    "people.avoid": [7],
}


def filled_in(html: str) -> dict[str, list[str]]:
    """What a browser would send of the questions, by name; the blanks that stand for an empty choice left out."""
    values: dict[str, list[str]] = {}
    for name, value in lxml.html.fromstring(f"<form>{html}</form>").form_values():
        if value:
            values.setdefault(name, []).append(value)
    return values


def asking(*questions: Question) -> Questionnaire:
    return Questionnaire("Анкета", (Section("", questions),))


def test_form_sends_back_what_it_was_filled_with() -> None:
    html = compile_questions(EVERY_KIND).filled(ANSWERS, {}, PEOPLE)

    assert filled_in(html) == {
        "a.ready": ["yes"],
        "a.often": ["never"],
        "a.comfort": ["-2"],
        "a.form": ["other"],
        "a.form.other": [TRICKY],
        "a.topics": ["plan", "hard"],
        "a.areas.theory": ["5"],
        "a.areas.practice": ["1"],
        "a.hours": ["2.5"],
        "a.since": ["2026-09-04"],
        "a.name": [TRICKY],
        "a.more": [f"{TRICKY}\nвторая строка"],
        "a.people": ["9", "7"],
        "a.people.avoid": ["7"],
    }


def test_empty_form_sends_nothing_but_blanks() -> None:
    html = compile_questions(EVERY_KIND).filled({}, {}, PEOPLE)

    assert filled_in(html) == {}


def test_typed_words_never_become_markup() -> None:
    html = compile_questions(EVERY_KIND).filled({"name": TRICKY, "more": TRICKY}, {"name": TRICKY}, PEOPLE)

    assert (html.count("<script"), html.count("&lt;script&gt;")) == (0, 3)


def test_words_of_the_questionnaire_never_become_markup_nor_slots() -> None:
    words = '<script>x</script> @0:0@ "a"'
    questions = asking(
        Question("one", QuestionKind.ONE, words, help=words, options=(Option("a", words), Option("b", "б"))),
        Question("grid", QuestionKind.MATRIX, words, rows=(Option("r", words),), scale=Scale(1, 2, words, words)),
        Question("note", QuestionKind.NOTICE, words, show_if=ShowIf("one", ("a",))),
    )

    html = compile_questions(questions).filled({"one": "a"})

    assert "<script" not in html
    assert "@0:0@" in html
    assert filled_in(html) == {"a.one": ["a"]}


def test_fault_stands_at_its_key_and_marks_it() -> None:
    html = compile_questions(EVERY_KIND).filled({}, {"areas.theory": "Ответьте.", "people.avoid": "Уберите."}, PEOPLE)
    page = lxml.html.fromstring(html)

    assert {place.get("id"): place.text for place in page.find_class("fault") if place.text} == {
        "f-areas.theory": "Ответьте.",
        "f-people.avoid": "Уберите.",
    }
    assert [row.get("aria-describedby") for row in page.xpath("//*[@aria-invalid]")] == ["f-areas.theory"]
    assert [list(details.keys()) for details in page.xpath("//details")] == [["class", "open"]]


def test_values_that_are_not_offered_are_passed_over() -> None:
    html = compile_questions(EVERY_KIND).filled(
        {"ready": "maybe", "comfort": 11, "gone": "x", "people": [5]}, {}, PEOPLE
    )

    assert filled_in(html) == {}


def test_what_was_just_typed_is_shown_as_it_was_typed() -> None:
    html = compile_questions(EVERY_KIND).filled(
        {"hours": ["три"], "topics": ["", "plan"], "people": ["", "7", ""]}, {}, PEOPLE
    )

    assert filled_in(html) == {"a.hours": ["три"], "a.topics": ["plan"], "a.people": ["7"]}


def test_every_field_has_a_name_people_can_hear() -> None:
    page = lxml.html.fromstring(compile_questions(EVERY_KIND).filled({}, {}, PEOPLE))
    fields = page.xpath("//input[not(@type='hidden')] | //select | //textarea")
    labelled = set(page.xpath("//label/@for"))

    nameless = [
        field.get("name") for field in fields if field.getparent().tag != "label" and field.get("id") not in labelled
    ]

    assert nameless == []


def test_what_describes_a_field_is_there() -> None:
    page = lxml.html.fromstring(compile_questions(EVERY_KIND).filled({}, {}, PEOPLE))
    ids = page.xpath("//@id")
    described = set(" ".join(page.xpath("//@aria-describedby")).split())

    assert len(ids) == len(set(ids))
    assert described - set(ids) == set()


def test_condition_is_told_in_words_and_to_the_script() -> None:
    page = lxml.html.fromstring(compile_questions(EVERY_KIND).filled({}))
    areas = page.get_element_by_id("q-areas")

    assert (areas.get("data-if"), areas.get("data-is")) == ("topics", "plan other")
    assert areas.find_class("if")[0].text == "Если на вопрос «Какие темы?» ответ «план» или «другое»."


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        (Question("q", QuestionKind.SCALE, "?", scale=Scale(1, 10, "нет", "да")), "1 — нет, 10 — да"),
        (Question("q", QuestionKind.SCALE, "?"), None),
        (Question("q", QuestionKind.NUMBER, "?", least=0, most=5), "Число от 0 до 5"),
        (Question("q", QuestionKind.NUMBER, "?"), "Число"),
        (Question("q", QuestionKind.SEVERAL, "?", most=2), "Можно выбрать несколько, не больше 2."),
    ],
)
def test_hint_says_what_may_be_answered(question: Question, hint: str | None) -> None:
    page = lxml.html.fromstring(compile_questions(asking(question)).filled({}))

    assert [place.text for place in page.find_class("help")] == ([hint] if hint else [])


def test_version_is_compiled_once_and_anew_after_an_edit() -> None:
    first = compiled((-1, 1), EVERY_KIND)

    assert compiled((-1, 1), EVERY_KIND) is first
    assert compiled((-1, 2), EVERY_KIND) is not first


def test_twenty_scales_of_ten_are_light() -> None:
    text = "Насколько уверенно вы оцениваете работы учеников по критериям?"
    scale = Scale(1, 10, "совсем не уверенно", "мог бы научить других")
    questions = (Question(f"q{n:02}", QuestionKind.SCALE, text, is_required=True, scale=scale) for n in range(20))

    html = compile_questions(asking(*questions)).filled({})

    assert len(html.encode()) <= 25_000
