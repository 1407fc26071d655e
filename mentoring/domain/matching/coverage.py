"""How many mentees can have a mentor at once, and how good the worst pair can be then: largest matchings.

The best worst pair is found by halving: a number of points is possible when the pairs with at least so many hold a
matching as large as any (bottleneck assignment; Burkard, Dell'Amico, Martello, Assignment Problems, 2009, 6.2). That a
higher number is impossible is proved by a shortage (König): certain mentees have only certain mentors, who are all
full. Pairs that were left out are asked for as long as they could lead out of the shortage.
"""

from dataclasses import dataclass

import numpy as np

from mentoring.domain.matching.candidates import Candidates, Pool, joined
from mentoring.domain.matching.certificate import NOBODY, Edges
from mentoring.domain.matching.encoding import Ints
from mentoring.domain.matching.seating import largest, short_of_places

ADDED = 16
"""How many pairs of a mentee are added when some left out would lead out of a shortage."""

LOOKED_AT = 400_000_000
"""How many pairs are worked out at most to prove one shortage."""

ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Coverage:
    """`covered` mentees can have a mentor, each with at least `least` points; `candidates` hold such pairs."""

    candidates: Candidates
    covered: int
    least: int
    is_proved: bool


def best_coverage(pool: Pool, candidates: Candidates, capacity: Ints) -> Coverage:
    """The most mentees covered, and for so many the greatest points that every pair can have."""
    found = _most(pool, Coverage(candidates, 0, 0, True), capacity)
    if not found.covered:
        return found
    for _ in range(ROUNDS):
        found = Coverage(found.candidates, found.covered, _best_least(found, capacity), found.is_proved)
        more, is_proved = _ways_out(pool, found.candidates, capacity, found.least + 1)
        if more is None:
            return Coverage(found.candidates, found.covered, found.least, found.is_proved and is_proved)
        found = Coverage(_with(found.candidates, more), found.covered, found.least, found.is_proved)
    return Coverage(found.candidates, found.covered, found.least, False)


def _most(pool: Pool, found: Coverage, capacity: Ints) -> Coverage:
    candidates = found.candidates
    for _ in range(ROUNDS):
        more, is_proved = _ways_out(pool, candidates, capacity, 0)
        if more is None:
            return Coverage(candidates, _count(candidates, capacity, 0), 0, is_proved)
        candidates = _with(candidates, more)
    return Coverage(candidates, _count(candidates, capacity, 0), 0, False)


def _with(candidates: Candidates, more: Edges) -> Candidates:
    return candidates.with_pairs(more.rows, more.columns, more.worth)


def _best_least(found: Coverage, capacity: Ints) -> int:
    """The greatest points, at least `found.least`, that so many candidate pairs can all have."""
    edges = _above(found.candidates, capacity, found.least)
    best = np.full(len(found.candidates.left_out), -1.0)
    np.maximum.at(best, edges.rows, edges.worth)
    ceiling = np.sort(best)[-found.covered]
    levels = np.unique(edges.worth[(edges.worth > found.least) & (edges.worth <= ceiling)])
    low, high = -1, len(levels)
    while high - low > 1:
        middle = (low + high) // 2
        is_enough = _count(found.candidates, capacity, levels[middle]) >= found.covered
        low, high = (middle, high) if is_enough else (low, middle)
    return int(levels[low]) if low >= 0 else found.least


def _above(candidates: Candidates, capacity: Ints, least: float) -> Edges:
    edges = candidates.edges
    return edges.only((edges.worth >= least) & (capacity[edges.columns] > 0))


def _count(candidates: Candidates, capacity: Ints, least: float) -> int:
    mate = largest(_above(candidates, capacity, least), capacity, len(candidates.left_out))
    return int((mate != NOBODY).sum())


def _ways_out(pool: Pool, candidates: Candidates, capacity: Ints, least: int) -> tuple[Edges | None, bool]:
    """Pairs left out, of at least `least` points, that lead out of the shortage among such candidates.

    None where there are none, and whether that is proved: then the shortage is the same among all possible pairs.
    """
    if not (candidates.left_out >= least).any():
        return None, True
    edges = _above(candidates, capacity, least)
    mate = largest(edges, capacity, len(candidates.left_out))
    short_mentees, short_mentors = short_of_places(edges, mate, len(capacity))
    rows = np.flatnonzero(short_mentees & (candidates.left_out >= least))
    not_full = np.flatnonzero(~short_mentors & (capacity > 0) & pool.leading(rows))
    looked_at = rows[: LOOKED_AT // max(1, len(not_full))]
    found = []
    for block, points in pool.only(not_full).blocks(looked_at):
        for place in np.flatnonzero(points.max(axis=1, initial=-1) >= least):
            best = np.argsort(-points[place], kind="stable")[:ADDED]
            best = best[points[place][best] >= least]
            found.append(Edges(np.full(len(best), block[place]), not_full[best], points[place][best]))
    return (joined(found) if found else None), len(looked_at) == len(rows)
