"""Columns of a table without heads, guessed from what its cells hold."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from roadmap.domain.blocks import Row
from roadmap.domain.document.columns import Column, Columns, heads_of, kind_of
from roadmap.domain.document.content import is_measure, is_responsible, is_term
from roadmap.domain.document.numerals import glued_number, number_of
from roadmap.domain.document.wording import one_line

SAMPLE = 60
"""So many rows are looked at: enough to tell the columns apart, and a long table costs no more."""


def guessed(rows: Sequence[Row]) -> Columns | None:
    """The columns of a table without heads, or None if it does not read as a plan.

    A plan needs a column in which most of the cells read as measures, and terms, those responsible or numbers beside.
    """
    cells = _cells_by_column(rows)
    if len(cells) < 2:
        return None
    kinds: list[Column] = [Column.OTHER] * len(cells)
    _claim(kinds, cells, Column.NUMBER, _is_number, 0.5)
    _claim(kinds, cells, Column.TERM, is_term, 0.5)
    _claim(kinds, cells, Column.MEASURE, _is_measure, 0.4)
    _claim(kinds, cells, Column.RESPONSIBLE, is_responsible, 0.5)
    _claim_stages(kinds, cells)
    _claim(kinds, cells, Column.RESULT, lambda text: not number_of(text), 0.5)
    found = set(kinds)
    if Column.MEASURE not in found or not found & {Column.TERM, Column.RESPONSIBLE}:
        return None
    return Columns(tuple(kinds), ("",) * len(kinds), rows[0].line, is_guessed=True)


def completed(columns: Columns, rows: Sequence[Row]) -> Columns:
    """The columns with those whose heads say nothing told by their cells, where a plan still lacks them.

    A column of measures is looked for only beside terms and those responsible: lesson plans have dates and topics too.
    """
    cells = _cells_by_column(rows)[: len(columns.kinds)]
    cells += [[] for _ in range(len(columns.kinds) - len(cells))]
    kinds = list(columns.kinds)
    silent = [kind is Column.OTHER and kind_of(head) is None for kind, head in zip(kinds, columns.heads, strict=True)]
    free = [column if is_silent else [] for column, is_silent in zip(cells, silent, strict=True)]
    if not columns.has(Column.TERM, Column.BOTH, Column.MARK):
        _claim(kinds, free, Column.TERM, is_term, 0.6)
    if not columns.has(Column.RESPONSIBLE, Column.BOTH):
        _claim(kinds, free, Column.RESPONSIBLE, is_responsible, 0.6)
    if not columns.has(Column.MEASURE, Column.CONTENT, Column.STAGE) and {Column.TERM, Column.RESPONSIBLE} <= set(
        kinds
    ):
        _claim(kinds, free, Column.MEASURE, is_measure, 0.4)
    return replace(columns, kinds=tuple(kinds))


def fits(columns: Columns, rows: Sequence[Row]) -> bool:
    """Whether rows without heads go on with the columns of the table before them: as wide, and holding the same."""
    rows = [row for row in rows if abs(len(heads_of(row)) - len(columns.kinds)) <= 1] or rows
    cells = _cells_by_column(rows)
    if not cells:
        return all(len(heads_of(row)) == len(columns.kinds) for row in rows)
    if abs(len(cells) - len(columns.kinds)) > 1:
        return False
    tests: dict[Column, Callable[[str], bool]] = {
        Column.NUMBER: _is_number,
        Column.TERM: lambda text: is_term(text) or is_responsible(text),
        Column.RESPONSIBLE: lambda text: is_responsible(text) or is_term(text),
    }
    told = [(tests[kind], column) for kind, column in zip(columns.kinds, cells, strict=False) if kind in tests]
    filled = [(test, text) for test, column in told for text in column if text]
    return not filled or sum(test(text) for test, text in filled) * 2 >= len(filled)


def reads_as_plan(columns: Columns, rows: Sequence[Row]) -> bool:
    """Whether the cells under heads that do not say «мероприятие» read as measures all the same."""
    if columns.has(Column.MEASURE):
        return True
    at = columns.kinds.index(columns.main)
    cells = _cells_by_column(rows)
    texts = [text for text in (cells[at] if at < len(cells) else []) if text]
    return sum(is_measure(text) for text in texts) * 3 >= len(texts)


def _cells_by_column(rows: Sequence[Row]) -> list[list[str]]:
    """The texts of each column over the first rows; rows that hold one cell only are headings and left out."""
    told = [heads_of(row) for row in rows[:SAMPLE] if sum(bool(cell.text) for cell in row.cells) > 1]
    width = max(map(len, told), default=0)
    return [[one_line(row[at]) for row in told if at < len(row)] for at in range(width)]


def _claim(
    kinds: list[Column], cells: Sequence[Sequence[str]], kind: Column, test: Callable[[str], bool], least: float
) -> None:
    """Give the kind to the free column in which the largest share of the cells passes; of equals the first."""
    shares = [_share(cells[at], test) if kinds[at] is Column.OTHER else 0.0 for at in range(len(cells))]
    best = max(shares, default=0.0)
    if best >= least:
        kinds[shares.index(best)] = kind


def _claim_stages(kinds: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """A free column left of the measures whose cells are often empty or alike holds the stages."""
    if Column.MEASURE not in kinds:
        return
    for at in range(kinds.index(Column.MEASURE)):
        filled = [text for text in cells[at] if text]
        if kinds[at] is Column.OTHER and filled and len(set(filled)) * 4 <= 3 * len(cells[at]):
            kinds[at] = Column.STAGE
            return


def _is_measure(text: str) -> bool:
    return is_measure(glued_number(text)[1])


def _share(column: Sequence[str], test: Callable[[str], bool]) -> float:
    filled = [text for text in column if text]
    return sum(map(test, filled)) / len(filled) if len(filled) * 4 >= len(column) and filled else 0.0


def _is_number(text: str) -> bool:
    return number_of(text) is not None
