"""The ladder of reminders: two weeks before, a week before, on the day, then each week overdue."""

from datetime import date, timedelta
from enum import StrEnum

ADVANCE_DAYS = (14, 7, 0)
WEEK = 7
ESCALATED_AFTER = 14
"""Days overdue from which the director is told as well."""


class Rung(StrEnum):
    """A step of the ladder."""

    TWO_WEEKS = "two_weeks"
    WEEK = "week"
    TODAY = "today"
    OVERDUE = "overdue"


_ADVANCE = dict(zip(ADVANCE_DAYS, (Rung.TWO_WEEKS, Rung.WEEK, Rung.TODAY), strict=True))


def rung_between(ends_on: date, *, after: date, until: date) -> Rung | None:
    """The latest step of the ladder that falls on a day later than `after` and not later than `until`.

    A portal that stood still for some days catches up with one reminder, not with several.
    """
    if until > ends_on:
        weeks = (until - ends_on).days // WEEK
        latest = ends_on + timedelta(days=weeks * WEEK)
        if weeks:
            return Rung.OVERDUE if latest > after else None
    for days in sorted(ADVANCE_DAYS):
        day = ends_on - timedelta(days=days)
        if day <= until:
            return _ADVANCE[days] if day > after else None
    return None


def is_escalated(ends_on: date, today: date) -> bool:
    """Whether the director is told: two weeks overdue or more."""
    return (today - ends_on).days >= ESCALATED_AFTER
