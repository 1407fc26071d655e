"""What every kind of file is brought down to before it is understood: paragraphs and table rows, in reading order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside a table.

    `line` is the 1-based line in a text file, the ordinal of the block elsewhere; `page` the 1-based page of a PDF.
    """

    text: str
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: its paragraphs and bullets one a line («\\n»), and how many columns it spans.

    `is_carried` marks the continuation of a cell merged downwards; its text is that of the merged cell.
    Markup is gone: a bullet or a numbered point of a list is a line that begins with «– » or its number.
    """

    text: str
    span: int = 1
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `table` numbers the tables of the file, so that two tables are told apart."""

    cells: tuple[Cell, ...]
    line: int
    table: int = 0
    page: int | None = None


Block = Paragraph | Row
