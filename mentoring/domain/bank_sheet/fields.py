"""What a bank is, which columns it may have, and by what rule a header is one of them."""

from dataclasses import dataclass
from enum import StrEnum


class Bank(StrEnum):
    """The two banks of a school."""

    MENTORS = "mentors"
    MENTEES = "mentees"


class Field(StrEnum):
    """What a column can tell."""

    FULL_NAME = "full_name"
    SURNAME = "surname"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    POST = "post"
    SUBJECT = "subject"
    POST_SUBJECT = "post_subject"
    EMAIL = "email"
    PHONE = "phone"
    CONTACTS = "contacts"
    CATEGORY = "category"
    EXPERIENCE = "experience"
    HIRED_ON = "hired_on"
    BIRTH_YEAR = "birth_year"
    GENDER = "gender"
    ENTERED_ON = "entered_on"
    NOTE = "note"
    ROW_NUMBER = "row_number"
    CONSENT_PROCESSING = "consent_processing"
    CONSENT_PUBLICATION = "consent_publication"
    CONSENT_PARTICIPATION = "consent_participation"
    CONSENT_SHARING = "consent_sharing"
    ORGANISATION = "organisation"
    COMPETENCES = "competences"
    CAPACITY = "capacity"
    HOURS = "hours"
    ACHIEVEMENTS = "achievements"
    INTERESTS = "interests"
    DESIRED_AGE = "desired_age"
    FORMS = "forms"
    REQUESTS = "requests"
    MENTEE_CATEGORY = "mentee_category"
    EXPECTATIONS = "expectations"
    CLASS_NAME = "class_name"


NAME_FIELDS = frozenset({Field.FULL_NAME, Field.SURNAME})
"""A bank cannot be read without one of these."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field of a bank.

    `synonyms` are divided by «|»; one that begins with «=» must be the whole header, the others may stand
    inside a longer one. A header with a word that begins as one of `vetoes` is not this field.
    `names_other_side` allows the header to speak of the other bank's people («количество наставляемых» in
    the bank of mentors).
    """

    field: Field
    label: str
    synonyms: str
    vetoes: tuple[str, ...] = ()
    names_other_side: bool = False
