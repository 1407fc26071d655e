"""What comes out of a bank: typed rows, findings about their cells, notes about the sheet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.bank_sheet.values import (
    Category,
    ClaimedConsent,
    Gender,
    MenteeCategory,
    MentoringForm,
)

Level = Literal["doubt", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark on one cell. A doubt lets the row in, a fault keeps it out until it is mended.

    `column_letter` and `header` are empty when the remark is about the whole row.
    """

    row: int
    column_letter: str
    header: str
    level: Level
    message: str
    shown_value: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on the sheet that concerns no person: a skipped line, a column that is not read."""

    row: int | None
    message: str


@dataclass(frozen=True, slots=True)
class BankRow:
    """One person of a bank as the sheet tells it; whatever is not told is None (lists: empty)."""

    number: int
    surname: str | None = None
    given: str | None = None
    patronymic: str | None = None
    post: str | None = None
    subject: str | None = None
    email: str | None = None
    phone: str | None = None
    category: Category | None = None
    category_year: int | None = None
    experience: int | None = None
    hired_on: date | None = None
    birth_year: int | None = None
    gender: Gender | None = None
    entered_on: date | None = None
    note: str | None = None
    consent_processing: ClaimedConsent | None = None
    consent_publication: ClaimedConsent | None = None
    consent_participation: ClaimedConsent | None = None
    consent_sharing: ClaimedConsent | None = None
    competences: tuple[str, ...] = ()
    capacity: int | None = None
    hours: Decimal | None = None
    achievements: str | None = None
    interests: tuple[str, ...] = ()
    desired_age: str | None = None
    forms: tuple[MentoringForm, ...] = ()
    requests: tuple[str, ...] = ()
    mentee_category: MenteeCategory | None = None
    expectations: str | None = None
    class_name: str | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_faulty(self) -> bool:
        """Whether something in the row must be mended before it can come in."""
        return any(finding.level == "fault" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class BankSheet:
    """All persons of one sheet in its order, and the notes about everything that is not a person."""

    bank: Bank
    rows: tuple[BankRow, ...]
    notes: tuple[Note, ...]
