"""Points that hang on few properties of a mentee: worked out once for each kind of mentee where kinds are few."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentoring.domain.matching.encoding import Flags, Ints

Small = NDArray[np.int16]

MOST = 50_000_000
"""Up to so many kinds × mentors points are worked out beforehand: two bytes each."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Points of each kind of mentee with every mentor; `of[i]` is the kind of mentee i."""

    of: Ints
    points: Small

    def rows(self, rows: Ints) -> Small:
        """Points of some mentees with every mentor."""
        table: Small = self.points[self.of[rows]]
        return table

    def pairs(self, rows: Ints, lengths: Ints, columns: Ints) -> Small:
        """Points of `lengths[k]` pairs of each mentee rows[k], with the mentors `columns`, one after another."""
        # MOST fits in 32 bits, and half the memory is read in half the time.
        places = np.repeat((self.of[rows] * self.points.shape[1]).astype(np.int32), lengths)
        places += columns
        points: Small = self.points.ravel()[places]
        return points

    def most(self, height: int) -> Ints:
        """The most points of each of `height` mentees."""
        most: Ints = self.points.max(axis=1, initial=np.iinfo(np.int16).min).astype(np.int64)[self.of[:height]]
        return most


@dataclass(frozen=True, slots=True)
class PairByPair:
    """The same worked out anew for each pair: `of_pairs` takes rows and columns that fit together."""

    width: int
    of_pairs: Callable[[Ints, Ints], Any]
    highest: int

    def rows(self, rows: Ints) -> Small:
        """Points of some mentees with every mentor."""
        table: Small = self.of_pairs(rows[:, None], np.arange(self.width)[None, :]).astype(np.int16)
        return table

    def pairs(self, rows: Ints, lengths: Ints, columns: Ints) -> Small:
        """Points of `lengths[k]` pairs of each mentee rows[k], with the mentors `columns`, one after another."""
        points: Small = self.of_pairs(np.repeat(rows, lengths), columns).astype(np.int16)
        return points

    def most(self, height: int) -> Ints:
        """The most points that each of `height` mentees could have."""
        return np.full(height, self.highest, dtype=np.int64)


def by_kind(
    properties: Sequence[Ints | Flags], of_kinds: Callable[[Ints], Any], pair_by_pair: PairByPair
) -> Kinds | PairByPair:
    """Points of mentees whom these properties alone tell apart; `pair_by_pair` where kinds × mentors are too many.

    `of_kinds` takes one mentee of each kind and gives their points with every mentor.
    """
    _, first, of = np.unique(np.column_stack(properties), axis=0, return_index=True, return_inverse=True)
    if len(first) * pair_by_pair.width > MOST:
        return pair_by_pair
    return Kinds(of.ravel(), np.ascontiguousarray(of_kinds(first), dtype=np.int16))
