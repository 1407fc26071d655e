"""People to match: as many mentors and mentees as are asked for, the same ones each time."""

from random import Random

from mentoring.domain.bank_sheet.values import Category
from mentoring.domain.matching.values import Mentee, Mentor, Problem

CATEGORIES = (Category.NONE, Category.FITS, Category.FIRST, Category.HIGHEST)
SUBJECTS = tuple(f"предмет {number}" for number in range(20))
PEOPLE_OF_A_SCHOOL = 350
TEACHERS, PEERS = "teacher_teacher", "peer"
OTHER_FORM = 0.1
"""This part of the mentors leads another form than mentees need."""


def people(mentees: int, mentors: int, *, places: int, topics: int) -> Problem:
    """A problem in which everybody has three requests or four competences, one subject, experience and a category."""
    chance = Random(1)
    names = [f"тема {number}" for number in range(topics)]
    schools = max(1, (mentees + mentors) // PEOPLE_OF_A_SCHOOL)
    return Problem(
        tuple(_mentor(chance, number, places, names, schools) for number in range(mentors)),
        tuple(_mentee(chance, number, names, schools) for number in range(mentees)),
    )


def _mentor(chance: Random, number: int, places: int, names: list[str], schools: int) -> Mentor:
    return Mentor(
        id=f"m{number:06}",
        capacity=places,
        topics={topic: chance.randint(3, 5) for topic in chance.sample(names, 4)},
        subjects=(chance.choice(SUBJECTS),),
        experience=chance.randint(5, 40),
        category=chance.choice(CATEGORIES),
        forms=(PEERS if chance.random() < OTHER_FORM else TEACHERS,),
        organisation=f"o{chance.randrange(schools)}",
        hours=chance.randint(1, 4),
    )


def _mentee(chance: Random, number: int, names: list[str], schools: int) -> Mentee:
    return Mentee(
        id=f"e{number:06}",
        requests={topic: chance.randint(1, 5) for topic in chance.sample(names, 3)},
        subjects=(chance.choice(SUBJECTS),),
        experience=chance.randint(0, 10),
        category=chance.choice(CATEGORIES),
        form=TEACHERS,
        organisation=f"o{chance.randrange(schools)}",
    )
