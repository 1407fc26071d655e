"""A sheet as plain rows of cells, whatever file it came from."""

from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with something in it: `number` as the person sees it (from 1), `cells` from column A on."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """The cell of a column (from 0), None beyond the end of the row."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows from the top down, blank ones left out."""

    name: str
    rows: tuple[SheetRow, ...]


def is_blank(cell: Cell) -> bool:
    """Whether nothing but white space stands in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def filled(row: SheetRow) -> list[tuple[int, Cell]]:
    """The cells of a row that hold something, each with its column (from 0)."""
    return [(index, cell) for index, cell in enumerate(row.cells) if not is_blank(cell)]


def column_letter(index: int) -> str:
    """The letter of a column (from 0) as spreadsheets write it: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown(cell: Cell) -> str:
    """The cell as the person knows it: dates as 04.09.2026, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, datetime):
        return cell.strftime("%d.%m.%Y") if (cell.hour, cell.minute) == (0, 0) else f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    return str(cell)
