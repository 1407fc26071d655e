"""Numbers of sections and measures as documents print them."""

import re
from dataclasses import dataclass
from enum import IntEnum

from roadmap.domain.document.wording import folded

_ROMAN = r"(?=[IVXLІХ])[IІVXХL]{1,7}"
_ARABIC = r"\d{1,3}(?:\s?\.\s?\d{1,3}){0,4}"
_NUMBER_CELL = re.compile(rf"^(?:№\s*|п(?:ункт|п)?\.?\s*)?({_ARABIC}|\d{{4}}|{_ROMAN}|[A-Za-zА-Яа-я](?=[.)]))\s*[.)]*$")
_PARTED = _ARABIC.replace("{0,4}", "{1,4}")
_GLUED = re.compile(
    rf"^(?:п\.\s*|№\s*)?(?:({_ARABIC})\s*[.)]\s*|({_PARTED})\s+|({_ROMAN})\s*[.)]\s+)(?=[^\W\d]|[«\"(])"
)
_WORD_FIRST = re.compile(
    rf"^(раздел|этап|блок|модуль|глава|часть|направление|шаг)\s*(?:№\s*)?({_ARABIC}|{_ROMAN})\s*[.:)–—-]*\s*",
    re.IGNORECASE,
)
_WORD_SECOND = re.compile(
    rf"^({_ARABIC}|{_ROMAN})(?:\s*-?\s*(?:й|ый|ой))?\s+(раздел|этап|блок|модуль|шаг)\b\s*[.:)–—-]*\s*", re.IGNORECASE
)
_HEADING_WORD = re.compile(r"^(?:раздел|этап|блок|модуль|глава|направление|шаг)\b|\bэтап\b\s*(?:\(|$)")
_QUOTED = re.compile(r"«([^«»]+)»[.:]?")
_LATIN = str.maketrans("ІХ", "IX")


class Order(IntEnum):
    """How numerals stand above each other: the smaller, the higher."""

    WORD = 0
    ROMAN = 1
    LETTER = 2
    ARABIC = 3
    DOTTED = 4
    DEEPER = 5
    PLAIN = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart; `is_named` where a word such as «этап» or «раздел» calls it one."""

    number: str | None
    title: str
    order: Order
    is_named: bool = False


def number_of(cell: str) -> str | None:
    """The number that a cell consists of («1.», «п. 1», «1.2.», «II.»), without what surrounds it; else None."""
    found = _NUMBER_CELL.match(cell.strip())
    return _plain(found[1]) if found else None


def glued_number(text: str) -> tuple[str | None, str]:
    """The number at the beginning of a wording («1.1. Проведение…») and the wording after it."""
    found = _GLUED.match(text)
    if not found:
        return None, text
    return _plain(found[1] or found[2] or found[3]), text[found.end() :]


def heading_of(text: str) -> Heading:
    """A heading without its number: «I. Подготовка» is I and «Подготовка», «Этап 1. Отбор» is 1 and «Отбор»."""
    for pattern, group in ((_WORD_FIRST, 2), (_WORD_SECOND, 1)):
        if found := pattern.match(text):
            title = text[found.end() :].strip() or text.strip()
            if quoted := _QUOTED.fullmatch(title):
                title = quoted[1]
            return Heading(_plain(found[group]), title, Order.WORD, is_named=True)
    number, title = glued_number(text)
    is_named = bool(_HEADING_WORD.search(folded(title)))
    return Heading(number, title.strip(), order_of(number), is_named)


def order_of(number: str | None) -> Order:
    """The kind of a numeral; a number with one full stop inside is DOTTED, with more DEEPER."""
    if number is None:
        return Order.PLAIN
    if number[0].isdigit():
        return (Order.ARABIC, Order.DOTTED, Order.DEEPER)[min(number.count("."), 2)]
    return Order.ROMAN if set(number) <= set("IVXL") else Order.LETTER


def is_part_of(number: str | None, whole: str | None) -> bool:
    """Whether a number belongs under another: «2.1» under «2»."""
    return number is not None and whole is not None and number.startswith(f"{whole}.")


def follows(number: str, before: str) -> bool:
    """Whether a number is the next one after another of the same depth, or cannot be compared with it."""
    (head, last), (head_before, last_before) = _parts(number), _parts(before)
    if head != head_before or last is None or last_before is None:
        return True
    return last == last_before + 1


def _parts(number: str) -> tuple[str, int | None]:
    head, _, last = number.rpartition(".")
    return head, int(last) if last.isdigit() else None


def _plain(number: str) -> str:
    return re.sub(r"\s", "", number).translate(_LATIN)
