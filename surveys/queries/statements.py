"""Statements of third persons: who was asked about whom, and one statement as its readers see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring.models import MenteeProfile
from people.access import Access
from people.domain.consent import NEEDED_TO_ORDER
from people.domain.roles import Permission
from people.models import Person
from people.models.persons import folded
from people.queries.persons import missing_consents_of
from surveys.domain.answer_words import ToldSection, persons_named, told
from surveys.models import Invitation, Sheet, StatementReading, Wave

READINGS_SHOWN = 50


def statement_sheets(access: Access) -> QuerySet[Sheet]:
    """The statements that the asker may read: about mentees who agree both to processing and to taking part."""
    agreed = Person.objects.consenting(*NEEDED_TO_ORDER, on=access.today)  # unscoped: narrows rows that are scoped
    return Sheet.objects.visible_to(access).filter(about__isnull=False, about__in=agreed)


TOLD_CHOICES = {"": "все", "received": "получены", "waiting": "ждём ответа"}


def statement_mentees(access: Access, search: str = "", told: str = "") -> QuerySet[MenteeProfile]:
    """Mentees in the bank today by name, those whose name holds every word of `search`.

    `told` is a key of TOLD_CHOICES: of whom there are statements to read, or of whom somebody is still asked.
    """
    profiles = MenteeProfile.objects.visible_to(access).in_bank(access.today)
    if told == "received":
        profiles = profiles.filter(Exists(statement_sheets(access).filter(about_id=OuterRef("person_id"))))
    elif told == "waiting":
        waiting = Invitation.objects.visible_to(access).usable().filter(_running(access.today), is_answered=False)
        profiles = profiles.filter(Exists(waiting.filter(about_id=OuterRef("person_id"))))
    for word in folded(search).split():
        profiles = profiles.filter(person__sort_key__contains=word)
    return profiles.select_related("person").order_by("person__sort_key", "pk")


class AskedState(StrEnum):
    """What has become of a question about a mentee."""

    WAITING = "waiting"
    RECEIVED = "received"
    HIDDEN = "hidden"
    REVOKED = "revoked"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One informant asked about a mentee; `sheet_id` where the statement is there and may be read."""

    invitation: Invitation
    state: AskedState
    sheet_id: int | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A mentee, the labels of the consents that are missing, and who was asked about them, by name."""

    person: Person
    missing: list[str]
    asked: list[AskedLine]

    @property
    def received(self) -> int:
        return sum(line.invitation.is_answered for line in self.asked)


def statement_lines(access: Access, profiles: Sequence[MenteeProfile]) -> list[StatementLine]:
    """What the list says of some profiles of `statement_mentees`; the same number of queries however many they are.

    Links that nobody answered are gone with their school year, what was told stays.
    """
    access.check(Permission.STATEMENTS_READ)
    people = [profile.person_id for profile in profiles]
    missing = missing_consents_of(people, NEEDED_TO_ORDER, access.today)
    sheets = dict(statement_sheets(access).filter(about_id__in=people).values_list("invitation_id", "pk"))
    kept = Q(is_answered=True) | _running(access.today)
    rows = Invitation.objects.visible_to(access).filter(kept, about_id__in=people).select_related("person")
    asked: dict[int, list[AskedLine]] = {}
    for row in rows.order_by("person__sort_key", "pk"):
        sheet_id = sheets.get(row.pk)
        asked.setdefault(row.about_id, []).append(AskedLine(row, _state_of(row, sheet_id, access.today), sheet_id))
    return [
        StatementLine(profile.person, missing[profile.person_id], asked.get(profile.person_id, []))
        for profile in profiles
    ]


def _running(today: date) -> Q:
    return Q(wave__state=Wave.State.OPEN, wave__closes_on__gte=today)


def _state_of(invitation: Invitation, sheet_id: int | None, today: date) -> AskedState:
    if invitation.is_answered:
        return AskedState.HIDDEN if sheet_id is None else AskedState.RECEIVED
    if invitation.revoked_at:
        return AskedState.REVOKED
    left_on = invitation.person.left_on
    return AskedState.LEFT if left_on and left_on <= today else AskedState.WAITING


def informants(access: Access, about: Person) -> QuerySet[Person]:
    """Who may be asked about a person: grown people who are still here, by name."""
    people = Person.objects.visible_to(access).present(access.today).exclude(kind=Person.Kind.PUPIL)
    return people.exclude(pk=about.pk).order_by("sort_key", "pk")


def statement_count(access: Access) -> int:
    """How many statements there are: all that whoever may not read them learns."""
    access.check(Permission.SURVEYS_VIEW)
    sheets = Sheet.objects.filter(organisation_id=access.organisation_id)  # unscoped: a count, of the own organisation
    return sheets.filter(about__isnull=False).consenting(access.today).count()


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A statement question by question, and its newest readings out of so many in all."""

    sheet: Sheet
    sections: tuple[ToldSection, ...]
    readings: list[StatementReading]
    times_read: int


def statement_page(access: Access, sheet: Sheet) -> StatementPage:
    """What the page of a statement shows; `sheet` comes from reading it, with its questionnaire."""
    access.check(Permission.STATEMENTS_READ)
    questionnaire = sheet.wave.version.asked()
    named = Person.objects.visible_to(access).filter(pk__in=persons_named(questionnaire, sheet.answers))
    names = {person.pk: person.full_name for person in named}
    readings = StatementReading.objects.visible_to(access).filter(sheet=sheet).select_related("reader")
    return StatementPage(
        sheet=sheet,
        sections=told(questionnaire, sheet.answers, names),
        readings=list(readings.order_by("-read_at", "-pk")[:READINGS_SHOWN]),
        times_read=readings.count(),
    )
