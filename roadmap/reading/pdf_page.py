"""One page of a PDF taken apart: its tables, the words in their cells, the lines around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfplumber.utils.text import extract_words

from roadmap.reading.pdf_ruling import Ruled, ruled_tables
from roadmap.reading.pdf_words import Line, Word, lines_of

MARGIN = 0.1
"""The share of the page's height, above and below, where its number stands."""
_PAGE_NUMBER = re.compile(r"(?:стр\.?|страница)?\s*[-–—]?\s*\d{1,3}\s*[-–—]?(?:\s*из\s*\d{1,3})?", re.IGNORECASE)
_NO_LETTER = re.compile(r"\(cid:\d+\)")


@dataclass(slots=True)
class PageTable:
    """A table and the lines of each of its cells, by the row and column of the cell."""

    ruled: Ruled
    lines: dict[tuple[int, int], list[Line]]

    @property
    def top(self) -> float:
        """Its upper end."""
        return self.ruled.ys[0]


@dataclass(slots=True)
class PageText:
    """What a page holds; `unreadable` counts the characters whose font does not tell which letters they are."""

    number: int
    width: float
    tables: list[PageTable] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    letters: int = 0
    unreadable: int = 0
    has_images: bool = False

    def all_lines(self) -> Iterator[Line]:
        """Every line, in tables and outside."""
        yield from self.lines
        for table in self.tables:
            for lines in table.lines.values():
                yield from lines


def page_text(page: Any) -> PageText:
    """A pdfplumber page taken apart."""
    chars = _visible(page)
    text = PageText(page.page_number, float(page.width), letters=len(chars), has_images=bool(page.images))
    text.unreadable = sum(bool(_NO_LETTER.fullmatch(char["text"])) for char in chars)
    words = [
        Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"])
        for word in extract_words(chars, char_dir_rotated="btt", line_dir_rotated="ltr", expand_ligatures=True)
    ]
    tables = ruled_tables(page)
    held: list[dict[tuple[int, int], list[Word]]] = [{} for _ in tables]
    free: list[Word] = []
    for word in words:
        for table, cells in zip(tables, held, strict=True):
            if (place := table.place(*word.middle)) is not None:
                cells.setdefault(place, []).append(word)
                break
        else:
            free.append(word)
    for table, cells in zip(tables, held, strict=True):
        if cells:
            text.tables.append(PageTable(table, {place: lines_of(inside) for place, inside in cells.items()}))
    text.lines = _without_number(lines_of(free), float(page.height))
    return text


def _visible(page: Any) -> list[dict[str, Any]]:
    """The characters on the page, each once: bold type is sometimes made by printing twice."""
    seen: set[tuple[str, int, int]] = set()
    chars = []
    for char in page.chars:
        key = (char["text"], round(char["x0"]), round(char["top"]))
        if key not in seen and 0 <= char["x0"] <= page.width and 0 <= char["top"] <= page.height:
            seen.add(key)
            chars.append(char)
    return chars


def _without_number(lines: list[Line], height: float) -> list[Line]:
    """The lines without the number of the page."""
    return [
        line
        for line in lines
        if not (
            (line.bottom < height * MARGIN or line.top > height * (1 - MARGIN)) and _PAGE_NUMBER.fullmatch(line.text)
        )
    ]
