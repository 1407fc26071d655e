"""Small random problems, and what is best for them, found by trying every matching there is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

import numpy as np
from hypothesis import strategies as st

from mentoring.domain.bank_sheet.values import Category
from mentoring.domain.matching.matching import Prepared, prepare
from mentoring.domain.matching.values import Ban, Mentee, Mentor, Objective, Problem

Pins = tuple[tuple[str, str], ...]
Points = dict[tuple[str, str], int]
Chosen = dict[str, str]
Case = tuple[Prepared, Points, Pins]

TOPICS, SUBJECTS, FORMS, SCHOOLS = "абв", "xy", "pq", ("", "s1", "s2")
LEVELS = (0.1, 1, 2, 3.5, 5, 7)
OBSTACLE = "нет согласия на обработку персональных данных"


def random_problem(chance: Random, most_mentees: int = 5, most_mentors: int = 4) -> Problem:
    """A problem in which ties, bans, «лучше не», full mentors and people of both sides are common."""
    mentees = [f"e{row}" for row in range(chance.randint(0, most_mentees))]
    mentors = [f"m{column}" for column in range(chance.randint(0, most_mentors))]
    return Problem(
        tuple(_mentor(chance, each, mentees) for each in mentors),
        tuple(_mentee(chance, each, mentors) for each in mentees),
        bans=tuple(Ban(mentee, mentor) for mentee in mentees for mentor in mentors if chance.random() < 0.1),
    )


def _some(chance: Random, words: Sequence[str], most: int) -> tuple[str, ...]:
    return tuple(chance.sample(list(words), chance.randint(0, min(most, len(words)))))


def _mentor(chance: Random, name: str, mentees: Sequence[str]) -> Mentor:
    return Mentor(
        id=name,
        capacity=chance.choice((0, 1, 1, 2, 3, 9)),
        topics={topic: chance.choice(LEVELS) for topic in _some(chance, TOPICS, 3)},
        subjects=_some(chance, SUBJECTS, 2),
        experience=chance.choice((None, 1, 5.5, 20)),
        category=chance.choice((None, Category.NONE, Category.FIRST, Category.HIGHEST)),
        forms=_some(chance, FORMS, 2),
        organisation=chance.choice(SCHOOLS),
        hours=chance.choice((None, 0, 1.5, 4)),
        taken=chance.choice((0, 0, 1, 3)),
        avoid=tuple(each for each in mentees if chance.random() < 0.1),
        prefers=_some(chance, mentees, 2),
        is_shared=chance.random() < 0.8,
        person=f"ш{name}",
        obstacles=(OBSTACLE,) if chance.random() < 0.1 else (),
    )


def _mentee(chance: Random, name: str, mentors: Sequence[str]) -> Mentee:
    return Mentee(
        id=name,
        requests={topic: chance.choice(LEVELS) for topic in _some(chance, TOPICS, 3)},
        subjects=_some(chance, SUBJECTS, 1),
        experience=chance.choice((None, 0, 3)),
        category=chance.choice((None, Category.NONE, Category.FIRST)),
        form=chance.choice(("", "p", "q")),
        organisation=chance.choice(SCHOOLS),
        avoid=tuple(each for each in mentors if chance.random() < 0.1),
        prefers=_some(chance, mentors, 2),
        person=chance.choice(("", "", "шm0", "шm1")),
        obstacles=(OBSTACLE,) if chance.random() < 0.1 else (),
    )


def chances() -> st.SearchStrategy[Random]:
    """Seeds of chance: drawn number by number, most problems would be nearly empty."""
    return st.integers(0, 2**32 - 1).map(Random)


def problems() -> st.SearchStrategy[Problem]:
    return chances().map(random_problem)


def with_objective(prepared: Prepared, objective: Objective) -> Prepared:
    """The same people prepared for another objective: points and rules do not depend on it."""
    return replace(prepared, problem=replace(prepared.problem, objective=objective))


def points_of(prepared: Prepared) -> Points:
    """Points of every possible pair, by the ids of mentee and mentor."""
    it = prepared.it
    return {
        (it.mentees[row].id, it.mentors[column].id): int(points[place, column])
        for block, points in prepared.pool.blocks(np.arange(len(it.mentees)))
        for place, row in enumerate(block.tolist())
        for column in np.flatnonzero(points[place] >= 0).tolist()
    }


def random_pins(chance: Random, prepared: Prepared, points: Points) -> Pins:
    """None, one or two possible pins, within the places of each mentor."""
    pins: Chosen = {}
    for _ in range(chance.randint(0, 2)):
        if points:
            mentee, mentor = chance.choice(sorted(points))
            held = sum(other == mentor for other in pins.values())
            if mentee not in pins and held < _places(prepared)[mentor]:
                pins[mentee] = mentor
    return tuple(pins.items())


def _places(prepared: Prepared) -> dict[str, int]:
    return {mentor.id: int(places) for mentor, places in zip(prepared.it.mentors, prepared.it.capacity, strict=True)}


@dataclass(frozen=True)
class Rest:
    """What pins leave: mentees without one, and places."""

    mentees: tuple[str, ...]
    places: Mapping[str, int]

    @classmethod
    def beside(cls, prepared: Prepared, pins: Pins) -> "Rest":
        pinned, places = dict(pins), _places(prepared)
        for mentor in pinned.values():
            places[mentor] -= 1
        return cls(tuple(each.id for each in prepared.it.mentees if each.id not in pinned), places)

    def matchings(self, points: Points) -> Iterator[Chosen]:
        """All matchings of the rest, the empty one among them."""
        yield from self._further(points, 0, dict(self.places), {})

    def _further(self, points: Points, place: int, places: dict[str, int], chosen: Chosen) -> Iterator[Chosen]:
        if place == len(self.mentees):
            yield dict(chosen)
            return
        mentee = self.mentees[place]
        yield from self._further(points, place + 1, places, chosen)
        for mentor in self.places:
            if places[mentor] > 0 and (mentee, mentor) in points:
                places[mentor] -= 1
                yield from self._further(points, place + 1, places, {**chosen, mentee: mentor})
                places[mentor] += 1


def cover_value(points: Sequence[int]) -> tuple[int, ...]:
    """What «cover» compares, first things first: pairs, the worst pair, the sum."""
    return len(points), min(points, default=0), sum(points)


def sum_value(points: Sequence[int]) -> tuple[int, ...]:
    """What «sum» compares: the sum, then pairs."""
    return sum(points), len(points)


VALUES: dict[Objective, Callable[[Sequence[int]], tuple[int, ...]]] = {
    Objective.COVER: cover_value,
    Objective.SUM: sum_value,
}


@cache
def cases(count: int, most_mentees: int = 5, most_mentors: int = 4) -> tuple[Case, ...]:
    """So many random problems, prepared, with their points and some pins; kept for all tests of a process."""
    found = []
    for seed in range(count):
        chance = Random(seed)
        prepared = prepare(random_problem(chance, most_mentees, most_mentors))
        points = points_of(prepared)
        found.append((prepared, points, random_pins(chance, prepared, points)))
    return tuple(found)
