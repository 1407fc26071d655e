"""Why a mentee has no mentor, and what would help: rules, places, or a choice of the objective."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mentoring.domain.matching.certificate import NOBODY
from mentoring.domain.matching.encoding import Flags, Ints
from mentoring.domain.matching.matching import Prepared
from mentoring.domain.matching.rules import is_possible, obstacles
from mentoring.domain.matching.seating import short_of_places
from mentoring.domain.matching.values import Solution
from people.domain.plurals import counted

SHOWN = 3
"""How many mentors are named as a help."""

SHOWN_ONE_BY_ONE = 2_000
"""Up to so many mentors the rules are told one by one."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A mentor whom one rule alone keeps from a mentee."""

    mentor: str
    words: str


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why a mentee stays alone, in sentences, and whose help would end it.

    One place more with any of `places_with` covers one mentee more. `nearly` are mentors with free places whom one
    obstacle of their own alone keeps from this mentee: mending that makes them possible.
    """

    mentee: str
    causes: tuple[str, ...]
    places_with: tuple[str, ...] = ()
    nearly: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class _Board:
    """A solved problem: who has whom, pins, places left beside pins, and the mentors with one obstacle or no places."""

    prepared: Prepared
    mate: Ints
    pinned: Flags
    capacity: Ints
    hindered: list[int]
    full: Ints


def shortages(
    prepared: Prepared, pins: Sequence[tuple[str, str]], solution: Solution, *, of: Collection[str] | None = None
) -> tuple[Shortage, ...]:
    """For every unmatched mentee of the best solution around `pins`, or for those in `of`, why it is so, by id."""
    it = prepared.it
    alone = [it.row_of[mentee] for mentee in solution.unmatched if of is None or mentee in of]
    if not alone:
        return ()
    mate = np.full(len(it.mentees), NOBODY, dtype=np.int64)
    for pair in solution.pairs:
        mate[it.row_of[pair.mentee]] = it.column_of[pair.mentor]
    pinned = np.zeros(len(it.mentees), dtype=np.bool_)
    pinned[[it.row_of[mentee] for mentee, _ in pins]] = True
    columns = np.array([it.column_of[mentor] for _, mentor in pins], dtype=np.int64)
    board = _Board(
        prepared,
        mate,
        pinned,
        it.capacity - np.bincount(columns, minlength=len(it.mentors)),
        hindered=[column for column, mentor in enumerate(it.mentors) if len(mentor.obstacles) == 1 and mentor.capacity],
        full=np.array(
            [column for column, mentor in enumerate(it.mentors) if not mentor.obstacles and not mentor.capacity],
            dtype=np.int64,
        ),
    )
    return tuple(replace(_shortage(board, row), nearly=_nearly(board, row)) for row in alone)


def _shortage(board: _Board, row: int) -> Shortage:
    it, capacity = board.prepared.it, board.capacity
    mentee = it.mentees[row]
    if mentee.obstacles:
        return Shortage(mentee.id, tuple(f"наставляемый: {words}" for words in mentee.obstacles))
    if not it.mentors:
        return Shortage(mentee.id, ("в банке нет ни одного наставника",))
    ((_, points),) = board.prepared.pool.blocks(np.array([row]))
    possible = np.flatnonzero(points[0] >= 0)
    full = _full(board, row)
    if not len(possible):
        return Shortage(mentee.id, (_no_mentor(board.prepared, row),), _best_named(board, row, full))
    rows, mentors = _competition(board, row)
    load = np.bincount(board.mate[~board.pinned & (board.mate != NOBODY)], minlength=len(capacity))
    if (load < capacity)[mentors].any():
        words = "место нашлось бы, но все вместе набрали бы меньше баллов или пары были бы менее прочны"
        return Shortage(mentee.id, (words,))
    words = _short_places(len(possible), int(capacity[mentors].sum()), int(rows.sum()))
    helping = np.concatenate([np.flatnonzero(mentors), full])
    return Shortage(mentee.id, (words,), _best_named(board, row, helping))


def _short_places(possible: int, places: int, people: int) -> str:
    if not places:
        return f"мест не хватает: подходящих наставников {possible}, но все их места закреплены за другими"
    rivals = counted(people, "наставляемый", "наставляемых", "наставляемых")
    return f"мест не хватает: подходящих наставников {possible}, а на свободные места ({places}) — {rivals}"


def _full(board: _Board, row: int) -> Ints:
    """Mentors without a free place whom nothing else keeps from a mentee."""
    it, (rows, columns) = board.prepared.it, board.prepared.pool.forbidden
    with_places = replace(it, capacity=np.ones_like(it.capacity))
    could = is_possible(with_places, np.array([row]), board.full)
    could &= ~np.isin(board.full, columns[rows == row])
    full: Ints = board.full[could]
    return full


def _best_named(board: _Board, row: int, columns: Ints) -> tuple[str, ...]:
    """A few of the mentors, those first who would have the most points with the mentee."""
    ((_, points),) = board.prepared.pool.table.blocks(np.array([row]))
    order = np.lexsort((columns, -points[0][columns]))[:SHOWN]
    return tuple(board.prepared.it.mentors[column].id for column in columns[order])


def _competition(board: _Board, row: int) -> tuple[Flags, Flags]:
    """The mentees and mentors among whom this mentee competes for places: others without a mentor compete too."""
    edges, mate = board.prepared.candidates.edges, board.mate
    edges = edges.only(~board.pinned[edges.rows])
    # Only this mentee starts the chain: others without a mentor stand as if with one who is nobody's candidate.
    elsewhere = len(board.capacity)
    alone = np.where((mate == NOBODY) & (np.arange(len(mate)) != row), elsewhere, mate)
    holders, mentors = short_of_places(edges, alone, elsewhere)
    wanting = np.zeros(len(mate), dtype=np.bool_)
    wanting[edges.rows[mentors[edges.columns]]] = True
    return holders | (wanting & (mate == NOBODY)), mentors


def _no_mentor(prepared: Prepared, row: int) -> str:
    """«не подходит ни один из 12 наставников: у 5 …»: how many each rule keeps away, the commonest first."""
    it = prepared.it
    everybody = np.arange(len(it.mentors))
    mentee = it.mentees[row]
    if len(everybody) > SHOWN_ONE_BY_ONE:
        free = int((it.capacity > 0).sum())
        fits = int(is_possible(it, np.array([row]), everybody).sum())
        return f"никто из наставников не подходит: их {len(everybody)}, с местами {free}, допустимых {fits}"
    counts = Counter(
        words for mentor in it.mentors for words in obstacles(it, prepared.problem.bans, mentee.id, mentor.id)[:1]
    )
    by_number = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    listed = "; ".join(f"{words} — {count}" for words, count in by_number)
    return f"не подходит никто из наставников: {listed}"


def _nearly(board: _Board, row: int) -> tuple[Obstacle, ...]:
    """Of the mentors with one obstacle of their own those kept away by nothing else, those with most points first."""
    it = board.prepared.it
    mentee = it.mentees[row]
    if mentee.obstacles:
        return ()
    found = []
    for column in board.hindered:
        words = obstacles(it, board.prepared.problem.bans, mentee.id, it.mentors[column].id)
        if len(words) == 1:
            found.append((column, Obstacle(it.mentors[column].id, words[0])))
    if not found:
        return ()
    ((_, points),) = board.prepared.pool.table.blocks(np.array([row]))
    found.sort(key=lambda each: (-points[0][each[0]], each[0]))
    return tuple(each for _, each in found[:SHOWN])
