"""What people ask help with and what they can teach, one topic at a time: what is there stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from mentoring.models import MenteeProfile, MenteeRequest, MentorProfile, MentorTopic
from people.access import Access
from people.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class Wish:
    """A topic of up to 200 characters, how much it matters (1 to 5), and who said so, in up to 60 characters."""

    topic: str
    weight: int
    source: str


@transaction.atomic
def keep_requests(access: Access, *, profile_id: int, requests: Sequence[Wish]) -> None:
    """Add requests to a mentee's profile; one that is there gets the new weight and source, others stay as they are.

    Of several with one topic the last counts. Raises MenteeProfile.DoesNotExist.
    """
    access.check(Permission.BANKS_EDIT)
    profile = MenteeProfile.objects.visible_to(access).select_for_update(of=("self",)).get(pk=profile_id)
    last = {wish.topic: wish for wish in requests}
    MenteeRequest.objects.bulk_create(
        [
            MenteeRequest(profile=profile, topic=wish.topic, weight=wish.weight, source=wish.source)
            for wish in last.values()
        ],
        update_conflicts=True,
        unique_fields=["profile", "topic"],
        update_fields=["weight", "source"],
    )


@transaction.atomic
def add_topics(access: Access, *, profile_id: int, topics: Sequence[str]) -> None:
    """Add competences of up to 200 characters to a mentor's profile; raises MentorProfile.DoesNotExist."""
    access.check(Permission.BANKS_EDIT)
    profile = MentorProfile.objects.visible_to(access).select_for_update(of=("self",)).get(pk=profile_id)
    MentorTopic.objects.bulk_create(
        [MentorTopic(profile=profile, topic=topic) for topic in dict.fromkeys(topics)], ignore_conflicts=True
    )
