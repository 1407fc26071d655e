"""Dates as papers write them beside a number."""

import re
from datetime import date

_MONTHS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
MONTH_OF_PAPER = rf"(?:{'|'.join(_MONTHS)})[яа]"
DATE_OF_PAPER = (
    rf"(?:[«\"]?\d{{1,2}}[»\"]?(?:\s?[./]\s?\d{{1,2}}\s?[./]\s?\d{{2,4}}|\s+{MONTH_OF_PAPER}\s+\d{{4}})|"
    r"[«\"]\d{1,2}[»\"]\s+\d{2}\s+20\d\d)"
)
_IN_FIGURES = re.compile(r"(\d{1,2})(?:[»\"]\s?[./]?|\s?[./])\s?(\d{1,2})\s?[./\s]\s?(\d{4}|\d{2})")
_IN_WORDS = re.compile(rf"(\d{{1,2}})[»\"]?\s+({MONTH_OF_PAPER})\s+(\d{{4}})", re.IGNORECASE)


def written_date(text: str) -> date | None:
    """The first date in a text, «30.08.2024» or «30 августа 2024»; None if there is none or no such day."""
    if found := _IN_FIGURES.search(text):
        day, month, year = (int(part) for part in found.groups())
        return _day(year + 2000 if year < 100 else year, month, day)
    if found := _IN_WORDS.search(text):
        month = next(at for at, stem in enumerate(_MONTHS, start=1) if found[2].lower() in (f"{stem}я", f"{stem}а"))
        return _day(int(found[3]), month, int(found[1]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
