"""Possible pairs worth looking at, and the promise about those left out: none has more points than is said.

A table of all pairs fits for a school. For a region the best pairs of each mentee are enough, as long as the prices of
the optimum among them prove that no pair left out would do better (`optimum.py`); where they do not, pairs are added.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mentoring.domain.matching.certificate import NOBODY, Edges
from mentoring.domain.matching.encoding import UNKNOWN, Choices, Encoded, Flags, Ints
from mentoring.domain.matching.points import Floats, PointsTable
from mentoring.domain.matching.rules import is_possible

IMPOSSIBLE = -1.0

WHOLE_TABLE = 250_000
"""Up to so many pairs nothing is left out."""

KEPT = 48
"""How many pairs of a mentee are kept at first."""


OF_MENTORS = (
    "levels",
    "has_subject",
    "mentor_years",
    "mentor_rank",
    "has_form",
    "takes_any_form",
    "mentor_organisation",
    "is_shared",
    "mentor_person",
    "capacity",
    "hours_share",
    "free_share",
)
"""Arrays of a problem with a row for each mentor."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Possible pairs worth their points, ascending by row and column; `left_out[i]` is the most points a possible pair
    of mentee i can have that is not among them, IMPOSSIBLE where there is none."""

    edges: Edges
    left_out: Floats

    def with_pairs(self, rows: Ints, columns: Ints, points: Floats) -> "Candidates":
        """The same with more pairs; those already there stay."""
        merged = Edges(
            np.concatenate([self.edges.rows, rows]),
            np.concatenate([self.edges.columns, columns]),
            np.concatenate([self.edges.worth, points]),
        )
        return Candidates(_in_order(merged), self.left_out)

    def without(self, rows: Flags) -> "Candidates":
        """The same without the mentees for whom `rows` is true."""
        return Candidates(self.edges.only(~rows[self.edges.rows]), np.where(rows, IMPOSSIBLE, self.left_out))


def _in_order(edges: Edges) -> Edges:
    width = int(edges.columns.max(initial=0)) + 1
    _, first = np.unique(edges.rows * width + edges.columns, return_index=True)
    return Edges(edges.rows[first], edges.columns[first], edges.worth[first])


@dataclass(frozen=True, slots=True)
class Pool:
    """A problem with its rules and points, as the optimum asks for them: rows of all pairs, or the best of them.

    `forbidden` are rows and columns of the pairs that bans and «лучше не» forbid.
    """

    it: Encoded
    table: PointsTable
    forbidden: tuple[Ints, Ints]

    def blocks(self, rows: Ints) -> Iterator[tuple[Ints, Floats]]:
        """Points of the mentees `rows` (ascending) with every mentor, IMPOSSIBLE where a hard rule forbids."""
        columns = np.arange(len(self.it.mentors))[None, :]
        for block, points in self.table.blocks(rows):
            points[~is_possible(self.it, block[:, None], columns)] = IMPOSSIBLE
            inside = np.isin(self.forbidden[0], block)
            places = np.searchsorted(block, self.forbidden[0][inside])
            points[places, self.forbidden[1][inside]] = IMPOSSIBLE
            yield block, points

    def only(self, columns: Ints) -> "Pool":
        """The same with these mentors only, numbered anew in the same order."""
        it = self.it
        number = np.full(len(it.mentors), NOBODY, dtype=np.int64)
        number[columns] = np.arange(len(columns))
        choices = it.choices
        named = number[choices.columns] != NOBODY
        mentors = tuple(it.mentors[column] for column in columns.tolist())
        fewer = replace(
            it,
            mentors=mentors,
            column_of={mentor.id: column for column, mentor in enumerate(mentors)},
            choices=Choices(
                choices.rows[named],
                number[choices.columns[named]],
                choices.by_mentee[named],
                choices.by_mentor[named],
            ),
            avoided=_renumbered(it.avoided, number),
            **{name: getattr(it, name)[columns] for name in OF_MENTORS},
        )
        return Pool(fewer, PointsTable.of(fewer, self.table.weights), _renumbered(self.forbidden, number))

    def leading(self, rows: Ints) -> Flags:
        """Mentors who lead a form that some of these mentees need."""
        needed = np.unique(self.it.form[rows])
        named = self.it.has_form[:, needed[needed != UNKNOWN]].any(axis=1)
        leading: Flags = named | self.it.takes_any_form | (needed == UNKNOWN).any()
        return leading

    def least_of(self, prices: Floats) -> Floats:
        """The least price of a mentor for each mentee, among those who lead the form the mentee needs."""
        open_to = self.it.has_form | self.it.takes_any_form[:, None]
        by_form = np.where(open_to, prices[:, None], np.inf).min(axis=0, initial=np.inf)
        least: Floats = np.where(self.it.form == UNKNOWN, prices.min(initial=np.inf), by_form[self.it.form])
        return least

    def candidates(self) -> Candidates:
        """All possible pairs of a school; the best of each mentee where there are too many."""
        height, width = len(self.it.mentees), len(self.it.mentors)
        kept = width if height * width <= WHOLE_TABLE else KEPT
        left_out = np.full(height, IMPOSSIBLE)
        found, named = [], []
        for block, points in self.blocks(np.arange(height)):
            rows, columns, left_out[block] = _best(points, kept)
            found.append(Edges(block[rows], columns, points[rows, columns]))
            named.append(self._named(block, points))
        best = Candidates(joined(found), left_out)
        if kept == width:
            return best
        more = joined(named)
        return best.with_pairs(more.rows, more.columns, more.worth)

    def _named(self, block: Ints, points: Floats) -> Edges:
        """The possible pairs of a block in which somebody named the other: stable matching goes by these first."""
        choices = self.it.choices
        inside = np.isin(choices.rows, block)
        rows, columns = choices.rows[inside], choices.columns[inside]
        worth = points[np.searchsorted(block, rows), columns]
        return Edges(rows, columns, worth).only(worth >= 0)


def _renumbered(pairs: tuple[Ints, Ints], number: Ints) -> tuple[Ints, Ints]:
    rows, columns = pairs
    kept = number[columns] != NOBODY
    return rows[kept], number[columns[kept]]


def _best(points: Floats, kept: int) -> tuple[Ints, Ints, Floats]:
    """Row and column of the `kept` best pairs of each row, and the most points of the others; ties go to the left."""
    height, width = points.shape
    if kept >= width:
        rows, columns = np.nonzero(points >= 0)
        return rows, columns, np.full(height, IMPOSSIBLE)
    small = points.astype(np.int32)
    border = np.partition(small, width - kept, axis=1)[:, width - kept][:, None]
    above = small > border
    room = kept - above.sum(axis=1)
    level = small == border
    row, column = np.nonzero(level)
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    fits = rank < room[row]
    above[row[fits], column[fits]] = True
    above &= small >= 0
    rows, columns = np.nonzero(above)
    return rows, columns, np.maximum(border[:, 0].astype(np.float64), IMPOSSIBLE)


def joined(parts: Sequence[Edges]) -> Edges:
    """All pairs of the parts, one after another."""
    if not parts:
        return Edges(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
    return Edges(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.columns for part in parts]),
        np.concatenate([part.worth for part in parts]),
    )
