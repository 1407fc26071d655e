"""Paragraphs that tabs or runs of spaces divide into columns, as signatures and stamps of a title page often are."""

import re
from collections.abc import Iterable, Iterator

from roadmap.reading.grid import Flow, Grid, GridCell
from roadmap.reading.lines import tidy

_GAP = re.compile(r"\t\s*|[ \xa0]{6,}")
_INDENT = re.compile(r"\s*\t\s*\t\s*|[ \xa0]{12,}")
_OF_STAMP = re.compile(r"\s*\t\s*(?=приказ|протокол|распоряж|постановл|от\s|№|[«\"_]?_*\d)", re.IGNORECASE)
"""A single tab is the indent of a paragraph, unless what follows can only be a line of a stamp."""
_MARK = re.compile(r"^\s*(\(?\d{1,3}(?:\.\d{1,3})*[.)]?|[-–—•]|[а-яa-z]\))\s*\t\s*")
_PAGE = re.compile(r"[\d.… ]*\d")
LONGEST_PART = 120
"""A longer part is a sentence that somebody put a tab into, not a column."""


def with_tabbed_rows(flow: Iterable[Flow]) -> Iterator[Flow]:
    """The flow with texts tidied, and neighbouring paragraphs that are divided into columns as one table."""
    grid: Grid | None = None
    for item in _lines(flow):
        width = max(map(len, grid.rows)) if grid else 0
        parts = _parts(item, width) if isinstance(item, str) else []
        if parts:
            grid = grid or Grid()
            grid.rows.append([GridCell([part]) for part in parts])
            continue
        if grid:
            yield grid
            grid = None
        yield tidy(item) if isinstance(item, str) else item
    if grid:
        yield grid


def _lines(flow: Iterable[Flow]) -> Iterator[Flow]:
    for item in flow:
        if isinstance(item, str):
            yield from item.split("\n")
        else:
            yield item


def _parts(text: str, width: int) -> list[str]:
    """The columns of a paragraph, none where it is ordinary text; `width` is that of the table right above it."""
    indent = _INDENT.match(text) or _OF_STAMP.match(text)
    parts = [tidy(part) for part in _GAP.split(_MARK.sub(r"\1 ", text).strip())]
    if len(parts) == 1:
        before = min(max(1, indent.group().count("\t")), width - 1) if indent else 0
        return [*[""] * before, *parts] if before > 0 and parts[0] else []
    if any(len(part) > LONGEST_PART for part in parts) or _PAGE.fullmatch(parts[-1]):
        return []
    return parts
