"""Matching from a problem to its solution: the one entry to rules, points and optimum."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mentoring.domain.matching.candidates import Candidates, Pool
from mentoring.domain.matching.certificate import NOBODY
from mentoring.domain.matching.encoding import Encoded, Ints, encoded
from mentoring.domain.matching.optimum import greatest_sum, most_covered
from mentoring.domain.matching.points import PointsTable, pair_points
from mentoring.domain.matching.region import regional_candidates
from mentoring.domain.matching.rules import forbidden_pairs, obstacles
from mentoring.domain.matching.stable import stable
from mentoring.domain.matching.values import MatchingInputError, Objective, Pair, Problem, Solution

EVERY_PAIR_SEEN = 20_000_000
"""Up to so many pairs each is worked out; above, only those with something in common."""

OPTIMA = {Objective.COVER: most_covered, Objective.SUM: greatest_sum, Objective.STABLE: stable}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A problem with its people as arrays and its candidates: solved as often as pins change."""

    problem: Problem
    it: Encoded
    pool: Pool
    candidates: Candidates

    def possible(self, mentee: str, mentor: str) -> bool:
        """Whether hard rules allow a pair; raises KeyError for people who are not there."""
        return not obstacles(self.it, self.problem.bans, mentee, mentor)


def prepare(problem: Problem) -> Prepared:
    """Points and rules of a problem. Raises MatchingInputError where an id is there twice or a pin is impossible."""
    _demand_unique("наставник", [mentor.id for mentor in problem.mentors])
    _demand_unique("наставляемый", [mentee.id for mentee in problem.mentees])
    it = encoded(problem)
    _demand_known(it, problem)
    pool = Pool(it, PointsTable.of(it, problem.weights), forbidden_pairs(it, problem.bans))
    is_region = len(it.mentees) * len(it.mentors) > EVERY_PAIR_SEEN
    prepared = Prepared(problem, it, pool, regional_candidates(pool) if is_region else pool.candidates())
    demand_possible(prepared, problem.pins)
    return prepared


def _demand_unique(who: str, ids: Sequence[str]) -> None:
    seen = set()
    for each in ids:
        if each in seen:
            raise MatchingInputError(f"{who} «{each}»: встречается дважды")
        seen.add(each)


def _demand_known(it: Encoded, problem: Problem) -> None:
    pairs = [("закрепление", *pin) for pin in problem.pins]
    pairs += [("запрет", ban.mentee, ban.mentor) for ban in problem.bans]
    for what, mentee, mentor in pairs:
        if mentee not in it.row_of:
            raise MatchingInputError(f"{what} «{mentee}» – «{mentor}»: такого наставляемого нет")
        if mentor not in it.column_of:
            raise MatchingInputError(f"{what} «{mentee}» – «{mentor}»: такого наставника нет")


def demand_possible(prepared: Prepared, pins: Sequence[tuple[str, str]]) -> None:
    """Raise MatchingInputError where a pin breaks a hard rule, or pins give a mentor more mentees than places."""
    taken: dict[str, int] = {}
    pinned: dict[str, str] = {}
    for mentee, mentor in pins:
        pair = f"закрепление «{mentee}» – «{mentor}»"
        found = obstacles(prepared.it, prepared.problem.bans, mentee, mentor)
        if found:
            raise MatchingInputError(f"{pair}: {'; '.join(found)}")
        if mentee in pinned:
            raise MatchingInputError(f"{pair}: у наставляемого уже закреплён наставник «{pinned[mentee]}»")
        pinned[mentee] = mentor
        taken[mentor] = taken.get(mentor, 0) + 1
        if taken[mentor] > prepared.it.capacity[prepared.it.column_of[mentor]]:
            raise MatchingInputError(f"{pair}: у наставника нет столько мест")


def match(problem: Problem) -> Solution:
    """The best matching of a problem around its pins; raises MatchingInputError."""
    return solve(prepare(problem), problem.pins)


def solve(prepared: Prepared, pins: Sequence[tuple[str, str]]) -> Solution:
    """The best matching around `pins` (mentee, mentor): they are kept, and the rest is optimal among itself.

    Raises MatchingInputError where a pin is impossible.
    """
    demand_possible(prepared, pins)
    it = prepared.it
    rows = np.array([it.row_of[mentee] for mentee, _ in pins], dtype=np.int64)
    columns = np.array([it.column_of[mentor] for _, mentor in pins], dtype=np.int64)
    capacity = it.capacity - np.bincount(columns, minlength=len(it.mentors))
    is_pinned = np.zeros(len(it.mentees), dtype=np.bool_)
    is_pinned[rows] = True
    best = OPTIMA[prepared.problem.objective](prepared.pool, prepared.candidates.without(is_pinned), capacity)
    mate = best.mate.copy()
    mate[rows] = columns
    pairs = _pairs(prepared, mate)
    return Solution(
        pairs=pairs,
        unmatched=tuple(it.mentees[row].id for row in np.flatnonzero(mate == NOBODY)),
        total=sum(pair.points for pair in pairs),
        worst=min((pair.points for pair in pairs), default=None),
        is_optimal=best.is_proved,
        is_tied=best.is_tied,
        most_lost=best.most_lost,
    )


def _pairs(prepared: Prepared, mate: Ints) -> tuple[Pair, ...]:
    it = prepared.it
    rows = np.flatnonzero(mate != NOBODY)
    points = sum(pair_points(it, prepared.problem.weights, rows, mate[rows]).values())
    listed = np.asarray(points).tolist() if len(rows) else []
    return tuple(
        Pair(it.mentees[row].id, it.mentors[mate[row]].id, number) for row, number in zip(rows, listed, strict=True)
    )
