"""The greatest worth by prices: from a good guess downhill in a few big steps, each told by a shortage.

For prices v(j) >= 0 the gains max(0, w(i, j) - v(j)) of all mentees and c(j)·v(j) of all mentors add up to a bound on
every matching (`certificate.py`). Over whole prices this bound is an L♮-convex function: it is the least possible as
soon as no set of mentors can be made dearer, and none cheaper, to lower it, and with the right sets the steps are no
more than the farthest price has to go (Murota, Shioura, Operations Research Letters 42, 2014). Such a set is a
shortage: mentees who gain something cannot all be seated where they gain the most, or mentors with a price cannot all
fill their places with mentees who gain the most with them. Without either shortage one matching seats both kinds and
reaches the bound.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from mentoring.domain.matching.certificate import NOBODY, Edges, spans
from mentoring.domain.matching.encoding import Ints
from mentoring.domain.matching.points import Floats
from mentoring.domain.matching.seating import (
    mentor_of_seats,
    seated,
    short_of_mentees,
    short_of_places,
    useful_places,
)

AUCTIONS = 40
"""Rounds of bidding for the guess at most: later ones move few mentees."""

STEPS_OF_BIDS = 64
"""A bid is raised by at least this part of what pairs differ by in worth."""


@dataclass(frozen=True, slots=True)
class Market:
    """Prices of mentors, and what they make of pairs: `slack` is what a pair lacks to be the best of its mentee."""

    edges: Edges
    capacity: Ints
    places: Ints
    prices: Floats
    gains: Floats
    slack: Floats

    @classmethod
    def at(cls, edges: Edges, capacity: Ints, height: int, prices: Floats) -> "Market":
        """The market of `height` mentees at some prices."""
        surplus = edges.worth - prices[edges.columns]
        gains = np.zeros(height)
        np.maximum.at(gains, edges.rows, surplus)
        return cls(edges, capacity, useful_places(edges, capacity), prices, gains, gains[edges.rows] - surplus)


def descended(edges: Edges, capacity: Ints, height: int, start: Floats) -> tuple[Ints, Floats]:
    """The mentor of each mentee, or NOBODY, in a matching of the greatest worth, and the prices that prove it.

    The worth of pairs and the prices to start with are whole numbers, above 0 and not below it; `capacity` are places
    per mentor, `height` is the number of mentees. The better the start, the fewer the steps.
    """
    market = Market.at(edges, capacity, height, start)
    while True:
        chosen, change = _seats_for_gains(market)
        if change is None:
            filled, change = _seats_at_a_price(market)
        if change is None:
            return mentor_of_seats(market.places, _both(chosen, filled, int(market.places.sum()))), market.prices
        market = Market.at(edges, capacity, height, market.prices + change)


def _seats_for_gains(market: Market) -> tuple[Ints, Floats | None]:
    """Seats of the mentees who gain something, where they gain the most; a rise of prices if seats are too few."""
    wants = market.gains > 0
    best = market.edges.only((market.slack == 0) & wants[market.edges.rows])
    seat = seated(best, market.places, len(wants))
    if (seat[wants] != NOBODY).all():
        return seat, None
    width = len(market.prices)
    mate = mentor_of_seats(market.places, seat)
    mate[~wants] = width
    mentees, mentors = short_of_places(best, mate, width)
    leads_out = mentees[market.edges.rows] & ~mentors[market.edges.columns]
    rise = market.slack[leads_out].min(initial=market.gains[mentees].min())
    return seat, mentors * rise


def _seats_at_a_price(market: Market) -> tuple[Ints, Floats | None]:
    """Seats of the mentors who have a price, for those who gain the most there; a fall of prices if some stay empty."""
    is_dear = market.prices > 0
    best = market.edges.only((market.slack == 0) & is_dear[market.edges.columns])
    seat = seated(best, market.places, len(market.gains))
    mate = mentor_of_seats(market.places, seat)
    with_room = is_dear & (np.bincount(mate[mate != NOBODY], minlength=len(is_dear)) < market.capacity)
    if not with_room.any():
        return seat, None
    mentees, mentors = short_of_mentees(best, mate, with_room)
    leads_in = mentors[market.edges.columns] & ~mentees[market.edges.rows]
    fall = market.slack[leads_in].min(initial=market.prices[mentors].min())
    return seat, mentors * -fall


def _both(chosen: Ints, filled: Ints, seats: int) -> Ints:
    """Seats for every mentee of `chosen`, such that every seat of `filled` is taken (Mendelsohn, Dulmage 1958).

    The two together fall into paths and rings. On a path with more mentees than seats the first matching leaves out
    only a mentee whom the second does not need seated, and the other way round; otherwise one of the two is perfect.
    """
    height = len(chosen)
    first, second = np.flatnonzero(chosen != NOBODY), np.flatnonzero(filled != NOBODY)
    tails = np.concatenate([first, second])
    heads = height + np.concatenate([chosen[first], filled[second]])
    size = height + seats
    graph = coo_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(size, size))
    count, part = connected_components(graph, directed=False)
    mentees, taken = (np.bincount(part[side], minlength=count) for side in (slice(height), slice(height, None)))
    in_first, in_second = (np.bincount(part[rows], minlength=count) for rows in (first, second))
    is_second = (taken > mentees) | ((taken == mentees) & (in_second > in_first))
    seat: Ints = np.where(is_second[part[:height]], filled, chosen)
    return seat


def guessed_prices(edges: Edges, capacity: Ints, height: int, unit: float = 1.0) -> Floats:
    """Prices near the best ones, in whole units, by auction: who has no mentor outbids others for the one they want.

    All bid at once; a mentor takes the highest bids, and the lowest taken is the price once all places are gone
    (Bertsekas, Castañon 1989). What is left undone is for the descent.
    """
    prices, mate, bids = np.zeros(len(capacity)), np.full(height, NOBODY, dtype=np.int64), np.zeros(height)
    starts = np.searchsorted(edges.rows, np.arange(height + 1))
    worth = (edges.worth - edges.worth.min()) // unit + 1
    least_raise = max(1.0, worth.max() // STEPS_OF_BIDS)
    for _ in range(AUCTIONS):
        bidders = np.flatnonzero((mate == NOBODY) & (np.diff(starts) > 0))
        if not len(bidders):
            break
        pairs, borders = spans(starts, bidders), np.cumsum(np.diff(starts)[bidders]) - np.diff(starts)[bidders]
        at, gain, margin = _wishes(worth[pairs] - prices[edges.columns[pairs]], borders)
        wanted = edges.columns[pairs[at]]
        mate[bidders] = np.where(gain > 0, wanted, NOBODY)
        bids[bidders] = prices[wanted] + margin + least_raise
        _sell(mate, bids, prices, capacity)
    return prices * unit


def _wishes(gain: Floats, borders: Ints) -> tuple[Ints, Floats, Floats]:
    """Of the gains of each mentee, who begin at `borders`: where the first of the best stands, it, and its margin."""
    best = np.maximum.reduceat(gain, borders)
    is_best = np.flatnonzero(gain == np.repeat(best, np.diff(borders, append=len(gain))))
    at = is_best[np.searchsorted(is_best, borders)]
    others = gain.copy()
    others[at] = 0
    return at, best, best - np.maximum(np.maximum.reduceat(others, borders), 0)


def _sell(mate: Ints, bids: Floats, prices: Floats, capacity: Ints) -> None:
    """Sends away all but the highest bids for each mentor, and notes the lowest of those who stay as the price."""
    holders = np.flatnonzero(mate != NOBODY)
    holders = holders[np.lexsort((-bids[holders], mate[holders]))]
    mentors = mate[holders]
    rank = np.arange(len(holders)) - np.searchsorted(mentors, mentors)
    last = rank == capacity[mentors] - 1
    prices[mentors[last]] = bids[holders[last]]
    mate[holders[rank >= capacity[mentors]]] = NOBODY
