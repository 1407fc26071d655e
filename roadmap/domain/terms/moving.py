"""Terms of a plan that is copied to another year: the years in the words and the windows moved."""

import re
from calendar import monthrange
from datetime import date

from people.domain.days import EARLIEST_DAY, LATEST_DAY
from roadmap.domain.plan import Window

_YEARS = re.compile(
    r"(?<!\d)(?<!№)(?<!№ )(?P<year>(?:19|20)\d\d)(?!\d)"
    r"(?:(?P<sign> ?[-–—/] ?)(?P<second>\d\d)(?=\s?(?:уч|г|[,;)]|\.(?!\d)|$)))?"
    r"|(?P<date>(?<!\d)\d{1,2}[./]\d{1,2}[./])(?P<of_date>\d\d)(?!\d)"
    r"|(?<!\d)(?P<one>\d\d)(?P<between> ?[-–—/] ?)(?P<other>\d\d)(?=\s*уч)"
    r"|(?<![\d.,])(?P<short>[1-4]\d)(?= ?(?:г|года)\b)",
    re.IGNORECASE,
)


def move_words(words: str, years: int) -> str:
    """The same term with each explicit year moved on by `years` (back if negative); without a year as it was.

    «до 01.05.2022 г.» becomes «до 01.05.2023 г.», «2023/24» becomes «2024/25». Blanks and dashes stay.
    """
    return _YEARS.sub(lambda found: _moved_years(found, years), words)


def _moved_years(found: re.Match[str], years: int) -> str:
    """A year, a pair of years, or a date with a short year, in the form in which it stood."""
    if found["year"]:
        return f"{int(found['year']) + years}{_moved_second(found, years)}"
    if found["date"]:
        return found["date"] + _short(found["of_date"], years)
    if found["one"]:
        return _short(found["one"], years) + found["between"] + _short(found["other"], years)
    return _short(found["short"], years)


def _moved_second(found: re.Match[str], years: int) -> str:
    """The second year of «2023/24»; what is no next year («2024-05» of a date) stays."""
    if not found["second"]:
        return ""
    is_pair = (int(found["year"]) + 1) % 100 == int(found["second"])
    return found["sign"] + (_short(found["second"], years) if is_pair else found["second"])


def _short(year: str, years: int) -> str:
    return f"{(int(year) + years) % 100:02d}"


def move_window(window: Window, years: int) -> Window:
    """The window moved on by `years`; 29 February becomes the 28th in a common year.

    Months named as such stay whole: 1–28 February 2023 becomes 1–29 February 2024. A year that cannot occur
    (before 1950, after 2100) becomes the nearest one that can.
    """
    first = _moved_day(window.first, years) if window.first is not None else None
    last = _moved_day(window.last, years)
    is_whole = first is not None and first.day == 1 and window.last.day == _length(window.last)
    return Window(first, last.replace(day=_length(last)) if is_whole else last)


def _moved_day(day: date, years: int) -> date:
    year = min(max(day.year + years, EARLIEST_DAY.year), LATEST_DAY.year)
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]
