"""A school with something to match: who asks for what, who can help, and a run over it."""

from dataclasses import dataclass
from datetime import date

from mentoring.domain.matching.values import Objective
from mentoring.models import MatchingRun, MenteeRequest, MentorTopic
from mentoring.operations.matching import start_matching
from mentoring.queries.matching_board import Board
from mentoring.tasks import match_banks
from people.models import Person
from tests.factories import MenteeProfileFactory, MentorProfileFactory, consents

ENTERED = date(2026, 9, 1)


def mentor_of(school, surname, *topics, capacity=1, subject="", is_consenting=True, **values):
    """A mentor in the bank with competences; gives the person."""
    profile = MentorProfileFactory(
        person__organisation=school,
        person__surname=surname,
        person__subject=subject,
        entered_on=ENTERED,
        capacity=capacity,
        **values,
    )
    MentorTopic.objects.bulk_create(MentorTopic(profile=profile, topic=topic) for topic in topics)
    if is_consenting:
        consents(profile.person)
    return profile.person


def mentee_of(school, surname, *topics, subject="", is_consenting=True, **values):
    """A mentee in the bank with requests; gives the person."""
    profile = MenteeProfileFactory(
        person__organisation=school,
        person__surname=surname,
        person__subject=subject,
        entered_on=ENTERED,
        **values,
    )
    MenteeRequest.objects.bulk_create(MenteeRequest(profile=profile, topic=topic, weight=3) for topic in topics)
    if is_consenting:
        consents(profile.person)
    return profile.person


@dataclass(frozen=True)
class Four:
    """Two mentors, two mentees and a run over them. Points: each pair has 47, but Ахметов with Котова 27."""

    kotova: Person
    sedov: Person
    lisina: Person
    akhmetov: Person
    run: MatchingRun


def four_matched(curator, **kotova) -> Four:
    """The four in the curator's school; the best is Лисина with Котова, Ахметов with Седов."""
    school, both = curator.organisation, ("оценивание", "дисциплина")
    mentors = mentor_of(school, "Котова", both[0], **kotova), mentor_of(school, "Седов", *both)
    mentees = mentee_of(school, "Лисина", both[0]), mentee_of(school, "Ахметов", *both)
    return Four(*mentors, *mentees, solved_run(curator.access))


def offers(access, run: MatchingRun) -> set[tuple[str, str]]:
    """Surnames of the pairs that the board of a run proposes now, mentees first."""
    board = Board(access, MatchingRun.objects.get(pk=run.pk))
    return {(board.names[pair.mentee].split()[0], board.names[pair.mentor].split()[0]) for pair in board.solution.pairs}


def solved_run(access, objective=Objective.COVER, *, has_district=False) -> MatchingRun:
    """A run over the banks as they are, its job done."""
    job = start_matching(access, objective=objective, has_district=has_district)
    match_banks(lambda done, total, message="": None, run_id=job.params["run_id"])
    return MatchingRun.objects.get(pk=job.params["run_id"])
