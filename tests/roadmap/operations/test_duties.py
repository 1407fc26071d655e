"""Saying whom a plan's words for a responsible mean."""

import pytest
from django.core.exceptions import PermissionDenied

from roadmap.models import Duty
from roadmap.operations.duties import set_duty
from tests.factories import MeasureFactory, PersonFactory
from tests.roadmap.plan_steps import means, plan_of


@pytest.fixture
def plan(curator):
    return plan_of(curator.organisation)


def meant(organisation):
    rows = Duty.objects.filter(organisation=organisation).order_by("words", "role", "person")
    return list(rows.values_list("words", "role", "person"))


def test_words_mean_exactly_what_was_said(curator, plan):
    MeasureFactory(roadmap=plan, responsible=["завуч"])
    means(plan.organisation, "завуч", "director")

    for _ in range(2):
        set_duty(curator.access, words="завуч", roles=["curator", "mentors"], person_ids=[curator.person.pk])

    assert meant(plan.organisation) == [
        ("завуч", "", curator.person.pk),
        ("завуч", "curator", None),
        ("завуч", "mentors", None),
    ]


def test_same_words_in_other_letters_mean_the_same(curator, plan):
    MeasureFactory(roadmap=plan, responsible=["завуч"])
    MeasureFactory(roadmap=plan, responsible=["Завуч", "директор"])

    set_duty(curator.access, words="Завуч", roles=["curator"], person_ids=[])

    assert meant(plan.organisation) == [("Завуч", "curator", None), ("завуч", "curator", None)]


def test_nobody_may_be_meant(curator, plan):
    MeasureFactory(roadmap=plan, responsible=["завуч"])
    means(plan.organisation, "завуч", "director")

    set_duty(curator.access, words="завуч", roles=[], person_ids=[])

    assert meant(plan.organisation) == []


def test_nobody_of_another_school_is_meant_and_its_words_stay(curator, plan, stranger):
    MeasureFactory(roadmap=plan, responsible=["завуч"])
    means(stranger.organisation, "завуч", "director")
    foreign = PersonFactory(organisation=stranger.organisation)

    set_duty(curator.access, words="завуч", roles=[], person_ids=[foreign.pk])

    assert meant(plan.organisation) == []
    assert meant(stranger.organisation) == [("завуч", "director", None)]


@pytest.mark.parametrize("persona", ["director", "psychologist", "mentor"])
def test_only_who_edits_plans_says_whom_words_mean(request, curator, persona):
    access = request.getfixturevalue(persona).access

    with pytest.raises(PermissionDenied):
        set_duty(access, words="завуч", roles=["curator"], person_ids=[])
