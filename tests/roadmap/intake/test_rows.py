"""A plan that was read becomes rows."""

from dataclasses import replace
from datetime import date

import pytest

from roadmap.domain.plan import Approval, DocumentNamed, Measure, Plan, Section, Term, TermKind
from roadmap.intake.rows import approval_json, know_responsible, write_rows
from roadmap.models import Duty, Occurrence, Stage
from roadmap.models import Measure as MeasureRow
from tests.factories import PersonFactory, RoadmapFactory

SECTIONS = (
    Section("I", "Подготовка", None, "Создать условия", "Условия созданы"),
    Section(None, "Нормативная база", 0),
    Section("II", "Внедрение"),
)
MEASURES = (
    Measure(
        number="1.1",
        section=1,
        title="Издать приказ",
        details=("о наставничестве", "о кураторе"),
        term=Term("до 1 октября 2026", TermKind.UNKNOWN),
        responsible=("Директор", "кураторы"),
        result="Приказ № 32 от 04.09.2026",
        documents=(DocumentNamed("order", "32", date(2026, 9, 4)), DocumentNamed("protocol")),
    ),
    Measure(number=None, section=2, title="Круглый стол", term=Term("декабрь, апрель, ежегодно", TermKind.UNKNOWN)),
    Measure(number="3", section=None, title="Разместить на сайте"),
)
PLAN = Plan("Дорожная карта", None, (None, None), sections=SECTIONS, measures=MEASURES)
CAPABILITIES = [("K01",), ("K16", "K07"), ()]


@pytest.fixture
def roadmap(school):
    return RoadmapFactory(organisation=school)


@pytest.fixture
def rows(roadmap):
    write_rows(roadmap, PLAN, CAPABILITIES)
    return list(roadmap.measures.in_order())


def meant(school, words):
    return sorted(Duty.objects.filter(organisation=school, words=words).values_list("role", "person"), key=str)


def test_stages_are_nested_as_in_the_document(roadmap, rows):
    stages = list(roadmap.stages.order_by("position"))

    assert [(each.number, each.title, each.task, each.result) for each in stages] == [
        ("I", "Подготовка", "Создать условия", "Условия созданы"),
        ("", "Нормативная база", "", ""),
        ("II", "Внедрение", "", ""),
    ]
    assert [each.parent for each in stages] == [None, stages[0], None]
    assert [each.position for each in stages] == [10, 20, 30]
    assert {each.organisation for each in stages} == {roadmap.organisation}


def test_measure_keeps_everything_that_was_read(roadmap, rows):
    order = rows[0]

    assert (order.number, order.title, order.stage.title) == ("1.1", "Издать приказ", "Нормативная база")
    assert order.details == ["о наставничестве", "о кураторе"]
    assert order.responsible == ["Директор", "кураторы"]
    assert order.result == "Приказ № 32 от 04.09.2026"
    assert order.documents == [
        {"kind": "order", "number": "32", "date": "2026-09-04"},
        {"kind": "protocol", "number": None, "date": None},
    ]
    assert (order.term_text, order.term_kind, order.term_doubt) == ("до 1 октября 2026", "due", "")
    assert (order.organisation, order.origin, order.is_dated_by_hand) == (roadmap.organisation, None, False)


def test_measures_stand_in_order_with_room_between(rows):
    assert [(each.title, each.position, each.capabilities) for each in rows] == [
        ("Издать приказ", 10, ["K01"]),
        ("Круглый стол", 20, ["K16", "K07"]),
        ("Разместить на сайте", 30, []),
    ]


def test_measure_without_number_or_section_has_none(rows):
    assert [(each.number, each.stage and each.stage.number) for each in rows] == [
        ("1.1", ""),
        ("", "II"),
        ("3", None),
    ]


def test_every_measure_has_its_dates(rows):
    dates = Occurrence.objects.in_order().values_list("measure__title", "position", "starts_on", "ends_on")

    assert list(dates) == [
        ("Издать приказ", 0, None, date(2026, 10, 1)),
        ("Круглый стол", 0, date(2026, 12, 1), date(2026, 12, 31)),
        ("Круглый стол", 1, date(2027, 4, 1), date(2027, 4, 30)),
        ("Разместить на сайте", 0, None, None),
    ]


