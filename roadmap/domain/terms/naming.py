"""Pieces of a year as words name them: months, days, weeks, quarters, seasons, beginnings and ends."""

from roadmap.domain.terms.cursor import Cursor
from roadmap.domain.terms.dates import Edge, Stretch, whole_month
from roadmap.domain.terms.pieces import (
    ASSUMED_BY_UNIT,
    DAYS_OF_UNIT,
    HOLIDAYS,
    SEASONS,
    UNITS_OF_YEAR,
    part_of_month,
    part_of_stretch,
    part_of_year,
    stretch_of,
    units_of_month,
    units_of_year,
    weekday_of_month,
)
from roadmap.domain.terms.sorts import EVERY_MONTH, YEAR_SORTS, Part, Sort, Unit
from roadmap.domain.terms.words import Token


def named_pieces(cursor: Cursor, assumed: set[str]) -> list[Stretch]:
    """The pieces of a year that stand at the cursor, without the year behind them; none if there are none.

    Moves the cursor past them (it may also have moved where nothing was found) and adds to `assumed` the codes of
    what the words leave to the usual dates of schools.
    """
    return _Naming(cursor, assumed).pieces()


class _Naming:
    """Reads pieces of a year at the cursor."""

    def __init__(self, cursor: Cursor, assumed: set[str]) -> None:
        self.cursor = cursor
        self.assumed = assumed

    def pieces(self) -> list[Stretch]:
        """What stands at the cursor, moving past it; where nothing is found the cursor may have moved."""
        if self.cursor.sees(Sort.DATE):
            found = _date_stretch(self.cursor.take())
            self.cursor.skip(Sort.YEAR_WORD)  # «01.05.2022 г.»
            return [found]
        if self.cursor.sees(Sort.MONTH):
            month = self.cursor.take().numbers[0]
            if self.cursor.sees_unit(Unit.MONTH):
                self.cursor.at += 1
            return [whole_month(month)]
        if self.cursor.sees(Sort.NUMBER):
            return self._counted()
        if self.cursor.sees(Sort.PART):
            return self._part()
        if self.cursor.sees(Sort.SEASON) or self.cursor.sees(Sort.HOLIDAYS):
            return self._season()
        return []

    def _season(self) -> list[Stretch]:
        months = [self.cursor.take().numbers[0]] if self.cursor.sees(Sort.SEASON) else sorted(HOLIDAYS)
        self.cursor.skip(Sort.SPAN)
        if self.cursor.skip(Sort.HOLIDAYS):
            self.assumed.add("holiday_dates")
            return [stretch_of(HOLIDAYS[month]) for month in months]
        return [stretch_of(SEASONS[month]) for month in months]

    def _counted(self) -> list[Stretch]:
        """«15–20 октября», «1-2 неделя октября», «III квартал», «первый понедельник сентября»."""
        numbers = self.cursor.numbers()
        if self.cursor.sees(Sort.MONTH):
            month = self.cursor.take().numbers[0]
            return [Stretch(Edge(month, first), Edge(month, last)) for first, last in numbers]
        if self.cursor.sees(Sort.WEEKDAY):
            weekday = self.cursor.take().numbers[0]
            month = self._month_of() or EVERY_MONTH
            return _all_or_none([weekday_of_month(weekday, first, month) for first, _ in numbers])
        if self.cursor.sees(Sort.UNIT):
            if self.cursor.peek().text == "числах":
                numbers = [self._about_days(first) for first, _ in numbers]
            return self._units(Unit(self.cursor.take().numbers[0]), numbers)
        return []

    def _about_days(self, number: int) -> tuple[int, int]:
        """«в первых числах», «в 20-х числах», «в последних числах»."""
        self.assumed.add("approximate")
        if number == -1:
            return -5, -1
        return number, number + (9 if number % 10 == 0 else 4)

    def _month_of(self) -> int | None:
        """The month in «… октября», «… в октябре»; 0 for «… (каждого) месяца»; None if no month is said."""
        begin = self.cursor.at
        self.cursor.skip(Sort.IN)
        self.cursor.skip(Sort.EACH)
        if self.cursor.sees_unit(Unit.MONTH):
            self.cursor.at += 1
            return self._month_of() or EVERY_MONTH
        if self.cursor.sees(Sort.MONTH):
            return self.cursor.take().numbers[0]
        self.cursor.at = begin
        return None

    def _units(self, unit: Unit, numbers: list[tuple[int, int]]) -> list[Stretch]:
        if unit is Unit.HALF and (self.cursor.peek().sort in YEAR_SORTS or self.cursor.skip_year_words()):
            unit = Unit.HALF_YEAR
        if unit in UNITS_OF_YEAR:
            is_calendar = self._sees_calendar_year()
            if unit in ASSUMED_BY_UNIT and not (is_calendar and unit is Unit.HALF_YEAR):
                self.assumed.add(ASSUMED_BY_UNIT[unit])
            return _all_or_none([units_of_year(unit, *pair, is_calendar=is_calendar) for pair in numbers])
        month = self._month_of()
        if unit is Unit.DAY_OF_MONTH or (unit is Unit.DAY and month is not None):
            return [_days(first, last, month or EVERY_MONTH) for first, last in numbers]
        if unit in DAYS_OF_UNIT and month is None and self.cursor.skip_year_words():
            month = 5 if numbers[0][0] == -1 else 9
        if unit in DAYS_OF_UNIT and month is not None:
            return _all_or_none([units_of_month(unit, *pair, month) for pair in numbers])
        return []

    def _part(self) -> list[Stretch]:
        """«начало сентября», «конец учебного года», «начало 2 четверти», «начало – середина мая»."""
        parts = [Part(self.cursor.take().numbers[0])]
        is_range = self.cursor.sees(Sort.DASH, Sort.PART)
        while self.cursor.sees(Sort.DASH, Sort.PART) or self.cursor.sees(Sort.COMMA, Sort.PART) or self._sees_in_part():
            self.cursor.at += 2 if self._sees_in_part() else 1
            parts.append(Part(self.cursor.take().numbers[0]))
        found = self._whole_of_parts(parts)
        if found:
            self.assumed.add("approximate")
        return [Stretch(found[0].first, found[-1].last, found[-1].due_by)] if found and is_range else found

    def _sees_in_part(self) -> bool:
        return self.cursor.sees(Sort.COMMA, Sort.IN, Sort.PART)

    def _whole_of_parts(self, parts: list[Part]) -> list[Stretch]:
        month = self._month_of()
        if month is not None:
            return [part_of_month(part, month) for part in parts]
        if self.cursor.sees(Sort.EACH) and self.cursor.peek(1).sort in {Sort.SCHOOL, Sort.YEAR_WORD}:
            self.cursor.at += 1
        if self.cursor.skip_year_words():
            return [part_of_year(part, is_calendar=False) for part in parts]
        if self.cursor.peek().sort in YEAR_SORTS:
            return [part_of_year(part, is_calendar=self._sees_calendar_year()) for part in parts]
        whole = self.pieces()
        return [part_of_stretch(part, whole[0]) for part in parts] if whole else []

    def _sees_calendar_year(self) -> bool:
        return self.cursor.sees(Sort.YEAR) and self.cursor.peek(1).sort is not Sort.SCHOOL


def _date_stretch(token: Token) -> Stretch:
    day, month, year = token.numbers
    years = (year, year) if year else None
    if day == 0:
        found = whole_month(month)
        return found.dated(years) if years is not None else found
    edge = Edge(month, day, years=years)
    return Stretch(edge, edge)


def _days(first: int, last: int, month: int) -> Stretch:
    return Stretch(Edge(month, first), Edge(month, last))


def _all_or_none(found: list[Stretch | None]) -> list[Stretch]:
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else []
