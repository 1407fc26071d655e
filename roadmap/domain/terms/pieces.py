"""The days of the pieces of a year: quarters, half-years, holidays, seasons, weeks of a month."""

from roadmap.domain.terms.dates import Edge, Stretch
from roadmap.domain.terms.sorts import Part, Unit

# The usual dates in Russian schools; each school sets its own, so whoever uses them says so ("quarter_dates").
SCHOOL_QUARTERS = (((9, 1), (10, -1)), ((11, 1), (12, -1)), ((1, 1), (3, -1)), ((4, 1), (5, -1)))
TRIMESTERS = (((9, 1), (11, -1)), ((12, 1), (2, -1)), ((3, 1), (5, -1)))
QUARTERS = (((1, 1), (3, -1)), ((4, 1), (6, -1)), ((7, 1), (9, -1)), ((10, 1), (12, -1)))
HALF_YEARS = (((9, 1), (12, -1)), ((1, 1), (8, -1)))
CALENDAR_HALF_YEARS = (((1, 1), (6, -1)), ((7, 1), (12, -1)))
SEASONS = {9: ((9, 1), (11, -1)), 12: ((12, 1), (2, -1)), 3: ((3, 1), (5, -1)), 6: ((6, 1), (8, -1))}
HOLIDAYS = {9: ((10, 26), (11, 4)), 12: ((12, 29), (1, 8)), 3: ((3, 23), (3, -1)), 6: ((6, 1), (8, -1))}
SCHOOL_YEAR_PARTS = {
    Part.BEGINNING: ((9, 1), (9, -1), (9, 1)),
    Part.MIDDLE: ((12, 1), (1, -1), (12, -1)),
    Part.END: ((5, 1), (5, -1), (5, -1)),
}
CALENDAR_YEAR_PARTS = {
    Part.BEGINNING: ((1, 1), (1, -1), (1, 1)),
    Part.MIDDLE: ((6, 1), (7, -1), (6, -1)),
    Part.END: ((12, 1), (12, -1), (12, -1)),
}
MONTH_PARTS = {Part.BEGINNING: (1, 10, 1), Part.MIDDLE: (11, 20, 15), Part.END: (21, -1, -1)}
UNITS_OF_YEAR = {
    Unit.QUARTER: QUARTERS,
    Unit.SCHOOL_QUARTER: SCHOOL_QUARTERS,
    Unit.TRIMESTER: TRIMESTERS,
    Unit.HALF_YEAR: HALF_YEARS,
}
ASSUMED_BY_UNIT = {
    Unit.SCHOOL_QUARTER: "quarter_dates",
    Unit.TRIMESTER: "quarter_dates",
    Unit.HALF_YEAR: "half_year",
}
DAYS_OF_UNIT = {Unit.WEEK: 7, Unit.DECADE: 10, Unit.HALF: 15}
UNITS_IN_MONTH = {Unit.WEEK: 5, Unit.DECADE: 3, Unit.HALF: 2}

Days = tuple[tuple[int, int], tuple[int, int]]


def stretch_of(days: Days) -> Stretch:
    """The stretch between two (month, day) pairs; «до него» is up to its first day."""
    first, last = Edge(*days[0]), Edge(*days[1])
    return Stretch(first, last, first)


def units_of_year(unit: Unit, first: int, last: int, *, is_calendar: bool = False) -> Stretch | None:
    """«2 четверть», «I–II квартал»: from one unit to another (-1 is the last one); None if there is no such."""
    units = CALENDAR_HALF_YEARS if unit is Unit.HALF_YEAR and is_calendar else UNITS_OF_YEAR[unit]
    first, last = (len(units) if number == -1 else number for number in (first, last))
    if not 1 <= first <= last <= len(units):
        return None
    return stretch_of((units[first - 1][0], units[last - 1][1]))


def units_of_month(unit: Unit, first: int, last: int, month: int) -> Stretch | None:
    """«1–2 неделя октября», «вторая декада», «последняя неделя»: days of a month, month 0 standing for every one.

    Weeks are counted by sevens from the 1st, the last one is the last seven days. None if there is no such unit.
    """
    days, count = DAYS_OF_UNIT[unit], UNITS_IN_MONTH[unit]
    if (first, last) == (-1, -1):
        day = -7 if unit is Unit.WEEK else days * (count - 1) + 1
        return Stretch(Edge(month, day), Edge(month, -1), Edge(month, day))
    last = count if last == -1 else last
    if not 1 <= first <= last <= count:
        return None
    begin = Edge(month, days * (first - 1) + 1)
    return Stretch(begin, Edge(month, -1 if last == count else days * last), begin)


def part_of_month(part: Part, month: int) -> Stretch:
    """«начало сентября»: ten days of the month, the third ten to its end."""
    first, last, due = MONTH_PARTS[part]
    return Stretch(Edge(month, first), Edge(month, last), Edge(month, due))


def part_of_year(part: Part, *, is_calendar: bool) -> Stretch:
    """«конец учебного года»: its last month of lessons; of a calendar year its last month."""
    first, last, due = (CALENDAR_YEAR_PARTS if is_calendar else SCHOOL_YEAR_PARTS)[part]
    return Stretch(Edge(*first), Edge(*last), Edge(*due))


def part_of_stretch(part: Part, stretch: Stretch) -> Stretch:
    """«начало 2 четверти»: the first ten days of its first month, the days from the 21st of its last month."""
    if part is Part.BEGINNING and stretch.first is not None:
        return part_of_month(part, stretch.first.month)
    if part is Part.END and stretch.last is not None:
        return part_of_month(part, stretch.last.month)
    return stretch


def weekday_of_month(weekday: int, number: int, month: int) -> Stretch | None:
    """«первый понедельник сентября», «последняя пятница месяца»: one day; None if there is no such."""
    if number != -1 and not 1 <= number <= 4:
        return None
    day = Edge(month, -7 if number == -1 else 7 * (number - 1) + 1, weekday)
    return Stretch(day, day)
