"""Proof that a matching is the best: prices of mentors under which nobody gains by any change.

Let a pair (i, j) be worth w(i, j) > 0 and c(j) be the places of a mentor. For any prices v(j) >= 0 no matching is worth
more than the sum of u(i) = max(0, max_j (w(i, j) - v(j))) and of c(j)·v(j): the duality of linear programming for the
assignment problem (Kuhn 1955; Bertsekas, Network Optimization, 1998, ch. 7). Where a matching reaches this bound it is
the best, and the price is the proof. The least such prices are the longest paths over exchanges, found here by
relaxation: they exist exactly when no chain of exchanges gains anything.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from mentoring.domain.matching.encoding import Flags, Ints
from mentoring.domain.matching.points import Floats

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Edges:
    """Possible pairs, by row and column in ascending order: mentees in `rows`, mentors in `columns`, their worth."""

    rows: Ints
    columns: Ints
    worth: Floats

    @property
    def count(self) -> int:
        return len(self.rows)

    def only(self, kept: Flags) -> "Edges":
        """Those of the pairs for which `kept` is true."""
        return Edges(self.rows[kept], self.columns[kept], self.worth[kept])


@dataclass(frozen=True, slots=True)
class Certificate:
    """Prices of mentors, the gain of each mentee under them, and whether they prove the matching optimal."""

    prices: Floats
    gains: Floats
    is_proof: bool


def certificate(edges: Edges, capacity: Ints, mate: Ints) -> Certificate:
    """The least prices for a matching: `mate[i]` is the mentor of mentee i or NOBODY.

    `capacity` are places per mentor. Of a matching that is not the best the result is no proof.
    """
    width = len(capacity)
    own = worth_of(edges, mate)
    # What an exchange adds to the price of another mentor: the mentor left, the mentor taken, the gain.
    left = mate[edges.rows]
    gain = edges.worth - own[edges.rows]
    prices = np.zeros(width)
    np.maximum.at(prices, edges.columns[left == NOBODY], gain[left == NOBODY])
    left, taken, gain = _best_exchanges(left, edges.columns, gain, width)
    start = np.searchsorted(left, np.arange(width + 1))
    moved = np.arange(width)
    for _ in range(width + 1):
        if not len(moved):
            break
        rows = spans(start, moved)
        before = prices.copy()
        np.maximum.at(prices, taken[rows], prices[left[rows]] + gain[rows])
        moved = np.flatnonzero(prices > before)
    return certificate_by(edges, capacity, mate, prices)


def certificate_by(edges: Edges, capacity: Ints, mate: Ints, prices: Floats) -> Certificate:
    """The same with known prices: any from 0 up bound every matching, and one that reaches the bound is proved."""
    gains = np.zeros(len(mate))
    np.maximum.at(gains, edges.rows, edges.worth - prices[edges.columns])
    fits = (np.bincount(mate[mate != NOBODY], minlength=len(capacity)) <= capacity).all()
    is_proof = fits and worth_of(edges, mate).sum() == gains.sum() + (prices * capacity).sum()
    return Certificate(prices, gains, bool(is_proof))


def worth_of(edges: Edges, mate: Ints) -> Floats:
    """What each mentee's own pair is worth; 0 without one."""
    own = np.zeros(len(mate))
    is_own = mate[edges.rows] == edges.columns
    own[edges.rows[is_own]] = edges.worth[is_own]
    return own


def _best_exchanges(left: Ints, taken: Ints, gain: Floats, width: int) -> tuple[Ints, Ints, Floats]:
    """Of all mentees of a mentor the one who would gain most by going to another, for each other mentor."""
    among = left != NOBODY
    left, taken, gain = left[among], taken[among], gain[among]
    order = np.lexsort((-gain, taken, left))
    left, taken, gain = left[order], taken[order], gain[order]
    key = left * width + taken
    first = np.ones(len(key), dtype=np.bool_)
    first[1:] = key[1:] != key[:-1]
    return left[first], taken[first], gain[first]


def spans(start: Ints, chosen: Ints) -> Ints:
    """The numbers start[k] … start[k + 1] - 1 of all chosen k, one after another."""
    lengths = start[chosen + 1] - start[chosen]
    ends = np.cumsum(lengths)
    spans: Ints = np.arange(ends[-1] if len(ends) else 0) + np.repeat(start[chosen] - (ends - lengths), lengths)
    return spans


def is_tied(edges: Edges, capacity: Ints, mate: Ints, proof: Certificate) -> bool:
    """Whether another matching is worth exactly as much.

    Two matchings of one worth differ by closed chains of exchanges that gain nothing, and such a chain uses only pairs
    that are tight: worth what both sides' prices say. So the arrows of exchanges between tight pairs are drawn, and a
    change is possible exactly where one of them lies on a closed way. The last node stands for «nobody».
    """
    height, width = len(mate), len(capacity)
    nobody = height + width
    tight = proof.gains[edges.rows] + proof.prices[edges.columns] == edges.worth
    rows, columns = edges.rows[tight], edges.columns[tight]
    is_own = mate[rows] == columns
    load = np.bincount(mate[mate != NOBODY], minlength=width)
    is_free = proof.prices == 0
    may_leave = np.flatnonzero((proof.gains == 0) & (mate != NOBODY))
    new_tail = np.concatenate([rows[~is_own], may_leave])
    new_head = np.concatenate([height + columns[~is_own], np.full(len(may_leave), nobody)])
    with_room, with_load = np.flatnonzero(is_free & (load < capacity)), np.flatnonzero(is_free & (load > 0))
    tail = [new_tail, height + columns[is_own], height + with_room, np.full(len(with_load), nobody)]
    head = [new_head, rows[is_own], np.full(len(with_room), nobody), height + with_load]
    unmatched = np.flatnonzero(mate == NOBODY)
    tail.append(np.full(len(unmatched), nobody))
    head.append(unmatched)
    tails, heads = np.concatenate(tail), np.concatenate(head)
    size = nobody + 1
    graph = coo_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(size, size))
    _, component = connected_components(graph, directed=True, connection="strong")
    return bool((component[new_tail] == component[new_head]).any())
