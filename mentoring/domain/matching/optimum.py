"""The best matching by an objective, with its proof: over all possible pairs, though only some are looked at.

The optimum among candidates has prices. A pair that was left out could do better only if its worth exceeds what both
sides' prices say; where the promise about left-out pairs cannot rule that out, the mentee's pairs with all mentors who
are cheap enough are worked out and those that could are added. What remains in doubt in the end bounds what may be
lost (column generation; Dantzig, Wolfe 1960).
"""

from dataclasses import dataclass, replace

import numpy as np

from mentoring.domain.matching.assignment import greatest_worth
from mentoring.domain.matching.candidates import Candidates, Pool, joined
from mentoring.domain.matching.certificate import Certificate, Edges, is_tied
from mentoring.domain.matching.coverage import best_coverage
from mentoring.domain.matching.encoding import Flags, Ints
from mentoring.domain.matching.points import Floats

ADDED = 16
"""How many pairs of a mentee are added when one left out could do better."""

PRICED = 160_000_000
"""How many pairs are worked out in one round at most, of the mentees most in doubt first."""

ROUNDS = 30
PATIENCE = 3
"""Rounds in which pairs are worked out though there are too many for all in doubt."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a pair is worth in whole numbers: `unit` for each point, and `bonus` for there being a pair at all."""

    unit: float
    bonus: float

    def of(self, points: Floats) -> Floats:
        """The worth of pairs with so many points."""
        worth: Floats = points * self.unit + self.bonus
        return worth


@dataclass(frozen=True, slots=True)
class Optimum:
    """`mate[i]` is the mentor of mentee i or NOBODY; `most_lost` the worth that the true optimum may have more."""

    mate: Ints
    is_proved: bool
    most_lost: float
    is_tied: bool


@dataclass(frozen=True, slots=True)
class _Chosen:
    """An optimum among candidates: `edges` are those it was chosen from, of at least `least` points, with their worth.

    `least_prices` are what each mentee pays at least; `is_close` says of each mentee whether a pair left out may be
    worth as much as the prices say, or more.
    """

    candidates: Candidates
    worth: Worth
    least: int
    edges: Edges
    mate: Ints
    proof: Certificate
    prices: Floats
    least_prices: Floats
    is_close: Flags
    most_lost: float


def greatest_sum(pool: Pool, candidates: Candidates, capacity: Ints) -> Optimum:
    """The greatest sum of points; of several the one for most mentees. `capacity` are places per mentor."""
    worth = Worth(unit=len(candidates.left_out) + 1.0, bonus=1.0)
    return _finished(pool, _chosen(pool, candidates, capacity, worth, least=0), capacity)


def most_covered(pool: Pool, candidates: Candidates, capacity: Ints) -> Optimum:
    """Mentors for as many mentees as possible; of these the best worst pair; of these the greatest sum of points.

    The first two say which pairs to choose from (`coverage.py`); among these one more pair is worth more than all
    points together.
    """
    coverage = best_coverage(pool, candidates, capacity)
    most_points = sum(pool.table.weights.values())
    worth = Worth(unit=1.0, bonus=len(candidates.left_out) * (most_points + 1.0))
    best = _finished(pool, _chosen(pool, coverage.candidates, capacity, worth, least=coverage.least), capacity)
    return replace(best, is_proved=best.is_proved and coverage.is_proved)


def _finished(pool: Pool, chosen: _Chosen, capacity: Ints) -> Optimum:
    proved = chosen.proof.is_proof and not chosen.most_lost
    tied = is_tied(chosen.edges, capacity, chosen.mate, chosen.proof)
    if not tied and chosen.is_close.any():
        tied = is_tied(_with_tight_pairs(pool, chosen), capacity, chosen.mate, chosen.proof)
    return Optimum(chosen.mate, proved, chosen.most_lost / chosen.worth.unit, tied)


