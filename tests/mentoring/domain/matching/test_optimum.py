"""The optimum against scipy on thousands of random cases, and against all matchings on small ones."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from mentoring.domain.matching.matching import match, solve
from mentoring.domain.matching.values import Criterion, Mentee, Mentor, Objective, Problem, Solution
from tests.mentoring.domain.matching.small_problems import VALUES, Pins, Points, Rest, cases, with_objective

ZERO = dict.fromkeys(Criterion, 0)


def _assigned(rest: Rest, worth: Points) -> list[tuple[str, str]]:
    """The best pairs by scipy alone: a column for each place, nothing for what is impossible."""
    columns = [mentor for mentor, places in rest.places.items() for _ in range(min(places, len(rest.mentees)))]
    table = np.array([[worth.get((mentee, mentor), 0) for mentor in columns] for mentee in rest.mentees])
    if not table.size:
        return []
    rows, chosen = linear_sum_assignment(table, maximize=True)
    pairs = [(rest.mentees[row], columns[column]) for row, column in zip(rows, chosen, strict=True)]
    return [pair for pair in pairs if pair in worth]


def _best_cover(rest: Rest, points: Points) -> list[int]:
    """By scipy alone: as many pairs as possible, of the highest worst level that allows so many, the greatest sum."""
    most = len(_assigned(rest, dict.fromkeys(points, 1)))
    for level in sorted(set(points.values()), reverse=True):
        among = {pair: 10_000 + worth for pair, worth in points.items() if worth >= level}
        found = _assigned(rest, among)
        if len(found) == most:
            return [points[pair] for pair in found]
    return []


def _of_rest(solution: Solution, pins: Pins) -> list[int]:
    return [pair.points for pair in solution.pairs if (pair.mentee, pair.mentor) not in pins]


def test_greatest_sum_is_that_of_scipy_in_thousands_of_cases():
    for prepared, points, pins in cases(1500, 7, 6):
        rest = Rest.beside(prepared, pins)

        solution = solve(with_objective(prepared, Objective.SUM), pins)

        best = sum(points[pair] for pair in _assigned(rest, points))
        assert (sum(_of_rest(solution, pins)), solution.is_optimal) == (best, True)
        assert solution.total == best + sum(points[pin] for pin in pins)


def test_cover_and_its_worst_pair_are_those_of_scipy_in_thousands_of_cases():
    for prepared, points, pins in cases(1500, 7, 6):
        best = _best_cover(Rest.beside(prepared, pins), points)

        solution = solve(prepared, pins)

        found = _of_rest(solution, pins)
        assert (VALUES[Objective.COVER](found), solution.is_optimal) == (VALUES[Objective.COVER](best), True)
        own = best + [points[pin] for pin in pins]
        assert (solution.total, solution.worst) == (sum(own), min(own, default=None))


def test_value_and_ties_are_those_of_trying_every_matching():
    for prepared, points, pins in cases(500):
        every = [[points[pair] for pair in chosen.items()] for chosen in Rest.beside(prepared, pins).matchings(points)]
        for objective, value_of in VALUES.items():
            values = [value_of(each) for each in every]

            solution = solve(with_objective(prepared, objective), pins)

            assert value_of(_of_rest(solution, pins)) == max(values)
            assert solution.is_tied == (values.count(max(values)) > 1)


def test_pairs_keep_pins_places_and_their_own_points():
    for prepared, points, pins in cases(500)[:200]:
        for objective in Objective:
            solution = solve(with_objective(prepared, objective), pins)

            chosen = {pair.mentee: pair.mentor for pair in solution.pairs}
            assert {mentee: chosen.get(mentee) for mentee, _ in pins} == dict(pins)
            assert [pair.points for pair in solution.pairs] == [
                points[pair.mentee, pair.mentor] for pair in solution.pairs
            ]
            assert sorted([*chosen, *solution.unmatched]) == [mentee.id for mentee in prepared.it.mentees]
            load = [list(chosen.values()).count(mentor.id) for mentor in prepared.it.mentors]
            assert [held for held, places in zip(load, prepared.it.capacity, strict=True) if held > places] == []


def test_hundreds_of_equal_people_are_all_covered_and_tied():
    mentors = tuple(Mentor(f"m{number}", capacity=4) for number in range(60))
    mentees = tuple(Mentee(f"e{number}") for number in range(200))

    solution = match(Problem(mentors, mentees))

    assert (len(solution.pairs), solution.unmatched, solution.worst) == (200, (), 2)
    assert (solution.total, solution.is_optimal, solution.is_tied) == (400, True, True)


def test_weights_of_nothing_still_cover_everybody():
    mentors, mentees = (Mentor("m", capacity=1), Mentor("n")), (Mentee("a"), Mentee("b"), Mentee("c"))

    for objective in Objective:
        solution = match(Problem(mentors, mentees, objective, ZERO))

        assert (len(solution.pairs), solution.total, solution.worst, solution.is_optimal) == (2, 0, 0, True)


def test_greatest_weights_add_up_without_a_fault():
    mentors = (Mentor("m", topics={"т": 5}, subjects=("х",), experience=30, forms=("ф",), organisation="о", hours=9),)
    mentees = (
        Mentee("a", {"т": 1}, ("х",), experience=0, form="ф", organisation="о", prefers=("m",)),
        Mentee("b", {"т": 1}),
    )

    solution = match(Problem(mentors, mentees, weights=dict.fromkeys(Criterion, 1000)))

    assert [(pair.mentee, pair.points) for pair in solution.pairs] == [("a", 7500)]


def test_more_places_than_people_cost_nothing():
    mentors = (Mentor("m", capacity=1_000_000), Mentor("n", capacity=999_999))

    solution = match(Problem(mentors, (Mentee("a"), Mentee("b"))))

    assert (len(solution.pairs), solution.worst, solution.is_optimal, solution.is_tied) == (2, 2, True, True)


def test_cover_prefers_the_better_worst_pair_to_a_greater_sum():
    mentors = (Mentor("m", topics={"урок": 5, "ИКТ": 2.5}), Mentor("n", topics={"урок": 2.5, "ИКТ": 0.5}))
    mentees = (Mentee("a", {"урок": 1}), Mentee("b", {"ИКТ": 1}))
    weights = {**ZERO, Criterion.TOPICS: 100}

    cover, greatest = (
        match(Problem(mentors, mentees, objective, weights)) for objective in (Objective.COVER, Objective.SUM)
    )

    assert [(pair.mentor, pair.points) for pair in cover.pairs] == [("n", 50), ("m", 50)]
    assert [(pair.mentor, pair.points) for pair in greatest.pairs] == [("m", 100), ("n", 10)]


@pytest.mark.parametrize(("level", "expected"), [(4.95, [("a", "m", 100)]), (5, [("a", "n", 100), ("b", "m", 0)])])
def test_sum_takes_one_pair_more_where_it_costs_no_point(level: float, expected: list[tuple[str, str, int]]):
    mentors = (Mentor("m", topics={"урок": 5}), Mentor("n", topics={"урок": level}, forms=("ф",)))
    mentees = (Mentee("a", {"урок": 1}), Mentee("b", form="г"))

    solution = match(Problem(mentors, mentees, Objective.SUM, {**ZERO, Criterion.TOPICS: 100}))

    assert [(pair.mentee, pair.mentor, pair.points) for pair in solution.pairs] == expected
    assert not solution.is_tied


def test_sum_gives_a_mentee_up_for_more_points_only_where_places_end():
    mentors = (Mentor("m", topics={"урок": 5}),)
    mentees = (Mentee("a", {"урок": 1}), Mentee("b"))

    solution = match(Problem(mentors, mentees, Objective.SUM))

    assert [(pair.mentee, pair.points) for pair in solution.pairs] == [("a", 42)]
    assert solution.unmatched == ("b",)
