"""Candidates of a region: the best pairs of each mentee among those with a topic or a choice in common.

All pairs of a region are too many to look at: thousands of millions. Those that share a topic are found by a sparse
product; any other pair has no points for topics, so the most it can have is known beforehand. The points that depend
on few properties (years and category; form and subjects) are worked out once for each kind of mentee.
"""

from collections.abc import Sequence

import numpy as np

from mentoring.domain.matching.candidates import IMPOSSIBLE, Candidates, Pool, joined
from mentoring.domain.matching.certificate import Edges
from mentoring.domain.matching.encoding import HIGHEST_LEVEL, THOUSAND, UNKNOWN, Ints
from mentoring.domain.matching.kinds import Kinds, PairByPair, Small, by_kind
from mentoring.domain.matching.points import Floats, form_is_named, pair_points, subject_is_shared
from mentoring.domain.matching.rules import is_possible
from mentoring.domain.matching.values import Criterion

KEPT = 32
"""How many pairs of a mentee are kept at first."""

BLOCK = 2_000_000
"""About how many pairs are looked at in one go."""

NEVER = -30_000
"""Points that no sum of others makes possible."""


def regional_candidates(pool: Pool) -> Candidates:
    """The best pairs of each mentee, and the most points that any other pair of theirs can have."""
    it = pool.it
    kinds = (pool.table.experience, _by_form(pool), _by_subject(pool))
    taken_out = _keys_apart(pool)
    left_out = np.full(len(it.mentees), IMPOSSIBLE)
    parts = []
    for rows in _blocks(pool):
        edges, left_out[rows] = _best_of(pool, rows, kinds, taken_out)
        parts.append(edges)
    chosen = _chosen_pairs(pool)
    return Candidates(joined(parts), np.maximum(left_out, _without_topics(pool, kinds))).with_pairs(
        chosen.rows, chosen.columns, chosen.worth
    )


def _blocks(pool: Pool) -> Sequence[Ints]:
    """Mentees in runs that share topics with about BLOCK mentors altogether."""
    it = pool.it
    askers = (it.requests != 0).astype(np.int64)
    mentors_by_topic = np.asarray((it.levels != 0).sum(axis=0)).ravel()
    shared = np.cumsum(np.asarray(askers @ mentors_by_topic).ravel())
    borders = np.searchsorted(shared, np.arange(BLOCK, int(shared[-1]) + BLOCK, BLOCK)) + 1
    return [rows for rows in np.split(np.arange(len(shared)), borders) if len(rows)]


def _by_form(pool: Pool) -> Kinds | PairByPair:
    """Points for the form and for the mentor alone, NEVER where the form, places or own obstacles forbid a pair."""
    it = pool.it

    def of_pairs(rows: Ints, columns: Ints) -> Ints:
        named = form_is_named(it, rows, columns)
        possible = (named | (it.form[rows] == UNKNOWN) | it.takes_any_form[columns]) & it.is_open[rows]
        points = named * pool.table.weights[Criterion.FORM] + pool.table.by_mentor[columns]
        found: Ints = np.where(possible & (it.capacity[columns] > 0), points, NEVER)
        return found

    highest = pool.table.weights[Criterion.FORM] + int(pool.table.by_mentor.max(initial=0))
    form = PairByPair(len(it.mentors), of_pairs, highest)
    return by_kind((it.form, it.is_open), form.rows, form)


def _by_subject(pool: Pool) -> Kinds | PairByPair:
    it, weight = pool.it, pool.table.weights[Criterion.SUBJECT]
    sets: dict[tuple[str, ...], int] = {}
    numbers = [sets.setdefault(tuple(sorted(mentee.subjects)), len(sets)) for mentee in it.mentees]

    def of_kinds(rows: Ints) -> Ints:
        found: Ints = (it.asks_subject[rows] @ pool.table.had > 0) * weight
        return found

    subject = PairByPair(len(it.mentors), lambda rows, columns: subject_is_shared(it, rows, columns) * weight, weight)
    return by_kind((np.array(numbers, dtype=np.int64),), of_kinds, subject)


def _keys_apart(pool: Pool) -> Ints:
    """Pairs that are forbidden one by one, or of one person, or chosen: these last are added by themselves."""
    it = pool.it
    width = len(it.mentors)
    same = _same_persons(pool)
    choices = it.choices
    keys = [rows * width + columns for rows, columns in (pool.forbidden, same, (choices.rows, choices.columns))]
    return np.unique(np.concatenate(keys))


def _same_persons(pool: Pool) -> tuple[Ints, Ints]:
    it = pool.it
    order = np.argsort(it.mentor_person, kind="stable")
    first, end = (np.searchsorted(it.mentor_person[order], it.mentee_person, side=side) for side in ("left", "right"))
    rows = np.repeat(np.arange(len(first)), end - first)
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return rows, order[first[rows] + rank]


