"""What a problem must be: ids told apart, pins that rules allow; and the smallest problems there are."""

import pytest

from mentoring.domain.matching.matching import match, prepare, solve
from mentoring.domain.matching.values import Ban, MatchingInputError, Mentee, Mentor, Objective, Pair, Problem, Solution

MENTORS = (Mentor("m"), Mentor("n", capacity=2), Mentor("полный", capacity=0))
MENTEES = (Mentee("a"), Mentee("b"), Mentee("c", avoid=("n",)))


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (Problem((Mentor("m"), Mentor("m")), ()), "наставник «m»: встречается дважды"),
        (Problem((), (Mentee("a"), Mentee("b"), Mentee("a"))), "наставляемый «a»: встречается дважды"),
        (Problem(MENTORS, MENTEES, pins=(("x", "m"),)), "закрепление «x» – «m»: такого наставляемого нет"),
        (Problem(MENTORS, MENTEES, pins=(("a", "x"),)), "закрепление «a» – «x»: такого наставника нет"),
        (Problem(MENTORS, MENTEES, bans=(Ban("x", "m"),)), "запрет «x» – «m»: такого наставляемого нет"),
        (Problem(MENTORS, MENTEES, bans=(Ban("a", "x"),)), "запрет «a» – «x»: такого наставника нет"),
        (
            Problem(MENTORS, MENTEES, pins=(("c", "n"),)),
            "закрепление «c» – «n»: кто-то из двоих просил: «лучше не»",
        ),
        (Problem(MENTORS, MENTEES, pins=(("a", "полный"),)), "закрепление «a» – «полный»: свободных мест нет"),
        (
            Problem(MENTORS, MENTEES, pins=(("c", "n"),), bans=(Ban("c", "n", "родственники"),)),
            "закрепление «c» – «n»: кто-то из двоих просил: «лучше не»; родственники",
        ),
        (
            Problem(MENTORS, MENTEES, pins=(("a", "m"), ("b", "m"))),
            "закрепление «b» – «m»: у наставника нет столько мест",
        ),
        (
            Problem(MENTORS, MENTEES, pins=(("a", "m"), ("a", "n"))),
            "закрепление «a» – «n»: у наставляемого уже закреплён наставник «m»",
        ),
        (
            Problem(MENTORS, MENTEES, pins=(("a", "n"), ("a", "n"))),
            "закрепление «a» – «n»: у наставляемого уже закреплён наставник «n»",
        ),
    ],
)
def test_impossible_input_is_an_error_that_names_the_place(problem: Problem, message: str):
    with pytest.raises(MatchingInputError) as error:
        match(problem)

    assert str(error.value) == message


def test_pins_are_checked_anew_when_they_change():
    prepared = prepare(Problem(MENTORS, MENTEES))

    with pytest.raises(MatchingInputError, match="свободных мест нет"):
        solve(prepared, (("a", "полный"),))


@pytest.mark.parametrize("objective", list(Objective))
@pytest.mark.parametrize(
    ("mentors", "mentees"),
    [
        ((), ()),
        (MENTORS, ()),
        ((), MENTEES),
        ((Mentor("m", capacity=0),), MENTEES),
        ((Mentor("m", obstacles=("не утверждён",)),), MENTEES),
    ],
)
def test_nobody_to_match_is_a_solution_too(
    objective: Objective, mentors: tuple[Mentor, ...], mentees: tuple[Mentee, ...]
):
    solution = match(Problem(mentors, mentees, objective))

    unmatched = tuple(mentee.id for mentee in mentees)
    assert solution == Solution((), unmatched, total=0, worst=None, is_optimal=True, is_tied=False)


@pytest.mark.parametrize("objective", list(Objective))
def test_one_mentee_and_one_mentor_are_a_pair(objective: Objective):
    solution = match(Problem((Mentor("m"),), (Mentee("a"),), objective))

    assert solution == Solution((Pair("a", "m", 2),), (), total=2, worst=2, is_optimal=True, is_tied=False)


@pytest.mark.parametrize("objective", list(Objective))
def test_everybody_pinned_is_what_was_pinned(objective: Objective):
    pins = (("c", "m"), ("b", "n"), ("a", "n"))

    solution = match(Problem(MENTORS, MENTEES, objective, pins=pins))

    assert [(pair.mentee, pair.mentor) for pair in solution.pairs] == sorted(pins)
    assert (solution.is_optimal, solution.is_tied, solution.unmatched) == (True, False, ())


def test_mentor_of_some_may_be_mentee_of_another():
    mentors = (Mentor("m1", person="ш1"), Mentor("m2", person="ш2"))
    mentees = (Mentee("a1", person="ш1"), Mentee("a2", person="ш2"))

    solution = match(Problem(mentors, mentees))

    assert [(pair.mentee, pair.mentor) for pair in solution.pairs] == [("a1", "m2"), ("a2", "m1")]


def test_ids_may_be_any_text():
    names = ("", "Ёлкина", "«ё»", "\u00e9", "e\u0301", "😀", "1", "01")
    mentors = tuple(Mentor(name, person=f"н{number}") for number, name in enumerate(names))

    solution = match(Problem(mentors, tuple(Mentee(name) for name in names), pins=(("😀", ""),)))

    assert sorted(pair.mentee for pair in solution.pairs) == sorted(pair.mentor for pair in solution.pairs)
    assert ("😀", "") in [(pair.mentee, pair.mentor) for pair in solution.pairs]
