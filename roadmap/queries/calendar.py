"""A school year of a plan, month by month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from people.domain.school_year import SchoolYear
from roadmap.queries.plan_page import MeasureLine, OccurrenceView, PlanPage

MONTHS = (
    *("Сентябрь", "Октябрь", "Ноябрь", "Декабрь", "Январь", "Февраль"),
    *("Март", "Апрель", "Май", "Июнь", "Июль", "Август"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure that has to be done by a day of the month."""

    line: MeasureLine
    view: OccurrenceView


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the school year with what ends in it, by day."""

    title: str
    first: date
    entries: list[Entry]
    is_now: bool


def months_of(page: PlanPage, today: date) -> list[Month]:
    """The twelve months of the shown school year."""
    by_month: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for block in page.blocks:
        for line in block.lines:
            for view in line.all:
                if view.row.ends_on and SchoolYear.of(view.row.ends_on) == page.year:
                    by_month[view.row.ends_on.year, view.row.ends_on.month].append(Entry(line, view))
    months = []
    for index, title in enumerate(MONTHS):
        month = (index + 8) % 12 + 1
        first = date(page.year.start + (month < 9), month, 1)
        entries = sorted(by_month[first.year, month], key=lambda entry: (entry.view.row.ends_on, entry.view.row.pk))
        is_now = (first.year, month) == (today.year, today.month)
        months.append(Month(f"{title} {first.year}", first, entries, is_now))
    return months


def undated(page: PlanPage) -> list[MeasureLine]:
    """Measures whose terms give no dates."""
    return [line for block in page.blocks for line in block.lines if line.now and line.now.row.ends_on is None]