def _best_of(pool: Pool, rows: Ints, kinds: Sequence[Kinds | PairByPair], taken_out: Ints) -> tuple[Edges, Floats]:
    """The best pairs of some mentees who follow each other, and the most points of the others that share a topic."""
    it, weights = pool.it, pool.table.weights
    product = it.requests[rows[0] : rows[-1] + 1] @ it.levels.T
    columns, lengths = product.indices, np.diff(product.indptr)
    whole = np.maximum(it.request_sums[rows], 1) * float(HIGHEST_LEVEL * THOUSAND)
    share = product.data * (2.0 * weights[Criterion.TOPICS])
    share += np.repeat(whole, lengths)
    share /= np.repeat(2 * whole, lengths)
    points = share.astype(np.int16)
    for kind in kinds:
        points += kind.pairs(rows, lengths, columns)
    is_near = it.mentor_organisation[columns] == np.repeat(it.mentee_organisation[rows], lengths)
    points += is_near * np.int16(weights[Criterion.ORGANISATION])
    if not it.is_shared.all():
        points[~(is_near | it.is_shared[columns])] = NEVER
    if len(taken_out):
        keys = np.repeat(rows * len(it.mentors), lengths) + columns
        points[np.isin(keys, taken_out, assume_unique=True)] = NEVER
    kept, left_out = _kept(lengths, points, sum(weights.values()))
    chosen = np.repeat(rows, lengths)[kept]
    return Edges(chosen, columns[kept].astype(np.int64), points[kept].astype(np.float64)), left_out


def _kept(lengths: Ints, points: Small, most: int) -> tuple[Ints, Floats]:
    """Numbers of the KEPT best pairs of each mentee, who has `lengths` of the pairs, and the most points of the others.

    Pairs are counted by points, up to `most`; the number below 0 stands for impossible ones.
    """
    height, levels = len(lengths), most + 2
    keys = np.repeat(np.arange(1, height * levels, levels), lengths)
    keys += np.maximum(points, -1)
    counts = np.bincount(keys, minlength=height * levels).reshape(height, levels)[:, 1:]
    at_least = np.hstack([counts[:, ::-1].cumsum(axis=1)[:, ::-1], np.zeros((height, 1), dtype=np.int64)])
    # The lowest level down to which everything fits; of the one below as many as there is room for.
    lowest = (at_least > KEPT).sum(axis=1)
    room = KEPT - at_least[np.arange(height), lowest]
    border = np.repeat(lowest.astype(np.int16), lengths)
    is_kept = points >= border
    level = np.flatnonzero((points == border - 1) & (border > 0))
    owner = np.searchsorted(np.cumsum(lengths), level, side="right")
    rank = np.arange(len(level)) - np.searchsorted(owner, owner)
    is_kept[level[rank < room[owner]]] = True
    below = np.maximum(lowest - 1, 0)
    is_more = counts[np.arange(height), below] > room
    left_out = np.where(lowest > 0, np.where(is_more, below, _highest_below(counts, below)), IMPOSSIBLE)
    return np.flatnonzero(is_kept), left_out.astype(np.float64)


def _highest_below(counts: Ints, level: Ints) -> Ints:
    """The highest level below `level` at which there is anything, IMPOSSIBLE where there is none."""
    levels = np.arange(counts.shape[1])
    there = (counts > 0) & (levels < level[:, None])
    found: Ints = np.where(there.any(axis=1), counts.shape[1] - 1 - there[:, ::-1].argmax(axis=1), int(IMPOSSIBLE))
    return found


def _without_topics(pool: Pool, kinds: Sequence[Kinds | PairByPair]) -> Floats:
    """The most points of a pair without a topic or a choice in common; IMPOSSIBLE where no mentor is possible."""
    best = np.full(len(pool.it.mentees), float(pool.table.weights[Criterion.ORGANISATION]))
    for kind in kinds:
        best += kind.most(len(best))
    most: Floats = np.where(best >= 0, best, IMPOSSIBLE)
    return most


def _chosen_pairs(pool: Pool) -> Edges:
    """The pairs somebody named and nothing forbids."""
    it = pool.it
    rows, columns = it.choices.rows, it.choices.columns
    possible = is_possible(it, rows, columns)
    width = len(it.mentors)
    forbidden = pool.forbidden[0] * width + pool.forbidden[1]
    possible &= ~np.isin(rows * width + columns, forbidden)
    rows, columns = rows[possible], columns[possible]
    points = np.sum(list(pair_points(it, pool.table.weights, rows, columns).values()), axis=0)
    return Edges(rows, columns, points.astype(np.float64))
