"""Text of a PDF page that stands in columns without any ruling: stamps and signatures side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from roadmap.reading.grid import Flow, Grid, GridCell
from roadmap.reading.lines import tidy
from roadmap.reading.pdf_words import Hyphens, Line, chunks, paragraphs_of

WIDEST_SPACE = 24.0
"""Points: no space between two words of a sentence is wider, even where lines are justified."""
NARROWEST_GUTTER = 10.0

_STAMP = re.compile(r"принят|рассмотрен|согласован|утвержд", re.IGNORECASE)
"""How the stamps of a title page begin: new ones below others are a row of their own."""

Gutter = tuple[float, float]


@dataclass(slots=True)
class _Run:
    """Neighbouring lines that leave the same upright strips empty."""

    first: int
    last: int
    gutters: list[Gutter]
    divided: int = 1


def flow_of(lines: Sequence[Line], left: float, right: float, hyphens: Hyphens) -> list[Flow]:
    """The text of lines between two margins (points): paragraphs, and a row of cells for what stands side by side."""
    flow: list[Flow] = []
    done = 0
    for run in _runs(lines):
        flow += paragraphs_of(lines[done : run.first], left, right, hyphens)
        flow.append(_side_by_side(lines[run.first : run.last + 1], run.gutters))
        done = run.last + 1
    return flow + list(paragraphs_of(lines[done:], left, right, hyphens))


def gaps(line: Line) -> list[Gutter]:
    """The wide gaps of a line."""
    parts = list(chunks(line, WIDEST_SPACE))
    return [(before.x1, after.x0) for before, after in pairwise(parts)]


def _runs(lines: Sequence[Line]) -> list[_Run]:
    runs: list[_Run] = []
    run: _Run | None = None
    for number, line in enumerate(lines):
        if run and _goes_on(run, lines, number):
            run.last = number
            continue
        run = _begun(lines, number, runs[-1].last if runs else -1) if gaps(line) else None
        if run:
            runs.append(run)
    return runs


def _begun(lines: Sequence[Line], number: int, before: int) -> _Run:
    """A run that begins at a divided line; lines right above it that stand in its last columns belong to it."""
    run = _Run(number, number, gaps(lines[number]))
    while run.first - 1 > before and lines[run.first - 1].x0 >= run.gutters[0][1] - NARROWEST_GUTTER:
        if _distance(lines, run.first) > 1:
            break
        run.first -= 1
    return run


def _distance(lines: Sequence[Line], number: int) -> float:
    """The empty space above a line in heights of it."""
    line, above = lines[number], lines[number - 1]
    return (line.top - above.bottom) / (line.bottom - line.top or 1)


def _goes_on(run: _Run, lines: Sequence[Line], number: int) -> bool:
    line = lines[number]
    own = gaps(line)
    if own and any(_STAMP.match(part.text) for part in chunks(line, WIDEST_SPACE)):
        return False
    if _distance(lines, number) > (2.5 if own else 1):
        return False
    if not own and run.divided < 2 and line.x0 < run.gutters[0][0]:
        return False
    narrowed = [_narrowed(gutter, line) for gutter in run.gutters]
    if any(gutter is None for gutter in narrowed) or len(own) > len(run.gutters):
        return False
    run.gutters = [gutter for gutter in narrowed if gutter]
    run.divided += bool(own)
    return True


def _narrowed(gutter: Gutter, line: Line) -> Gutter | None:
    """What a line leaves free of a gutter; None if it runs across."""
    start, end = gutter
    for word in line.words:
        if word.x1 <= start or word.x0 >= end:
            continue
        if word.x0 - start >= end - word.x1:
            end = min(end, word.x0)
        else:
            start = max(start, word.x1)
    return (start, end) if end - start >= NARROWEST_GUTTER else None


def _side_by_side(lines: Sequence[Line], gutters: list[Gutter]) -> Grid:
    """A row with a cell for each column; its lines stay lines, as where they would have been broken is unknown."""
    middles = [(start + end) / 2 for start, end in gutters]
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        for column, words in enumerate(_divided(line, middles)):
            if words.words:
                columns[column].append(words)
    return Grid([[GridCell([tidy(line.text) for line in own]) for own in columns]])


def _divided(line: Line, middles: list[float]) -> list[Line]:
    ends = [*middles, float("inf")]
    starts = [float("-inf"), *middles]
    return [
        Line(tuple(word for word in line.words if start <= word.middle[0] < end))
        for start, end in zip(starts, ends, strict=True)
    ]
