"""Stable pairs: nobody would leave theirs for somebody who would leave theirs, and mentees have the best such."""

from collections.abc import Callable

import pytest

from mentoring.domain.matching import candidates
from mentoring.domain.matching.matching import Prepared, match, prepare, solve
from mentoring.domain.matching.values import Mentee, Mentor, Objective, Problem, Solution
from tests.mentoring.domain.matching.small_problems import Chosen, Pins, Points, Rest, cases, with_objective

Standing = Callable[[str, str], tuple[float, int, str]]


def _likings(prepared: Prepared, points: Points) -> tuple[Standing, Standing]:
    """How far down somebody stands for a mentee and for a mentor: named ones, then by points, then by id."""
    mentees = {mentee.id: mentee.prefers for mentee in prepared.problem.mentees}
    mentors = {mentor.id: mentor.prefers for mentor in prepared.problem.mentors}

    def place(prefers: tuple[str, ...], other: str) -> float:
        return prefers.index(other) if other in prefers else float("inf")

    def for_mentee(mentee: str, mentor: str) -> tuple[float, int, str]:
        return place(mentees[mentee], mentor), -points[mentee, mentor], mentor

    def for_mentor(mentee: str, mentor: str) -> tuple[float, int, str]:
        return place(mentors[mentor], mentee), -points[mentee, mentor], mentee

    return for_mentee, for_mentor


def _blocking(prepared: Prepared, points: Points, rest: Rest, chosen: Chosen) -> list[tuple[str, str]]:
    """Pairs who would rather have each other than what they have."""
    for_mentee, for_mentor = _likings(prepared, points)
    found = []
    for mentee, mentor in points:
        if mentee not in rest.mentees or not rest.places[mentor] or chosen.get(mentee) == mentor:
            continue
        held = [other for other, own in chosen.items() if own == mentor]
        has_room = len(held) < rest.places[mentor]
        would_take = has_room or any(for_mentor(mentee, mentor) < for_mentor(other, mentor) for other in held)
        own = chosen.get(mentee)
        if would_take and (own is None or for_mentee(mentee, mentor) < for_mentee(mentee, own)):
            found.append((mentee, mentor))
    return found


def _chosen(solution: Solution, rest: Rest) -> Chosen:
    return {pair.mentee: pair.mentor for pair in solution.pairs if pair.mentee in rest.mentees}


def _solved(prepared: Prepared, pins: Pins) -> Solution:
    return solve(with_objective(prepared, Objective.STABLE), pins)


def test_no_pair_would_rather_have_each_other():
    for prepared, points, pins in cases(1500, 7, 6):
        rest = Rest.beside(prepared, pins)

        solution = _solved(prepared, pins)

        assert _blocking(prepared, points, rest, _chosen(solution, rest)) == []
        assert solution.is_optimal


def test_each_mentee_has_the_best_mentor_of_all_stable_matchings():
    for prepared, points, pins in cases(500):
        rest = Rest.beside(prepared, pins)
        for_mentee, _ = _likings(prepared, points)
        every = [each for each in rest.matchings(points) if not _blocking(prepared, points, rest, each)]
        best = {
            mentee: min((each[mentee] for each in every), key=lambda mentor, of=mentee: for_mentee(of, mentor))
            for mentee in every[0]
        }

        solution = _solved(prepared, pins)

        assert _chosen(solution, rest) == best
        assert solution.is_tied == (len(every) > 1)


def test_pairs_left_out_at_first_make_nothing_less_stable(monkeypatch: pytest.MonkeyPatch):
    whole_tables = cases(500)
    monkeypatch.setattr(candidates, "WHOLE_TABLE", 0)
    monkeypatch.setattr(candidates, "KEPT", 1)
    for prepared, points, pins in whole_tables:
        rest = Rest.beside(prepared, pins)
        whole = _solved(prepared, pins)

        pruned = _solved(prepare(prepared.problem), pins)

        assert _blocking(prepared, points, rest, _chosen(pruned, rest)) == []
        assert (pruned.pairs, pruned.unmatched) == (whole.pairs, whole.unmatched)


def test_choice_after_the_meeting_outweighs_points():
    mentors = (Mentor("m", topics={"урок": 5}, prefers=("b",)), Mentor("n", prefers=("a",)))
    mentees = (Mentee("a", {"урок": 5}, prefers=("n",)), Mentee("b", {"урок": 5}, prefers=("m",)))

    solution = match(Problem(mentors, mentees, Objective.STABLE))

    assert [(pair.mentee, pair.mentor) for pair in solution.pairs] == [("a", "n"), ("b", "m")]
    assert not solution.is_tied


def test_mentees_have_their_way_where_choices_cross():
    mentors = (Mentor("m", prefers=("b", "a")), Mentor("n", prefers=("a", "b")))
    mentees = (Mentee("a", prefers=("m", "n")), Mentee("b", prefers=("n", "m")))

    solution = match(Problem(mentors, mentees, Objective.STABLE))

    assert [(pair.mentee, pair.mentor) for pair in solution.pairs] == [("a", "m"), ("b", "n")]
    assert solution.is_tied
