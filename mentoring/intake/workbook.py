"""Spreadsheets of schools read into plain rows: .xlsx, .xls, .ods and .csv."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.parsers.expat import ExpatError

from mentoring.domain.bank_sheet.sheet import Sheet, SheetRow, filled
from mentoring.intake.csv_table import read_csv
from mentoring.intake.extent import check_ods, check_xlsx
from mentoring.intake.file_kind import BROKEN, DAMAGES, FileKind, file_kind
from mentoring.intake.spreadsheet_apart import read_apart
from mentoring.intake.workbook_error import WorkbookError

LARGEST_FILE = 20 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 100

_ERROR_FINDERS: dict[FileKind, Callable[[bytes], dict[str, dict[tuple[int, int], str]]]] = {
    FileKind.XLSX: check_xlsx,
    FileKind.ODS: check_ods,
    FileKind.XLS: lambda content: {},
}


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets of a file that hold anything, in their order."""

    sheets: tuple[Sheet, ...]


def read_workbook(content: bytes, filename: str) -> Workbook:
    """All cells of a file. Rows and columns keep their numbers; blank rows and trailing blanks are left out.

    The name only names the sheet of a .csv; the kind is told by the content. Raises WorkbookError.
    """
    if len(content) > LARGEST_FILE:
        raise WorkbookError(
            f"Файл занимает {_megabytes(len(content))} МБ, а принимается до {_megabytes(LARGEST_FILE)} МБ. "
            "Удалите из него картинки и лишние листы и загрузите снова."
        )
    kind = file_kind(content)
    if kind is FileKind.TEXT:
        found = [_sheet(filename.rpartition(".")[0] or filename, read_csv(content))]
    else:
        found = _packed_sheets(content, kind)
    sheets = tuple(sheet for sheet in found if sheet.rows)
    if not sheets:
        raise WorkbookError("В файле нет ни одной заполненной ячейки.")
    return Workbook(sheets)


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f}".removesuffix(".0").replace(".", ",")


def _sheet(name: str, rows: Iterable[SheetRow]) -> Sheet:
    kept: list[SheetRow] = []
    for row in rows:
        cells = filled(row)
        if not cells:
            continue
        width = cells[-1][0] + 1
        if width > MOST_COLUMNS:
            raise WorkbookError(
                f"Столбцов больше {MOST_COLUMNS}: таблица таких размеров не принимается.",
                f"лист «{name}», строка {row.number}",
            )
        if len(kept) == MOST_ROWS:
            raise WorkbookError(f"Строк больше {MOST_ROWS}: таблица таких размеров не принимается.", f"лист «{name}»")
        kept.append(SheetRow(row.number, row.cells[:width]))
    return Sheet(name, tuple(kept))


def _packed_sheets(content: bytes, kind: FileKind) -> list[Sheet]:
    """The visible sheets of a spreadsheet with the errors of their formulas, read one after another."""
    try:
        errors = _ERROR_FINDERS[kind](content)
    except (*DAMAGES, ExpatError) as error:
        raise WorkbookError(BROKEN) from error
    return [
        _sheet(name, _with_errors(rows, errors.get(name, {})))
        for name, rows in read_apart(content, most_rows=MOST_ROWS + 1)
    ]


def _with_errors(rows: Iterable[SheetRow], errors: dict[tuple[int, int], str]) -> Iterator[SheetRow]:
    """The rows with the errors, by row from 1 and column from 0, in the cells that were read as blank."""
    by_row: dict[int, dict[int, str]] = {}
    for (number, column), text in errors.items():
        by_row.setdefault(number, {})[column] = text
    for row in rows:
        found = by_row.get(row.number)
        if found is None:
            yield row
        else:
            width = max(len(row.cells), max(found) + 1)
            yield SheetRow(row.number, tuple(found.get(column, row.cell(column)) for column in range(width)))
