"""Approving candidates of the bank of mentors."""

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.models import MentorProfile
from mentoring.operations.profiles import approve_mentor
from tests.factories import TODAY, MentorProfileFactory
from tests.mentoring.order_steps import refusal_of


def candidate(persona, **values):
    return MentorProfileFactory(person__organisation=persona.organisation, standing="candidate", **values)


def approve(persona, profile):
    return approve_mentor(persona.access, profile_id=profile.pk)


def test_candidate_is_approved_and_a_second_press_changes_nothing(curator):
    profile = candidate(curator)

    standings = [approve(curator, profile).standing for _ in range(2)]

    profile.refresh_from_db()
    assert [*standings, profile.standing] == [MentorProfile.Standing.APPROVED] * 3


def test_candidate_who_has_left_the_bank_is_not_approved(curator):
    profile = candidate(curator, left_on=TODAY)

    assert refusal_of(approve, curator, profile) == "Человек вышел из банка: утверждать некого."


def test_only_who_edits_the_banks_of_the_school_approves(director, stranger):
    profile = candidate(director)

    with pytest.raises(PermissionDenied):
        approve(director, profile)
    with pytest.raises(MentorProfile.DoesNotExist):
        approve(stranger, profile)
