"""Shortages on paper: mentees who have no other mentor, and mentors whom nobody else wants."""

import numpy as np

from mentoring.domain.matching.certificate import NOBODY, Edges
from mentoring.domain.matching.descent import _both
from mentoring.domain.matching.seating import mentor_of_seats, seated, short_of_mentees, short_of_places


def _edges(*pairs: tuple[int, int]) -> Edges:
    rows, columns = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    return Edges(rows, columns, np.ones(len(pairs)))


def test_three_for_two_places_are_short_of_them():
    edges = _edges((0, 0), (1, 0), (2, 0), (2, 1), (3, 1))

    mentees, mentors = short_of_places(edges, np.array([0, NOBODY, 0, 1]), 2)

    assert mentees.tolist() == [True, True, True, True]
    assert mentors.tolist() == [True, True]


def test_whoever_has_another_mentor_is_out_of_the_shortage():
    edges = _edges((0, 0), (1, 0), (2, 1), (3, 1))

    mentees, mentors = short_of_places(edges, np.array([0, NOBODY, 1, 1]), 2)

    assert mentees.tolist() == [True, True, False, False]
    assert mentors.tolist() == [True, False]


def test_mentor_with_room_is_short_of_mentees_together_with_whose_they_could_take():
    edges = _edges((0, 0), (0, 1), (1, 1), (2, 2))

    mentees, mentors = short_of_mentees(edges, np.array([1, 1, 2]), np.array([True, False, False]))

    assert mentees.tolist() == [True, True, False]
    assert mentors.tolist() == [True, True, False]


def test_seats_of_a_mentor_follow_one_another():
    places = np.array([2, 0, 1])
    edges = _edges((0, 0), (1, 0), (2, 2))

    seat = seated(edges, places, 4)

    assert sorted(seat.tolist()) == [NOBODY, 0, 1, 2]
    assert mentor_of_seats(places, seat).tolist() == [0, 0, 2, NOBODY]


def test_two_matchings_hold_one_that_seats_both_kinds():
    # The first seats mentees 0 and 2, the second takes seats 1 and 3; each alone leaves out some of the other.
    first, second = np.array([0, NOBODY, 2, NOBODY]), np.array([NOBODY, 1, 3, NOBODY])

    both = _both(first, second, 4)

    assert {0, 2} - set(np.flatnonzero(both != NOBODY).tolist()) == set()
    assert {1, 3} - set(both.tolist()) == set()


def test_path_keeps_the_matching_that_leaves_out_whom_nobody_needs():
    # Mentees 0 and 1 share seat 0: only the first matching's mentee has to be seated.
    assert _both(np.array([0, NOBODY]), np.array([NOBODY, 0]), 1).tolist() == [0, NOBODY]
    # Seats 0 and 1 share mentee 0: only the second matching's seat has to be taken.
    assert _both(np.array([0]), np.array([1]), 2).tolist() == [1]
