"""Dates, as schools write them."""

import re
from datetime import date, datetime, timedelta

from mentoring.domain.bank_sheet.cells.parsed import Parsed, common_fault, one_line, says_nothing
from mentoring.domain.bank_sheet.sheet import Cell

FIRST_YEAR = 1940
"""No date of a living person's work lies before."""
YEARS_AHEAD = 2

SHORT_YEAR = "год записан двумя цифрами"
NO_DAY = "указан только месяц: взято первое число"
SERIAL = "дата записана числом электронной таблицы"

_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of the 1900 date system, for days after its invented 29.02.1900 (ECMA-376 part 1, 18.17.4.1)."""
_SERIALS = range(14_612, 100_000)
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_DIGITS = re.compile(r"(\d{1,2})[./\-, ](\d{1,2})[./\-, ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[.\-/](\d{1,2})[.\-/](\d{1,2})")
_WORDS = re.compile(r"«?(?:(\d{1,2})»?[\s.-]+)?([а-я]{3,9})\.?[\s.-]+(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")


def parse_date(cell: Cell, *, today: date) -> Parsed[date]:
    """A date from 1940 to two years after `today`; «-» and blanks are None."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed()
    if isinstance(cell, datetime):
        return _in_range(Parsed(cell.date()), today)
    if isinstance(cell, date):
        return _in_range(Parsed(cell), today)
    if isinstance(cell, bool):
        return Parsed(fault="не дата")
    return _in_range(_from_text(one_line(cell), today), today)


def _in_range(parsed: Parsed[date], today: date) -> Parsed[date]:
    if parsed.value and not FIRST_YEAR <= parsed.value.year <= today.year + YEARS_AHEAD:
        return Parsed(fault=f"год {parsed.value.year} не может быть верным")
    return parsed


def _from_text(text: str, today: date) -> Parsed[date]:
    text = re.sub(r"\s*(?:г\.?|года?)$", "", text.lower().replace("ё", "е")).removeprefix("с ").strip(" .,")
    text = re.sub(r"[ t]00:00(?::00)?(?:\.0+)?$", "", text)
    if match := _DIGITS.fullmatch(text):
        return _day(match[3], match[2], match[1], today)
    if match := _ISO.fullmatch(text):
        return _day(match[1], match[2], match[3], today)
    if match := _WORDS.fullmatch(text):
        return _with_month_in_words(match, today)
    if match := _MONTH_YEAR.fullmatch(text):
        return _day(match[2], match[1], None, today)
    if text.isdecimal() and len(text) < 9:
        return _from_number(int(text))
    return Parsed(fault="не удалось понять дату: нужна запись вида 04.09.2026")


def _with_month_in_words(match: re.Match[str], today: date) -> Parsed[date]:
    month = next((at for at, stem in enumerate(_MONTHS, start=1) if match[2].startswith(stem)), None)
    if month is None:
        return Parsed(fault=f"нет такого месяца: «{match[2]}»")
    return _day(match[3], str(month), match[1], today)


def _day(year: str, month: str, day: str | None, today: date) -> Parsed[date]:
    full_year, doubt = int(year), None
    if len(year) == 2:
        full_year += today.year // 100 * 100
        full_year -= 100 if full_year > today.year + YEARS_AHEAD else 0
        doubt = SHORT_YEAR
    if day is None:
        doubt = f"{doubt}; {NO_DAY}" if doubt else NO_DAY
    try:
        return Parsed(date(full_year, int(month), int(day or 1)), doubt=doubt)
    except ValueError:
        return Parsed(fault="такой даты нет в календаре")


def _from_number(number: int) -> Parsed[date]:
    if number in _SERIALS:
        return Parsed(_SERIAL_ZERO + timedelta(days=number), doubt=SERIAL)
    if FIRST_YEAR <= number < 2100:
        return Parsed(fault="указан только год: нужны день и месяц")
    return Parsed(fault="не дата")
