"""Calendar feeds: each dated occurrence as a whole-day event on its last day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from roadmap.queries.feeds import FeedEvent

REFRESHED_EVERY = timedelta(hours=6)


def calendar_of(name: str, events: Sequence[FeedEvent], *, portal: str, at: datetime) -> bytes:
    """The feed as iCalendar bytes (RFC 5545); the number of an occurrence makes its lasting UID.

    `portal` is the address of the portal: events lead to their measures there.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Mentoring portal//roadmap//RU")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"value": "DURATION"})
    for each in events:
        calendar.add_component(_event(each, portal, at))
    return calendar.to_ical()


def _event(each: FeedEvent, portal: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"occurrence-{each.occurrence_id}@{urlsplit(portal).hostname}")
    event.add("url", portal + each.path)
    event.add("dtstamp", at)
    event.add("summary", f"{'✓ ' if each.is_done else ''}{each.title}")
    event.add("dtstart", each.ends_on)
    event.add("dtend", each.ends_on + timedelta(days=1))
    if each.starts_on != each.ends_on:
        event.add("description", f"Срок по дорожной карте: {each.starts_on:%d.%m.%Y} – {each.ends_on:%d.%m.%Y}")
    event.add("transp", "TRANSPARENT")
    return event
