"""Windows of terms that come again: each month, quarter, half-year or school year of a span of days."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from people.domain.school_year import SchoolYear
from roadmap.domain.plan import Window
from roadmap.domain.terms.dates import Edge, Stretch
from roadmap.domain.terms.horizon import school_years_in
from roadmap.domain.terms.pieces import HALF_YEARS, QUARTERS, SCHOOL_QUARTERS, TRIMESTERS, Days, stretch_of
from roadmap.domain.terms.sorts import Sort

Span = tuple[date, date]

MONTHS: tuple[Days, ...] = tuple(((month, 1), (month, -1)) for month in range(1, 13))
WHOLE_YEAR: tuple[Days, ...] = (((9, 1), (8, -1)),)
PIECES_OF_MARK: dict[Sort, tuple[Days, ...]] = {
    Sort.MONTHLY: MONTHS,
    Sort.QUARTERLY: QUARTERS,
    Sort.SCHOOL_QUARTERLY: SCHOOL_QUARTERS,
    Sort.TRIMESTERLY: TRIMESTERS,
    Sort.HALF_YEARLY: HALF_YEARS,
    Sort.DURING: WHOLE_YEAR,
    Sort.YEARLY: WHOLE_YEAR,
}


def overlaps(window: Window, span: Span) -> bool:
    """Whether the window shares a day with the span; a deadline only by its last day."""
    first, last = span
    return (window.first or window.last) <= last and first <= window.last


def clipped(window: Window, span: Span) -> Window:
    """The days of the window that lie in the span; the window overlaps it."""
    return Window(max(window.first or span[0], span[0]), min(window.last, span[1]))


def in_each_school_year(stretches: Iterable[Stretch], span: Span, since: date | None = None) -> set[Window]:
    """Each stretch once in each school year that the span touches, whole; those outside the span are left out.

    A stretch belongs to the school year in which it begins, and ends there if it has no end of its own.
    Nothing begins before `since`. Raises NoSuchDayError.
    """
    windows = {
        stretch.in_school_year(year.start, min(year.last_day, span[1]))
        for stretch in stretches
        for year in school_years_in(span)
    }
    return {one for one in windows if overlaps(one, span) and (since is None or (one.first or one.last) >= since)}


def pieces_of(span: Span, mark: Sort) -> set[Window]:
    """The months, quarters, half-years or school years of the span, those at its ends cut to it.

    Quarters are those of the calendar, with SCHOOL_QUARTERLY those of the school; half-years are
    1 September – 31 December and 1 January – 31 August.
    """
    stretches = [stretch_of(days) for days in PIECES_OF_MARK[mark]]
    windows = (one.in_school_year(year.start, span[1]) for one in stretches for year in _school_years_about(span))
    return {clipped(window, span) for window in windows if overlaps(window, span)}


def _school_years_about(span: Span) -> Iterable[SchoolYear]:
    """The school years of the span and the one before: July–September begins in the year that ends in it."""
    years = school_years_in(span)
    return [SchoolYear(years[0].start - 1), *years]


def days_of_months(days: Iterable[Stretch], span: Span) -> set[Window]:
    """«до 5 числа», «последняя неделя месяца»: such days in each month of the span, as far as they overlap it.

    A deadline has no first day here either. Days that a month lacks become its last one.
    """
    stretches = list(days)
    months = sorted({(window.last.year, window.last.month) for window in pieces_of(span, Sort.MONTHLY)})
    windows = {
        Window(_day(one.first, year, month) if one.first is not None else None, _day(one.last, year, month))
        for year, month in months
        for one in stretches
    }
    return {window for window in windows if overlaps(window, span)}


def _day(edge: Edge | None, year: int, month: int) -> date:
    if edge is None:
        return date(year, month, monthrange(year, month)[1])
    return Edge(month, edge.day, edge.weekday).in_year(year, is_recurring=True)
