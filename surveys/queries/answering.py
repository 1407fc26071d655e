"""What a link opens: whose it is, what is asked, what has been answered so far."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from secrets import choice, randbelow
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import BooleanField, Func, Model, Value

from mentoring.models import MenteeProfile, MentorProfile
from people.domain.consent import NEEDED_TO_ORDER
from people.models import Organisation, Person
from surveys.domain.answers import Answers
from surveys.domain.questionnaire import QuestionKind, Questionnaire, Side
from surveys.models import Invitation, Version, Wave
from surveys.models import Questionnaire as AskedBy
from surveys.seals import nonce_of, open_draft

Row = TypeVar("Row", bound=Model)

SECRET_WORDS = (
    *("берег", "буран", "ветер", "весна", "волна", "гавань", "гром", "дождь", "дорога", "дуб", "ель", "закат", "заря"),
    *("звезда", "зима", "иволга", "иней", "искра", "июль", "камень", "капель", "кедр", "клевер", "клён", "колос"),
    *("костёр", "край", "крыло", "лагуна", "лес", "лето", "липа", "лиса", "луг", "луна", "май", "маяк", "месяц"),
    *("метель", "мороз", "море", "мост", "небо", "нива", "облако", "огонь", "озеро", "олень", "осень", "остров"),
    *("парус", "песня", "поле", "полдень", "порог", "причал", "птица", "путь", "радуга", "рассвет", "река", "роза"),
    *("роса", "роща", "рябина", "сад", "север", "скала", "снег", "сокол", "солнце", "сосна", "степь", "тайга"),
    *("тополь", "трава", "туман", "утро", "фиалка", "холм", "чайка", "шиповник", "эхо", "яблоня", "ясень", "ястреб"),
)


class DoorState(StrEnum):
    """What stands behind a link."""

    OPEN = "open"
    EARLY = "early"
    CLOSED = "closed"
    ANSWERED = "answered"
    NO_CONSENT = "no_consent"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be chosen in a question about persons."""

    id: int
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Door:
    """Everything the page behind a link shows.

    `secret` is the word by which entry and exit of an anonymous wave meet: the one kept in the draft, else a new
    suggestion at the entry, else blank. `asks_secret` says whether it is asked at all. `seconds` is the time spent
    before.
    """

    invitation: Invitation
    wave: Wave
    organisation: Organisation
    state: DoorState
    questionnaire: Questionnaire
    version_key: tuple[int, int]
    answers: Answers
    candidates: tuple[Candidate, ...]
    asks_secret: bool
    secret: str
    seconds: int
    today: date


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What has been answered so far, the secret word kept with it, the seconds it took."""

    answers: Answers
    secret: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation with its wave, version and whom it is about, and whether the consents it needs are in force."""

    invitation: Invitation
    may_answer: bool
    draft: KeptDraft


