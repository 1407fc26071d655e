"""What one row tells, divided by the table it goes to; plain values that JSON can keep."""

from dataclasses import dataclass, field, fields
from typing import Any

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.bank_sheet.records import BankRow
from people.domain.consent import Purpose
from people.domain.text import clean_text
from people.models import Person

PERSON_FIELDS = {
    "surname": "surname",
    "given": "given",
    "patronymic": "patronymic",
    "gender": "gender",
    "birth_year": "birth_year",
    "post": "post",
    "subject": "subject",
    "class_name": "class_name",
    "category": "category",
    "category_year": "category_year",
    "experience": "experience_years",
    "hired_on": "hired_on",
    "email": "email",
    "phone": "phone",
    "note": "note",
}
PROFILE_FIELDS = {
    Bank.MENTORS: {
        "entered_on": "entered_on",
        "capacity": "capacity",
        "hours": "hours",
        "achievements": "achievements",
        "interests": "interests",
        "desired_age": "desired_age",
        "forms": "forms",
    },
    Bank.MENTEES: {"entered_on": "entered_on", "mentee_category": "category", "expectations": "expectations"},
}
TOPICS = {Bank.MENTORS: "competences", Bank.MENTEES: "requests"}
CONSENTS = {f"consent_{purpose.value}": purpose for purpose in Purpose}


@dataclass(slots=True)
class RowValues:
    """Only what the row tells: a blank cell never takes anything away."""

    person: dict[str, Any]
    profile: dict[str, Any]
    topics: list[str]
    consents: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Its four parts as they are; `asdict` would copy each value of each row."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


def row_values(row: BankRow, bank: Bank) -> RowValues:
    """The typed row of a sheet as values for the tables."""
    person = {target: plain(getattr(row, source)) for source, target in PERSON_FIELDS.items()}
    profile = {target: plain(getattr(row, source)) for source, target in PROFILE_FIELDS[bank].items()}
    if row.class_name:
        person["kind"] = Person.Kind.PUPIL.value
    return RowValues(
        person={name: value for name, value in person.items() if value not in (None, "")},
        profile={name: value for name, value in profile.items() if value not in (None, "", [])},
        topics=list(getattr(row, TOPICS[bank])),
        consents=[purpose.value for name, purpose in CONSENTS.items() if _is_claimed(getattr(row, name))],
    )


def _is_claimed(mark: Any) -> bool:
    return bool(mark and mark.claimed)


def plain(value: Any) -> Any:
    """A value as JSON keeps it: dates and decimals as text, tuples as lists, codes as their text."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, tuple):
        return ", ".join(value) if value and not hasattr(value[0], "value") else [str(each) for each in value]
    return clean_text(str(value))
