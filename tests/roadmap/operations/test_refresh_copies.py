"""The authority's measures: what its schools did of what was handed down, and how it looks at them together."""

from datetime import timedelta

import pytest

from roadmap.domain.plan import Window
from roadmap.intake.occurrences import relay
from roadmap.models import Evidence, Measure, Touch
from roadmap.operations.hand_down import hand_down, take_back_from
from roadmap.operations.marks import Proof, mark_done, set_needed, set_not_needed, unmark
from tests.conftest import make_persona
from tests.factories import TODAY, MeasureFactory, RoadmapFactory, banked, planned
from tests.roadmap.operations.refreshing import calm, done_on, evidence_of, look

DONE = Proof(words="Круглый стол проведён", happened_on=TODAY)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def plan(district):
    return RoadmapFactory(organisation=district)


@pytest.fixture
def other_curator(other_school):
    return make_persona("curator", other_school)


def handed(district_curator, measure, *schools):
    """The copies of a measure in the plans of schools."""
    return hand_down(district_curator.access, measure_id=measure.pk, school_ids=[school.pk for school in schools])


def mark(curator, copy, position=0):
    return mark_done(curator.access, occurrence_ids=[copy.occurrences.get(position=position).pk], proof=DONE)


def said(measure, position=0):
    return [(words, is_enough) for _, words, is_enough, _ in evidence_of(measure, position)]


def test_measure_handed_down_says_at_once_that_nobody_has_done_it(district_curator, plan, school, other_school):
    measure = planned(plan, "K16", "K28")

    handed(district_curator, measure, school, other_school)

    assert said(measure) == [("выполнили 0 из 2\u00a0организаций", False)]
    assert done_on(measure) == [None]


def test_measure_is_done_when_every_school_has_done_it(
    district_curator, plan, curator, other_curator, school, other_school
):
    measure = planned(plan, "K16", "K28")
    first, second = handed(district_curator, measure, school, other_school)

    mark(curator, first)
    look(plan.organisation)
    by_one = (said(measure), done_on(measure))
    mark(other_curator, second)
    changed = look(plan.organisation, TOMORROW)

    assert by_one == ([("выполнили 1 из 2\u00a0организаций", False)], [None])
    assert (changed, said(measure), done_on(measure)) == (1, [("выполнили 2 из 2\u00a0организаций", True)], [TOMORROW])


def test_school_that_takes_its_mark_back_takes_back_that_of_the_authority(district_curator, plan, curator, school):
    measure = planned(plan, "K28")
    (copy,) = handed(district_curator, measure, school)
    (evidence,) = mark(curator, copy)
    look(plan.organisation)
    before = done_on(measure)

    unmark(curator.access, evidence_id=evidence.pk)
    look(plan.organisation)

    assert (before, done_on(measure)) == ([TODAY], [None])
    assert said(measure) == [("выполнили 0 из 1\u00a0организации", False)]


def test_measure_found_by_the_portal_in_the_school_counts_for_the_authority(district_curator, plan, school):
    measure = planned(plan, "K05", "K28")
    (copy,) = handed(district_curator, measure, school)
    banked(school)

    look(school)
    look(plan.organisation)

    assert (copy.capabilities, done_on(copy)) == (["K05"], [TODAY])
    assert (done_on(measure), said(measure)) == ([TODAY], [("выполнили 1 из 1\u00a0организации", True)])


def test_school_that_does_not_need_it_holds_nobody_up(district_curator, plan, curator, school):
    measure = planned(plan, "K28")
    (copy,) = handed(district_curator, measure, school)
    calm()

    set_not_needed(curator.access, occurrence_id=copy.occurrences.get().pk, reason="Нет молодых педагогов")
    look(plan.organisation)
    given_up = done_on(measure)
    set_needed(curator.access, occurrence_id=copy.occurrences.get().pk)
    look(plan.organisation)

    assert (given_up, done_on(measure)) == ([TODAY], [None])


def test_school_that_is_taken_out_is_not_waited_for(district_curator, plan, curator, school, other_school):
    measure = planned(plan, "K28")
    first, _ = handed(district_curator, measure, school, other_school)
    mark(curator, first)
    look(plan.organisation)

    take_back_from(district_curator.access, measure_id=measure.pk, school_id=other_school.pk)

    assert (done_on(measure), said(measure)) == ([TODAY], [("выполнили 1 из 1\u00a0организации", True)])


