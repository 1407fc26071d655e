"""What the columns of a bank can say: the closed lists and small values that cells turn into."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Category(StrEnum):
    """Qualification of a teacher; the last two need the highest one (order 196 of 2023, domain reference 1.10)."""

    NONE = "none"
    FITS = "fits"
    FIRST = "first"
    HIGHEST = "highest"
    METHODOLOGIST = "methodologist"
    MENTOR = "mentor"


class Gender(StrEnum):
    """Gender, where a bank of pupils asks for it."""

    MALE = "m"
    FEMALE = "f"


class MenteeCategory(StrEnum):
    """Why somebody is mentored (domain reference 3.2 and 4.3)."""

    YOUNG_SPECIALIST = "young_specialist"
    NEWCOMER = "newcomer"
    NEW_POST = "new_post"
    AFTER_BREAK = "after_break"
    RETRAINED = "retrained"
    DEFICITS = "deficits"
    BEFORE_ATTESTATION = "before_attestation"


class MentoringForm(StrEnum):
    """Who is mentored by whom (domain reference 2.1)."""

    TEACHER_TEACHER = "teacher_teacher"
    HEAD_TEACHER = "head_teacher"
    EMPLOYER_STUDENT = "employer_student"
    UNIVERSITY_TEACHER = "university_teacher"
    PARTNER_TEACHER = "partner_teacher"
    PEER = "peer"
    STUDENT_PUPIL = "student_pupil"
    TEACHER_PUPIL = "teacher_pupil"
    EMPLOYER_PUPIL = "employer_pupil"
    EMPLOYER_COLLEGESTUDENT = "employer_collegestudent"


@dataclass(frozen=True, slots=True)
class CategoryMark:
    """A qualification category and the year it was given, if the cell tells it."""

    category: Category
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimedConsent:
    """A mark in a table about a consent. It is no consent: the paper is still asked for."""

    claimed: bool
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its three parts; a part that the cell does not tell is None."""

    surname: str
    given: str | None = None
    patronymic: str | None = None


@dataclass(frozen=True, slots=True)
class Contacts:
    """What a mixed cell of contacts holds."""

    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class PostSubject:
    """A post and the subject taught, told in one cell."""

    post: str
    subject: str | None = None
