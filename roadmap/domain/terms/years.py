"""The years of a term: what span they name, and to which months they belong."""

from collections.abc import Sequence
from datetime import date

from people.domain.days import EARLIEST_DAY, LATEST_DAY
from people.domain.school_year import SchoolYear
from roadmap.domain.terms.dates import Stretch, Years

Span = tuple[date, date]


def span_of_years(years: Years, *, has_school_word: bool = False, is_plural: bool = False) -> Span | None:
    """The days that years name; None for years that cannot be meant.

    «2024-2027 учебные годы» and two years in a row («2023-2024») are school years; «2024-2025 гг.» (`is_plural`)
    and a single year are calendar years.
    """
    first, last = years
    if not EARLIEST_DAY.year <= first <= last < LATEST_DAY.year:
        return None
    if has_school_word or (last == first + 1 and not is_plural):
        return SchoolYear(first).first_day, SchoolYear(max(last - 1, first)).last_day
    return date(first, 1, 1), date(last, 12, 31)


def with_all_years(stretches: Sequence[Stretch], span: Span | None) -> tuple[list[Stretch], bool]:
    """The stretches with the year of a neighbour where they have none, and whether one had to be guessed.

    «март, ноябрь 2025» are both of 2025; «ноябрь, март 2025» is November of the year before, unless only the other
    one lies in the span of the plan; «сентябрь 2024, май» is the next May. All stay as they are if none has a year.
    """
    dated = list(stretches)
    is_guessed = False
    for at in range(len(dated) - 2, -1, -1):
        years = dated[at + 1].years()
        if dated[at].years() is None and years is not None:
            moved = _before(dated[at], dated[at + 1], years, span)
            is_guessed |= moved != years
            dated[at] = dated[at].dated(moved)
    for at in range(1, len(dated)):
        years = dated[at - 1].years()
        if dated[at].years() is None and years is not None:
            is_later = years[0] == years[1] and _order(dated[at]) < _order(dated[at - 1])
            dated[at] = dated[at].dated((years[0] + is_later, years[1] + is_later))
            is_guessed = True
    return dated, is_guessed


def _order(stretch: Stretch) -> tuple[int, int]:
    return (stretch.first or stretch.edges()[0]).order()


def _before(stretch: Stretch, following: Stretch, years: Years, span: Span | None) -> Years:
    if years[0] != years[1] or _order(stretch) <= _order(following):
        return years
    earlier = (years[0] - 1, years[1] - 1)
    month = _order(stretch)[0]
    if span is not None and not _holds(span, earlier[0], month) and _holds(span, years[0], month):
        return years
    return earlier


def _holds(span: Span, year: int, month: int) -> bool:
    return (span[0].year, span[0].month) <= (year, month) <= (span[1].year, span[1].month)
