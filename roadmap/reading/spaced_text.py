"""Extracted text whose columns are kept apart by blanks, as `pdftotext -layout` writes it."""

import re
from collections.abc import Iterator, Sequence

from roadmap.domain.blocks import Block, Cell, Paragraph, Row
from roadmap.reading.grid import text_of
from roadmap.reading.pdf_page import PageTable, PageText
from roadmap.reading.pdf_unruled import is_header, with_unruled_tables
from roadmap.reading.pdf_words import Hyphens, Line, Word, paragraphs_of
from roadmap.reading.tabbed import with_tabbed_rows

LETTER = 6.0
HEIGHT = 10.0
STEP = 12.0
"""Points that stand for the place of a letter, so that the reader of PDF pages can tell the columns."""
MOST_LINES = 5_000
MOST_LETTERS = 400
_BLANKS = re.compile(r"\S {2,}\S")
_NUMBER = re.compile(r"[-–—\s]*(?:стр\.?\s*)?\d{1,3}[-–—\s]*", re.IGNORECASE)


def spaced_blocks(lines: Sequence[str]) -> list[Block] | None:
    """The rows and paragraphs of such a text with their lines from 1; None if it has no table laid out with blanks."""
    if len(lines) > MOST_LINES or not any(_BLANKS.search(line) for line in lines):
        return None
    page = PageText(1, MOST_LETTERS * LETTER, lines=list(_lines(lines)))
    if not any(is_header(line) for line in page.lines):
        return None
    with_unruled_tables([page])
    if not page.tables:
        return None
    hyphens = Hyphens(page.all_lines())
    blocks = list(_rows(page.tables[0], hyphens))
    first, last = blocks[0].line, max(_number(line) for own in page.tables[0].lines.values() for line in own)
    before, after = lines[: first - 1], ["", *lines[last:]]
    return [*_around(before, 1, table=0), *blocks, *_around(after, last, table=2)]


def _around(lines: Sequence[str], first: int, *, table: int) -> Iterator[Block]:
    """The lines outside of the table: stamps and signatures side by side as rows, anything else as paragraphs."""
    number = first
    for item in with_tabbed_rows("" if _NUMBER.fullmatch(line) else line.strip("\f") for line in lines):
        if isinstance(item, str):
            if item:
                yield Paragraph(item, number)
            number += 1
            continue
        for row in item.rows:
            yield Row(tuple(Cell(text_of(cell.content)) for cell in row), number, table)
            number += 1


def _lines(lines: Sequence[str]) -> Iterator[Line]:
    """The lines with places on a page; those with nothing but the number of a page are left out."""
    for number, line in enumerate(lines):
        text = line.replace("\f", "").rstrip()
        if not text or len(text) > MOST_LETTERS or _NUMBER.fullmatch(text):
            continue
        top = number * STEP
        yield Line(
            tuple(
                Word(word.group(), word.start() * LETTER, word.end() * LETTER, top, top + HEIGHT)
                for word in re.finditer(r"\S+", text)
            )
        )


def _number(line: Line) -> int:
    return round(line.top / STEP) + 1


def _rows(table: PageTable, hyphens: Hyphens) -> Iterator[Row]:
    """The rows of the table with the lines where they begin."""
    xs = table.ruled.xs
    for owners in table.ruled.owner:
        places = list(dict.fromkeys(owner for owner in owners if owner is not None))
        cells = []
        for place in places:
            own = table.lines.get(place, [])
            left = min((line.x0 for line in own), default=0.0)
            text = "\n".join(paragraphs_of(own, left, xs[place[1] + owners.count(place)] - LETTER, hyphens))
            cells.append(Cell(text, owners.count(place)))
        line = min(_number(line) for place in places for line in table.lines.get(place, []))
        yield Row(tuple(cells), line, table=1)
