"""Planning a meeting, changing it, calling it off, closing it."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from community.domain.vocabulary import EventKind, EventState, Told
from community.models import Event
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission

EVENT_FIELDS = ("title", "starts_at", "minutes", "place", "agenda")
MET_AT = ("starts_at", "place")
"""What an invitation says; with another day, hour or place it has to be written anew."""


@transaction.atomic
def plan_event(access: Access, *, values: Mapping[str, object]) -> Event:
    """Plan a group meeting; `values` are clean values of EVENT_FIELDS, `starts_at` an aware moment.

    A second press of the button gives the same one.
    """
    access.check(Permission.EVENTS_EDIT)
    meeting = {"title": values["title"], "starts_at": values["starts_at"]}
    rest = {name: values[name] for name in EVENT_FIELDS if name not in meeting}
    event, _ = Event.objects.get_or_create(  # unscoped: of the own organisation
        organisation=access.organisation,
        kind=EventKind.GROUP_MEETING,
        state=EventState.PLANNED,
        **meeting,
        defaults=rest | {"created_at": access.at, "created_by_id": access.user_id},
    )
    return event


@transaction.atomic
def change_event(access: Access, *, event_id: int, values: Mapping[str, object]) -> Event:
    """Change a planned meeting; who was invited to another day, hour or place is due a new letter.

    Refuses a meeting that is over or called off, another day once somebody is marked as there, and what would make it
    the same as another planned one.
    """
    access.check(Permission.EVENTS_EDIT)
    event = locked_event(access, event_id)
    if event.state != EventState.PLANNED:
        raise RefusedError("Изменить можно только встречу, которая ещё запланирована.")
    _wait_for_guests(event)
    day, before = event.day, [getattr(event, name) for name in MET_AT]
    for name in EVENT_FIELDS:
        setattr(event, name, values[name])
    if event.day != day and event.guests.came().exists():
        raise RefusedError("Пришедшие уже отмечены: день встречи изменить нельзя.")
    _save(event)
    if [getattr(event, name) for name in MET_AT] != before:
        event.guests.filter(told=Told.INVITATION).update(told=Told.OUTDATED)
    return event


def _save(event: Event) -> None:
    try:
        with transaction.atomic():
            event.save(update_fields=EVENT_FIELDS)
    except IntegrityError:
        raise RefusedError("Такая встреча на это время уже запланирована.") from None


def locked_event(access: Access, event_id: int) -> Event:
    """The event, locked until the transaction ends; raises Event.DoesNotExist."""
    events = Event.objects.visible_to(access).select_related("organisation")
    return events.select_for_update(of=("self",)).get(pk=event_id)


def _wait_for_guests(event: Event) -> None:
    """Wait for who scans the poster and for letters on their way, and let those who come later see what is decided."""
    list(event.guests.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def cancel_event(access: Access, *, event_id: int) -> Event:
    """Call a planned meeting off; a second press changes nothing. Refuses one to which somebody came."""
    access.check(Permission.EVENTS_EDIT)
    event = locked_event(access, event_id)
    if event.state == EventState.CANCELLED:
        return event
    if event.state == EventState.HELD:
        raise RefusedError("Встреча уже проведена: отменить её нельзя.")
    _wait_for_guests(event)
    if event.guests.came().exists():
        raise RefusedError("На встрече уже отмечены пришедшие. Если отметки поставлены зря, сначала снимите их.")
    return _moved(event, EventState.CANCELLED)


@transaction.atomic
def close_event(access: Access, *, event_id: int) -> Event:
    """Say that a meeting has been held; a second press changes nothing.

    Refuses one that is called off, one whose day has not come, and one to which nobody is marked as having come.
    """
    access.check(Permission.EVENTS_EDIT)
    event = locked_event(access, event_id)
    if event.state == EventState.HELD:
        return event
    if event.state == EventState.CANCELLED:
        raise RefusedError("Встреча отменена: завершать нечего.")
    if event.day > access.today:
        raise RefusedError("Встреча ещё впереди: завершить её можно в её день или позже.")
    if not event.guests.came().exists():
        raise RefusedError("Сначала отметьте, кто пришёл.")
    return _moved(event, EventState.HELD)


def _moved(event: Event, state: EventState) -> Event:
    event.state = state
    event.save(update_fields=["state"])
    return event
