"""Stable matching: nobody would leave their pair for somebody who would leave theirs (Gale, Shapley 1962).

Each side likes best those it named after the meeting, in the order it named them, then whoever the points are higher
with; equal points are decided by the order of ids. Mentees propose, so that of all stable matchings each mentee has
the best mentor they can have in any; who stays alone is the same in all of them (Roth 1986).
"""

from dataclasses import dataclass, replace
from heapq import heappush, heapreplace

import numpy as np

from mentoring.domain.matching.candidates import Candidates, Pool, joined
from mentoring.domain.matching.certificate import NOBODY, Edges, worth_of
from mentoring.domain.matching.encoding import Choices, Flags, Ints
from mentoring.domain.matching.optimum import Optimum
from mentoring.domain.matching.points import Floats

UNNAMED = 1 << 30


@dataclass(frozen=True, slots=True)
class Likings:
    """How far down each pair stands in the liking of its mentee and of its mentor: 0 is the best of all pairs."""

    by_mentee: Ints
    by_mentor: Ints


def likings(edges: Edges, choices: Choices, width: int) -> Likings:
    """The likings of both sides for possible pairs worth their points; `width` is the number of mentors."""
    place_by_mentee, place_by_mentor = np.full(edges.count, UNNAMED), np.full(edges.count, UNNAMED)
    keys, wanted = edges.rows * width + edges.columns, choices.rows * width + choices.columns
    at = np.searchsorted(keys, wanted)
    is_there = (at < edges.count) & (keys[np.minimum(at, max(edges.count - 1, 0))] == wanted) if edges.count else at < 0
    for places, named in ((place_by_mentee, choices.by_mentee), (place_by_mentor, choices.by_mentor)):
        places[at[is_there]] = np.where(named[is_there] > 0, named[is_there], UNNAMED)
    by_mentee = np.lexsort((edges.columns, -edges.worth, place_by_mentee))
    by_mentor = np.lexsort((edges.rows, -edges.worth, place_by_mentor))
    return Likings(np.argsort(by_mentee), np.argsort(by_mentor))


def stable(pool: Pool, candidates: Candidates, capacity: Ints) -> Optimum:
    """The stable matching that is best for all mentees; `is_tied` says that there are other stable ones.

    Where a pair left out could have as many points as a mentee's own, the mentee is offered all mentors with so many;
    whoever stays alone is offered everybody. Named pairs are among the candidates from the first. So every mentor whom
    a mentee likes better than their own has refused them. `is_tied` alone is told of the candidates only.
    """
    height, width = len(candidates.left_out), len(capacity)
    while True:
        edges = candidates.edges.only(capacity[candidates.edges.columns] > 0)
        liked = likings(edges, pool.it.choices, width)
        mate = _mentees_propose(edges, liked, capacity, height)
        own = worth_of(edges, mate)
        doubtful = np.flatnonzero((candidates.left_out >= own) & ~_is_named(pool.it.choices, mate))
        if not len(doubtful):
            break
        candidates = _with_better(pool, candidates, doubtful, own)
    best_for_mentors = _mentors_propose(edges, liked, capacity, height)
    return Optimum(mate, True, 0.0, not np.array_equal(mate, best_for_mentors))


def _is_named(choices: Choices, mate: Ints) -> Flags:
    """Whether each mentee has a mentor they named: nobody left out is liked better."""
    named = np.zeros(len(mate), dtype=np.bool_)
    named[choices.rows[(choices.by_mentee > 0) & (mate[choices.rows] == choices.columns)]] = True
    return named


def _with_better(pool: Pool, candidates: Candidates, rows: Ints, own: Floats) -> Candidates:
    """The candidates with all pairs of `rows` worth at least what each has now."""
    left_out = candidates.left_out.copy()
    left_out[rows] = own[rows] - 1
    found = []
    for block, points in pool.blocks(rows):
        places, columns = np.nonzero(points >= own[block][:, None])
        found.append(Edges(block[places], columns, points[places, columns]))
    more = joined(found)
    return replace(candidates.with_pairs(more.rows, more.columns, more.worth), left_out=left_out)


def _mentees_propose(edges: Edges, liked: Likings, capacity: Ints, height: int) -> Ints:
    order = np.lexsort((liked.by_mentee, edges.rows))
    start = np.searchsorted(edges.rows[order], np.arange(height + 1)).tolist()
    columns, standing = edges.columns[order].tolist(), liked.by_mentor[order].tolist()
    following, places = start[:-1], capacity.tolist()
    held: list[list[tuple[int, int]]] = [[] for _ in places]
    free = list(range(height - 1, -1, -1))
    mate = np.full(height, NOBODY, dtype=np.int64)
    while free:
        mentee = free[-1]
        if following[mentee] == start[mentee + 1]:
            free.pop()
            continue
        edge = following[mentee]
        following[mentee] += 1
        mentor = columns[edge]
        own, offer = held[mentor], (-standing[edge], mentee)
        if len(own) < places[mentor]:
            heappush(own, offer)
            free.pop()
        elif own and own[0] < offer:
            _, refused = heapreplace(own, offer)
            free[-1] = refused
            mate[refused] = NOBODY
        else:
            continue
        mate[mentee] = mentor
    return mate


def _mentors_propose(edges: Edges, liked: Likings, capacity: Ints, height: int) -> Ints:
    """The stable matching that is best for all mentors."""
    width = len(capacity)
    order = np.lexsort((liked.by_mentor, edges.columns))
    start = np.searchsorted(edges.columns[order], np.arange(width + 1)).tolist()
    rows, standing = edges.rows[order].tolist(), liked.by_mentee[order].tolist()
    following, room = start[:-1], capacity.tolist()
    best: list[tuple[int, int]] = [(UNNAMED, NOBODY)] * height
    offering = [mentor for mentor in range(width) if room[mentor]]
    while offering:
        mentor = offering.pop()
        while room[mentor] and following[mentor] < start[mentor + 1]:
            edge = following[mentor]
            following[mentor] += 1
            mentee = rows[edge]
            if standing[edge] < best[mentee][0]:
                left = best[mentee][1]
                best[mentee] = (standing[edge], mentor)
                room[mentor] -= 1
                if left != NOBODY:
                    room[left] += 1
                    offering.append(left)
    return np.array([mentor for _, mentor in best], dtype=np.int64)
