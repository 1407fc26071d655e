"""Arguments of the pages about meetings, in every state that one can have."""

from django.utils import timezone

from community.models import Event, EventGuest
from community.seals import code_of
from people.models import Membership, Organisation


def event_pages(organisation: Organisation) -> dict[str, list[object]]:
    """A meeting of today to which everybody with an account is invited, one called off, and those that are there."""
    now = timezone.now()
    there = list(Event.objects.filter(organisation=organisation).values_list("pk", flat=True))
    texts = {"place": "Актовый зал", "agenda": "Познакомимся\nПоговорим", "created_at": now, "starts_at": now}
    today, cancelled = (
        Event.objects.create(organisation=organisation, title="Знакомство", state=state, **texts)
        for state in ("planned", "cancelled")
    )
    people = Membership.objects.filter(organisation=organisation).values_list("person_id", flat=True).distinct()
    EventGuest.objects.bulk_create(
        EventGuest(organisation=organisation, event=today, person_id=person_id, side="mentor", invited_at=now)
        for person_id in people.order_by("person_id")
    )
    return {"event_id": [today.pk, cancelled.pk, *there], "seal": [code_of(today.pk)]}
