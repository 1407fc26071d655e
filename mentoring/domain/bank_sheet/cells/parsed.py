"""What the reading of one cell gives, and the checks that every cell goes through."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Generic, TypeVar

from mentoring.domain.bank_sheet.sheet import Cell, is_blank, shown

LONGEST_TEXT = 1000
"""More characters than this in one cell is not an answer but something pasted by mistake."""

T = TypeVar("T")

_ERROR = re.compile(
    r"#(?:n/a|н/д|ref!|ссылка!|value!|знач!|div/0!|дел/0!|name\?|имя\?|null!|пусто!|num!|число!|spill!|перенос!"
    r"|calc!|вычисл!|#+)|err:\d{3}",
    re.IGNORECASE,
)
_NOTHING = frozenset(
    {"-", "–", "—", "--", "---", "нет", "н/д", "не указан", "не указано", "отсутствует", "x", "х", "."}
)
_FORMULA = re.compile(r"[=@]|[+-]\s*[a-zа-я_]\w*\s*[(|!]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """A value with at most one remark: a doubt comes with a value or without, a fault without."""

    value: T | None = None
    doubt: str | None = None
    fault: str | None = None


def one_line(cell: Cell) -> str:
    """The text of a cell with every run of white space made one space."""
    text = unicodedata.normalize("NFC", shown(cell))
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").replace("\u00ad", "").split())


def says_nothing(cell: Cell) -> bool:
    """Whether the cell is blank or says in words that there is nothing: «-», «нет»."""
    return is_blank(cell) or one_line(cell).lower() in _NOTHING


def common_fault(cell: Cell) -> str | None:
    """What is wrong with a cell whatever its column: an error of the spreadsheet or a text too long."""
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    if _ERROR.fullmatch(text):
        return f"в ячейке ошибка электронной таблицы «{text}»"
    if len(text) > LONGEST_TEXT:
        return f"текст длиннее {LONGEST_TEXT} знаков"
    return None


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula when it is opened again."""
    return _FORMULA.match(text) is not None


def too_long(text: str, limit: int) -> str | None:
    """The fault of a text over the limit of its column."""
    return f"текст длиннее {limit} знаков" if len(text) > limit else None
