"""Days of a year that are named without it («15 октября», «последняя неделя апреля») and the days they come to."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from people.domain.days import EARLIEST_DAY, LATEST_DAY
from roadmap.domain.plan import Window
from roadmap.domain.terms.sorts import EVERY_MONTH

SEPTEMBER = 9
DECEMBER = 12
LEAP_YEAR = 2024
MONTHS_IN = (  # «в мае»
    *("январе", "феврале", "марте", "апреле", "мае", "июне"),
    *("июле", "августе", "сентябре", "октябре", "ноябре", "декабре"),
)

Years = tuple[int, int]


class NoSuchDayError(ValueError):
    """The calendar has no such day; the message is a Russian sentence."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The first or the last day of a stretch, without its year or with it.

    `day` counts from the end of the month when negative (-1 is its last day). `weekday` (0 is Monday) moves the
    edge to the first such day on or after it. `years` is what the words say: one year twice, or a school year.
    """

    month: int
    day: int
    weekday: int | None = None
    years: Years | None = None

    def calendar_year(self) -> int | None:
        """The year the words give; of a school year the half that holds the month; None where they give none."""
        if self.years is None:
            return None
        return self.years[0] if self.month >= SEPTEMBER else self.years[1]

    def order(self) -> tuple[int, int]:
        """For telling which of two edges comes first within a calendar year."""
        return self.month, self.day if self.day > 0 else 32 + self.day

    def in_year(self, year: int, *, is_recurring: bool = False) -> date:
        """The day in the calendar year; 29 February of a recurring term is the 28th in a common year.

        Raises NoSuchDayError for the 30th of February and the 13th month.
        """
        self.check()
        length = monthrange(year, self.month)[1]
        day = self.day if self.day > 0 else length + 1 + self.day
        if day > length and not is_recurring:
            raise NoSuchDayError(_no_day(self, f" {year} года"))
        found = date(year, self.month, min(day, length))
        if self.weekday is None:
            return found
        return found + timedelta(days=(self.weekday - found.weekday()) % 7)

    def check(self) -> None:
        """Raise NoSuchDayError if no year has such a day, or the year of the words cannot be meant."""
        year = self.calendar_year()
        if not 1 <= self.month <= DECEMBER:
            raise NoSuchDayError(f"Месяца с номером {self.month} нет.")
        if year is not None and not EARLIEST_DAY.year <= year <= LATEST_DAY.year:
            raise NoSuchDayError(f"Год {year} не подходит для плана.")
        if self.day == 0 or self.day > monthrange(LEAP_YEAR, self.month)[1]:
            raise NoSuchDayError(_no_day(self, f" {year} года" if year is not None else ""))


def _no_day(edge: Edge, of_year: str) -> str:
    return f"В {MONTHS_IN[edge.month - 1]}{of_year} нет {edge.day}-го числа."


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a year: from an edge to an edge, both included.

    Without `first` it is a deadline; without `last` it runs to the end of the plan. `due_by` is the day meant by
    «до …» where that is not the last one («до начала сентября», «до мая»).
    """

    first: Edge | None
    last: Edge | None
    due_by: Edge | None = None

    def edges(self) -> list[Edge]:
        """The edges that are known, the last one first."""
        return [edge for edge in (self.last, self.first) if edge is not None]

    def years(self) -> Years | None:
        """The year or the school year that the words give it; None if they give none."""
        return next((edge.years for edge in self.edges() if edge.years is not None), None)

    def is_of_every_month(self) -> bool:
        """Whether it names days of a month without the month («5 числа»)."""
        return all(edge.month == EVERY_MONTH for edge in self.edges())

    def dated(self, years: Years) -> "Stretch":
        """The same in the year of the words; a single year is that of the last edge where New Year lies between."""
        is_whole = years[0] != years[1] or not self.crosses_new_year()
        return Stretch(
            replace(self.first, years=years) if self.first is not None and is_whole else self.first,
            replace(self.last, years=years) if self.last is not None else None,
            replace(self.due_by, years=years) if self.due_by is not None else None,
        )

    def in_month_of(self, other: "Stretch") -> "Stretch":
        """These days of no month in the month that the other one ends in, with its year."""
        month = other.edges()[0]
        first = replace(self.first, month=month.month, years=month.years) if self.first is not None else None
        last = replace(self.last, month=month.month, years=month.years) if self.last is not None else None
        return Stretch(first, last)

    def undated(self) -> "Stretch":
        """The same without its years."""
        first = replace(self.first, years=None) if self.first is not None else None
        return Stretch(first, replace(self.last, years=None) if self.last is not None else None)

    def deadline(self) -> "Stretch":
        """What «до …» makes of it."""
        return Stretch(None, self.due_by or self.last)

    def crosses_new_year(self) -> bool:
        """Whether it begins late in one calendar year and ends early in the next («декабрь – февраль»)."""
        return self.first is not None and self.last is not None and self.first.order() > self.last.order()

    def in_school_year(self, start: int, horizon_end: date) -> Window:
        """Its days where it begins in the school year that starts in `start`.

        `horizon_end` closes a stretch without an end. Raises NoSuchDayError.
        """
        anchor = self.first or self.last
        if anchor is None:
            raise NoSuchDayError("В сроке нет дат.")
        year = start if anchor.month >= SEPTEMBER else start + 1
        first = self.first.in_year(year, is_recurring=True) if self.first is not None else None
        if self.last is None:
            return Window(first, max(horizon_end, first or horizon_end))
        return Window(first, self.last.in_year(year + self.crosses_new_year(), is_recurring=True))

    def in_its_years(self, horizon_end: date) -> tuple[Window, bool]:
        """Its days in the years that the words give, and whether the year of one end had to be worked out.

        `horizon_end` closes a stretch without an end. The stretch has a year at one end at least. Raises
        NoSuchDayError for a day that is not there and for an end before the beginning.
        """
        first_year, last_year = self._calendar_years()
        first = self.first.in_year(first_year) if self.first is not None else None
        last = self.last.in_year(last_year) if self.last is not None else max(horizon_end, first or horizon_end)
        if first is not None and first > last:
            raise NoSuchDayError(f"Конец срока ({last:%d.%m.%Y}) раньше начала ({first:%d.%m.%Y}).")
        is_guessed = len({edge.years is None for edge in self.edges()}) > 1 and self.crosses_new_year()
        return Window(first, last), is_guessed

    def _calendar_years(self) -> tuple[int, int]:
        """The calendar years of both ends, one of them worked out from the other if the words name only one."""
        first = self.first.calendar_year() if self.first is not None else None
        last = self.last.calendar_year() if self.last is not None else None
        if first is None:
            first = (last or 0) - self.crosses_new_year()
        if last is None or self._is_one_school_year():
            last = first + self.crosses_new_year()
        return first, last

    def _is_one_school_year(self) -> bool:
        """Whether both ends are said to lie in one school year: then the end follows the beginning."""
        years = {edge.years for edge in self.edges()}
        return len(years) == 1 and all(pair is not None and pair[0] != pair[1] for pair in years)


def whole_month(month: int) -> Stretch:
    """All of a month; «до мая» is «до 1 мая»."""
    return Stretch(Edge(month, 1), Edge(month, -1), Edge(month, 1))