def test_too_long_words_are_cut_to_what_fits(roadmap):
    long = "слово " * 1000
    section = Section(long, long, None, long, long)
    measure = replace(MEASURES[0], number=long, title=long, term=Term(long, TermKind.UNKNOWN), responsible=(long,))

    write_rows(roadmap, replace(PLAN, sections=(section,), measures=(replace(measure, section=0),)), [()])

    stage, row = Stage.objects.get(), MeasureRow.objects.get()
    assert [len(each) for each in (stage.number, stage.title, stage.task)] == [20, 1000, 6000]
    assert [len(each) for each in (row.number, row.title, row.term_text, row.responsible[0])] == [20, 4000, 500, 300]


def test_plan_and_capabilities_of_different_length_are_a_bug(roadmap):
    with pytest.raises(ValueError, match="zip"):
        write_rows(roadmap, PLAN, CAPABILITIES[:2])


# Responsible


def test_responsible_are_known_at_first_sight(school, rows):
    known = Duty.objects.order_by("words").values_list("organisation", "words", "role", "person")

    assert sorted(known, key=str) == sorted(
        [(school.pk, "Директор", "director", None), (school.pk, "кураторы", "curator", None)], key=str
    )


def test_words_that_mean_several_have_a_row_for_each(school):
    know_responsible(school.pk, ["администрация"])

    assert meant(school, "администрация") == [("curator", None), ("director", None)]


def test_words_that_mean_nobody_leave_no_row(school):
    know_responsible(school.pk, ["рабочая группа", ""])

    assert Duty.objects.count() == 0


def test_meaning_that_the_curator_chose_stays(school):
    person = PersonFactory(organisation=school)
    Duty.objects.create(organisation=school, words="кураторы", person=person)

    know_responsible(school.pk, ["кураторы"])

    assert meant(school, "кураторы") == [("", person.pk)]


def test_other_letters_mean_the_same_people(school):
    person = PersonFactory(organisation=school)
    Duty.objects.create(organisation=school, words="Кураторы", person=person)
    Duty.objects.create(organisation=school, words="Кураторы", role="psychologist")

    know_responsible(school.pk, ["КУРАТОРЫ", "кураторы"])

    both = [("", person.pk), ("psychologist", None)]
    assert (meant(school, "КУРАТОРЫ"), meant(school, "кураторы")) == (both, both)


def test_meaning_of_another_school_says_nothing_here(school, other_school):
    Duty.objects.create(organisation=other_school, words="кураторы", role="director")

    know_responsible(school.pk, ["кураторы"])

    assert meant(school, "кураторы") == [("curator", None)]


def test_words_are_known_once_however_often_they_are_met(school):
    for _ in range(2):
        know_responsible(school.pk, ["Директор", "Директор", "директор"])

    assert (meant(school, "Директор"), meant(school, "директор")) == ([("director", None)], [("director", None)])
    assert Duty.objects.count() == 2


def test_words_are_looked_up_together(school, django_assert_num_queries):
    words = [f"куратор {number}-го корпуса" for number in range(30)]

    with django_assert_num_queries(2):
        know_responsible(school.pk, words)

    assert Duty.objects.count() == 30


# Approval blocks


def test_stamp_is_stored_as_plain_values():
    stamp = Approval("approved", "Директор лицея", "order", "32-од", date(2026, 9, 4), "О. Ю. Савельев")

    assert approval_json(stamp) == {
        "kind": "approved",
        "body": "Директор лицея",
        "act": "order",
        "number": "32-од",
        "date": "2026-09-04",
        "person": "О. Ю. Савельев",
    }
    assert approval_json(Approval("agreed")) == {
        "kind": "agreed",
        "body": None,
        "act": None,
        "number": None,
        "date": None,
        "person": None,
    }
