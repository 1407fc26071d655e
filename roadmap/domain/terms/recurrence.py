"""Windows of terms that come again: each month, quarter, half-year or school year of a span of days."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from people.domain.school_year import SchoolYear
from roadmap.domain.plan import Window
from roadmap.domain.terms.dates import Edge, Stretch
from roadmap.domain.terms.horizon import school_years_in
from roadmap.domain.terms.pieces import HALF_YEARS, QUARTERS, SCHOOL_QUARTERS, TRIMESTERS, Days, stretch_of
from roadmap.domain.terms.sorts import Sort

Span = tuple[date, date]

MONTHS: tuple[Days, ...] = tuple(((month, 1), (month, -1)) for month in range(1, 13))
PREPARATION = timedelta(days=92)
"""So long before its first day a plan may begin with preparations: plans of a school year begin in summer."""
SUMMER = (6, 7, 8)
THIRD_QUARTER = (7, 9)
AFTER_QUARTERS = (1, 4, 7, 10)
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


def in_the_school_year(stretches: Iterable[Stretch], span: Span) -> set[Window]:
    """Each stretch in the one school year of a plan; «август – сентябрь» is the August before it.

    Raises NoSuchDayError.
    """
    every = list(stretches)
    opening = [stretch for stretch in every if _opens_school_year(stretch)]
    windows = in_each_school_year((stretch for stretch in every if not _opens_school_year(stretch)), span)
    years = school_years_in(span)
    opened = {stretch.in_school_year(year.start - 1, span[1]) for stretch in opening for year in years}
    return windows | {window for window in opened if overlaps(window, span)}


def _opens_school_year(stretch: Stretch) -> bool:
    """Whether it begins in the summer before 1 September and ends after it; the third quarter lies at the end."""
    first, last = stretch.first, stretch.last
    if first is None or last is None or (first.month, last.month) == THIRD_QUARTER:
        return False
    return first.month in SUMMER and last.month not in SUMMER and first.order() < last.order()


def is_of_plan(window: Window, span: Span) -> bool:
    """Whether the window lies in the days of the plan or prepares it."""
    return overlaps(window, (span[0] - PREPARATION, span[1]))


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


def days_after_quarters(days: Iterable[Stretch], span: Span) -> set[Window]:
    """«ежеквартально до 5 числа»: such days in the month after each quarter of the calendar."""
    return {window for window in days_of_months(days, span) if window.last.month in AFTER_QUARTERS}


def _day(edge: Edge | None, year: int, month: int) -> date:
    if edge is None:
        return date(year, month, monthrange(year, month)[1])
    return Edge(month, edge.day, edge.weekday).in_year(year, is_recurring=True)
