"""The matrix of schools by measures: states and counts, nobody's papers or words."""

from datetime import date

import pytest

from people.domain.school_year import SchoolYear
from roadmap.domain.execution import OccurrenceState
from roadmap.models import Evidence
from roadmap.operations.marks import Proof, mark_done, set_not_needed
from roadmap.queries.district import handed_to, matrix, schools_below
from tests.factories import TODAY, EvidenceFactory, OccurrenceFactory, OrganisationFactory, planned
from tests.roadmap.plan_steps import plan_of, signed_act

YEAR = SchoolYear(2026)


@pytest.fixture
def origin(district_curator):
    return planned(plan_of(district_curator.organisation, ends_on=date(2028, 8, 31)), "K16")


def matrix_of(district_curator, origin, year=YEAR):
    return matrix(district_curator.access, origin.roadmap, year)


def cell_of(district_curator, origin, school):
    (row,) = matrix_of(district_curator, origin).rows
    return next(cell for cell in row.cells if cell.school == school)


def copied(origin, school, *capabilities):
    return planned(plan_of(school), *capabilities, origin=origin)


def test_matrix_has_all_schools_by_name_and_the_measures_handed_down(district_curator, school, other_school, origin):
    planned(origin.roadmap, title="не поручено")
    copy = copied(origin, school)

    found = matrix_of(district_curator, origin)

    (row,) = found.rows
    assert found.schools == schools_below(district_curator.access) == [school, other_school]
    assert (found.year, found.years) == (YEAR, [YEAR, SchoolYear(2027)])
    assert (row.measure, row.done, row.total, row.behind) == (origin, 0, 1, 1)
    assert [(cell.school, cell.view and cell.view.row.measure) for cell in row.cells] == [
        (school, copy),
        (other_school, None),
    ]


def test_matrix_counts_what_is_done_or_given_up(district_curator, curator, stranger, origin):
    for persona, is_done in ((curator, True), (stranger, False)):
        row = copied(origin, persona.organisation).occurrences.get()
        if is_done:
            mark_done(persona.access, occurrence_ids=[row.pk], proof=Proof("Проведено", TODAY))
        else:
            set_not_needed(persona.access, occurrence_id=row.pk, reason="Нет наставляемых")

    (row,) = matrix_of(district_curator, origin).rows

    assert [cell.view.state for cell in row.cells] == [OccurrenceState.DONE, OccurrenceState.NOT_NEEDED]
    assert (row.done, row.total) == (2, 2)


def test_district_is_told_counts_and_no_words_or_papers_of_a_school(district_curator, curator, director, origin):
    row = copied(origin, curator.organisation, "K05", "K01").occurrences.get()
    portal = {"way": Evidence.Way.PORTAL, "recorded_by": None}
    EvidenceFactory(occurrence=row, capability="K05", words="в банке 3 наставляемых, с согласием — 2", **portal)
    EvidenceFactory(
        occurrence=row, capability="K01", words="приказ № 5-од", document=signed_act(curator, director), **portal
    )
    EvidenceFactory(occurrence=row, words="Провела Котова Марина", recorded_by=curator.user)

    cell = cell_of(district_curator, origin, curator.organisation)

    assert cell.words == "в банке 3 наставляемых, с согласием — 2"


def test_matrix_has_nothing_of_another_district_or_of_the_schools_own(district_curator, school, origin):
    planned(plan_of(school))
    foreign = OrganisationFactory(parent=OrganisationFactory())
    copied(origin, foreign)

    found = matrix_of(district_curator, origin)

    assert ([row.measure for row in found.rows], school in found.schools, foreign in found.schools) == ([], True, False)


def test_school_sees_no_matrix(curator, origin):
    copied(origin, curator.organisation)

    assert matrix(curator.access, origin.roadmap, YEAR).rows == []


def test_schools_that_have_a_measure_are_known(district_curator, school, other_school, origin):
    copied(origin, school)

    assert handed_to(district_curator.access, origin) == [school.pk]


def test_matrix_shows_the_term_of_the_year_asked_for(district_curator, school, origin):
    copy = copied(origin, school)
    OccurrenceFactory(measure=copy, position=1, starts_on=date(2028, 5, 1), ends_on=date(2028, 5, 31))
    ends = {
        year: [
            cell.view and cell.view.row.ends_on
            for row in matrix_of(district_curator, origin, SchoolYear(year)).rows
            for cell in row.cells
        ]
        for year in (2026, 2027)
    }

    assert ends == {2026: [date(2026, 11, 30)], 2027: [date(2028, 5, 31)]}