def behind_link(nonce: UUID, at: datetime, *, is_locked: bool = False) -> Link | None:
    """The invitation behind a nonce, if it is not revoked and its person, and whom it is about, are still there.

    They are, and their consents are in force, on the day it is at the moment `at` where the organisation is.

    `is_locked` holds it against other tabs until the transaction ends. Of each row only what answering looks at comes
    along (`surveys_behind_link`, migration 0005); the rest is loaded when somebody asks for it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM surveys_behind_link(%s, %s, %s)", [nonce, at, is_locked])
        row = cursor.fetchone()
        columns = [column.name for column in cursor.description]
    return _link(dict(zip(columns, row, strict=True))) if row else None


def _link(row: dict[str, Any]) -> Link:
    tables: dict[str, dict[str, Any]] = defaultdict(dict)
    for column, value in row.items():
        table, _, name = column.partition("__")
        tables[table][name] = value
    invitation, wave = _loaded(Invitation, tables["invitation"]), _loaded(Wave, tables["wave"])
    wave.organisation = _loaded(Organisation, tables["organisation"])
    wave.version = _loaded(Version, tables["version"])
    wave.version.questionnaire = _loaded(AskedBy, tables["questionnaire"])
    invitation.wave = wave
    if invitation.about_id is not None:
        invitation.about = _loaded(Person, tables["about"])
    return Link(invitation, row["may_answer"], _kept(invitation, tables["draft"]))


def _loaded(model: type[Row], values: dict[str, Any]) -> Row:
    """A row of which some columns are known; the others are loaded when somebody asks for them."""
    names = [each.attname for each in model._meta.concrete_fields if each.attname in values]
    return model.from_db(connection.alias, names, [values[name] for name in names])


def _kept(invitation: Invitation, draft: dict[str, Any]) -> KeptDraft:
    if draft["sealed"] is not None:
        content = open_draft(invitation.nonce, draft["sealed"])
    elif draft["answers"] is not None:
        content = json.loads(draft["answers"])
    else:
        return KeptDraft({}, "", 0)
    return KeptDraft(content["answers"], content.get("secret", ""), draft["seconds"])


def consents_allow(on: date) -> Func:
    """Whether the consents that an invitation needs are in force on the day `on`: `surveys_may_answer`, migration 0003.

    Named sheets are personal data: processing must be allowed, and what third persons tell needs participation too.
    An anonymous sheet is not, nor is a curator's opinion of the programme; there only a withdrawal closes the door.
    """
    wave = ("wave__is_anonymous", "wave__version__questionnaire__purpose")
    return Func("person_id", "about_id", *wave, Value(on), function="surveys_may_answer", output_field=BooleanField())


@lru_cache(maxsize=64)
def questionnaire_of(version_id: int, revision: int) -> Questionnaire:
    """What a version asks; `revision` tells one wording from the next, so that each is read once a process."""
    return Version.objects.get(pk=version_id, revision=revision).asked()  # unscoped: of a row already scoped


def local_day(organisation: Organisation, at: datetime) -> date:
    """The day it is at the moment `at` where the organisation is."""
    return at.astimezone(ZoneInfo(organisation.time_zone)).date()


def door_of(token: str, at: datetime) -> Door | None:
    """What the link with this token opens at the moment `at`.

    None whether it never existed, was revoked, or belongs to somebody who has left.
    """
    nonce = nonce_of(token)
    link = behind_link(nonce, at) if nonce else None
    return door_for(link, at) if link else None


def door_for(link: Link, at: datetime) -> Door:
    """What a link opens at the moment `at`."""
    invitation = link.invitation
    wave = invitation.wave
    version = wave.version
    today = local_day(wave.organisation, at)
    questionnaire = questionnaire_of(version.pk, version.revision)
    return Door(
        invitation=invitation,
        wave=wave,
        organisation=wave.organisation,
        state=state_of(link, today),
        questionnaire=questionnaire,
        version_key=(version.pk, version.revision),
        answers=link.draft.answers,
        candidates=candidates_for(invitation, questionnaire, today),
        asks_secret=asks_secret(wave),
        secret=link.draft.secret or (_new_secret() if wave.stage == Wave.Stage.ENTRY and wave.is_anonymous else ""),
        seconds=link.draft.seconds,
        today=today,
    )


def state_of(link: Link, today: date) -> DoorState:
    """What may be done with an invitation on a day; one that was answered stays answered whatever comes."""
    wave = link.invitation.wave
    if link.invitation.is_answered:
        return DoorState.ANSWERED
    if wave.state == Wave.State.CLOSED or today > wave.closes_on:
        return DoorState.CLOSED
    if wave.state == Wave.State.DRAFT or today < wave.opens_on:
        return DoorState.EARLY
    return DoorState.OPEN if link.may_answer else DoorState.NO_CONSENT


def asks_secret(wave: Wave) -> bool:
    """Whether entry and exit of a wave can meet only by a word that the person keeps."""
    return wave.is_anonymous and wave.stage != Wave.Stage.SINGLE


def _new_secret() -> str:
    """A word nobody else knows, and the portal forgets: easy to write down, hard to guess."""
    return f"{choice(SECRET_WORDS)}-{1000 + randbelow(9000)}"


def candidates_for(invitation: Invitation, questionnaire: Questionnaire, today: date) -> tuple[Candidate, ...]:
    """Whom a question about persons offers: the other side's bank, everybody who agreed to take part, by name."""
    if not any(question.kind == QuestionKind.PERSONS for question in questionnaire.questions):
        return ()
    side = invitation.side or invitation.wave.version.questionnaire.side
    profiles = MenteeProfile if side == Side.MENTOR else MentorProfile
    there = profiles.objects.filter(organisation_id=invitation.organisation_id)  # unscoped: of the link's organisation
    people = there.in_bank(today).consenting(*NEEDED_TO_ORDER, on=today).exclude(person_id=invitation.person_id)
    rows = Person.objects.filter(pk__in=people.values("person_id")).order_by(
        "sort_key", "pk"
    )  # unscoped: narrowed above
    return tuple(Candidate(person.pk, person.full_name, person.post) for person in rows)
