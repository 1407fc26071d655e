"""Rows of extracted text whose cells are broken over several lines, put together again."""

import re
from collections.abc import Iterator, Sequence

from roadmap.reading.lines import begins_bullet

MOST_LINES_OF_ROW = 40
FEWEST_COLUMNS = 3
_POINT = re.compile(r"(\d{1,2})[.)]\s")
_OPEN_ENDS = (",", ";", ":", "-", "–", "(", "«", "/")


def whole_lines(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    """The lines with their numbers from `first`; lines that together make one row as wide as its table are one.

    The break stays in the cell as «\\n». How wide a table is its first row says. Lines are put together only where
    none of them is blank or a whole row, and each goes on with the one before: it begins in lower case or with a
    bullet, or that one breaks off.
    """
    width = at = 0
    while at < len(lines):
        line = lines[at]
        tabs = line.count("\t")
        if tabs >= FEWEST_COLUMNS - 1 and (not width or tabs > width):
            width = tabs
        elif not line.strip():
            width = width if _goes_on_below(lines, at, width) else 0
        end = _end_of_row(lines, at, width) if 0 < tabs < width else at + 1
        yield first + at, "\n".join(lines[at:end])
        at = end


def _goes_on_below(lines: Sequence[str], at: int, width: int) -> bool:
    """Whether the table goes on after a blank line, the number of a page perhaps between."""
    nearest = lines[at + 1 : at + MOST_LINES_OF_ROW]
    below = next((line for line in nearest if any(letter.isalpha() for letter in line)), "")
    return "\t" in below and below.count("\t") <= width


def _end_of_row(lines: Sequence[str], at: int, width: int) -> int:
    """The place after the last line of the row that begins at `at`; the next place if it is not broken."""
    tabs = lines[at].count("\t")
    for end in range(at + 1, min(at + MOST_LINES_OF_ROW, len(lines))):
        line = lines[end]
        more = line.count("\t")
        if not line.strip() or tabs + more > width or not _goes_on(lines[end - 1], line):
            return at + 1
        tabs += more
        if tabs == width:
            return end + 1
    return at + 1


def _goes_on(before: str, line: str) -> bool:
    start = line.lstrip(" \f")
    point, above = _POINT.match(start), _POINT.match(before.rpartition("\t")[2])
    if point and above and int(point[1]) == int(above[1]) + 1:
        return True
    return start[:1].islower() or begins_bullet(start) or before.rstrip(" ").endswith(_OPEN_ENDS)
