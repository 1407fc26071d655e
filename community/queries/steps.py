"""What of the meetings waits for whom, on the first page."""

from datetime import timedelta

from django.urls import reverse

from community.domain.vocabulary import EventState
from community.models import Event
from community.queries.events import events_that_wait
from people.access import Access
from people.domain.plurals import counted
from people.domain.roles import Permission
from people.domain.step import Step

SOON = timedelta(days=14)
"""So long before a meeting with nobody invited its curator hears of it."""

ASKED_WITHIN = timedelta(days=30)
"""Nobody is asked about a meeting that is longer ago."""

MOST_OWN = 2
MEETINGS = ("встреча", "встречи", "встреч")
ICON = "calendar-event"


def community_steps(access: Access) -> list[Step]:
    """Meetings one is invited to; for who runs them, those that wait for them.

    One query; none for an authority, which has no banks to invite from.
    """
    if access.organisation.is_district:
        return []
    events = list(events_that_wait(access))
    ahead = [event for event in events if event.state == EventState.PLANNED and event.day >= access.today]
    found = [_to_come(access, event) for event in ahead if event.is_own][:MOST_OWN]
    if access.may(Permission.EVENTS_EDIT):
        found += _of_events(access, events)
    return found


def _to_come(access: Access, event: Event) -> Step:
    url = reverse("my_event", args=[access.organisation.slug, event.pk])
    when = f"{event.starts_here:%H:%M}, {event.place}"
    if event.day == access.today:
        detail = f"{when} · у входа наведите камеру на плакат"
        return Step(4, ICON, f"Сегодня встреча «{event.title}»", detail, "Открыть", url, "amber")
    title = f"Вас пригласили на встречу «{event.title}»"
    return Step(30, ICON, title, f"{event.starts_here:%d.%m} в {when}", "Открыть", url)


def _of_events(access: Access, events: list[Event]) -> list[Step]:
    """One step of each kind; it leads to the meeting that is first in time, and counts the others."""
    planned = [event for event in events if event.state == EventState.PLANNED]
    over = [event for event in planned if event.day < access.today]
    today = [event for event in planned if event.day == access.today]
    soon = [event for event in planned if access.today < event.day <= access.today + SOON]
    empty = [event for event in soon if not event.invited]
    recent = access.today - ASKED_WITHIN
    unasked = [event for event in events if event.state == EventState.HELD and event.day >= recent]
    return [
        *_step(access, over, 14, "Встреча прошла: «{}»", "Отметьте, кто пришёл, и завершите её", "amber"),
        *_step(access, today, 3, "Сегодня встреча «{}»", "Повесьте плакат у входа и отметьте, кто пришёл", "amber"),
        *_step(access, empty, 18, "Пригласите на встречу «{}»", "Пока не приглашён никто", "blue"),
        *_step(access, unasked, 14, "Спросите после встречи «{}»", "С кем хотели бы работать те, кто пришёл", "blue"),
    ]


def _step(access: Access, events: list[Event], urgency: int, title: str, detail: str, tone: str) -> list[Step]:
    if not events:
        return []
    others = f" · и ещё {counted(len(events) - 1, *MEETINGS)}" if len(events) > 1 else ""
    url = reverse("event_detail", args=[access.organisation.slug, events[0].pk])
    return [Step(urgency, ICON, title.format(events[0].title), detail + others, "Открыть", url, tone)]
