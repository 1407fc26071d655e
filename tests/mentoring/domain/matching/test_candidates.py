"""What is left out for speed loses nothing: the best pairs only, a region's candidates, prices in place of a table."""

import numpy as np
import pytest

from mentoring.domain.matching import assignment, candidates, coverage, matching, optimum, region
from mentoring.domain.matching.candidates import IMPOSSIBLE, _best
from mentoring.domain.matching.matching import Prepared, match, prepare, solve
from mentoring.domain.matching.region import regional_candidates
from mentoring.domain.matching.values import Mentee, Mentor, Objective, Problem, Solution
from tests.mentoring.domain.matching.small_problems import Case, cases, points_of, with_objective


@pytest.fixture
def whole() -> tuple[Case, ...]:
    """Small problems with the whole of their pairs: prepared before anything is left out."""
    return cases(500)[:150]


@pytest.fixture
def kept_one(whole: tuple[Case, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """One pair of each mentee is kept at first, and one is added at a time."""
    monkeypatch.setattr(candidates, "WHOLE_TABLE", 0)
    monkeypatch.setattr(candidates, "KEPT", 1)
    monkeypatch.setattr(region, "KEPT", 1)
    monkeypatch.setattr(optimum, "ADDED", 1)
    monkeypatch.setattr(coverage, "ADDED", 1)


@pytest.fixture
def no_table(whole: tuple[Case, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """No table is assigned at once."""
    monkeypatch.setattr(assignment, "TABLE", 0)


@pytest.fixture
def is_region(whole: tuple[Case, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every problem is too large to see every pair."""
    monkeypatch.setattr(matching, "EVERY_PAIR_SEEN", 0)


def _told(solution: Solution) -> tuple[object, ...]:
    """What equally good solutions have in common."""
    return len(solution.pairs), solution.worst, solution.total, solution.is_optimal, solution.is_tied


def _differences(whole: tuple[Case, ...], objective: Objective) -> list[tuple[object, ...]]:
    """Problems whose solution, prepared anew, is not as good as that of the whole table."""
    found = []
    for one, _, pins in whole:
        again = with_objective(prepare(one.problem), objective)
        before, after = _told(_by_table(with_objective(one, objective), pins)), _told(solve(again, pins))
        if before != after:
            found.append((one.problem, before, after))
    return found


def _by_table(prepared: Prepared, pins: tuple[tuple[str, str], ...]) -> Solution:
    with pytest.MonkeyPatch.context() as usual:
        usual.setattr(assignment, "TABLE", 12_000_000)
        return solve(prepared, pins)


@pytest.mark.parametrize("objective", [Objective.COVER, Objective.SUM])
@pytest.mark.usefixtures("kept_one")
def test_best_pairs_of_each_mentee_lead_to_the_same_optimum(whole: tuple[Case, ...], objective: Objective):
    assert _differences(whole, objective) == []


@pytest.mark.parametrize("objective", [Objective.COVER, Objective.SUM])
@pytest.mark.usefixtures("no_table")
def test_prices_are_as_good_as_the_table(whole: tuple[Case, ...], objective: Objective):
    assert _differences(whole, objective) == []


@pytest.mark.parametrize("objective", [Objective.COVER, Objective.SUM])
@pytest.mark.usefixtures("kept_one", "no_table", "is_region")
def test_region_has_the_same_optimum(whole: tuple[Case, ...], objective: Objective):
    assert _differences(whole, objective) == []


@pytest.fixture
def crowds() -> tuple[Case, ...]:
    """Some dozens of people, with the whole of their pairs."""
    return cases(8, 60, 25)


@pytest.mark.parametrize("objective", [Objective.COVER, Objective.SUM])
def test_crowd_has_the_same_optimum_when_all_is_left_out(
    crowds: tuple[Case, ...], request: pytest.FixtureRequest, objective: Objective
):
    for fixture in ("kept_one", "no_table", "is_region"):
        request.getfixturevalue(fixture)

    assert _differences(crowds, objective) == []


@pytest.mark.usefixtures("kept_one", "is_region")
def test_region_has_the_same_stable_pairs(whole: tuple[Case, ...]):
    for one, _, pins in whole:
        expected = solve(with_objective(one, Objective.STABLE), pins)

        found = solve(with_objective(prepare(one.problem), Objective.STABLE), pins)

        assert (found.pairs, found.unmatched) == (expected.pairs, expected.unmatched)


@pytest.mark.parametrize("kept", [1, 3])
def test_what_a_region_leaves_out_is_worth_no_more_than_promised(
    whole: tuple[Case, ...], monkeypatch: pytest.MonkeyPatch, kept: int
):
    monkeypatch.setattr(region, "KEPT", kept)
    for prepared, points, _ in whole:
        if not prepared.it.mentees or not prepared.it.mentors:
            continue
        found = regional_candidates(prepared.pool)

        assert _broken_promises(prepared, points, found) == []


def _broken_promises(
    prepared: Prepared, points: dict[tuple[str, str], int], found: candidates.Candidates
) -> list[object]:
    """Candidates that are not possible pairs with their points, and pairs left out worth more than was said."""
    it = prepared.it
    edges = found.edges
    listed = zip(edges.rows.tolist(), edges.columns.tolist(), edges.worth.tolist(), strict=True)
    there = {(it.mentees[row].id, it.mentors[column].id): worth for row, column, worth in listed}
    wrong: list[object] = [(pair, worth) for pair, worth in there.items() if points.get(pair) != worth]
    wrong += [
        (pair, worth)
        for pair, worth in points.items()
        if pair not in there and worth > found.left_out[it.row_of[pair[0]]]
    ]
    return wrong


@pytest.mark.usefixtures("kept_one", "is_region")
def test_region_gives_nobody_up_for_a_topic_in_common():
    mentors = (Mentor("m", topics={"урок": 1}), Mentor("n", subjects=("физика",)))
    mentees = (Mentee("a", {"урок": 5}, ("физика",)), Mentee("b", {"урок": 5}))

    solution = match(Problem(mentors, mentees, Objective.STABLE))

    assert [(pair.mentee, pair.mentor, pair.points) for pair in solution.pairs] == [("a", "n", 17), ("b", "m", 10)]


@pytest.mark.parametrize("objective", [Objective.COVER, Objective.SUM])
@pytest.mark.usefixtures("kept_one")
def test_tie_with_a_pair_left_out_is_a_tie(objective: Objective):
    problem = Problem((Mentor("m"), Mentor("n"), Mentor("o", capacity=0)), (Mentee("a"),), objective)

    solution = match(problem)

    assert ([pair.mentor for pair in solution.pairs], solution.is_optimal, solution.is_tied) == (["m"], True, True)


@pytest.mark.usefixtures("kept_one")
def test_named_pairs_are_never_left_out():
    mentors = tuple(Mentor(f"m{number}", topics={"урок": number}) for number in range(1, 5))
    problem = Problem(mentors, (Mentee("a", {"урок": 1}, prefers=("m1",)), Mentee("b", {"урок": 1}, avoid=("m4",))))

    prepared = prepare(problem)

    edges = prepared.candidates.edges
    assert list(zip(edges.rows.tolist(), edges.columns.tolist(), strict=True)) == [(0, 0), (0, 3), (1, 2)]
    assert prepared.candidates.left_out.tolist() == [points_of(prepared)["a", "m4"], points_of(prepared)["b", "m3"]]


@pytest.mark.parametrize(
    ("points", "kept", "chosen", "left_out"),
    [
        ([5, 7, 7, 3], 1, [1], 7),
        ([5, 7, 7, 3], 2, [1, 2], 7),
        ([5, 7, 7, 3], 3, [0, 1, 2], 5),
        ([5, 7, 7, 3], 4, [0, 1, 2, 3], IMPOSSIBLE),
        ([-1, 2, -1, -1], 2, [1], IMPOSSIBLE),
        ([-1, -1, -1, -1], 1, [], IMPOSSIBLE),
        ([0, 0, 0, 0], 2, [0, 1], 0),
    ],
)
def test_best_pairs_of_a_row_and_the_promise_about_the_others(
    points: list[int], kept: int, chosen: list[int], left_out: float
):
    rows, columns, most = _best(np.array([points], dtype=np.float64), kept)

    assert (rows.tolist(), columns.tolist(), most.tolist()) == ([0] * len(chosen), chosen, [left_out])
