"""What part a word plays in a term, and the pieces of time that words name."""

from enum import Enum, IntEnum


class Sort(Enum):
    """The part that a word or a figure plays; the value is an example."""

    DATE = "15.09.2024"
    MONTH = "май"
    NUMBER = "вторая"
    YEAR = "2024"
    YEARS = "2024-2025"
    DASH = "-"
    COMMA = ","
    FROM = "с"
    UNTIL = "до"
    UP_TO = "по"
    IN = "в"
    UNIT = "неделя"
    PART = "начало"
    SEASON = "осень"
    HOLIDAYS = "каникулы"
    WEEKDAY = "пятница"
    SCHOOL = "учебный"
    YEAR_WORD = "год"
    DURING = "в течение"
    WHOLE = "весь"
    ALL_YEAR = "круглогодично"
    SPAN = "период"
    RUN = "реализация"
    EACH = "каждый"
    TIMES = "раз"
    ONWARD = "далее"
    YEARLY = "ежегодно"
    HALF_YEARLY = "раз в полугодие"
    QUARTERLY = "ежеквартально"
    SCHOOL_QUARTERLY = "каждую четверть"
    TRIMESTERLY = "каждый триместр"
    MONTHLY = "ежемесячно"
    ALWAYS = "постоянно"
    REFERENCE = "по плану"
    RELATIVE = "после"
    WORD = "встреча"


class Unit(IntEnum):
    """The pieces of time that are counted: «вторая декада», «III квартал»."""

    WEEK = 1
    DECADE = 2
    HALF = 3
    QUARTER = 4
    SCHOOL_QUARTER = 5
    HALF_YEAR = 6
    TRIMESTER = 7
    MONTH = 8
    DAY_OF_MONTH = 9
    DAY = 10


class Part(IntEnum):
    """The parts of a piece of time."""

    BEGINNING = 1
    MIDDLE = 2
    END = 3


YEAR_SORTS = (Sort.YEAR, Sort.YEARS)
# The month of «5 числа каждого месяца».
EVERY_MONTH = 0
