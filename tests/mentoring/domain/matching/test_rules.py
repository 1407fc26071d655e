"""Hard rules: each has its words, and the table of possible pairs says what the words say."""

from dataclasses import replace

import pytest

from mentoring.domain.matching.matching import prepare
from mentoring.domain.matching.rules import (
    AVOIDED,
    NO_PLACES,
    NOT_SHARED,
    OTHER_FORM,
    SAME_PERSON,
    obstacles,
    possible_pairs,
)
from mentoring.domain.matching.values import Ban, Mentee, Mentor, Problem
from tests.mentoring.domain.matching.small_problems import cases

MENTOR = Mentor("m", forms=("педагог – педагог",), organisation="лицей", is_shared=False)
MENTEE = Mentee("a", form="педагог – педагог", organisation="лицей")
NO_CONSENT = "нет согласия на обработку персональных данных"


def _words(mentor: Mentor, mentee: Mentee, *bans: Ban) -> tuple[str, ...]:
    prepared = prepare(Problem((mentor,), (mentee,), bans=bans))
    found = obstacles(prepared.it, bans, mentee.id, mentor.id)
    assert prepared.possible(mentee.id, mentor.id) == (not found)
    assert bool(possible_pairs(prepared.it, bans)[0, 0]) == (not found)
    return found


def test_pair_without_obstacles_is_possible():
    assert _words(MENTOR, MENTEE) == ()


@pytest.mark.parametrize(
    ("mentor", "mentee", "words"),
    [
        ({"obstacles": (NO_CONSENT,)}, {}, NO_CONSENT),
        ({}, {"obstacles": (NO_CONSENT,)}, NO_CONSENT),
        ({"obstacles": (NO_CONSENT,)}, {"obstacles": (NO_CONSENT,)}, NO_CONSENT),
        ({"capacity": 0}, {}, NO_PLACES),
        ({"capacity": -1}, {}, NO_PLACES),
        ({"id": "a"}, {}, SAME_PERSON),
        ({"person": "ш"}, {"person": "ш"}, SAME_PERSON),
        ({"person": "a"}, {}, SAME_PERSON),
        ({"avoid": ("a",)}, {}, AVOIDED),
        ({}, {"avoid": ("m",)}, AVOIDED),
        ({"avoid": ("a",)}, {"avoid": ("m",)}, AVOIDED),
        ({"forms": ("ученик – ученик", "лидер – педагог")}, {}, OTHER_FORM),
        ({"organisation": "школа"}, {}, NOT_SHARED),
        ({"organisation": ""}, {"organisation": ""}, NOT_SHARED),
        ({"organisation": ""}, {}, NOT_SHARED),
    ],
)
def test_rule_forbids_in_its_words(mentor: dict[str, object], mentee: dict[str, object], words: str):
    assert _words(replace(MENTOR, **mentor), replace(MENTEE, **mentee)) == (words,)


@pytest.mark.parametrize(
    ("mentor", "mentee"),
    [
        ({"forms": ()}, {}),
        ({}, {"form": ""}),
        ({"organisation": "школа", "is_shared": True}, {}),
        ({"id": "a", "person": "ш"}, {}),
        ({"avoid": ("кто-то",)}, {"avoid": ("кто-то",)}),
    ],
)
def test_rule_allows_what_it_does_not_speak_of(mentor: dict[str, object], mentee: dict[str, object]):
    assert _words(replace(MENTOR, **mentor), replace(MENTEE, **mentee)) == ()


def test_ban_is_told_in_its_own_words_and_twice_the_same_once():
    bans = (Ban("a", "m"), Ban("a", "m", "родственники"), Ban("a", "m"))

    assert _words(MENTOR, MENTEE, *bans) == ("запрещено куратором", "родственники")


def test_obstacles_of_people_stand_before_those_of_the_pair():
    mentor = replace(MENTOR, obstacles=("не утверждён",), capacity=0, avoid=("a",), forms=("иная",), organisation="ш")
    mentee = replace(MENTEE, obstacles=(NO_CONSENT,))

    assert _words(mentor, mentee, Ban("a", "m", "руководит им")) == (
        "не утверждён",
        NO_CONSENT,
        NO_PLACES,
        AVOIDED,
        OTHER_FORM,
        NOT_SHARED,
        "руководит им",
    )


def test_table_says_what_words_say():
    for prepared, points, _ in cases(500)[:200]:
        it, bans = prepared.it, prepared.problem.bans
        allowed = {
            (mentee.id, mentor.id)
            for mentee in it.mentees
            for mentor in it.mentors
            if not obstacles(it, bans, mentee.id, mentor.id)
        }

        table = possible_pairs(it, bans)

        assert {(it.mentees[row].id, it.mentors[column].id) for row, column in zip(*table.nonzero(), strict=True)} == (
            allowed
        )
        assert set(points) == allowed
