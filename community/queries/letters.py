"""Letters of a meeting: to whom one is due, what it says."""

from datetime import date

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.template.loader import render_to_string

from community.domain.vocabulary import EventState
from community.models import Event, EventGuest
from people.models import PersonalLink
from people.queries.links import url_of

SUBJECTS = {
    (EventState.PLANNED, False): "Приглашение на встречу",
    (EventState.PLANNED, True): "Встреча изменилась",
    (EventState.CANCELLED, True): "Встреча отменена",
}
"""By the state of the meeting and whether the guest has had a letter before."""


def guests_to_tell(event: Event, on: date) -> QuerySet[EventGuest]:
    """The guests of an event to whom a letter is due on the day `on`; for the worker."""
    return EventGuest.objects.filter(event=event).to_be_told(event.state, on)  # unscoped: worker


def message_of(guest: EventGuest, link: PersonalLink | None, connection: BaseEmailBackend) -> EmailMessage:
    """The letter as it goes out: nothing personal in it but the address it goes to and the link."""
    event = guest.event
    organisation = " ".join(event.organisation.short_name.split())
    subject = SUBJECTS[EventState(event.state), bool(guest.told)]
    context = {
        "organisation": organisation,
        "event": event,
        "is_cancelled": event.state == EventState.CANCELLED,
        "is_changed": bool(guest.told),
        "url": url_of(link) if link else "",
    }
    text = render_to_string("community/mail/letter.txt", context)
    return EmailMessage(f"{subject}, {organisation}", text, to=[guest.person.email], connection=connection)
