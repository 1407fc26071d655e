"""Paragraphs that tabs or runs of spaces divide into columns, as signatures and stamps of a title page often are."""

import re
from collections.abc import Iterable, Iterator

from roadmap.reading.grid import Flow, Grid, GridCell
from roadmap.reading.lines import tidy

_GAP = re.compile(r"\t\s*|[ \xa0]{6,}")
_INDENT = re.compile(r"\s*\t\s*\t\s*|[ \xa0]{12,}")
_MARK = re.compile(r"^\s*(\(?\d{1,3}(?:\.\d{1,3})*[.)]?|[-–—•]|[а-яa-z]\))\s*\t\s*")
_PAGE = re.compile(r"[\d.… ]*\d")
LONGEST_PART = 120
"""A longer part is a sentence that somebody put a tab into, not a column."""


def with_tabbed_rows(flow: Iterable[Flow]) -> Iterator[Flow]:
    """The flow with texts tidied, and neighbouring paragraphs that are divided into columns as one table."""
    grid: Grid | None = None
    for item in _lines(flow):
        parts = _parts(item, is_in_table=grid is not None) if isinstance(item, str) else []
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


def _parts(text: str, is_in_table: bool) -> list[str]:
    """The columns of a paragraph, none where it is ordinary text."""
    indent = _INDENT.match(text)
    parts = [tidy(part) for part in _GAP.split(_MARK.sub(r"\1 ", text).strip())]
    if len(parts) == 1:
        return ["", *parts] if indent and is_in_table and parts[0] else []
    if any(len(part) > LONGEST_PART for part in parts) or _PAGE.fullmatch(parts[-1]):
        return []
    return parts
