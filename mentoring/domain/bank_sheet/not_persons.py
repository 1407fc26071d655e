"""Which rows under a header are no persons: repeated headers, column numbers, sub-headings, signatures."""

import re

from mentoring.domain.bank_sheet.columns import normal_header
from mentoring.domain.bank_sheet.fields import NAME_FIELDS, Field
from mentoring.domain.bank_sheet.layout import Layout
from mentoring.domain.bank_sheet.sheet import Cell, SheetRow, filled, shown

_UNDER_TABLE = re.compile(
    r"(?:директор|куратор|зам|заместитель|и\.\s?о|ответственн\w+|составил\w*|исполнител[ьи]|исп|подпис[ьи]"
    r"|председатель|руководител[ьи]|заведующ\w+|итого|всего|дата|м\.?\s?п|утвержда\w+|согласовано?|принято"
    r"|рассмотрено|примечани[ея]|педагог-психолог|секретарь|завуч)\b",
    re.IGNORECASE,
)
_LINE_TO_FILL = re.compile(r"_{3,}|/\s*/|\.{6,}")
_SUBHEADING = re.compile(
    r"\b(?:учител[яь]|педагоги?|воспитател[ьи]|преподавател[ьи]|ш?мо|методическ\w+|объединени[ея]|кафедр[аы]"
    r"|отделени[ея]|школ[аы]|класс[аы]?|наставник[аи]?|наставляемы[ей]|начальн\w+|молоды[ей]|специалисты?)\b",
    re.IGNORECASE,
)


def why_not_person(row: SheetRow, layout: Layout) -> str | None:
    """Why a row below the header is skipped, in Russian, or None when it is to be read as a person."""
    cells = filled(row)
    if _repeats_header(cells, layout):
        return "заголовок повторён, строка пропущена"
    if _numbers_columns(cells):
        return "строка с номерами столбцов пропущена"
    names = [cell for index, cell in cells if index in _columns(layout, NAME_FIELDS)]
    if names:
        return _why_name_is_none(shown(names[0]).strip(), len(cells) - _has_number(row, layout))
    return _why_nameless_is_none(row, layout)


def _why_name_is_none(name: str, filled_cells: int) -> str | None:
    if _is_under_table(name):
        return f"подпись или итог, не человек: «{_short(name)}»"
    if filled_cells == 1 and _SUBHEADING.search(name):
        return f"подзаголовок, не человек: «{_short(name)}»"
    if filled_cells == 1 and name.startswith("*"):
        return f"сноска, не человек: «{_short(name)}»"
    return None


def _why_nameless_is_none(row: SheetRow, layout: Layout) -> str | None:
    cells = filled(row)
    has_number = _has_number(row, layout)
    texts = [shown(cell).strip() for _, cell in cells]
    if has_number and len(cells) == 1:
        return "в строке только номер, имени нет"
    if any(_is_under_table(text) for text in texts) and not has_number:
        return f"подпись или итог, не человек: «{_short(' '.join(texts))}»"
    if len(cells) == 1:
        return f"в строке нет имени, заполнена одна ячейка: «{_short(texts[0])}»"
    return None


def _is_under_table(text: str) -> bool:
    return bool(_UNDER_TABLE.match(text) or _LINE_TO_FILL.search(text))


def _repeats_header(cells: list[tuple[int, Cell]], layout: Layout) -> bool:
    headers = {column.index: column.parts for column in layout.columns}
    return all(
        isinstance(cell, str) and normal_header(cell) in map(normal_header, headers.get(index, ()))
        for index, cell in cells
    )


def _numbers_columns(cells: list[tuple[int, Cell]]) -> bool:
    """Whether the row counts its columns: «1 2 3 4 …», at least three, each one more than the last."""
    texts = [shown(cell).strip(" .") for _, cell in cells]
    if len(texts) < 3 or not all(text.isascii() and text.isdecimal() and len(text) < 4 for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _columns(layout: Layout, fields: frozenset[Field]) -> set[int]:
    return {column.index for column in layout.columns if column.field in fields}


def _has_number(row: SheetRow, layout: Layout) -> bool:
    column = layout.column_of(Field.ROW_NUMBER)
    return column is not None and re.fullmatch(r"\d+[.)]?", shown(row.cell(column.index)).strip()) is not None


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
