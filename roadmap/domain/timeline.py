"""Where the terms of a plan lie on a picture of one school year."""

from dataclasses import dataclass
from datetime import date, timedelta

from people.domain.school_year import SchoolYear

MONTH_NAMES = ("IX", "X", "XI", "XII", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")
DUE_BAR_DAYS = 14
"""A term «до …» has no first day: its bar is drawn over the last two weeks."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar on the picture, in thousandths of the year: where it begins and how long it is."""

    x: int
    width: int


def place_of(day: date, year: SchoolYear) -> int:
    """Thousandths of the school year that have passed at the beginning of `day`; may lie outside 0…1000."""
    days = (year.last_day - year.first_day).days + 1
    return round(1000 * (day - year.first_day).days / days)


def bar_of(first: date | None, last: date, year: SchoolYear) -> Bar | None:
    """The bar of a term in the picture of a school year; None where the term lies outside it."""
    begin = max(first or last - timedelta(days=DUE_BAR_DAYS), year.first_day)
    end = min(last, year.last_day)
    if begin > end:
        return None
    x = place_of(begin, year)
    width = max(6, place_of(end + timedelta(days=1), year) - x)
    return Bar(min(x, 1000 - width), width)
