"""What is looked at anew and what is left alone; two who look at once; what it costs."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.models import MenteeProfile
from people.models import Consent, Person
from roadmap.models import Evidence, Touch
from roadmap.operations.evidence import bring_up_to_date
from roadmap.operations.marks import set_needed, set_not_needed
from roadmap.operations.plans import confirm_roadmap
from roadmap.operations.refresh import is_touched, refresh_measures, touch, touched_organisations
from tests.factories import AT, TODAY, MenteeProfileFactory, RoadmapFactory, banked, planned
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import working
from tests.roadmap.operations.refreshing import calm, done_on, evidence_of, look

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def roadmap(school):
    return RoadmapFactory(organisation=school)


# What is touched


def test_only_capabilities_of_what_was_touched_are_looked_at(school, roadmap):
    bank, pairs = planned(roadmap, "K05"), planned(roadmap, "K02")
    banked(school)
    calm()

    touch([school.pk], "documents")
    by_documents = look(school)
    touch([school.pk], "banks")
    by_banks = look(school)

    assert (by_documents, by_banks) == (0, 1)
    assert (done_on(bank), done_on(pairs)) == ([TODAY], [None])


def test_measure_of_several_capabilities_is_looked_at_as_a_whole(curator, director, roadmap):
    both = planned(roadmap, "K02", "K05")
    working(curator, director)
    calm()

    touch([curator.organisation.pk], "documents")
    look(curator.organisation)

    assert [row[0] for row in evidence_of(both)] == ["K02", "K05"]
    assert done_on(both) == [TODAY]


def test_nothing_touched_is_nothing_to_look_at(school, roadmap, django_assert_num_queries):
    planned(roadmap, "K05")
    banked(school)
    calm()

    with django_assert_num_queries(4):  # savepoint, lock, touches, release
        changed = look(school)

    assert (changed, Evidence.objects.count()) == (0, 0)


def test_touches_are_eaten_once_looked_at(school, other_school, roadmap):
    RoadmapFactory(organisation=other_school)
    banked(school)
    banked(other_school)

    before = [each.pk for each in touched_organisations()]
    look(school)

    assert before == [school.pk, other_school.pk]
    assert touched_organisations() == [other_school]
    assert (is_touched(school), is_touched(other_school)) == (False, True)


def test_looking_leaves_no_touch_of_its_own(school, roadmap):
    planned(roadmap, "K05")
    banked(school)

    look(school)
    look(school)

    assert Touch.objects.count() == 0


def test_everything_finds_what_no_row_told_of(school, roadmap):
    measure = planned(roadmap, "K04")
    banked(school)
    look(school)
    Consent.objects.update(state=Consent.State.WITHDRAWN, withdrawn_on=TOMORROW)
    calm()

    touched, everything = look(school, TOMORROW), look(school, TOMORROW, everything=True)

    assert (touched, everything, done_on(measure)) == (0, 1, [None])


def test_person_who_leaves_changes_what_is_said_of_the_waiting(curator, director, roadmap):
    measure = planned(roadmap, "K12")
    working(curator, director)
    waiting = MenteeProfileFactory(person__organisation=curator.organisation).person
    look(curator.organisation)
    before = evidence_of(measure)

    Person.objects.filter(pk=waiting.pk).update(left_on=TODAY)
    look(curator.organisation)

    assert [before[0][1][-1], evidence_of(measure)[0][1][-1]] == ["1", "0"]


def test_second_look_changes_nothing(school, roadmap):
    planned(roadmap, "K05")
    banked(school)

    first, second = look(school), look(school, everything=True)

    assert (first, second, Evidence.objects.count()) == (1, 0, 1)


def test_measures_are_looked_at_by_name_without_any_touch(school, roadmap):
    asked, other = planned(roadmap, "K05"), planned(roadmap, "K05")
    banked(school)
    calm()

    changed = refresh_measures(school, [asked.pk], today=TODAY, at=AT)

    assert (changed, done_on(asked), done_on(other)) == (1, [TODAY], [None])


def test_measures_of_another_school_are_not_looked_at_by_name(school, other_school, roadmap):
    measure = planned(roadmap, "K05")
    banked(school)

    changed = refresh_measures(other_school, [measure.pk], today=TODAY, at=AT)

    assert (changed, done_on(measure)) == (0, [None])


def test_reading_page_sees_what_was_just_done(curator, roadmap, django_assert_num_queries):
    measure = planned(roadmap, "K05")
    banked(curator.organisation)

    bring_up_to_date(curator.access)
    with django_assert_num_queries(1):
        bring_up_to_date(curator.access)

    assert done_on(measure) == [TODAY]


# Plans in work


def test_plan_that_is_not_confirmed_is_not_looked_at(school):
    measure = planned(RoadmapFactory(organisation=school, is_confirmed=False), "K05")
    banked(school)

    changed = look(school, everything=True)

    assert (changed, evidence_of(measure)) == (0, [])


def test_plan_that_is_confirmed_is_looked_at_once(curator):
    roadmap = RoadmapFactory(organisation=curator.organisation, is_confirmed=False)
    measure = planned(roadmap, "K05")
    banked(curator.organisation)

    confirm_roadmap(curator.access, roadmap_id=roadmap.pk)

    assert done_on(measure) == [TODAY]


# Not needed


def test_occurrence_that_is_not_needed_is_never_done(curator, roadmap):
    measure = planned(roadmap, "K05")
    set_not_needed(curator.access, occurrence_id=measure.occurrences.get().pk, reason="Нет приёма")
    banked(curator.organisation)

    changed = look(curator.organisation)

    assert (changed, done_on(measure)) == (0, [None])
    assert [row[0] for row in evidence_of(measure)] == ["K05"]


def test_occurrence_that_is_needed_again_is_done_by_what_was_found(curator, roadmap):
    measure = planned(roadmap, "K05")
    occurrence = measure.occurrences.get()
    set_not_needed(curator.access, occurrence_id=occurrence.pk, reason="Нет приёма")
    banked(curator.organisation)
    look(curator.organisation)

    set_needed(curator.access, occurrence_id=occurrence.pk)

    assert done_on(measure) == [TODAY]


# At once


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_look_at_once_find_it_once(school, roadmap):
    measures = [planned(roadmap, "K05", "K04") for _ in range(5)]
    banked(school)

    changed = at_once(*[partial(look, school)] * 3)

    assert sorted(changed) == [0, 0, 5]
    assert Evidence.objects.count() == 10
    assert [done_on(each) for each in measures] == [[TODAY]] * 5


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_look_at_everything_at_once_find_it_once(school, roadmap):
    for _ in range(20):
        planned(roadmap, "K05")
    banked(school)
    calm()  # else those who eat the same touches wait for each other there

    changed = at_once(*[partial(look, school, everything=True)] * 4)

    assert sorted(changed) == [0, 0, 0, 20]
    assert Evidence.objects.count() == 20


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_change_during_a_look_is_not_lost(school, roadmap):
    measure = planned(roadmap, "K05")

    at_once(partial(banked, school), partial(look, school))
    look(school)

    assert done_on(measure) == [TODAY]
    assert Touch.objects.count() == 0


# Costs


def queries_of(call) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


@pytest.mark.parametrize("count", [3, 30])
def test_look_costs_the_same_for_few_and_many_measures(school, roadmap, count):
    for _ in range(count):
        planned(roadmap, "K05", "K04", "K12", "K02", "K01", "K31")
    banked(school)

    marking = queries_of(partial(look, school))
    again = queries_of(partial(look, school, everything=True))
    MenteeProfile.objects.update(left_on=TODAY)
    unmarking = queries_of(partial(look, school))

    assert Evidence.objects.count() == count
    assert (marking, again, unmarking) == (15, 13, 16)