def test_measure_taken_back_from_all_is_the_authoritys_own_again(district_curator, plan, school):
    measure = planned(plan, "K16")
    handed(district_curator, measure, school)

    take_back_from(district_curator.access, measure_id=measure.pk, school_id=school.pk)

    assert (said(measure), done_on(measure)) == ([], [None])


def test_terms_of_a_handed_down_measure_are_counted_one_by_one(district_curator, plan, curator, school):
    measure = MeasureFactory(roadmap=plan, capabilities=["K16"])
    windows = [Window(TODAY.replace(month=month), TODAY.replace(month=month)) for month in (10, 12)]
    relay(measure, plan, windows)
    (copy,) = handed(district_curator, measure, school)

    mark(curator, copy, position=1)
    look(plan.organisation)

    assert (said(measure, 0), said(measure, 1)) == (
        [("выполнили 0 из 1\u00a0организации", False)],
        [("выполнили 1 из 1\u00a0организации", True)],
    )
    assert done_on(measure) == [None, TODAY]


def test_school_that_is_late_returns_its_state_all_the_same(district_curator, plan, curator, school):
    measure = MeasureFactory(roadmap=plan, capabilities=["K16"])
    windows = [Window(TODAY.replace(month=month), TODAY.replace(month=month)) for month in (9, 10)]
    relay(measure, plan, windows)
    (copy,) = handed(district_curator, measure, school)

    (evidence,) = mark(curator, copy)
    look(plan.organisation)
    late = (said(measure), done_on(measure))
    unmark(curator.access, evidence_id=evidence.pk)
    look(plan.organisation)

    assert late == ([("выполнили 1 из 1\u00a0организации", True)], [TODAY, None])
    assert (said(measure), done_on(measure)) == ([("выполнили 0 из 1\u00a0организации", False)], [None, None])


def test_schools_report_to_the_authority_whose_measure_it_is_alone(district_curator, plan, curator, school):
    (copy,) = handed(district_curator, planned(plan, "K16"), school)
    own = planned(RoadmapFactory(organisation=school), "K16")
    calm()

    mark(curator, own)
    by_own = list(Touch.objects.values_list("organisation", "source"))
    mark(curator, copy)

    assert by_own == []
    assert list(Touch.objects.values_list("organisation", "source")) == [(plan.organisation_id, "copies")]


def test_report_of_one_school_looks_at_handed_down_measures_alone(district_curator, plan, curator, school):
    handed_down, own = planned(plan, "K16"), planned(plan, "K05")
    (copy,) = handed(district_curator, handed_down, school)
    banked(school)
    calm()

    mark(curator, copy)
    look(plan.organisation)

    assert (done_on(handed_down), done_on(own)) == ([TODAY], [None])


def test_what_stood_before_handing_down_goes_where_the_portal_found_it(district_curator, plan, school):
    measure = planned(plan, "K05")
    banked(school)
    look(plan.organisation)
    before = done_on(measure)

    handed(district_curator, measure, school)

    assert (before, [row[0] for row in evidence_of(measure)]) == ([TODAY], ["K28"])


# Measures of the authority itself


def test_authority_sees_its_schools_banks_together(plan, school, other_school):
    measure = planned(plan, "K06")
    for organisation in (school, other_school):
        banked(organisation)

    look(plan.organisation)

    assert said(measure) == [("в банке 2\u00a0наставника, с согласием — 2", True)]


def test_authority_sees_which_schools_work_by_a_plan(plan, school, other_school):
    measure = planned(plan, "K28")
    RoadmapFactory(organisation=school)
    look(plan.organisation, everything=True)
    with_one = said(measure)

    RoadmapFactory(organisation=other_school)
    look(plan.organisation, everything=True)

    assert (with_one, said(measure)) == (
        [("дорожная карта у 1 из 2\u00a0организаций", False)],
        [("дорожная карта у 2 из 2\u00a0организаций", True)],
    )


def test_school_finds_no_roll_up_of_its_own(school):
    measure = planned(RoadmapFactory(organisation=school), "K28")

    look(school, everything=True)

    assert evidence_of(measure) == []


@pytest.mark.parametrize("count", [3, 30])
def test_look_at_handed_down_measures_costs_the_same_for_few_and_many(
    district_curator, plan, school, other_school, django_assert_num_queries, count
):
    for _ in range(count):
        handed(district_curator, planned(plan, "K16"), school, other_school)

    with django_assert_num_queries(9):
        look(plan.organisation, everything=True)

    assert Evidence.objects.count() == count
    assert Measure.objects.filter(origin__isnull=False).count() == 2 * count