def _with_tight_pairs(pool: Pool, chosen: _Chosen) -> Edges:
    """The edges, and the pairs left out that are worth exactly what both sides' prices say."""
    more = [chosen.edges]
    rows = np.flatnonzero(chosen.is_close)
    mentors = _cheap_enough(pool, chosen, rows)
    for block, points in pool.only(mentors).blocks(rows[: PRICED // max(1, len(mentors))]):
        worth = np.where(points >= max(chosen.least, 0), chosen.worth.of(points), -np.inf)
        places, columns = np.nonzero(worth - chosen.prices[mentors] == chosen.proof.gains[block][:, None])
        more.append(Edges(block[places], mentors[columns], worth[places, columns]))
    return joined(more)


def _cheap_enough(pool: Pool, chosen: _Chosen, rows: Ints) -> Ints:
    """The mentors with whom a pair of `rows` that was left out may be worth what both sides' prices say, or more."""
    promised = chosen.worth.of(chosen.candidates.left_out[rows]) - chosen.proof.gains[rows]
    return np.flatnonzero((chosen.prices <= promised.max(initial=-np.inf)) & pool.leading(rows))


def _chosen(pool: Pool, candidates: Candidates, capacity: Ints, worth: Worth, *, least: int) -> _Chosen:
    """The greatest worth over all possible pairs of at least `least` points."""
    start = None
    for attempt in range(ROUNDS):
        chosen = _among(pool, candidates, capacity, worth, least, start)
        excess = _excess(chosen)
        doubtful = np.flatnonzero(excess > 0)
        if not len(doubtful):
            break
        mentors = _cheap_enough(pool, chosen, doubtful)
        count = PRICED // max(1, len(mentors))
        if len(doubtful) > count and attempt >= PATIENCE:
            break
        looked_at = np.sort(doubtful[np.argsort(-excess[doubtful], kind="stable")[:count]])
        more = _more(pool, chosen, looked_at, mentors)
        if more is None:
            excess[looked_at] = 0
            return replace(chosen, most_lost=float(np.maximum(excess, 0).sum()))
        candidates, start = candidates.with_pairs(more.rows, more.columns, more.worth), chosen.proof.prices
    return chosen


def _among(
    pool: Pool, candidates: Candidates, capacity: Ints, worth: Worth, least: int, start: Floats | None
) -> _Chosen:
    edges = _above(candidates.edges, capacity, least)
    edges = Edges(edges.rows, edges.columns, worth.of(edges.worth))
    best = greatest_worth(edges, capacity, len(candidates.left_out), unit=worth.unit, start=start)
    prices = np.where(capacity > 0, best.proof.prices, np.inf)
    nobody = np.zeros(0, dtype=np.bool_)
    chosen = _Chosen(candidates, worth, least, edges, best.mate, best.proof, prices, pool.least_of(prices), nobody, 0.0)
    excess = _excess(chosen)
    return replace(chosen, is_close=excess >= 0, most_lost=float(np.maximum(excess, 0).sum()))


def _excess(chosen: _Chosen) -> Floats:
    """By how much the worth of a pair left out may exceed what the mentee's gain and the least price say."""
    left_out = chosen.candidates.left_out
    promised = chosen.worth.of(left_out) - chosen.least_prices
    excess: Floats = np.where(left_out >= max(chosen.least, 0), promised - chosen.proof.gains, -np.inf)
    return excess


def _more(pool: Pool, chosen: _Chosen, rows: Ints, mentors: Ints) -> Edges | None:
    """Pairs of `rows` with `mentors` worth more than both sides' prices say, a few of each mentee; None without any."""
    found = []
    for block, points in pool.only(mentors).blocks(rows):
        gain = np.where(points >= max(chosen.least, 0), chosen.worth.of(points) - chosen.prices[mentors], -np.inf)
        enough = chosen.proof.gains[block]
        for place in np.flatnonzero(gain.max(axis=1, initial=-np.inf) > enough):
            best = np.argsort(-gain[place], kind="stable")[:ADDED]
            best = best[gain[place][best] > enough[place]]
            found.append(Edges(np.full(len(best), block[place]), mentors[best], points[place][best]))
    return joined(found) if found else None


def _above(edges: Edges, capacity: Ints, least: float) -> Edges:
    return edges.only((edges.worth >= least) & (capacity[edges.columns] > 0))
