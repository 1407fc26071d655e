"""Names of persons, as schools write them."""

import re

from mentoring.domain.bank_sheet.cells.parsed import Parsed, common_fault, one_line
from mentoring.domain.bank_sheet.sheet import Cell, is_blank
from mentoring.domain.bank_sheet.values import PersonName

LONGEST_PART = 100

_CYRILLIC_FOR_LATIN = str.maketrans("ABCEHKMOPTXYaceopxyëË", "АВСЕНКМОРТХУасеорхуёЁ")
_TAILS = ("оглы", "оглу", "огли", "кызы", "гызы", "кизи", "улы", "уулу")
_INITIALS = re.compile(r"\b[А-ЯЁA-Z]\.(?:\s*[А-ЯЁA-Z]\.)?")
_PATRONYMIC = re.compile(r".{2,}(?:ич|вна|чна)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+(?:(?:\s|\.\s?|[-'’`])[^\W\d_]+)*\.?")

CAPITALS = "имя записано не с заглавной буквы или целиком прописными: исправлено"
LATIN_LETTERS = "среди русских букв были похожие латинские: исправлено"
ALL_LATIN = "имя записано латиницей"
INITIALS = "указаны инициалы, а не полное имя"
NO_PATRONYMIC = "отчество не указано"
GIVEN_FIRST = "имя стояло перед фамилией: переставлено"
FOUR_WORDS = "в имени больше трёх слов: проверьте, где фамилия"


def parse_full_name(cell: Cell) -> Parsed[PersonName]:
    """A surname with a given name and a patronymic, or with initials, all in one cell.

    Blank is None without a remark: whether a person stands in the row is for the row to say.
    """
    cleaned = _clean(cell)
    if cleaned.value is None:
        return Parsed(fault=cleaned.fault)
    if _INITIALS.search(cleaned.value):
        return _with_initials(cleaned.value, cleaned.doubt)
    parts, doubt = _parts(cleaned.value.split())
    if any(part and len(part) > LONGEST_PART for part in parts):
        return Parsed(fault="имя длиннее 100 знаков")
    if parts[1] is None:
        return Parsed(fault="в имени только одно слово: нужны фамилия и имя")
    if any(part and len(part) == 1 for part in parts[1:]):
        doubt = _joined(INITIALS, doubt)
    return Parsed(PersonName(*parts), doubt=_joined(cleaned.doubt, doubt))


def parse_name_part(cell: Cell) -> Parsed[str]:
    """A surname, a given name or a patronymic that has a column of its own; «-» is None."""
    if one_line(cell) in ("-", "–", "—"):
        return Parsed()
    cleaned = _clean(cell)
    if cleaned.value is None:
        return Parsed(fault=cleaned.fault)
    if len(cleaned.value) > LONGEST_PART:
        return Parsed(fault="имя длиннее 100 знаков")
    initial = re.fullmatch(r"[А-ЯЁA-Z]\.?", cleaned.value)
    return Parsed(cleaned.value, doubt=_joined(cleaned.doubt, INITIALS if initial else None))


def _clean(cell: Cell) -> Parsed[str]:
    """The words of a name, letters put right; a fault when something in it is no part of a name."""
    if is_blank(cell):
        return Parsed()
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    text = re.sub(r"\s*[-–—‑]\s*(?=[А-ЯЁA-Z])", "-", one_line(cell)).strip(" ,;-")
    if re.search(r"\d", text):
        return Parsed(fault="в имени цифры")
    if not _NAME.fullmatch(text):
        return Parsed(fault="в имени посторонние знаки")
    fixed, doubt = _one_alphabet(text)
    if doubt is None and re.search("[a-z]", fixed, re.IGNORECASE) and re.search("[а-яё]", fixed, re.IGNORECASE):
        return Parsed(fault="в имени смешаны русские и латинские буквы")
    words = [_capitalised(word) for word in fixed.split()]
    changed = CAPITALS if words != fixed.split() else None
    return Parsed(" ".join(words), doubt=_joined(doubt, changed))


def _one_alphabet(text: str) -> tuple[str, str | None]:
    has_latin = re.search("[a-zë]", text, re.IGNORECASE)
    if not has_latin:
        return text, None
    if not re.search("[а-яё]", text, re.IGNORECASE):
        return text, ALL_LATIN
    fixed = text.translate(_CYRILLIC_FOR_LATIN)
    return (text, None) if re.search("[a-z]", fixed, re.IGNORECASE) else (fixed, LATIN_LETTERS)


def _capitalised(word: str) -> str:
    if word.lower() in _TAILS:
        return word.lower()
    if "." in word:
        return word.upper() if re.fullmatch(r"(?:\w\.)+\w?", word) else word
    if len(word) == 1 or not (word.isupper() or word.islower()):
        return word
    return "-".join(part.lower() if part.lower() in _TAILS else part.capitalize() for part in word.split("-"))


def _with_initials(text: str, doubt: str | None) -> Parsed[PersonName]:
    words = _INITIALS.sub(" ", text).strip(" .").split()
    parts = [f"{letter}." for letter in re.findall(r"\b([А-ЯЁA-Z])\.", text)]
    if len(words) == 2 and len(parts) == 1:
        parts.insert(0, words.pop())
    if len(words) not in (1, 2) or len(parts) > 2:
        return Parsed(fault="не удалось понять, где фамилия, а где инициалы")
    return Parsed(PersonName(" ".join(words), *parts), doubt=_joined(doubt, INITIALS))


def _parts(words: list[str]) -> tuple[tuple[str, str | None, str | None], str | None]:
    """Surname, given name and patronymic out of the words of a whole name, and what is doubtful in it."""
    if len(words) > 3 and words[-1] in _TAILS:
        words = [*words[:-2], f"{words[-2]} {words[-1]}"]
    if len(words) == 3:
        if _PATRONYMIC.fullmatch(words[1]) and not _PATRONYMIC.fullmatch(words[2]):
            return (words[2], words[0], words[1]), GIVEN_FIRST
        return (words[0], words[1], words[2]), None
    if len(words) > 3:
        return (" ".join(words[:-2]), words[-2], words[-1]), FOUR_WORDS
    if len(words) == 2:
        return (words[0], words[1], None), NO_PATRONYMIC
    return (words[0], None, None), None


def _joined(*doubts: str | None) -> str | None:
    return "; ".join(doubt for doubt in doubts if doubt) or None
