"""Registration numbers and dates as papers write them."""

from datetime import date

MONTHS_GENITIVE = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


def long_date(day: date) -> str:
    """«4 сентября 2024 г.» with no-break spaces, as in papers."""
    return f"{day.day}\u00a0{MONTHS_GENITIVE[day.month - 1]} {day.year}\u00a0г."


def short_date(day: date) -> str:
    """«04.09.2024», as in tables."""
    return f"{day:%d.%m.%Y}"


def registration_number(pattern: str, sequence: int) -> str:
    """The number `sequence` of a journal in its own spelling: «{n}-од» and 209 give «209-од»."""
    return pattern.replace("{n}", str(sequence))
