"""Matching: a school with reasons, 3,000 by 3,000, a region, one pin on a board; time and memory over size."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from statistics import median

import numpy as np

from bench.matching_peers import BareArrays, bare_points, by_lapx, by_mentor_match, by_munkres, by_scipy
from bench.matching_people import TEACHERS, people
from bench.timing import Figure, in_turn
from mentoring.domain.matching.matching import Prepared, match, prepare, solve
from mentoring.domain.matching.sentences import reasons
from mentoring.domain.matching.values import Objective, Problem, Solution

ROUNDS = 7
SLOW_ROUNDS = 3
SCHOOL, BOARD, MUNICIPALITY = (300, 120, 3), (500, 200, 3), (3_000, 3_000, 1)
TOPICS, TOPICS_OF_A_REGION = 40, 300
ANSWERED, PINNED = 0.1, 0.2
"""Seconds for a school with reasons, and for a board after a pin."""

SIZES = ((1_000, 400), (3_000, 1_200), (10_000, 4_000), (30_000, 12_000), (100_000, 40_000))
REGION, GIBIBYTES = 15.0, 4
FEW_TOPICS = 60.0
"""Seconds for the region where every topic is shared by a tenth of all mentors: it must end."""

BYTES_IN_GIBIBYTE = 1 << 30


def measure() -> Iterator[Figure]:
    yield _school()
    yield from _municipality()
    yield _pin()
    yield from _sizes()


def _school() -> Figure:
    """Ours with reasons; the others only solve a table of points that is worked out for them."""
    problem = people(*SCHOOL[:2], places=SCHOOL[2], topics=TOPICS)
    prepared = prepare(problem)
    table = np.repeat(_table(prepared), SCHOOL[2], axis=1)
    peers = {"scipy": by_scipy, "lapx": by_lapx, "munkres": by_munkres, "mentor-match": by_mentor_match}
    best = match(replace(problem, objective=Objective.SUM)).total
    assert {name: peer(table) for name, peer in peers.items()} == dict.fromkeys(peers, best)
    ours, *others = in_turn(
        ROUNDS, partial(_answered, problem), *(lambda peer=peer: peer(table) and None for peer in peers.values())
    )
    note = "solving alone: " + ", ".join(
        f"{name} {_milliseconds(seconds)}" for name, seconds in zip(peers, others, strict=True)
    )
    return Figure(f"(l) {_words(SCHOOL)}, with reasons", "100 ms", ours, [ANSWERED] * ROUNDS, 1, note)


def _answered(problem: Problem) -> None:
    prepared = prepare(problem)
    solution = solve(prepared, problem.pins)
    assert solution.is_optimal
    assert len(reasons(prepared, solution.pairs)) == len(solution.pairs) > 0


def _table(prepared: Prepared) -> np.ndarray:
    """Points of all pairs as the matching sees them, impossible ones without any; bare numpy comes to the same."""
    blocks = [points for _, points in prepared.pool.blocks(np.arange(len(prepared.it.mentees)))]
    table = np.maximum(np.concatenate(blocks), 0)
    assert (table == bare_points(BareArrays.of(prepared.it))).all()
    return table


def _municipality() -> Iterator[Figure]:
    problem = people(*MUNICIPALITY[:2], places=MUNICIPALITY[2], topics=TOPICS)
    prepared = prepare(problem)
    table, arrays = _table(prepared), BareArrays.of(prepared.it)
    best = match(replace(problem, objective=Objective.SUM)).total
    assert by_scipy(table) == by_lapx(table) == best
    ours, theirs, scipy, lapx = in_turn(
        SLOW_ROUNDS,
        lambda: _proved(match(problem)),
        lambda: by_scipy(bare_points(arrays)) and None,
        lambda: by_scipy(table) and None,
        lambda: by_lapx(table) and None,
    )
    note = f"solving alone: scipy {_milliseconds(scipy)}, lapx {_milliseconds(lapx)}"
    yield Figure(f"(m) {_words(MUNICIPALITY)}, from people to pairs", "numpy + scipy", ours, theirs, 2, note)


def _proved(solution: Solution) -> None:
    assert solution.is_optimal


def _pin() -> Figure:
    """What the board does after a pin: people are read anew, points are worked out, everything is solved."""
    problem = people(*BOARD[:2], places=BOARD[2], topics=TOPICS)
    first = match(problem).pairs[0]
    others = (mentor.id for mentor in problem.mentors if mentor.id != first.mentor and TEACHERS in mentor.forms)
    pinned = replace(problem, pins=((first.mentee, next(others)),))
    [ours] = in_turn(ROUNDS, lambda: _proved(match(pinned)))
    return Figure(f"(n) {_words(BOARD)}, one pin changed", "200 ms", ours, [PINNED] * ROUNDS, 1)


def _sizes() -> Iterator[Figure]:
    for size in SIZES:
        yield _region(*size, TOPICS_OF_A_REGION, REGION)
    yield _region(*SIZES[-1], TOPICS, FEW_TOPICS)


def _region(mentees: int, mentors: int, topics: int, budget: float) -> Figure:
    command = [sys.executable, "-m", "bench.matching_region", *map(str, (mentees, mentors, 3, topics))]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    memory = told["bytes"] / BYTES_IN_GIBIBYTE
    assert memory <= GIBIBYTES
    proof = "proved" if told["is_optimal"] else f"at most {told['most_lost']:.0f} points lost"
    parts = f"{told['prepare']:.2f} + {told['solve']:.2f} s, processor {told['processor']:.2f} s"
    note = f"{parts}, {memory:.2f} GiB, {told['pairs']} pairs, {proof}"
    words = f"(o) {_words((mentees, mentors, 3))}, {topics} topics"
    return Figure(words, f"{budget:.0f} s", [told["prepare"] + told["solve"]], [budget], 1, note)


def _words(size: tuple[int, int, int]) -> str:
    mentees, mentors, places = size
    return f"{mentees} × {mentors}" + (f" × {places}" if places > 1 else "")


def _milliseconds(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.1f} ms"
