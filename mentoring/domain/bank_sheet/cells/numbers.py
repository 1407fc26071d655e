"""Numbers told in words and signs: experience, capacity, hours, year of birth."""

import re
from datetime import date, datetime
from decimal import Decimal

from mentoring.domain.bank_sheet.cells.dates import parse_date
from mentoring.domain.bank_sheet.cells.parsed import Parsed, common_fault, one_line, says_nothing
from mentoring.domain.bank_sheet.sheet import Cell
from people.domain.plurals import counted

LONGEST_EXPERIENCE = 70
FIRST_WORKING_YEAR = 1950
LARGEST_CAPACITY = 20
MOST_HOURS = 40
OLDEST = 100
YOUNGEST = 6

_YEARS = re.compile(r"(\d{1,4})(?:[.,](\d+))?\s*(?:лет|года?|г|л)?\.?(?:\s*(?:и\s*)?(\d{1,2})\s*мес\w*\.?)?")
_MONTHS = re.compile(r"\d{1,2}\s*(?:мес\w*|м)\.?")
_LESS_THAN_YEAR = re.compile(r"(?:менее|меньше|до|<|не полный|неполный)\s*(?:1|одного)?\s*года?|0[.,]\d+|полгода|<\s*1")
_SINCE = re.compile(r"с\s*(\d{4})\s*(?:г\.?|года)?")
_NO_EXPERIENCE = frozenset({"нет", "без стажа", "б/с", "стажа нет", "нет стажа"})
_COUNT_WORDS = {
    "один": 1,
    "одного": 1,
    "одна": 1,
    "два": 2,
    "двух": 2,
    "двое": 2,
    "три": 3,
    "трех": 3,
    "трое": 3,
}
_COUNT = re.compile(
    r"(?:(?P<limit>до|не более|не больше|максимум|макс\.?)\s*)?(?:(?P<low>\d+)\s*[-–—]\s*)?(?P<count>-?\d+)"
    r"\s*(?:-?х|чел\w*|наставляем\w*|педагог\w*)?\.?"
)
_HOURS = re.compile(r"(?:(?:до|не более)\s*)?(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:ч\w*)?\.?\s*(?:(?:в|/)\s*нед\w*\.?)?")


def parse_experience(cell: Cell, *, today: date) -> Parsed[int]:
    """Full years of teaching, 0 to 70. Months and «менее года» are 0; «с 2015 г.» counts to `today`."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    text = one_line(cell).lower().replace("ё", "е")
    if text in _NO_EXPERIENCE:
        return Parsed(0, doubt="записано, что стажа нет: взято 0 лет")
    if says_nothing(cell):
        return Parsed()
    if isinstance(cell, date):
        return _since(cell.date() if isinstance(cell, datetime) else cell, today)
    if _LESS_THAN_YEAR.fullmatch(text) or _MONTHS.fullmatch(text):
        return Parsed(0, doubt="стаж меньше года: взято 0 лет")
    if match := _SINCE.fullmatch(text):
        return _since_year(int(match[1]), today)
    if match := _YEARS.fullmatch(text):
        return _years(match, today)
    return _since_text(text, today)


def _years(match: re.Match[str], today: date) -> Parsed[int]:
    years = int(match[1])
    if FIRST_WORKING_YEAR <= years <= today.year:
        return _since_year(years, today)
    if years > LONGEST_EXPERIENCE:
        return Parsed(fault=f"стаж не может быть {counted(years, 'год', 'года', 'лет')}")
    part = match[3] or (match[2] or "").strip("0")
    return Parsed(years, doubt=f"взяты полные годы: {years}" if part else None)


def _since_year(year: int, today: date) -> Parsed[int]:
    if not FIRST_WORKING_YEAR <= year <= today.year:
        return Parsed(fault=f"год {year} не может быть началом работы")
    years = today.year - year
    return Parsed(years, doubt=f"указан год начала работы: получилось {counted(years, 'год', 'года', 'лет')}")


def _since(start: date, today: date) -> Parsed[int]:
    if start.year < FIRST_WORKING_YEAR or start > today:
        return Parsed(fault="вместо стажа стоит дата, которая не может быть началом работы")
    years = today.year - start.year - ((today.month, today.day) < (start.month, start.day))
    return Parsed(years, doubt=f"указана дата начала работы: получилось {counted(years, 'год', 'года', 'лет')}")


def _since_text(text: str, today: date) -> Parsed[int]:
    start = parse_date(text, today=today)
    if start.value is None:
        return Parsed(fault="не удалось понять стаж: нужно число полных лет")
    return _since(start.value, today)


def parse_capacity(cell: Cell) -> Parsed[int]:
    """How many mentees at most, 1 to 20; of «1-2» the greater number."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if one_line(cell) in ("", "-", "–", "—"):
        return Parsed()
    if isinstance(cell, date):
        return Parsed(fault="число превратилось в дату: запишите его как текст")
    text = one_line(cell).lower().replace("ё", "е")
    for word, number in _COUNT_WORDS.items():
        text = re.sub(rf"\b{word}\b", str(number), text)
    match = _COUNT.fullmatch(text)
    if match is None or isinstance(cell, bool):
        return Parsed(fault="не удалось понять, сколько наставляемых: нужно одно число")
    count = int(match["count"][:9])
    if not 1 <= count <= LARGEST_CAPACITY:
        return Parsed(fault=f"наставляемых может быть от 1 до {LARGEST_CAPACITY}")
    return Parsed(count, doubt=f"указано «от и до»: взято {count}" if match["low"] else None)


def parse_hours(cell: Cell) -> Parsed[Decimal]:
    """Hours a week, more than 0 and at most 40. What is told otherwise is left out with a doubt."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed()
    match = _HOURS.fullmatch(one_line(cell).lower())
    if match is None or isinstance(cell, bool | date):
        return Parsed(doubt="не удалось понять, сколько часов в неделю: не взято")
    hours = Decimal(match[1].replace(",", "."))
    if not 0 < hours <= MOST_HOURS:
        return Parsed(fault=f"часов в неделю может быть не больше {MOST_HOURS}, но больше нуля")
    return Parsed(hours)


def parse_birth_year(cell: Cell, *, today: date) -> Parsed[int]:
    """The year of birth, also out of a whole date; nobody is younger than 6 or older than 100."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed()
    text = one_line(cell).lower()
    match = re.fullmatch(r"(?:\d{1,2}[./-]\d{1,2}[./-])?(\d{4})\s*(?:г\.?\s*(?:р\.?)?|года?(?: рождения)?)?", text)
    if match is None or isinstance(cell, bool):
        return Parsed(fault="не удалось понять год рождения: нужны четыре цифры")
    year = int(match[1])
    if not today.year - OLDEST <= year <= today.year - YOUNGEST:
        return Parsed(fault=f"год рождения {year} не может быть верным")
    return Parsed(year)
