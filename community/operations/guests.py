"""Inviting people to a meeting, and having the letters sent."""

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse

from community.domain.vocabulary import EventState, GuestGroup
from community.models import Event, EventGuest
from community.operations.events import locked_event
from community.queries.guests import possible_guests
from jobs.models import Job
from jobs.operations import start_job
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.operations.links import issue_links


@transaction.atomic
def invite_guests(
    access: Access, *, event_id: int, groups: Collection[GuestGroup] = (), person_ids: Collection[int] = ()
) -> int:
    """Invite groups and people by hand; gives how many are new, so a second press invites newcomers alone.

    Only people of a bank whose consent to processing is in force are invited, others are passed over. Somebody in
    both banks comes as a mentor, unless as a mentee without a mentor only. Refuses a meeting that is called off.
    """
    access.check(Permission.EVENTS_EDIT)
    event = locked_event(access, event_id)
    if event.state == EventState.CANCELLED:
        raise RefusedError("Встреча отменена: приглашать на неё нельзя.")
    sides = possible_guests(access, groups=groups, person_ids=person_ids)
    there = set(event.guests.values_list("person_id", flat=True))
    made = EventGuest.objects.bulk_create(
        EventGuest(organisation=access.organisation, event=event, person_id=person_id, side=side, invited_at=access.at)
        for person_id, side in sides.items()
        if person_id not in there
    )
    return len(made)


@transaction.atomic
def send_invitations(access: Access, *, event_id: int) -> Job | None:
    """Have a letter sent to each guest to whom one is due, with progress; None where there is nobody like that.

    Before the meeting that is the invitation, written anew after a change; once it is called off, word of that. An
    invitation brings the guest's personal link: by it they are known at the door. Refuses a meeting that is over.
    """
    access.check(Permission.EVENTS_EDIT)
    event = locked_event(access, event_id)
    if event.state == EventState.HELD or event.day < access.today:
        raise RefusedError("Встреча уже прошла: писать о ней поздно.")
    due = event.guests.to_be_told(event.state, access.today)
    person_ids = list(due.values_list("person_id", flat=True))
    if not person_ids:
        return None
    if event.state == EventState.PLANNED:
        issue_links(access, person_ids=person_ids)
    due.update(letter_problem="")
    return start_job(
        access,
        kind="community.send_letters",
        title=f"Письма: {event.title}"[:200],
        params={"event_id": event.pk},
        return_path=_page_of(access, event),
    )


def _page_of(access: Access, event: Event) -> str:
    return reverse("event_detail", args=[access.organisation.slug, event.pk])
