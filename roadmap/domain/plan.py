"""What a roadmap says, as plain frozen values: the result of reading a document, and what a plan is made of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TermKind(StrEnum):
    """What sort of term a measure has; stored by these codes."""

    ONCE = "once"
    DUE = "due"
    YEARLY = "yearly"
    PERIOD = "period"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    HALF_YEARLY = "half_yearly"
    THROUGHOUT_YEAR = "throughout_year"
    ALWAYS = "always"
    BY_REFERENCE = "by_reference"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The first and the last day of a piece of work, both included; `first` is None for «до …»."""

    first: date | None
    last: date


@dataclass(frozen=True, slots=True)
class Term:
    """A term in the words of the plan and what they come to.

    `assumed` names what the words leave open and the reader filled in ("year", "horizon" …);
    `doubt` is a Russian sentence for a person where the words could not be understood, else empty.
    """

    text: str
    kind: TermKind
    windows: tuple[Window, ...] = ()
    assumed: tuple[str, ...] = ()
    doubt: str = ""


NO_TERM = Term("", TermKind.NONE)


@dataclass(frozen=True, slots=True)
class DocumentNamed:
    """A document that a plan names: kind code ("order", "protocol", "regulation" …), number, date."""

    kind: str
    number: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """A stamp of the title page.

    `kind` is one of accepted, considered, agreed, approved, annex; `body` who did it; `act` the kind of the act
    (as in DocumentNamed) with its number and date; `person` who signed.
    """

    kind: str
    body: str | None = None
    act: str | None = None
    number: str | None = None
    issued_on: date | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A stage or a part of one; `parent` is an index into the plan's sections."""

    number: str | None
    title: str
    parent: int | None = None
    task: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A line of the plan; `section` is an index into the plan's sections."""

    number: str | None
    section: int | None
    title: str
    details: tuple[str, ...] = ()
    term: Term = NO_TERM
    responsible: tuple[str, ...] = ()
    result: str | None = None
    documents: tuple[DocumentNamed, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person should look at: a Russian sentence and the line it is about (1-based), where there is one."""

    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole roadmap."""

    title: str | None
    organisation: str | None
    period: tuple[date | None, date | None]
    approvals: tuple[Approval, ...] = ()
    sections: tuple[Section, ...] = ()
    measures: tuple[Measure, ...] = ()
    doubts: tuple[Doubt, ...] = ()
