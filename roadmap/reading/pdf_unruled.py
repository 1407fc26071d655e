"""Tables of a PDF that are not ruled: columns told by the words of a header and the strips left empty under it."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from roadmap.reading.pdf_page import PageTable, PageText
from roadmap.reading.pdf_ruling import Ruled
from roadmap.reading.pdf_words import Line, chunks

NARROWEST_GUTTER = 5.0
MOST_CROSSING = 0.25
"""The share of lines, headings of sections above all, that may run across a strip between two columns."""
FEWEST_COLUMNS = 3
FEWEST_LINES = 4
_STEP = 2.0

_HEADER = re.compile(
    r"№|п/п|мероприят|содержани|наименован|деятельност|срок|период|\bдата|ответствен|исполнител|результат|этап",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5})[.)]?")


def with_unruled_tables(pages: Sequence[PageText]) -> None:
    """Turn the lines under a header, to the end of the document or its next ordinary page, into tables of the pages.

    A header is a line with words of at least two usual columns («№», «Мероприятия», «Сроки», «Ответственные» …).
    Nothing is changed where there is no header or no three columns under it.
    """
    begun = next((number for number, page in enumerate(pages) if _header(page) is not None), None)
    if begun is None:
        return
    under = [page.lines[_header(page) or 0 :] for page in pages[begun:]]
    xs = _columns([line for lines in under for line in lines]) or _columns(under[0])
    if not xs:
        return
    is_numbered = sum(_starts_row(line, xs) for lines in under for line in lines) > 1
    for page, lines in zip(pages[begun:], under, strict=True):
        if not _conforms(lines, xs):
            return
        first = len(page.lines) - len(lines)
        last = _end(page.lines, first, xs)
        page.tables.append(_table(page.lines[first:last], xs, is_numbered))
        del page.lines[first:last]


def _header(page: PageText) -> int | None:
    return next((number for number, line in enumerate(page.lines) if is_header(line)), None)


def is_header(line: Line) -> bool:
    """Whether a line has the words of at least two usual columns, apart from each other."""
    parts = [part.text for part in chunks(line, 2 * NARROWEST_GUTTER)]
    return sum(bool(_HEADER.search(part)) for part in parts) >= 2


def _columns(lines: Sequence[Line]) -> list[float]:
    """The places between columns, with the outer ends of the text; none if there are too few columns."""
    if len(lines) < FEWEST_LINES:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    crossings = [0] * (int((right - left) / _STEP) + 1)
    for line in lines:
        taken = {
            step
            for word in line.words
            for step in range(int((word.x0 - left) / _STEP), int((word.x1 - left) / _STEP) + 1)
        }
        for part in chunks(line, 2 * NARROWEST_GUTTER):
            taken |= set(range(int((part.x0 - left) / _STEP), int((part.x1 - left) / _STEP) + 1))
        for step in taken:
            crossings[min(step, len(crossings) - 1)] += 1
    places = [left + middle * _STEP for middle in _middles(crossings, MOST_CROSSING * len(lines))]
    return [left - 1, *places, right + 1] if len(places) + 1 >= FEWEST_COLUMNS else []


def _middles(crossings: Sequence[int], most: float) -> list[float]:
    """The emptiest places of the strips that are wide enough and do not touch the ends, in steps."""
    middles = []
    for is_free, strip in groupby(range(len(crossings)), key=lambda step: crossings[step] <= most):
        steps = list(strip)
        if is_free and len(steps) * _STEP >= NARROWEST_GUTTER and steps[0] > 0 and steps[-1] < len(crossings) - 1:
            fewest = min(crossings[step] for step in steps)
            emptiest = [step for step in steps if crossings[step] == fewest]
            middles.append(emptiest[len(emptiest) // 2] + 0.5)
    return middles


def _conforms(lines: Sequence[Line], xs: Sequence[float]) -> bool:
    if not lines:
        return False
    return sum(_crosses(line, xs) for line in lines) <= 2 * MOST_CROSSING * len(lines)


def _crosses(line: Line, xs: Sequence[float]) -> bool:
    """Whether a word of the line stands across a place between columns."""
    return any(word.x0 < x - 1 and word.x1 > x + 1 for word in line.words for x in xs[1:-1])


def _end(lines: Sequence[Line], first: int, xs: Sequence[float]) -> int:
    """The line after the last of the table: what runs across the columns at the end, or stands far below, is text."""
    end = len(lines)
    for number in range(first + 1, len(lines)):
        line, above = lines[number], lines[number - 1]
        is_far = line.top - above.bottom > 2.5 * (line.bottom - line.top)
        if is_far and not any(_starts_row(later, xs) for later in lines[number:]):
            end = number
            break
    while end > first + 1 and _crosses(lines[end - 1], xs):
        end -= 1
    return end


def _starts_row(line: Line, xs: Sequence[float]) -> bool:
    first = " ".join(word.text for word in line.words if word.middle[0] < xs[1])
    return bool(_NUMBER.fullmatch(first))


def _table(lines: Sequence[Line], xs: list[float], is_numbered: bool) -> PageTable:
    """A table with a row for each number in the first column, or for each wider gap where there are no numbers."""
    rows: list[list[Line]] = []
    gaps = [line.top - above.bottom for above, line in pairwise(lines)]
    usual = median(gaps) if gaps else 0.0
    above: Line | None = None
    for line in lines:
        is_wide = above is None or line.top - above.bottom > usual + 0.4 * (line.bottom - line.top)
        is_after_heading = above is not None and _crosses(above, xs)
        starts = _starts_row(line, xs) if is_numbered else is_wide
        begins = starts or not rows or _crosses(line, xs) or is_after_heading
        if begins and not (is_after_heading and above and _goes_on(above, line)):
            rows.append([])
        rows[-1].append(line)
        above = line
    ys = [row[0].top - 0.5 for row in rows] + [lines[-1].bottom + 0.5]
    table = PageTable(Ruled(xs, ys, []), {})
    for number, row in enumerate(rows):
        _put_row(table, number, row)
    return table


def _goes_on(heading: Line, line: Line) -> bool:
    """Whether a line is the rest of the heading of a section above it, which did not fit."""
    is_alone = len(list(chunks(line, NARROWEST_GUTTER))) == 1
    return is_alone and line.top - heading.bottom < 0.8 * (line.bottom - line.top) and line.text[0].islower()


def _put_row(table: PageTable, number: int, row: Sequence[Line]) -> None:
    xs = table.ruled.xs
    columns = range(len(xs) - 1)
    if _crosses(row[0], xs):
        table.ruled.owner.append([(number, 0)] * len(columns))
        table.lines[number, 0] = list(row)
        return
    table.ruled.owner.append([(number, column) for column in columns])
    for column in columns:
        inside = [tuple(word for word in line.words if xs[column] <= word.middle[0] < xs[column + 1]) for line in row]
        if own := [Line(words) for words in inside if words]:
            table.lines[number, column] = own
