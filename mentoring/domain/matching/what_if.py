"""What another choice would cost: the next best mentors, why not this one, and who moves for it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mentoring.domain.matching.matching import Prepared, solve
from mentoring.domain.matching.rules import obstacles
from mentoring.domain.matching.values import Pair, Solution

PLACES_PINNED = "все места наставника закреплены за другими"


@dataclass(frozen=True, slots=True)
class Move:
    """A mentee whose mentor differs between two solutions; None stands for nobody."""

    mentee: str
    was: Pair | None
    now: Pair | None


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a solution: pairs won, points won (both may be negative), the worst pair, and who moves."""

    pairs: int
    points: int
    worst_was: int | None
    worst_now: int | None
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a mentee was not proposed a mentor: the rules that forbid it, or what becomes of the solution with it.

    `points` of the two are None where rules forbid the pair; `change` leaves out the mentee in question.
    """

    mentee: str
    mentor: str
    obstacles: tuple[str, ...]
    points: int | None = None
    change: Change | None = None


def change(before: Solution, after: Solution) -> Change:
    """What differs between two solutions for the same people, by the id of the mentee."""
    was = {pair.mentee: pair for pair in before.pairs}
    now = {pair.mentee: pair for pair in after.pairs}
    moves = [
        Move(mentee, was.get(mentee), now.get(mentee))
        for mentee in sorted(was.keys() | now.keys())
        if _mentor(was.get(mentee)) != _mentor(now.get(mentee))
    ]
    return Change(
        pairs=len(after.pairs) - len(before.pairs),
        points=after.total - before.total,
        worst_was=before.worst,
        worst_now=after.worst,
        moves=tuple(moves),
    )


def _mentor(pair: Pair | None) -> str | None:
    return pair.mentor if pair else None


def pins_with(pins: Sequence[tuple[str, str]], mentee: str, mentor: str) -> tuple[tuple[str, str], ...]:
    """The pins, with this one instead of any other of the mentee."""
    return (*(pin for pin in pins if pin[0] != mentee), (mentee, mentor))


def why_not(
    prepared: Prepared, pins: Sequence[tuple[str, str]], solution: Solution, mentee: str, mentor: str
) -> WhyNot:
    """Why `solution`, the best around `pins`, does not give `mentor` to `mentee`: found by solving with just that.

    Raises KeyError for people who are not there.
    """
    found = obstacles(prepared.it, prepared.problem.bans, mentee, mentor)
    others = sum(pinned == mentor for other, pinned in pins if other != mentee)
    if not found and others >= prepared.it.capacity[prepared.it.column_of[mentor]]:
        found = (PLACES_PINNED,)
    if found:
        return WhyNot(mentee, mentor, found)
    forced = solve(prepared, pins_with(pins, mentee, mentor))
    whole = change(solution, forced)
    own = next(pair.points for pair in forced.pairs if pair.mentee == mentee)
    others_moved = tuple(move for move in whole.moves if move.mentee != mentee)
    rest = Change(whole.pairs, whole.points, whole.worst_was, whole.worst_now, others_moved)
    return WhyNot(mentee, mentor, (), own, rest)


def next_best(prepared: Prepared, mentee: str, count: int) -> tuple[Pair, ...]:
    """The `count` possible mentors of a mentee with the most points, whoever has them; equal ones by id.

    Raises KeyError for who is not there.
    """
    row = prepared.it.row_of[mentee]
    ((_, points),) = prepared.pool.blocks(np.array([row]))
    columns = np.argsort(-points[0], kind="stable")[:count]
    return tuple(
        Pair(mentee, prepared.it.mentors[column].id, int(points[0][column]))
        for column in columns.tolist()
        if points[0][column] >= 0
    )
