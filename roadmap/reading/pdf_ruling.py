"""Tables of a PDF page found by their ruling lines, with cells merged in both directions."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

NEAR = 3.0
"""Points: lines nearer than this are one, ends nearer than this touch."""
MOST_EDGES = 20_000
MOST_CROSSINGS = 2_000_000
MOST_UNITS = 50_000


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight line, in points: `at` is its y if it is level and its x if it is upright, the rest is its reach."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Ruled:
    """A table: the places of its lines from left to right and from top to bottom, and which units make a cell.

    `owner[row][column]` is the row and column of the upper left unit of the cell that a unit belongs to.
    """

    xs: list[float]
    ys: list[float]
    owner: list[list[tuple[int, int]]] = field(default_factory=list)

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell at a point of the page, None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None


def ruled_tables(page: Any) -> list[Ruled]:
    """The tables of a pdfplumber page from top to bottom; a mere frame of one cell is none.

    A page with more lines than any table has is a drawing: it has no tables.
    """
    level, upright = _edges(page)
    if len(level) + len(upright) > MOST_EDGES:
        return []
    level, upright = _joined(level), _joined(upright)
    if len(level) * len(upright) > MOST_CROSSINGS:
        return []
    tables = [_ruled(*component) for component in _connected(level, upright)]
    found = [table for table in tables if table and (len(table.xs) > 2 or len(table.ys) > 2)]
    return sorted(found, key=lambda table: table.ys[0])


def _edges(page: Any) -> tuple[list[Edge], list[Edge]]:
    """Level and upright lines: drawn as lines, as thin filled rectangles, or as outlines of rectangles."""
    level: list[Edge] = []
    upright: list[Edge] = []
    for edge in page.lines + page.curve_edges:
        _put(level, upright, edge["x0"], edge["top"], edge["x1"], edge["bottom"])
    for rect in page.rects:
        x0, top, x1, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
        if min(x1 - x0, bottom - top) <= NEAR:
            _put(level, upright, x0, top, x1, bottom)
        elif rect.get("stroke"):
            level += [Edge(top, x0, x1), Edge(bottom, x0, x1)]
            upright += [Edge(x0, top, bottom), Edge(x1, top, bottom)]
    return level, upright


def _put(level: list[Edge], upright: list[Edge], x0: float, top: float, x1: float, bottom: float) -> None:
    width, height = x1 - x0, bottom - top
    if height <= NEAR and width > height:
        level.append(Edge((top + bottom) / 2, x0, x1))
    elif width <= NEAR and height > width:
        upright.append(Edge((x0 + x1) / 2, top, bottom))


def _joined(edges: list[Edge]) -> list[Edge]:
    """Lines at nearly one place put to the same place, their pieces put together."""
    joined: list[Edge] = []
    for group in _groups(edges):
        at = sum(edge.at for edge in group) / len(group)
        start, end = None, 0.0
        for edge in sorted(group, key=lambda edge: edge.start):
            if start is not None and edge.start <= end + NEAR:
                end = max(end, edge.end)
                continue
            if start is not None:
                joined.append(Edge(at, start, end))
            start, end = edge.start, edge.end
        if start is not None:
            joined.append(Edge(at, start, end))
    return [edge for edge in joined if edge.end - edge.start > NEAR]


def _groups(edges: list[Edge]) -> Iterator[list[Edge]]:
    group: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: edge.at):
        if group and edge.at - group[-1].at > NEAR / 2:
            yield group
            group = []
        group.append(edge)
    if group:
        yield group


def _connected(level: list[Edge], upright: list[Edge]) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Groups of lines that cross or touch one another."""
    root = list(range(len(level) + len(upright)))

    def find(item: int) -> int:
        while root[item] != item:
            root[item] = root[root[item]]
            item = root[item]
        return item

    places = [edge.at for edge in level]
    for number, column in enumerate(upright, len(level)):
        for row in range(bisect_right(places, column.start - NEAR), bisect_right(places, column.end + NEAR)):
            if level[row].start - NEAR <= column.at <= level[row].end + NEAR:
                root[find(number)] = find(row)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for number, edge in enumerate(level + upright):
        groups.setdefault(find(number), ([], []))[number >= len(level)].append(edge)
    return (group for group in groups.values() if group[0] and group[1])


def _ruled(level: list[Edge], upright: list[Edge]) -> Ruled | None:
    """The table that connected lines make; a side that is not ruled is where the lines across it end."""
    xs = _places(upright, min(edge.start for edge in level), max(edge.end for edge in level))
    ys = _places(level, min(edge.start for edge in upright), max(edge.end for edge in upright))
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_UNITS:
        return None
    walls = _covered(xs, ys, upright)
    floors = _covered(ys, xs, level)
    table = Ruled(xs, ys)
    _find_cells(table, walls, floors)
    return table


def _places(edges: list[Edge], first: float, last: float) -> list[float]:
    """The places of lines, near ones taken as one, and the two ends."""
    places: list[float] = []
    for place in sorted([edge.at for edge in edges] + [first, last]):
        if not places or place - places[-1] > NEAR:
            places.append(place)
    return places


def _covered(across: list[float], along: list[float], edges: Iterable[Edge]) -> list[list[bool]]:
    """Whether there is a line at each place of `across` for each step of `along`, the middle of the step decides."""
    covered = [[False] * (len(along) - 1) for _ in across]
    middles = [(start + end) / 2 for start, end in pairwise(along)]
    for edge in edges:
        index = min(range(len(across)), key=lambda index: abs(across[index] - edge.at))
        for step in range(bisect_right(middles, edge.start), bisect_right(middles, edge.end)):
            covered[index][step] = True
    return covered


def _find_cells(table: Ruled, walls: list[list[bool]], floors: list[list[bool]]) -> None:
    """Give each unit its cell: to the right as far as there is no wall, then down as far as there is no floor."""
    rows, columns = len(table.ys) - 1, len(table.xs) - 1
    owner: list[list[tuple[int, int] | None]] = [[None] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] is not None:
                continue
            right = column + 1
            while right < columns and not walls[right][row] and owner[row][right] is None:
                right += 1
            down = row + 1
            while down < rows and _is_open(walls, floors, down, column, right):
                down += 1
            for taken in range(row, down):
                owner[taken][column:right] = [(row, column)] * (right - column)
    table.owner = [[place or (row, column) for column, place in enumerate(line)] for row, line in enumerate(owner)]


def _is_open(walls: list[list[bool]], floors: list[list[bool]], row: int, column: int, right: int) -> bool:
    """Whether the units `column` … `right` of a row belong to the cell above: no floor between, no wall among them."""
    return not any(floors[row][column:right]) and not any(walls[wall][row] for wall in range(column + 1, right))
