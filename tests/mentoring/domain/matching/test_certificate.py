"""The proof of an optimum: prices that bound every matching; a matching that is not the best has none."""

from random import Random

import numpy as np
import pytest

from mentoring.domain.matching.assignment import greatest_worth
from mentoring.domain.matching.certificate import NOBODY, Edges, certificate, certificate_by, is_tied
from mentoring.domain.matching.descent import descended, guessed_prices
from mentoring.domain.matching.seating import largest, short_of_places

Case = tuple[Edges, np.ndarray, int]


def _random_edges(chance: Random) -> Case:
    height, width = chance.randint(1, 5), chance.randint(1, 4)
    pairs = [(row, column) for row in range(height) for column in range(width) if chance.random() < 0.6]
    rows, columns = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    worth = np.array([float(chance.randint(1, 4)) for _ in pairs])
    capacity = np.array([chance.randint(1, 3) for _ in range(width)], dtype=np.int64)
    return Edges(rows, columns, worth), capacity, height


def _all_matchings(edges: Edges, capacity: np.ndarray, height: int) -> dict[tuple[int, ...], float]:
    """Every matching as the mentor of each mentee, with its worth."""
    worth = dict(zip(zip(edges.rows.tolist(), edges.columns.tolist(), strict=True), edges.worth.tolist(), strict=True))
    found: dict[tuple[int, ...], float] = {(): 0.0}
    for row in range(height):
        longer = {(*mate, NOBODY): total for mate, total in found.items()}
        for mate, total in found.items():
            for column, places in enumerate(capacity.tolist()):
                if (row, column) in worth and mate.count(column) < places:
                    longer[*mate, column] = total + worth[row, column]
        found = longer
    return found


CASES = [_random_edges(Random(seed)) for seed in range(150)]


def test_only_the_best_matchings_are_proved():
    for edges, capacity, height in CASES:
        every = _all_matchings(edges, capacity, height)
        best = max(every.values())
        for mate, total in list(every.items())[:200]:
            proof = certificate(edges, capacity, np.array(mate, dtype=np.int64))

            assert proof.is_proof == (total == best)


def test_prices_of_a_proof_bound_every_matching():
    for edges, capacity, height in CASES:
        best = max(_all_matchings(edges, capacity, height).values())

        found = greatest_worth(edges, capacity, height)

        proof = found.proof
        assert proof.is_proof
        assert proof.gains.sum() + (proof.prices * capacity).sum() == best
        assert (proof.prices >= 0).all()
        assert (proof.gains >= 0).all()
        assert (proof.gains[edges.rows] + proof.prices[edges.columns] >= edges.worth).all()


def test_descent_comes_to_the_best_from_any_prices():
    for number, (edges, capacity, height) in enumerate(CASES):
        if not edges.count:
            continue
        best = max(_all_matchings(edges, capacity, height).values())
        chance = Random(number)
        anything = np.array([float(chance.randint(0, 6)) for _ in capacity])
        for start in (np.zeros(len(capacity)), anything, guessed_prices(edges, capacity, height)):
            mate, prices = descended(edges, capacity, height, start)

            proof = certificate_by(edges, capacity, mate, prices)
            assert proof.is_proof
            assert proof.gains.sum() + (prices * capacity).sum() == best


def test_tie_is_told_of_any_best_matching():
    for edges, capacity, height in CASES:
        every = _all_matchings(edges, capacity, height)
        best = [mate for mate, total in every.items() if total == max(every.values())]
        for mate in best[:5]:
            chosen = np.array(mate, dtype=np.int64)

            assert is_tied(edges, capacity, chosen, certificate(edges, capacity, chosen)) == (len(best) > 1)


def test_largest_matching_leaves_nobody_who_could_be_covered():
    for edges, capacity, height in CASES:
        most = max(height - mate.count(NOBODY) for mate in _all_matchings(edges, capacity, height))

        assert int((largest(edges, capacity, height) != NOBODY).sum()) == most


def test_place_more_helps_exactly_among_mentors_who_are_short_of_places():
    for edges, capacity, height in CASES:
        mate = largest(edges, capacity, height)
        covered = int((mate != NOBODY).sum())

        short_mentees, short_mentors = short_of_places(edges, mate, len(capacity))

        assert short_mentees[mate == NOBODY].all()
        for column in range(len(capacity)):
            more = capacity + (np.arange(len(capacity)) == column)
            helps = int((largest(edges, more, height) != NOBODY).sum()) > covered
            assert bool(short_mentors[column]) == helps


@pytest.mark.parametrize(("mate", "is_proof"), [([0, 1], True), ([1, 0], False), ([0, NOBODY], False)])
def test_proof_of_a_case_on_paper(mate: list[int], is_proof: bool):
    edges = Edges(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([5.0, 3.0, 4.0, 3.0]))

    assert certificate(edges, np.array([1, 1]), np.array(mate)).is_proof == is_proof


def test_nothing_to_match_is_proved():
    nothing = Edges(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
    nobody = np.full(2, NOBODY, dtype=np.int64)

    assert certificate(nothing, np.array([1]), nobody).is_proof
    assert greatest_worth(nothing, np.array([1]), 2).mate.tolist() == [NOBODY, NOBODY]
    assert largest(nothing, np.array([1]), 2).tolist() == [NOBODY, NOBODY]
