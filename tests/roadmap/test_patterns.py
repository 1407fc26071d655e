"""The built-in plans as plans to start from: what they hold, and their dates in another year."""

from datetime import date

import pytest

from people.domain.school_year import SchoolYear
from roadmap.domain.capability_keys import LABELS
from roadmap.domain.plan import TermKind
from roadmap.domain.terms.horizon import Horizon
from roadmap.domain.terms.reading import read_term
from roadmap.patterns import Pattern, known_measures, patterns

THIS_YEAR = SchoolYear(2026)
KEYS = ["A", "B", "C", "D", "E"]
YEARS = [2024, 2026, 2027, 2031]


def pattern(key: str) -> Pattern:
    return next(each for each in patterns() if each.key == key)


def terms(key: str, year: SchoolYear = THIS_YEAR) -> dict[str, str]:
    """The words of each measure's term in a plan that begins in a school year, by the key of the measure."""
    found = pattern(key)
    moved = found.moved_to(year).measures
    return {key: measure.term.text for key, measure in zip(found.measure_keys, moved, strict=True)}


def test_there_are_five_built_in_plans_in_their_order():
    assert [each.key for each in patterns()] == KEYS
    assert [len(each.plan.measures) for each in patterns()] == [7, 18, 17, 32, 26]
    assert all(each.name and each.about for each in patterns())


def test_known_measures_are_the_hundred_with_capabilities():
    known = known_measures()

    assert len(known) == 100
    assert [each.capabilities for each in known if not each.capabilities] == []
    assert {key for each in known for key in each.capabilities} == LABELS.keys()


def test_plan_keeps_wording_responsible_result_and_sections():
    college = pattern("B").plan

    order = college.measures[4]

    assert order.title == "Издание распорядительного акта о реализации целевой модели наставничества"
    assert (order.number, order.term.text, order.responsible) == ("2.1", "Сентябрь 2024", ("Директор", "администрация"))
    assert order.result == "Приказ №21 от 30.08.2024 г."
    assert (order.section, college.sections[2].parent) == (2, 0)


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("A", date(2026, 9, 1), date(2027, 8, 31)),
        ("B", date(2026, 9, 1), date(2027, 8, 31)),
        ("C", date(2026, 9, 1), date(2027, 8, 31)),
        ("D", date(2026, 9, 1), date(2027, 8, 31)),
        ("E", date(2026, 9, 1), date(2029, 8, 31)),
    ],
)
def test_plan_covers_as_many_school_years_as_its_document(key, first, last):
    assert pattern(key).period_from(THIS_YEAR) == (first, last)


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("B-I.1.1", "Август 2026"),
        ("B-I.1.2", "Сентябрь 2026"),
        ("B-II.2.1", "до 1 октября 2026"),
        ("B-IV.4.4", "Ежегодно в мае, августе"),
        ("C1", "май-сентябрь 2026г., далее ежегодно"),
        ("C7", "август 2026 г."),
        ("C11", "до 01.05.2027 г."),
        ("C13", "до 15.09.2026г., далее ежегодно"),
        ("C15", "ежеквартально"),
        ("D2.1", "Январь 2026-2027"),
        ("D6.4", "Декабрь 2026-2027 май 2026-2027"),
        ("E1", "май – сентябрь 2026"),
        ("E2", "сентябрь 2026"),
        ("A1", ""),
    ],
)
def test_years_in_the_words_move_to_the_year_of_the_plan(measure, words):
    assert terms(measure[0])[measure] == words


@pytest.mark.parametrize("key", KEYS)
def test_plan_of_its_own_year_keeps_its_words(key):
    found = pattern(key)
    own = [measure.term.text for measure in found.plan.measures]

    words = list(terms(key, SchoolYear(found.school_year or 2026)).values())

    different = [(before, after) for before, after in zip(own, words, strict=True) if before != after]
    assert different == ([("до 01.05.2022 г.", "до 01.05.2023 г.")] if key == "C" else [])


@pytest.mark.parametrize("start", YEARS)
@pytest.mark.parametrize("key", KEYS)
def test_every_term_meets_the_plan_or_the_summer_before_it(key, start):
    year = SchoolYear(start)
    first, last = pattern(key).period_from(year)

    read = {measure: read_term(words, Horizon(first, last)) for measure, words in terms(key, year).items()}

    assert {measure: term.doubt for measure, term in read.items() if term.doubt} == {}
    windows = [(measure, window) for measure, term in read.items() for window in term.windows]
    outside = [each for each in windows if each[1].last < date(start, 6, 1) or (each[1].first or first) > last]
    assert outside == []


@pytest.mark.parametrize("key", KEYS)
def test_moved_plan_differs_in_its_dates_alone(key):
    found = pattern(key)

    moved = found.moved_to(THIS_YEAR)

    assert (moved.title, moved.organisation, moved.sections) == (
        found.plan.title,
        found.plan.organisation,
        found.plan.sections,
    )
    words = [(each.title, each.details, each.responsible, each.result, each.section) for each in moved.measures]
    assert words == [
        (each.title, each.details, each.responsible, each.result, each.section) for each in found.plan.measures
    ]
    assert {each.documents for each in moved.measures} == {()}
    assert {each.term.kind for each in moved.measures} == {TermKind.UNKNOWN}


def test_document_of_the_first_school_stays_with_it():
    numbered = [measure.documents for each in patterns() for measure in each.plan.measures if measure.documents]

    assert numbered == []


def test_plan_written_for_a_school_names_that_school():
    found = next(each for each in patterns() if each.key == "E")

    written = found.written_for("МБОУ «СОШ № 14»", THIS_YEAR).measures

    wordings = [text for measure in written for text in (measure.title, *measure.details)]
    assert [text for text in wordings if "СОШ № 5" in text] == []
    assert written[0].details[0] == "Положение о системе наставничества педагогических работников в МБОУ «СОШ № 14»"
