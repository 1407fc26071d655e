"""What the database itself refuses about matching runs and the steps on their boards."""

import pytest

from mentoring.models import MatchingStep, Pairing
from tests.factories import AT, MatchingRunFactory, MatchingStepFactory, PairingFactory, PersonFactory
from tests.mentoring.test_models import broken, run_whole


@pytest.mark.parametrize(("state", "solved_at"), [("solved", None), ("queued", AT)])
def test_database_keeps_the_moment_of_a_solved_run(school, state, solved_at):
    name = broken(MatchingRunFactory, organisation=school, state=state, solved_at=solved_at)

    assert name == "matching_run_is_solved_at_a_moment"


def test_database_numbers_the_steps_of_a_run(school):
    step = MatchingStepFactory(run__organisation=school)

    run_whole(MatchingStepFactory, run__organisation=school, number=step.number)

    assert broken(MatchingStepFactory, run=step.run, number=step.number) == "matching_steps_are_numbered"


def test_database_demands_a_reason_of_a_ban_alone(school):
    run_whole(MatchingStepFactory, run__organisation=school, kind="unpin")

    assert broken(MatchingStepFactory, run__organisation=school, kind="ban") == "matching_ban_has_a_reason"


def test_database_keeps_a_pairing_with_a_run_of_its_organisation(school, other_school):
    pairing = PairingFactory(mentor__organisation=school)
    own, alien = (MatchingRunFactory(organisation=each) for each in (school, other_school))
    pairings = Pairing.objects.filter(pk=pairing.pk)

    run_whole(pairings.update, run=own)

    assert broken(pairings.update, run=alien) == "run_is_of_the_same_organisation"


@pytest.mark.parametrize(
    ("alien", "name"),
    [
        ("mentor", "step_is_about_a_mentor_of_the_organisation"),
        ("mentee", "step_is_about_a_mentee_of_the_organisation"),
        ("run", "step_is_of_the_organisation_of_its_run"),
    ],
)
def test_database_keeps_steps_within_an_organisation(school, other_school, alien, name):
    step = MatchingStepFactory(run__organisation=school)
    stranger = (MatchingRunFactory if alien == "run" else PersonFactory)(organisation=other_school)

    assert broken(MatchingStep.objects.filter(pk=step.pk).update, **{alien: stranger}) == name
