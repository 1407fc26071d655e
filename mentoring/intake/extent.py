"""How far the cells of packed sheets reach, found out before anything is unpacked into memory.

The reader keeps the whole rectangle between the first and the last cell of a sheet, so that two cells in far
corners would cost gigabytes. The errors of formulas, which it gives back as blanks, are found here as well.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers.expat import ParserCreate

from mentoring.domain.bank_sheet.sheet import column_letter
from mentoring.intake.workbook_error import WorkbookError

LARGEST_RECTANGLE = 20_000_000

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>(?!</)")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>.{0,40000}?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*?)(/?)>")
_ODS_TEXT = re.compile(rb"\s*<text:p>([^<]{1,20})<")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,9})"')


def check_xlsx(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """The error cells of each sheet: (row from 1, column from 0) → «#N/A».

    Raises WorkbookError when the cells of a sheet reach too far, ExpatError when a sheet is damaged.
    """
    errors: dict[str, dict[tuple[int, int], str]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name, part in _xlsx_sheets(archive):
            xml = _well_formed(archive.read(part))
            _check_xlsx_sheet(xml, name)
            errors[name] = _xlsx_errors(xml)
    return errors


def check_ods(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """As `check_xlsx`, repeated cells and rows counted."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = _well_formed(archive.read("content.xml"))
    errors: dict[str, dict[tuple[int, int], str]] = {}
    name, row, column, last_column = "", 0, 0, 0
    for match in _ODS_TAG.finditer(xml):
        tag, attributes = match[1], match[2]
        count = int(found[1]) if (found := _REPEATED.search(attributes)) else 1
        if tag == b"table":
            name, row, last_column = _attribute(attributes, b"table:name"), 0, 0
        elif tag == b"table-row":
            row, column = row + count, 0
        else:
            column += count
            if not match[3]:
                last_column = max(last_column, column)
                _check_rectangle(row, last_column, name)
            if b'calcext:value-type="error"' in attributes and (text := _ODS_TEXT.match(xml, match.end())):
                errors.setdefault(name, {})[row, column - 1] = _unescaped(text[1])
    return errors


def _well_formed(xml: bytes) -> bytes:
    """The XML as it is; raises ExpatError when it is damaged, on which the reader could run for ever."""
    ParserCreate().Parse(xml, True)
    return xml


def _check_rectangle(rows: int, columns: int, sheet: str) -> None:
    if rows * columns > LARGEST_RECTANGLE:
        address = f"{column_letter(columns - 1)}{rows}"
        raise WorkbookError(
            f"Заполненные ячейки тянутся до {address}: это слишком далеко. "
            "Удалите всё лишнее справа и под таблицей и загрузите файл снова.",
            f"лист «{sheet}»" if sheet else "",
        )


def _check_xlsx_sheet(xml: bytes, name: str) -> None:
    row = column = 0
    for match in _CELL.finditer(xml):
        if reference := _REFERENCE.search(match[1]):
            row = max(row, int(reference[2]))
            column = max(column, _column(reference[1]) + 1)
    _check_rectangle(row, column, name)


def _xlsx_errors(xml: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for match in _ERROR_CELL.finditer(xml) if b't="e"' in xml else ():
        if reference := _REFERENCE.search(match[1]):
            found[int(reference[2]), _column(reference[1])] = _unescaped(match[2])
    return found


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - ord("A") + 1
    return index - 1


def _xlsx_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The names of the sheets with the parts that hold them (ECMA-376 part 1, 18.2.19)."""
    names = set(archive.namelist())
    relations = "xl/_rels/workbook.xml.rels"
    targets = {}
    for match in _RELATIONSHIP.finditer(archive.read(relations) if relations in names else b""):
        targets[_attribute(match[1], b"Id")] = _attribute(match[1], b"Target")
    for match in _SHEET.finditer(archive.read("xl/workbook.xml")):
        target = targets.get(_attribute(match[1], rb"\w+:id"), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            yield _attribute(match[1], b"name"), part


def _attribute(attributes: bytes, name: bytes) -> str:
    found = re.search(rb"(?<![\w:])" + name + rb'="([^"]*)"', attributes)
    return _unescaped(found[1]) if found else ""


def _unescaped(text: bytes) -> str:
    return html.unescape(text.decode("utf-8", "replace"))
