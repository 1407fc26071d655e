"""Tables as documents have them, with merged and nested cells, to rows; text around them to paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from roadmap.domain.blocks import Block, Cell, Paragraph, Row
from roadmap.reading.file_error import FileError

MOST_ROWS = 20_000
MOST_CELLS = 200_000
MOST_BLOCKS = 70_000
MOST_SPAN = 1000


@dataclass(slots=True)
class GridCell:
    """A cell: its tidied texts and inner tables in their order, and the columns and rows it covers.

    `continues` marks a cell that a merged one above already covers; a document may name such cells (.docx), or
    leave them out and say how many rows the upper one covers (.html): then they are put in here.
    """

    content: list[Flow] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    continues: bool = False


@dataclass(slots=True)
class Grid:
    """A table: rows of cells from left to right."""

    rows: list[list[GridCell]] = field(default_factory=list)


Flow = str | Grid
"""What follows one another in a document or a cell: tidied text of one or more lines, or a table."""


def blocks_of(flow: Iterable[Flow]) -> list[Block]:
    """The blocks of a document; `line` counts them from 1, `table` counts the tables from 0.

    A table that only holds another one in its place on the page is dissolved. Raises FileError for more rows or
    cells than any roadmap has.
    """
    blocks: list[Block] = []
    rows = cells = table = 0
    for item in dissolved(flow):
        if isinstance(item, str):
            start = len(blocks) + 1
            blocks += [Paragraph(line, at) for at, line in enumerate(filter(None, item.split("\n")), start)]
            if len(blocks) > MOST_BLOCKS:
                raise FileError("В файле слишком много строк: дорожных карт таких размеров не бывает.")
            continue
        for row in laid_out(item):
            rows, cells = rows + 1, cells + len(row)
            check_size(rows, cells)
            blocks.append(Row(row, len(blocks) + 1, table))
        table += 1
    return blocks


def check_size(rows: int, cells: int) -> None:
    if rows > MOST_ROWS or cells > MOST_CELLS:
        raise FileError("В таблицах файла слишком много строк: дорожных карт таких размеров не бывает.")


def dissolved(flow: Iterable[Flow]) -> Iterator[Flow]:
    """The flow with tables that serve as a frame for another table replaced by what stands in their cells."""
    for item in flow:
        if isinstance(item, Grid) and _is_frame(item):
            for row in item.rows:
                for cell in row:
                    yield from dissolved(cell.content)
        else:
            yield item


def _is_frame(grid: Grid) -> bool:
    """Whether most of a table's text stands in real tables (two rows, two columns) inside its cells."""
    inner = sum(_size(item) for item in _inner(grid) if _is_real(item))
    return inner > 0 and inner * 2 > _size(grid)


def _inner(grid: Grid) -> Iterator[Grid]:
    return (item for row in grid.rows for cell in row for item in cell.content if isinstance(item, Grid))


def _is_real(grid: Grid) -> bool:
    if any(_is_real(inner) for inner in _inner(grid)):
        return True
    return len(grid.rows) > 1 and max(map(len, grid.rows)) > 1


def _size(item: Flow) -> int:
    if isinstance(item, str):
        return len(item)
    return sum(_size(part) for row in item.rows for cell in row for part in cell.content)


def laid_out(grid: Grid) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table, each cell merged downwards repeated, as carried, in the rows below; blank rows left out."""
    carried: dict[int, tuple[Cell, int]] = {}
    for row in grid.rows:
        cells: list[Cell] = []
        column = 0
        for grid_cell in row:
            column = _put_carried(cells, column, carried)
            cell = _cell(grid_cell, column, carried)
            cells.append(cell)
            column += cell.span
        for next_column in sorted(key for key, (_, rows) in carried.items() if rows > 0 and key >= column):
            if next_column > column:
                cells.append(Cell("", next_column - column))
            column = _put_carried(cells, next_column, carried)
        if any(cell.text and not cell.is_carried for cell in cells):
            yield tuple(cells)


def _cell(grid_cell: GridCell, column: int, carried: dict[int, tuple[Cell, int]]) -> Cell:
    span = min(max(grid_cell.columns, 1), MOST_SPAN)
    if grid_cell.continues:
        above = carried.get(column)
        return replace(above[0], span=span, is_carried=True) if above else Cell("", span, is_carried=True)
    cell = Cell(text_of(grid_cell.content), span)
    carried[column] = (cell, grid_cell.rows - 1)
    return cell


def _put_carried(cells: list[Cell], column: int, carried: dict[int, tuple[Cell, int]]) -> int:
    """Append the cells that reach down to this row from `column` on; return the first column that is free."""
    while column in carried and carried[column][1] > 0:
        cell, rows = carried[column]
        carried[column] = (cell, rows - 1)
        cells.append(replace(cell, is_carried=True))
        column += cell.span
    return column


def text_of(content: Iterable[Flow]) -> str:
    """The text of a cell; of a table inside it, the rows are lines."""
    lines = []
    for item in content:
        if isinstance(item, str):
            lines.append(item)
        else:
            lines += [
                " ".join(filter(None, (cell.text for cell in row if not cell.is_carried))) for row in laid_out(item)
            ]
    return "\n".join(filter(None, lines))
