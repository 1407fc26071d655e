"""«Why not X»: verified by trying every matching with X forced; next best, and what changes."""

from collections.abc import Iterator

import pytest

from mentoring.domain.matching.matching import Prepared, match, prepare, solve
from mentoring.domain.matching.rules import NO_PLACES, SAME_PERSON, obstacles
from mentoring.domain.matching.values import Ban, Criterion, Mentee, Mentor, Objective, Pair, Problem, Solution
from mentoring.domain.matching.what_if import (
    PLACES_PINNED,
    Change,
    Move,
    WhyNot,
    change,
    next_best,
    pins_with,
    why_not,
)
from tests.mentoring.domain.matching.small_problems import VALUES, Pins, Points, Rest, cases, with_objective


def _asked(prepared: Prepared, pins: Pins) -> Iterator[tuple[str, str, Solution]]:
    """Every mentee with every mentor, and the solution that is asked about."""
    solution = solve(prepared, pins)
    for mentee in prepared.it.mentees:
        for mentor in prepared.it.mentors:
            yield mentee.id, mentor.id, solution


def _after(solution: Solution, answer: WhyNot) -> dict[str, str]:
    """Who has whom when the answer is followed: it says who moves and where to."""
    chosen = {pair.mentee: pair.mentor for pair in solution.pairs} | {answer.mentee: answer.mentor}
    for move in answer.change.moves:
        before = Pair(move.mentee, chosen[move.mentee], move.was.points) if move.mentee in chosen else None
        assert before == move.was
        chosen.pop(move.mentee, None)
        if move.now:
            chosen[move.mentee] = move.now.mentor
    return chosen


def _best_with(prepared: Prepared, points: Points, pins: Pins, objective: Objective) -> tuple[int, ...]:
    """The best value of what pins leave, by trying everything."""
    rest = Rest.beside(prepared, pins)
    return max(VALUES[objective]([points[pair] for pair in each.items()]) for each in rest.matchings(points))


@pytest.mark.parametrize("objective", list(VALUES))
def test_cost_and_displaced_are_those_of_solving_with_the_pair_forced(objective: Objective):
    for case, points, pins in cases(500)[:60]:
        prepared = with_objective(case, objective)
        for mentee, mentor, solution in _asked(prepared, pins):
            answer = why_not(prepared, pins, solution, mentee, mentor)

            if answer.obstacles:
                continue
            forced = pins_with(pins, mentee, mentor)
            after = _after(solution, answer)
            own = {each: points[each] for each in after.items()}
            rest = [worth for pair, worth in own.items() if pair not in forced]
            assert VALUES[objective](rest) == _best_with(prepared, points, forced, objective)
            assert {pair for pair in forced if pair not in own} == set()
            assert answer.points == points[mentee, mentor]
            assert answer.change.points == sum(own.values()) - solution.total
            assert answer.change.pairs == len(own) - len(solution.pairs)
            assert (answer.change.worst_was, answer.change.worst_now) == (solution.worst, min(own.values()))


def test_pair_is_refused_by_its_rules_or_by_places_that_are_pinned():
    for prepared, points, pins in cases(500)[:150]:
        for mentee, mentor, solution in _asked(prepared, pins):
            others = tuple(pin for pin in pins if pin[0] != mentee)
            room = Rest.beside(prepared, others).places[mentor]
            found = obstacles(prepared.it, prepared.problem.bans, mentee, mentor) or (() if room else (PLACES_PINNED,))

            answer = why_not(prepared, pins, solution, mentee, mentor)

            assert answer.obstacles == found
            assert ((mentee, mentor) in points and room > 0) == (not found)
            if found:
                assert answer == WhyNot(mentee, mentor, found)


def test_what_was_proposed_costs_nothing():
    for prepared, _, pins in cases(500)[:100]:
        solution = solve(prepared, pins)
        for pair in solution.pairs:
            answer = why_not(prepared, pins, solution, pair.mentee, pair.mentor)

            assert (answer.points, answer.change.points, answer.change.pairs) == (pair.points, 0, 0)


