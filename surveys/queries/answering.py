"""What a link opens: whose it is, what is asked, what has been answered so far."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from secrets import choice, randbelow
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring.models import MenteeProfile, MentorProfile
from people.domain.consent import NEEDED_TO_ORDER, NEEDED_TO_PROPOSE, Purpose
from people.models import Consent, Organisation, Person
from surveys.domain.answers import Answers
from surveys.domain.questionnaire import NAMELESS_PURPOSES, QuestionKind, Questionnaire, Side
from surveys.models import Invitation, Version, Wave
from surveys.queries.prepared import PreparedInvitation
from surveys.seals import nonce_of, open_draft

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
    suggestion at the entry, else blank. `asks_secret` says whether it is asked at all.
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
    today: date


def found_invitations(nonce: UUID, on: date) -> QuerySet[Invitation]:
    """The invitation behind a nonce, if its person is still there, with all that answering looks at.

    Adds `may_answer`: whether the consents that this wave needs are in force on the day `on`.
    """
    there = Q(person__left_on__isnull=True) | Q(person__left_on__gt=on)
    about_there = Q(about__isnull=True) | Q(about__left_on__isnull=True) | Q(about__left_on__gt=on)
    invitations = Invitation.objects.usable().filter(there, about_there, nonce=nonce)  # unscoped: the token is the key
    return (
        invitations.select_related(
            "wave", "wave__organisation", "wave__version__questionnaire", "person", "about", "draft"
        )
        .defer("wave__version__content", "wave__audience")
        .annotate(may_answer=consents_allow(on))
    )


def consents_allow(on: date) -> Q:
    """Named sheets are personal data: processing must be allowed, and what third persons tell needs participation too.

    An anonymous sheet is not, nor is a curator's opinion of the programme; there only a withdrawal closes the door.
    """
    named = Q(wave__is_anonymous=False) & ~Q(wave__version__questionnaire__purpose__in=NAMELESS_PURPOSES)
    is_statement = Q(about__isnull=False)
    own = Q(*(_in_force("person_id", purpose, on) for purpose in NEEDED_TO_PROPOSE))
    about = Q(*(_in_force("about_id", purpose, on) for purpose in NEEDED_TO_ORDER))
    withdrawn = Consent.objects.filter(  # unscoped: correlated
        person=OuterRef("person_id"), purpose=Purpose.PROCESSING, state=Consent.State.WITHDRAWN
    )
    return (
        (is_statement & about)
        | (~is_statement & named & own)
        | (~is_statement & ~named & (own | ~Q(Exists(withdrawn))))
    )


def _in_force(person: str, purpose: Purpose, on: date) -> Exists:
    consents = Consent.objects.in_force(on)  # unscoped: correlated
    return Exists(consents.filter(person=OuterRef(person), purpose=purpose))


def _locked_invitations(nonce: UUID, on: date) -> QuerySet[Invitation]:
    return found_invitations(nonce, on).select_for_update(of=("self",))


BEHIND_LINK = PreparedInvitation("surveys_behind_link", found_invitations)
LOCKED_BEHIND_LINK = PreparedInvitation("surveys_locked_behind_link", _locked_invitations)
"""What `found_invitations` finds, for requests that come by the hundred; the second holds it against other tabs."""


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
    invitation = BEHIND_LINK.find(nonce, at.date()) if nonce else None
    return door_for(invitation, at) if invitation else None


def door_for(invitation: Invitation, at: datetime) -> Door:
    """What stands behind an invitation of `found_invitations`."""
    wave = invitation.wave
    version = wave.version
    today = local_day(wave.organisation, at)
    questionnaire = questionnaire_of(version.pk, version.revision)
    answers, secret = draft_of(invitation)
    return Door(
        invitation=invitation,
        wave=wave,
        organisation=wave.organisation,
        state=state_of(invitation, today),
        questionnaire=questionnaire,
        version_key=(version.pk, version.revision),
        answers=answers,
        candidates=candidates_for(invitation, questionnaire, today),
        asks_secret=asks_secret(wave),
        secret=secret or (_new_secret() if wave.stage == Wave.Stage.ENTRY and wave.is_anonymous else ""),
        today=today,
    )


def state_of(invitation: Invitation, today: date) -> DoorState:
    """What may be done with an invitation on a day; one that was answered stays answered whatever comes."""
    wave = invitation.wave
    if invitation.is_answered:
        return DoorState.ANSWERED
    if wave.state == Wave.State.CLOSED or today > wave.closes_on:
        return DoorState.CLOSED
    if wave.state == Wave.State.DRAFT or today < wave.opens_on:
        return DoorState.EARLY
    return DoorState.OPEN if invitation.may_answer else DoorState.NO_CONSENT


def asks_secret(wave: Wave) -> bool:
    """Whether entry and exit of a wave can meet only by a word that the person keeps."""
    return wave.is_anonymous and wave.stage != Wave.Stage.SINGLE


def draft_of(invitation: Invitation) -> tuple[Answers, str]:
    """The answers kept so far and the secret word kept with them."""
    draft = getattr(invitation, "draft", None)
    if draft is None:
        return {}, ""
    kept = draft.answers if draft.sealed is None else open_draft(invitation.nonce, draft.sealed)
    return kept["answers"], kept.get("secret", "")


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
