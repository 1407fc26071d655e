"""Who can have a place at once: largest matchings, and among whom places or mentees are short where not all can."""

from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_bipartite_matching

from mentoring.domain.matching.certificate import NOBODY, Edges
from mentoring.domain.matching.encoding import Flags, Ints


def useful_places(edges: Edges, capacity: Ints) -> Ints:
    """Places that could be taken: no mentor needs more than there are mentees for them."""
    useful: Ints = np.minimum(capacity, np.bincount(edges.columns, minlength=len(capacity)))
    return useful


def seated(edges: Edges, places: Ints, height: int) -> Ints:
    """The seat of each mentee, or NOBODY, with as many mentees seated as possible (Hopcroft, Karp 1973).

    Seats are the places of all mentors, numbered one after another: `mentor_of_seats` tells whose each is.
    """
    copies = places[edges.columns]
    ends = np.append(0, np.cumsum(copies))
    first = np.cumsum(places) - places
    seats = np.repeat(first[edges.columns] - ends[:-1], copies) + np.arange(ends[-1])
    if not len(seats):
        return np.full(height, NOBODY, dtype=np.int64)
    starts = ends[np.searchsorted(edges.rows, np.arange(height + 1))]
    graph = csr_array((np.ones(len(seats), dtype=np.int8), seats, starts), shape=(height, int(places.sum())))
    seat: Ints = maximum_bipartite_matching(graph, perm_type="column").astype(np.int64)
    return seat


def mentor_of_seats(places: Ints, seat: Ints) -> Ints:
    """The mentor of each mentee with a seat, NOBODY for the others."""
    mate = np.full(len(seat), NOBODY, dtype=np.int64)
    mate[seat != NOBODY] = np.repeat(np.arange(len(places)), places)[seat[seat != NOBODY]]
    return mate


def largest(edges: Edges, capacity: Ints, height: int) -> Ints:
    """The mentor of each mentee, or NOBODY, in a matching of as many mentees as possible."""
    places = useful_places(edges, capacity)
    return mentor_of_seats(places, seated(edges, places, height))


def short_of_places(edges: Edges, mate: Ints, width: int) -> tuple[Flags, Flags]:
    """Mentees and mentors among whom places are short, when `mate` is a largest matching.

    Whoever an unmatched mentee reaches by taking a place and sending its owner on: these mentors are all full, and
    these mentees have no other mentor (König 1931). A place more with any of these mentors covers one mentee more.
    """
    takers, taken = _exchanges(edges, mate)
    reached = _reached(takers, taken, np.flatnonzero(mate == NOBODY), len(mate) + width)
    return reached[: len(mate)], reached[len(mate) :]


def short_of_mentees(edges: Edges, mate: Ints, with_room: Flags) -> tuple[Flags, Flags]:
    """Mentees and mentors among whom mentees are short, when `mate` fills as many places as possible.

    Whoever a mentor `with_room` reaches by taking a mentee over from another: all these mentees have one of these
    mentors, and nobody else could.
    """
    takers, taken = _exchanges(edges, mate)
    height = len(mate)
    reached = _reached(taken, takers, height + np.flatnonzero(with_room), height + len(with_room))
    mentors = reached[height:]
    return reached[:height] | ((mate != NOBODY) & mentors[mate]), mentors


def _exchanges(edges: Edges, mate: Ints) -> tuple[Ints, Ints]:
    """Arrows from a mentee to each other mentor they could have, and from a mentor to each mentee they have."""
    is_own = mate[edges.rows] == edges.columns
    mentors = len(mate) + edges.columns
    tails = np.concatenate([edges.rows[~is_own], mentors[is_own]])
    heads = np.concatenate([mentors[~is_own], edges.rows[is_own]])
    return tails, heads


def _reached(tails: Ints, heads: Ints, starts: Ints, size: int) -> Flags:
    """Which of `size` nodes can be reached along arrows from `starts`, these included."""
    tails = np.concatenate([tails, np.full(len(starts), size)])
    heads = np.concatenate([heads, starts])
    graph: Any = csr_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(size + 1, size + 1))
    reached = np.zeros(size + 1, dtype=np.bool_)
    reached[breadth_first_order(graph, size, return_predecessors=False)] = True
    return reached[:size]
