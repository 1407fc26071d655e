"""The days that a plan covers."""

from dataclasses import dataclass
from datetime import date

from people.domain.days import EARLIEST_DAY, LATEST_DAY, is_plausible
from people.domain.school_year import SchoolYear


@dataclass(frozen=True, slots=True)
class Horizon:
    """The first and the last day of a plan, both included; None = not known."""

    first: date | None
    last: date | None


def horizon_of(period: tuple[date | None, date | None], *, first_date: date | None, until: date | None) -> Horizon:
    """The days for which the terms of a plan are worked out.

    `period` is what the document says of itself, `first_date` the first date of the plan (its approval or its
    earliest dated term), `until` the day up to which an open period is wanted. An open start is the first date;
    an open end is `until`, else the end of the school year after the one that holds the first date.
    Source: issue 3, "Terms in words".
    """
    first, last = period
    known = first_date if first_date is not None and is_plausible(first_date) else None
    first = first or known
    last = last or until
    start = known or first
    if last is None and start is not None:
        last = end_of_next_school_year(start)
    return Horizon(first, last)


def end_of_next_school_year(day: date) -> date:
    """The last day of the school year after the one that holds `day`, or the latest day that can occur."""
    if not is_plausible(day):
        return LATEST_DAY
    return min(SchoolYear(SchoolYear.of(day).start + 1).last_day, LATEST_DAY)


def span_of(horizon: Horizon) -> tuple[date, date] | None:
    """Both ends of the horizon; None where neither is known or the end comes before the beginning.

    Where one is missing: the start of the school year of the last day, or the end of the school year after the first.
    Days that cannot occur (year 1, year 9999) are cut off, so that enumerating the years always ends.
    """
    first, last = horizon.first, horizon.last
    if first is None and last is None:
        return None
    if last is None:
        last = end_of_next_school_year(first or EARLIEST_DAY)
    last = max(min(last, LATEST_DAY), EARLIEST_DAY)
    if first is None:
        first = SchoolYear.of(last).first_day
    first = max(min(first, LATEST_DAY), EARLIEST_DAY)
    return (first, last) if first <= last else None


def school_years_in(span: tuple[date, date]) -> list[SchoolYear]:
    """The school years that share a day with the span, in order."""
    first, last = span
    return [SchoolYear(start) for start in range(SchoolYear.of(first).start, SchoolYear.of(last).start + 1)]