MENTORS = (
    Mentor("m", topics={"урок": 5, "ИКТ": 5}),
    Mentor("n", topics={"урок": 2}),
    Mentor("полный", capacity=0, topics={"урок": 5}),
    Mentor("сам", capacity=2, person="один"),
)
MENTEES = (Mentee("a", {"урок": 1}), Mentee("b", {"ИКТ": 1}), Mentee("c", {"урок": 1}, person="один"))
WEIGHTS = dict.fromkeys(Criterion, 0) | {Criterion.TOPICS: 100}
PREPARED = prepare(Problem(MENTORS, MENTEES, Objective.SUM, WEIGHTS, bans=(Ban("b", "n", "поссорились"),)))


def test_why_not_names_who_is_displaced_and_whom_they_get():
    solution = solve(PREPARED, ())

    answer = why_not(PREPARED, (), solution, "a", "m")

    assert [(pair.mentee, pair.mentor, pair.points) for pair in solution.pairs] == [
        ("a", "сам", 0),
        ("b", "m", 100),
        ("c", "n", 40),
    ]
    assert answer == WhyNot(
        "a",
        "m",
        (),
        points=100,
        change=Change(
            pairs=0,
            points=0,
            worst_was=0,
            worst_now=0,
            moves=(Move("b", Pair("b", "m", 100), Pair("b", "сам", 0)),),
        ),
    )


@pytest.mark.parametrize(
    ("mentee", "mentor", "words"),
    [
        ("b", "n", ("поссорились",)),
        ("a", "полный", (NO_PLACES,)),
        ("c", "сам", (SAME_PERSON,)),
        ("b", "m", (PLACES_PINNED,)),
    ],
)
def test_why_not_says_which_rule_forbids(mentee: str, mentor: str, words: tuple[str, ...]):
    pins = (("c", "m"),)

    assert why_not(PREPARED, pins, solve(PREPARED, pins), mentee, mentor) == WhyNot(mentee, mentor, words)


def test_mentee_who_is_pinned_may_be_asked_about_another_mentor():
    pins = (("a", "m"), ("c", "n"))
    solution = solve(PREPARED, pins)

    answer = why_not(PREPARED, pins, solution, "a", "сам")

    assert (answer.points, answer.change.points) == (0, 0)
    assert answer.change.moves == (Move("b", Pair("b", "сам", 0), Pair("b", "m", 100)),)


def test_who_is_not_there_is_an_error():
    solution = solve(PREPARED, ())

    with pytest.raises(KeyError):
        why_not(PREPARED, (), solution, "a", "никто")
    with pytest.raises(KeyError):
        next_best(PREPARED, "никто", 3)


def test_next_best_are_the_possible_mentors_by_points_and_id():
    for prepared, points, _ in cases(500)[:150]:
        for mentee in prepared.it.mentees:
            own = sorted((-worth, mentor) for (one, mentor), worth in points.items() if one == mentee.id)

            assert next_best(prepared, mentee.id, 3) == tuple(
                Pair(mentee.id, mentor, -worth) for worth, mentor in own[:3]
            )


def test_pin_takes_the_place_of_another_of_the_same_mentee():
    assert pins_with((("a", "m"), ("b", "n")), "a", "n") == (("b", "n"), ("a", "n"))


def test_change_tells_pairs_points_and_everybody_who_moves():
    before = solve(PREPARED, ())
    alone = match(Problem((), MENTEES))

    assert change(before, before) == Change(0, 0, 0, 0, ())
    assert change(before, alone) == Change(
        -3, -140, 0, None, tuple(Move(pair.mentee, pair, None) for pair in before.pairs)
    )
    assert [move.was for move in change(alone, before).moves] == [None, None, None]
