"""Why somebody stays alone, and what would help: verified by helping and solving again."""

from dataclasses import replace

import pytest

from mentoring.domain.matching.matching import Prepared, match, prepare, solve
from mentoring.domain.matching.shortage import Obstacle, Shortage, shortages
from mentoring.domain.matching.values import Ban, Criterion, Mentee, Mentor, Objective, Problem
from tests.mentoring.domain.matching.small_problems import Pins, cases, with_objective

NO_CONSENT = "нет согласия на обработку персональных данных"
TOPICS_ONLY = dict.fromkeys(Criterion, 0) | {Criterion.TOPICS: 100}


def _told(problem: Problem, pins: Pins = ()) -> tuple[Shortage, ...]:
    prepared = prepare(problem)
    return shortages(prepared, pins, solve(prepared, pins))


def _covered_with_place(prepared: Prepared, pins: Pins, mentor: str) -> int:
    """How many are covered when a mentor has one place more."""
    mentors = tuple(
        replace(each, capacity=each.capacity + 1) if each.id == mentor else each for each in prepared.problem.mentors
    )
    return len(match(replace(prepared.problem, mentors=mentors, pins=pins)).pairs)


def test_place_more_with_those_named_covers_one_more():
    named = 0
    for prepared, _, pins in cases(500)[:200]:
        solution = solve(prepared, pins)
        for each in shortages(prepared, pins, solution):
            for mentor in each.places_with:
                named += 1
                assert _covered_with_place(prepared, pins, mentor) == len(solution.pairs) + 1
    assert named > 50


def test_some_mentor_is_named_wherever_a_place_more_would_help():
    for prepared, _, pins in cases(500)[:200]:
        solution = solve(prepared, pins)
        if len(solution.unmatched) != 1:
            continue

        (told,) = shortages(prepared, pins, solution)

        helping = [
            mentor.id
            for mentor in prepared.it.mentors
            if _covered_with_place(prepared, pins, mentor.id) > len(solution.pairs)
        ]
        assert bool(told.places_with) == bool(helping)


def test_mending_the_one_obstacle_makes_the_mentor_possible():
    named = 0
    for prepared, points, pins in cases(500)[:200]:
        for each in shortages(prepared, pins, solve(prepared, pins)):
            for near in each.nearly:
                named += 1
                mended = tuple(
                    replace(mentor, obstacles=()) if mentor.id == near.mentor else mentor
                    for mentor in prepared.problem.mentors
                )
                assert (each.mentee, near.mentor) not in points
                assert prepare(replace(prepared.problem, mentors=mended)).possible(each.mentee, near.mentor)
    assert named > 10


def test_everybody_alone_is_told_a_cause_whatever_the_objective():
    for case, _, pins in cases(500)[:150]:
        for objective in Objective:
            prepared = with_objective(case, objective)
            solution = solve(prepared, pins)

            told = shortages(prepared, pins, solution)

            assert tuple(each.mentee for each in told if each.causes) == solution.unmatched


def test_empty_bank_is_the_cause():
    assert _told(Problem((), (Mentee("a"),))) == (Shortage("a", ("в банке нет ни одного наставника",)),)


def test_mentee_who_cannot_be_proposed_is_the_cause_and_no_place_helps():
    problem = Problem((Mentor("m"),), (Mentee("a", obstacles=(NO_CONSENT,)),))

    assert _told(problem) == (Shortage("a", (f"наставляемый: {NO_CONSENT}",)),)


def test_rules_are_counted_the_commonest_first_and_near_ones_named():
    mentors = (
        Mentor("без согласия", obstacles=(NO_CONSENT,)),
        Mentor("без согласия и иной", forms=("ф",), obstacles=(NO_CONSENT,)),
        Mentor("иной", forms=("ф",)),
        Mentor("полный", capacity=0),
        Mentor("полный и запрещён", capacity=0),
    )
    problem = Problem(mentors, (Mentee("a", form="г"),), bans=(Ban("a", "полный и запрещён"),))

    assert _told(problem) == (
        Shortage(
            "a",
            (
                f"не подходит никто из наставников: {NO_CONSENT} — 2; свободных мест нет — 2; "
                "эту форму наставничества наставник не ведёт — 1",
            ),
            places_with=("полный",),
            nearly=(Obstacle("без согласия", NO_CONSENT),),
        ),
    )


@pytest.mark.parametrize(
    ("rivals", "counted"), [(3, "3\u00a0наставляемых"), (6, "6\u00a0наставляемых"), (21, "21\u00a0наставляемый")]
)
def test_short_places_are_counted_with_all_who_compete(rivals: int, counted: str):
    mentees = tuple(Mentee(f"e{number:02}", form="ф") for number in range(rivals))
    neighbours = (Mentee("x", form="г"), Mentee("y", form="г"))
    mentors = (Mentor("m", forms=("ф",)), Mentor("n", forms=("ф",)), Mentor("o", forms=("г",)))

    told = _told(Problem(mentors, (*mentees, *neighbours)))

    assert {each.causes for each in told if each.mentee in {mentee.id for mentee in mentees}} == {
        (f"мест не хватает: подходящих наставников 2, а на свободные места (2) — {counted}",)
    }


def test_places_are_asked_of_those_who_would_suit_best():
    mentors = tuple(Mentor(f"m{level}", topics={"урок": level}) for level in range(1, 6))
    full = Mentor("полный", capacity=0, topics={"урок": 4.5})
    mentees = tuple(Mentee(f"e{number}", {"урок": 1}) for number in range(6))

    (told,) = _told(Problem((*mentors, full), mentees, weights=TOPICS_ONLY))

    assert told.places_with == ("m5", "полный", "m4")


def test_mentor_whose_places_are_all_pinned_could_help_with_one_more():
    told = _told(Problem((Mentor("m"),), (Mentee("a"), Mentee("b"))), pins=(("a", "m"),))

    words = "мест не хватает: подходящих наставников 1, но все их места закреплены за другими"
    assert told == (Shortage("b", (words,), ("m",)),)


def test_greatest_sum_may_leave_somebody_alone_beside_a_free_place():
    mentors = (Mentor("m", topics={"урок": 5}), Mentor("n", forms=("ф",)))
    mentees = (Mentee("a", {"урок": 1}, form=""), Mentee("b", form="г"))

    told = _told(Problem(mentors, mentees, Objective.SUM, TOPICS_ONLY))

    words = "место нашлось бы, но все вместе набрали бы меньше баллов или пары были бы менее прочны"
    assert told == (Shortage("b", (words,)),)


def test_causes_may_be_asked_of_some_only():
    prepared = prepare(Problem((), (Mentee("a"), Mentee("b"), Mentee("c"))))
    solution = solve(prepared, ())

    assert [each.mentee for each in shortages(prepared, (), solution, of={"b", "нет такого"})] == ["b"]
    assert shortages(prepared, (), solution, of=()) == ()
