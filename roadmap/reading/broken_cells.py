"""Rows of extracted text whose cells are broken over several lines, put together again."""

import re
from collections.abc import Iterator, Sequence

from roadmap.reading.lines import begins_bullet

MOST_LINES_OF_ROW = 40
FEWEST_COLUMNS = 3
_POINT = re.compile(r"(\d{1,2})[.)]\s")
# «п. 1» is a number.
_BEGINS_SMALL = re.compile(r"(?!п\.?\s?\d)[а-яёa-z]")
_NUMBER = re.compile(r"(?:[пП]\.?\s?)?\d{1,3}(?:\.\d{1,3})*[.)]?\s*(?:\t|$)")
_OPEN_ENDS = (",", ";", ":", "-", "–", "(", "«", "/")


def whole_lines(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    """The lines with their numbers from `first`; lines that together make one row as wide as its table are one.

    The break stays in the cell as «\\n». How wide a table is its first row says. Lines are put together only where
    none of them is blank or a whole row, and each goes on with the one before: it begins in lower case or with a
    bullet, or that one breaks off; or the row has a number and the line has none.
    """
    width = at = 0
    begins_small = False
    while at < len(lines):
        line = lines[at]
        tabs = line.count("\t")
        if tabs >= FEWEST_COLUMNS - 1 and (not width or tabs > width):
            width = tabs
        begins_small |= 0 < tabs == width and _BEGINS_SMALL.match(line) is not None
        is_first_cell = not begins_small and _is_first_cell(lines, at, width)
        end = _end_of_row(lines, at, width) if 0 < tabs < width or is_first_cell else at + 1
        yield first + at, "\n".join(lines[at:end])
        at = end


def _is_first_cell(lines: Sequence[str], at: int, width: int) -> bool:
    """Whether a line between the rows begins the first cell of the row below, which goes on in lower case."""
    if not width or not 0 < at < len(lines) - 1 or "\t" in lines[at]:
        return False
    below = lines[at + 1]
    is_open = bool(lines[at].strip()) and not lines[at].rstrip("* ").endswith((".", ";", ":", ")"))
    return (
        is_open
        and bool(lines[at - 1].strip())
        and below.count("\t") == width
        and _BEGINS_SMALL.match(below) is not None
    )


def _end_of_row(lines: Sequence[str], at: int, width: int) -> int:
    """The place after the last line of the row that begins at `at`; the next place if it is not broken."""
    tabs = lines[at].count("\t")
    is_numbered = _NUMBER.match(lines[at]) is not None
    for end in range(at + 1, min(at + MOST_LINES_OF_ROW, len(lines))):
        line = lines[end]
        more = line.count("\t")
        goes_on = (is_numbered and not _NUMBER.match(line)) or _goes_on(lines[end - 1], line)
        if not line.strip() or tabs + more > width or not goes_on:
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
