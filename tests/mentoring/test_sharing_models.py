"""What the database itself refuses about requests for mentors of other organisations."""

import pytest

from mentoring.models import SharingRequest
from tests.factories import AT, PersonFactory, SharingRequestFactory
from tests.mentoring.test_models import broken, run_whole


@pytest.mark.parametrize("is_agreed", [False, True])
def test_database_keeps_one_standing_request_per_mentor(school, other_school, is_agreed):
    first = SharingRequestFactory(organisation=school, mentor__organisation=other_school, agreed=is_agreed)

    name = broken(SharingRequestFactory, organisation=school, mentor=first.mentor)

    assert name == "one_standing_request_per_mentor"


def test_mentor_is_asked_for_again_after_a_refusal_and_by_others(school, other_school):
    refused = SharingRequestFactory(organisation=school, state="refused", answered_at=AT)
    SharingRequestFactory(organisation=school, mentor=refused.mentor, state="withdrawn")

    run_whole(SharingRequestFactory, organisation=school, mentor=refused.mentor)
    run_whole(SharingRequestFactory, organisation=other_school, mentor=refused.mentor)

    assert SharingRequest.objects.filter(mentor=refused.mentor, state="asked").count() == 2


def test_database_lets_nobody_ask_themselves(school):
    mentor = PersonFactory(organisation=school)

    assert broken(SharingRequestFactory, organisation=school, mentor=mentor) == "one_asks_another_organisation"


@pytest.mark.parametrize(
    "values",
    [{"answered_at": AT}, {"state": "withdrawn", "answered_at": AT}, {"state": "refused"}],
)
def test_database_keeps_the_moment_of_an_answer(db, values):
    assert broken(SharingRequestFactory, **values) == "sharing_request_is_answered_at_a_moment"


def test_database_keeps_a_guest_behind_every_agreement_alone(school):
    guest = PersonFactory(organisation=school)

    without = broken(SharingRequestFactory, state="agreed", answered_at=AT)
    needless = broken(SharingRequestFactory, organisation=school, guest=guest)

    assert [without, needless] == ["agreed_sharing_brings_a_guest"] * 2


def test_database_keeps_a_mentor_with_the_organisation_that_is_asked(school, other_school):
    name = broken(SharingRequestFactory, organisation=school, owner=other_school)

    assert name == "shared_mentor_is_of_the_organisation_that_is_asked"


def test_database_keeps_a_guest_in_the_organisation_that_asks(school, other_school):
    guest = PersonFactory(organisation=other_school)

    name = broken(SharingRequestFactory, organisation=school, agreed=True, guest=guest)

    assert name == "guest_is_of_the_organisation_that_asks"
