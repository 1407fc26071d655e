"""What matching knows about both banks: every hard rule reaches the formula in its words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.domain.bank_sheet.values import Category, MentoringForm
from mentoring.domain.matching.encoding import encoded
from mentoring.domain.matching.rules import obstacles
from mentoring.domain.matching.values import Mentee, Mentor, Objective
from mentoring.domain.vocabulary import EndGround
from mentoring.models import PairBan
from mentoring.operations.bans import lift_ban
from mentoring.operations.preferences import keep_preferences
from mentoring.queries.matching_input import matching_problem
from mentoring.queries.matching_settings import USUAL_RULES
from people.domain.consent import Purpose
from tests.factories import (
    TODAY,
    ConsentFactory,
    DocumentFactory,
    PairBanFactory,
    PairingFactory,
    PairingMenteeFactory,
    pair,
)
from tests.mentoring.matching_scene import mentee_of, mentor_of
from tests.mentoring.reply_steps import answer
from tests.mentoring.reply_steps import mentee_of as mentee_in
from tests.mentoring.sharing_steps import lend, offered, withdraw

STRICT = replace(USUAL_RULES, demands_training=True)


def problem_of(persona, rules=USUAL_RULES, *, has_district=False):
    return matching_problem(persona.access, rules, Objective.SUM, has_district=has_district)


def why_not(persona, mentee, mentor, rules=USUAL_RULES):
    """What forbids a pair of two persons, in the words of the problem made of the banks."""
    problem = problem_of(persona, rules)
    return list(obstacles(encoded(problem), problem.bans, str(mentee.pk), str(mentor.pk)))


def two(school, **mentee):
    """A mentee and a mentor whom nothing keeps apart."""
    return mentee_of(school, "Лисина", **mentee), mentor_of(school, "Котова")


def banned(mentor, mentee, ground, reason=""):
    return PairBanFactory(mentor=mentor, mentee=mentee, ground=ground, reason=reason)


def preferred(curator, chooser, *, is_mentor, ranked=(), avoided=(), year=2026):
    ids = {"ranked": [each.pk for each in ranked], "avoided": [each.pk for each in avoided]}
    keep_preferences(curator.access, year=year, chooser_id=chooser.pk, is_mentor=is_mentor, **ids)


# Who the people are


def test_people_come_with_what_the_banks_say_of_them(curator, school, stranger):
    about = {"person__experience_years": 12, "person__category": "first"}
    mentor = mentor_of(
        school, "Котова", "Урок", capacity=2, subject="Химия, физика", hours="1.5", forms=["teacher_teacher"], **about
    )
    mentee = mentee_of(school, "Лисина", "урок", subject="физика", form="teacher_teacher", person__experience_years=1)
    mentor_of(stranger.organisation, "Чужакова")
    mentee_of(stranger.organisation, "Чужакова")

    problem = problem_of(curator)

    organisation = str(school.pk)
    assert problem.objective == Objective.SUM
    assert problem.weights == USUAL_RULES.weights
    assert problem.mentors == (
        Mentor(
            id=str(mentor.pk),
            capacity=2,
            topics={"Урок": 5},
            subjects=("Химия", "физика"),
            experience=12,
            category=Category.FIRST,
            forms=("teacher_teacher",),
            organisation=organisation,
            hours=1.5,
        ),
    )
    assert problem.mentees == (
        Mentee(
            id=str(mentee.pk),
            requests={"Урок": 3},
            subjects=("физика",),
            experience=1,
            form="teacher_teacher",
            organisation=organisation,
        ),
    )


def test_topics_and_subjects_are_compared_without_case_and_yo(curator, school):
    mentor_of(school, "Котова", "Учёт", "отчёт", subject="черчение")
    mentor_of(school, "Седова", "учет", subject="Чёрчение")
    mentee_of(school, "Лисина", "УЧЕТ", "учет", "Отчет", subject="чёрчение")

    problem = problem_of(curator)

    assert [dict(mentor.topics) for mentor in problem.mentors] == [{"учет": 5, "Отчет": 5}, {"учет": 5}]
    assert dict(problem.mentees[0].requests) == {"учет": 3, "Отчет": 3}
    assert {each.subjects for each in (*problem.mentors, *problem.mentees)} == {("Чёрчение",)}


def test_who_has_a_mentor_or_has_left_is_not_asked_about(curator, school):
    waiting = mentee_of(school, "Лисина")
    pair(school)
    mentee_of(school, "Бывшая", left_on=TODAY)
    mentee_of(school, "Ушедшая", person__left_on=TODAY)
    mentor_of(school, "Бывшая", left_on=TODAY)
    mentor = mentor_of(school, "Котова")

    problem = problem_of(curator)

    assert [mentee.id for mentee in problem.mentees] == [str(waiting.pk)]
    assert str(mentor.pk) in {each.id for each in problem.mentors}
    assert len(problem.mentors) == 2  # with the mentor of the pair


@pytest.mark.parametrize("capacity", [3, None])
def test_places_are_those_of_the_mentor_or_of_the_school_less_the_taken(curator, school, capacity):
    school.places_per_mentor = 2
    school.save(update_fields=["places_per_mentor"])
    mentor = mentor_of(school, "Котова", capacity=capacity)
    PairingMenteeFactory(pairing=PairingFactory(mentor=mentor))

    (found,) = problem_of(curator).mentors

    assert (found.capacity, found.taken) == ((capacity or 2) - 1, 1)


def test_mentor_whose_places_are_taken_has_none(curator, school):
    mentee, mentor = two(school)
    PairingMenteeFactory(pairing=PairingFactory(mentor=mentor))

    assert why_not(curator, mentee, mentor) == ["свободных мест нет"]


def test_place_lent_to_another_school_is_taken(curator, stranger):
    mentor = offered(curator.organisation, profile={"capacity": 2})
    lend(curator, stranger.organisation, mentor, places=1)

    (found,) = problem_of(curator).mentors

    assert (found.capacity, found.taken) == (1, 1)


# Hard rules


def test_nothing_forbids_a_pair_of_two_plain_people(curator, school):
    assert why_not(curator, *two(school)) == []


@pytest.mark.parametrize("is_mentor", [True, False])
def test_no_consent_of_either_side_forbids_a_pair(curator, school, is_mentor):
    mentee = mentee_of(school, "Лисина", is_consenting=is_mentor)
    mentor = mentor_of(school, "Котова", is_consenting=not is_mentor)
    if is_mentor:
        ConsentFactory(person=mentor, purpose=Purpose.PARTICIPATION)

    assert why_not(curator, mentee, mentor) == ["нет согласия на обработку персональных данных"]


def test_candidate_is_not_proposed(curator, school):
    mentee, mentor = mentee_of(school, "Лисина"), mentor_of(school, "Котова", standing="candidate")

    assert why_not(curator, mentee, mentor) == ["кандидат ещё не утверждён"]


@pytest.mark.parametrize(
    ("trained_on", "words"),
    [
        (None, ["не прошёл подготовку наставников"]),
        (TODAY + timedelta(days=1), ["не прошёл подготовку наставников"]),
        (TODAY, []),
    ],
)
def test_training_counts_where_the_school_demands_it(curator, school, trained_on, words):
    mentee, mentor = mentee_of(school, "Лисина"), mentor_of(school, "Котова", trained_on=trained_on)

    assert why_not(curator, mentee, mentor, STRICT) == words
    assert why_not(curator, mentee, mentor) == []


def test_form_that_the_mentor_does_not_lead_forbids_a_pair(curator, school):
    mentee = mentee_of(school, "Лисина", form="head_teacher")
    mentor = mentor_of(school, "Котова", forms=["teacher_teacher"])

    assert why_not(curator, mentee, mentor) == ["эту форму наставничества наставник не ведёт"]


def test_nobody_is_their_own_mentor(curator, school):
    both = mentor_of(school, "Котова")
    mentee_of(school, "Котова", person=both, is_consenting=False)

    assert why_not(curator, both, both) == ["это один и тот же человек"]


@pytest.mark.parametrize(
    ("ground", "reason", "words"),
    [
        (PairBan.Ground.CURATOR, "не ладят", "решение куратора: не ладят"),
        (PairBan.Ground.SUPERIOR, "", "руководитель, который оценивает"),
        (PairBan.Ground.RELATIVES, "", "родственники"),
    ],
)
def test_standing_ban_forbids_a_pair_in_its_words(curator, school, ground, reason, words):
    mentee, mentor = two(school)
    ban = banned(mentor, mentee, ground, reason)

    before = why_not(curator, mentee, mentor)
    lift_ban(curator.access, ban_id=ban.pk)

    assert (before, why_not(curator, mentee, mentor)) == ([words], [])


@pytest.mark.parametrize(
    ("ground", "words"), [(PairBan.Ground.RELATIVES, ["родственники"]), (PairBan.Ground.SUPERIOR, [])]
)
def test_relatives_alone_are_forbidden_both_ways(curator, school, ground, words):
    mentee, mentor = two(school)
    banned(mentee, mentor, ground)

    assert why_not(curator, mentee, mentor) == words


def test_superior_may_lead_a_head_and_teacher_pair(curator, school):
    mentee, mentor = two(school, form=MentoringForm.HEAD_TEACHER)
    banned(mentor, mentee, PairBan.Ground.SUPERIOR)

    assert why_not(curator, mentee, mentor) == []


@pytest.mark.parametrize("is_refused", [True, False])
def test_earlier_pairing_that_failed_forbids_the_pair(curator, school, is_refused):
    if is_refused:
        failed = pair(school)
        answer(curator, failed, failed.mentor, False)
    else:
        order = DocumentFactory(organisation=school)
        failed = pair(school, state="ended_early", basis=order, ended_on=TODAY, end_ground=EndGround.MUTUAL)
        failed.mentees.update(during=(date(2026, 9, 4), TODAY))

    assert why_not(curator, mentee_in(failed), failed.mentor) == ["раньше эта пара не сложилась"]


@pytest.mark.parametrize("is_mentor", [True, False])
def test_private_request_of_either_side_forbids_a_pair_without_saying_whose(curator, school, is_mentor):
    mentee, mentor = two(school)
    chooser, chosen = (mentor, mentee) if is_mentor else (mentee, mentor)
    preferred(curator, chooser, is_mentor=is_mentor, avoided=[chosen])

    assert why_not(curator, mentee, mentor) == ["кто-то из двоих просил: «лучше не»"]


def test_preferences_of_this_school_year_alone_count_in_their_order(curator, school):
    mentee, mentor = two(school)
    other = mentor_of(school, "Седова")
    preferred(curator, mentee, is_mentor=False, ranked=[other, mentor])
    preferred(curator, mentor, is_mentor=True, ranked=[mentee])
    preferred(curator, other, is_mentor=True, avoided=[mentee], year=2025)

    problem = problem_of(curator)

    assert [each.prefers for each in problem.mentees] == [(str(other.pk), str(mentor.pk))]
    assert [(each.prefers, each.avoid) for each in problem.mentors] == [((str(mentee.pk),), ()), ((), ())]


# The district


def test_mentors_of_the_district_come_marked_and_only_where_asked_for(curator, other_school):
    mentee_of(curator.organisation, "Лисина")
    shared = offered(other_school, surname="Дальняя", profile={"capacity": 2})
    mentor_of(other_school, "Чужакова")

    found = problem_of(curator, STRICT, has_district=True).mentors

    assert problem_of(curator).mentors == ()
    assert [(each.id, each.capacity, each.organisation) for each in found] == [(f"d{shared.pk}", 2, "Чужая школа")]
    assert found[0].obstacles == ("не прошёл подготовку наставников",)
    withdraw(shared)
    assert problem_of(curator, has_district=True).mentors == ()


def test_problem_costs_the_same_for_one_person_and_for_three(curator, school, other_school):
    costs = []

    for _ in range(2):
        mentee, mentor = mentee_of(school, "Лисина", "урок"), mentor_of(school, "Котова", "урок")
        banned(mentor, mentee, PairBan.Ground.CURATOR, "не ладят")
        preferred(curator, mentee, is_mentor=False, ranked=[mentor])
        offered(other_school)
        with CaptureQueriesContext(connection) as captured:
            problem_of(curator, has_district=True)
        costs.append(len(captured))
        two(school)

    assert costs[1] == costs[0]
