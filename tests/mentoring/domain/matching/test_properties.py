"""What holds for every problem: order, capacity, bans, and the same answer twice."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.domain.matching.matching import match, prepare, solve
from mentoring.domain.matching.values import DEFAULT_WEIGHTS, Ban, Criterion, Objective, Problem, Solution
from tests.mentoring.domain.matching.small_problems import (
    VALUES,
    chances,
    cover_value,
    points_of,
    problems,
    random_pins,
    with_objective,
)

OBJECTIVES = st.sampled_from(Objective)
MANY_TIES = dict.fromkeys(Criterion, 0) | {Criterion.SUBJECT: 1}


def _value(solution: Solution, objective: Objective = Objective.COVER) -> tuple[int, ...]:
    return VALUES[objective]([pair.points for pair in solution.pairs])


@settings(max_examples=150, deadline=None)
@given(problems(), chances(), OBJECTIVES, st.sampled_from((DEFAULT_WEIGHTS, MANY_TIES)))
def test_order_of_input_does_not_matter(problem, chance, objective, weights):
    problem = replace(problem, weights=weights)
    prepared = with_objective(prepare(problem), objective)
    pins = random_pins(chance, prepared, points_of(prepared))
    shuffled = {
        side: tuple(chance.sample(getattr(problem, side), len(getattr(problem, side))))
        for side in ("mentors", "mentees", "bans")
    }
    inside = {
        "mentors": tuple(
            replace(mentor, topics=dict(reversed(mentor.topics.items()))) for mentor in shuffled["mentors"]
        ),
        "mentees": tuple(
            replace(mentee, requests=dict(reversed(mentee.requests.items()))) for mentee in shuffled["mentees"]
        ),
    }

    again = match(replace(problem, **{**shuffled, **inside}, objective=objective, pins=tuple(reversed(pins))))

    assert again == solve(prepared, pins)


@settings(max_examples=40, deadline=None)
@given(problems(), OBJECTIVES)
def test_the_same_problem_has_the_same_solution(problem, objective):
    asked = replace(problem, objective=objective)

    assert match(asked) == match(asked)


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 3), st.integers(1, 3))
def test_more_places_never_cover_fewer(problem, place, more):
    raised = tuple(
        replace(mentor, capacity=mentor.capacity + more) if number == place else mentor
        for number, mentor in enumerate(problem.mentors)
    )

    assert len(match(replace(problem, mentors=raised)).pairs) >= len(match(problem).pairs)


def _with_ban(problem: Problem, draw: st.DataObject) -> Problem:
    mentee = draw.draw(st.sampled_from(problem.mentees)).id
    mentor = draw.draw(st.sampled_from(problem.mentors)).id
    return replace(problem, bans=(*problem.bans, Ban(mentee, mentor)))


@settings(max_examples=60, deadline=None)
@given(problems().filter(lambda problem: problem.mentors and problem.mentees), st.data(), st.sampled_from(list(VALUES)))
def test_ban_makes_nothing_better(problem, draw, objective):
    asked = replace(problem, objective=objective)
    banned = _with_ban(asked, draw)

    assert _value(match(banned), objective) <= _value(match(asked), objective)


@settings(max_examples=60, deadline=None)
@given(problems(), chances())
def test_ban_of_a_pair_nobody_was_given_changes_no_value(problem, chance):
    prepared = prepare(problem)
    solution = solve(prepared, ())
    chosen = {(pair.mentee, pair.mentor) for pair in solution.pairs}
    others = [pair for pair in points_of(prepared) if pair not in chosen]
    bans = tuple(Ban(*pair) for pair in chance.sample(others, min(2, len(others))))

    banned = match(replace(problem, bans=problem.bans + bans))

    assert _value(banned) == _value(solution)


@settings(max_examples=60, deadline=None)
@given(problems(), chances())
def test_pin_of_what_was_proposed_changes_nothing_but_ties(problem, chance):
    prepared = prepare(replace(problem, objective=Objective.SUM))
    solution = solve(prepared, ())
    pins = tuple((pair.mentee, pair.mentor) for pair in solution.pairs if chance.random() < 0.5)

    pinned = solve(prepared, pins)

    assert (pinned.total, len(pinned.pairs), pinned.is_optimal) == (solution.total, len(solution.pairs), True)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_cover_has_as_many_pairs_as_any_and_sum_as_many_points(problem):
    prepared = prepare(problem)
    solutions = {objective: solve(with_objective(prepared, objective), ()) for objective in Objective}

    assert max(len(each.pairs) for each in solutions.values()) == len(solutions[Objective.COVER].pairs)
    assert max(each.total for each in solutions.values()) == solutions[Objective.SUM].total
    assert max(map(_value, solutions.values())) == cover_value([p.points for p in solutions[Objective.COVER].pairs])
