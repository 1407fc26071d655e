"""Topics of a profile, added one at a time."""

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.models import MenteeProfile, MentorProfile
from mentoring.operations.requests import Wish, add_topics, keep_requests
from tests.factories import (
    MenteeProfileFactory,
    MenteeRequestFactory,
    MentorProfileFactory,
    MentorTopicFactory,
    PersonFactory,
)


def test_requests_are_added_and_reweighed_and_none_is_lost(curator):
    profile = MenteeProfileFactory(person=PersonFactory(organisation=curator.organisation))
    MenteeRequestFactory(profile=profile, topic="методика")
    MenteeRequestFactory(profile=profile, topic="документы")
    wishes = [Wish("методика", 4, "анкета"), Wish("дисциплина", 3, "анкета"), Wish("методика", 5, "анкета")]

    keep_requests(curator.access, profile_id=profile.pk, requests=wishes)

    assert list(profile.requests.order_by("pk").values_list("topic", "weight", "source")) == [
        ("методика", 5, "анкета"),
        ("документы", 3, "банк"),
        ("дисциплина", 3, "анкета"),
    ]


def test_topics_of_a_mentor_are_added_once(curator):
    profile = MentorProfileFactory(person=PersonFactory(organisation=curator.organisation))
    MentorTopicFactory(profile=profile, topic="методика")

    add_topics(curator.access, profile_id=profile.pk, topics=["дисциплина", "методика", "дисциплина"])

    assert list(profile.topics.order_by("topic").values_list("topic", flat=True)) == ["дисциплина", "методика"]


def test_profiles_of_another_school_are_not_found(curator):
    mentee, mentor = MenteeProfileFactory(), MentorProfileFactory()

    with pytest.raises(MenteeProfile.DoesNotExist):
        keep_requests(curator.access, profile_id=mentee.pk, requests=[Wish("методика", 3, "анкета")])
    with pytest.raises(MentorProfile.DoesNotExist):
        add_topics(curator.access, profile_id=mentor.pk, topics=["методика"])


def test_only_who_edits_banks_may_add_topics(director):
    with pytest.raises(PermissionDenied):
        keep_requests(director.access, profile_id=1, requests=[])
    with pytest.raises(PermissionDenied):
        add_topics(director.access, profile_id=1, topics=[])
