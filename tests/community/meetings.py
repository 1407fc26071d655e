"""Meetings of a school and their guests, around TODAY or around the real day."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from community.models import Event, EventGuest
from people.models import Organisation, Person
from tests.factories import EventFactory, EventGuestFactory, MenteeProfileFactory, MentorProfileFactory, consents

VALUES = {"title": "Знакомство", "minutes": 60, "place": "Актовый зал", "agenda": "Познакомимся"}


def invited(event: Event, *, side: str = "mentor", **values: object) -> EventGuest:
    """A guest of a bank who agrees."""
    guest = EventGuestFactory(event=event, side=side, **values)
    consents(guest.person)
    bank = MentorProfileFactory if side == "mentor" else MenteeProfileFactory
    bank(person=guest.person)
    return guest


def own_guest(event: Event, person: Person, **values: object) -> EventGuest:
    """Somebody with an account who is invited; the fixture has their consents."""
    return EventGuestFactory(event=event, person=person, **values)


def real_event(organisation: Organisation, *, days: int = 0, **values: object) -> Event:
    """A meeting so many days from today by the real clock, for pages."""
    day = timezone.localdate() + timedelta(days=days)
    start = timezone.make_aware(datetime.combine(day, time(15)))
    return EventFactory(organisation=organisation, starts_at=start, **values)
