"""The district: five organisations over two school years, with pairs and orders in every state."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from config.demo.meetings import load_meeting
from config.demo.people import (
    OFFICES,
    WORDS,
    NameMaker,
    appoint,
    fill_banks,
    make_account,
    make_staff,
    sign_consents,
)
from config.demo.roadmaps import Office, load_district_roadmap, load_roadmap
from config.demo.surveys import load_surveys
from documents.models import Document, Visa
from documents.operations.drafts import give_visa
from documents.operations.signing import confirm_acquaintance, set_journal
from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.vocabulary import EndGround, MentoringKind
from mentoring.models import Pairing
from mentoring.operations.order_drafts import draft_assignment, draft_ending, draft_replacement
from mentoring.operations.orders import send_order, sign_order
from mentoring.operations.pairings import PairingTerms, agree_pairing, propose_pairing
from mentoring.operations.sharing import ask_for_mentor
from people.access import Access
from people.domain.consent import Purpose
from people.domain.roles import ROLE_LABELS, Role
from people.domain.school_year import SchoolYear
from people.models import Membership, Organisation, Person, User

PASSWORD = "priozersk-2026"  # noqa: S105 -- of accounts that exist only beside fictional people
ROADMAPS = {"licey-7": "D", "sosh-14": "E", "kolledzh": "B"}
"""Which built-in plan an organisation works by; the others have only what the authority hands down."""

SURVEYS = ("licey-7", "sosh-14")
"""Who asks by questionnaires already."""

MEETINGS = ("licey-7",)
"""Whose mentors and mentees have met."""

DISTRICT_ROLES = ((Role.DISTRICT_CURATOR, "начальник управления"), (Role.OBSERVER, "главный специалист"))


@dataclass(frozen=True, slots=True)
class Actors:
    """Whoever acts in one organisation of the demo."""

    organisation: Organisation
    director: Access
    curator: Access
    mentors: list[Person]
    mentees: list[Person]

    def on(self, day: date) -> "Actors":
        """The same people on another day, at noon."""
        at = _noon(self.organisation, day)
        return replace(self, director=replace(self.director, at=at), curator=replace(self.curator, at=at))


def is_loaded() -> bool:
    """Whether the demo is there already."""
    return Organisation.objects.filter(slug=WORDS["authority"]["slug"]).exists()  # unscoped: command


@transaction.atomic
def load_district(now: datetime, tell: Callable[[str], None]) -> None:
    """Make the whole district, or nothing."""
    names = NameMaker(Random(2026))  # noqa: S311 -- fiction needs no secrecy
    secret = make_password(PASSWORD)
    today = now.date()
    authority = _organisation(WORDS["authority"], None)
    office = _authority_office(authority, names, now, secret)
    schools = []
    for plan in WORDS["organisations"]:
        tell(plan["short_name"])
        actors = _school(plan, authority, names, now, secret)
        schools.append(actors)
        _last_year(actors, today)
        if plan["slug"] in SURVEYS:
            load_surveys(_school_office(actors), actors.mentees, now)
        if plan["slug"] in ROADMAPS:
            load_roadmap(_school_office(actors), ROADMAPS[plan["slug"]], now)
        _this_year(actors, today)
        if plan["slug"] in MEETINGS:
            load_meeting(_school_office(actors), now)
    _ask_between_schools(schools, today)
    tell(authority.short_name)
    load_district_roadmap(office, [actors.organisation for actors in schools], now)


def _authority_office(authority: Organisation, names: NameMaker, now: datetime, secret: str) -> Office:
    made = []
    for index, (role, post) in enumerate(DISTRICT_ROLES):
        person = Person.objects.create(
            organisation=authority, **names.name(), post=post, email=f"okrug-{index + 1}@example.org"
        )
        user = make_account(f"{authority.slug}-{role.value}", secret, role, authority, person)
        made.append(_access(user, authority, role, person, now))
    return Office(curator=lambda day: replace(made[0], at=_noon(authority, day)))


def _school_office(actors: Actors) -> Office:
    return Office(
        curator=lambda day: actors.on(day).curator, director=lambda day: actors.on(day).director, password=PASSWORD
    )


def _noon(organisation: Organisation, day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(organisation.time_zone))


def _organisation(plan: dict, parent: Organisation | None) -> Organisation:
    return Organisation.objects.create(
        **{key: plan[key] for key in ("slug", "kind", "full_name", "short_name", "short_name_gen")},
        parent=parent,
        place="г. Приозёрск",
        address="г. Приозёрск, ул. Школьная, д. 1",
        inn="0000000000",
        ogrn="0000000000000",
        regulation="утверждённым приказом от 29.08.2025 № 40-од" if parent else "",
        electronic_flow_act="приказ от 29.08.2025 № 41-од" if parent else "",
    )


def _school(plan: dict, authority: Organisation, names: NameMaker, now: datetime, secret: str) -> Actors:
    organisation = _organisation(plan, authority)
    staff = make_staff(organisation, plan, names, now.date())
    users = {
        role: make_account(f"{organisation.slug}-{role.value}", secret, role, organisation, person)
        for (role, _), person in zip(OFFICES, staff, strict=False)
    }
    first = len(OFFICES)
    mentors = staff[first : first + plan["mentors"]]
    mentees = staff[first + plan["mentors"] : first + plan["mentors"] + plan["mentees"]]
    appoint(organisation, staff[0], plan["head"], date(2020, 9, 1))
    for login, person in (("mentor", mentors[0]), ("mentee", mentees[0])):
        make_account(f"{organisation.slug}-{login}", secret, Role.PARTICIPANT, organisation, person)
    year = SchoolYear.of(now.date())
    fill_banks(
        mentors, mentees, names.dice, last_year=date(year.start - 1, 9, 3), autumn=(date(year.start, 9, 1), now.date())
    )
    in_paper = [*mentors, *mentees[:-2], *staff[:first]]
    sign_consents(in_paper, date(year.start - 1, 9, 2), now, users[Role.CURATOR])
    # The last mentors of a bank have places left: they may help other schools.
    sign_consents(mentors[-2:], date(year.start - 1, 9, 2), now, users[Role.CURATOR], [Purpose.SHARING])
    return Actors(
        organisation=organisation,
        director=_access(users[Role.DIRECTOR], organisation, Role.DIRECTOR, staff[0], now),
        curator=_access(users[Role.CURATOR], organisation, Role.CURATOR, staff[1], now),
        mentors=mentors,
        mentees=mentees,
    )


def _access(user: User, organisation: Organisation, role: Role, person: Person, at: datetime) -> Access:
    return Access(user_id=user.pk, organisation=organisation, roles=frozenset({role}), person_id=person.pk, at=at)


def _pair(actors: Actors, mentor: int, mentees: list[int], first_day: date, last_day: date) -> Pairing:
    terms = PairingTerms(
        form=MentoringForm.TEACHER_TEACHER,
        kind=MentoringKind.TRADITIONAL,
        goal="адаптация и рост предметной и методической компетентности",
        first_day=first_day,
        last_day=last_day,
    )
    ids = [actors.mentees[index].pk for index in mentees]
    return propose_pairing(actors.curator, mentor_id=actors.mentors[mentor].pk, mentee_ids=ids, terms=terms)


def _order(actors: Actors, pairings: list[Pairing], signed_on: date) -> Document:
    for pairing in pairings:
        agree_pairing(actors.curator, pairing_id=pairing.pk)
    order = draft_assignment(actors.curator, pairing_ids=[pairing.pk for pairing in pairings])
    return _signed(actors, order.pk, signed_on)


def _signed(actors: Actors, document_id: int, signed_on: date) -> Document:
    send_order(actors.curator, document_id=document_id)
    give_visa(
        actors.director,
        document_id=document_id,
        decision=Visa.Decision.AGREED,
        name=ROLE_LABELS[Role.DIRECTOR],
        comment="",
    )
    return sign_order(actors.director, document_id=document_id, password=PASSWORD, effective_on=signed_on)


def _last_year(actors: Actors, today: date) -> None:
    """Two pairs of the school year before, fixed in September and completed in May."""
    year = SchoolYear(SchoolYear.of(today).start - 1)
    autumn, spring = date(year.start, 9, 15), date(year.start + 1, 5, 25)
    then = actors.on(autumn)
    set_journal(then.director, journal_id=None, title="Приказы по основной деятельности", pattern="{n}-од", last=55)
    pairings = [_pair(then, 1, [1], autumn, spring), _pair(then, 2, [2], autumn, spring)]
    order = _order(then, pairings, autumn)
    _acquaint(then, order, everybody=True)
    for pairing in pairings:
        draft = draft_ending(actors.on(spring).curator, pairing_id=pairing.pk, last_day=spring, ground=EndGround.DONE)
        _acquaint(actors.on(spring), _signed(actors.on(spring), draft.pk, spring), everybody=True)


def _this_year(actors: Actors, today: date) -> None:
    """An order in each state: in force, signed for later, amended, on agreement, draft; proposals; a queue."""
    year = SchoolYear.of(today)
    autumn, last_day = date(year.start, 9, 4), max(date(year.start + 1, 5, 31), today + timedelta(days=60))
    then = actors.on(autumn)
    running = [_pair(then, 0, [0], autumn, last_day), _pair(then, 1, [1], autumn, last_day)]
    if len(actors.mentees) > 8:
        running.append(_pair(then, 3, [3, 4], autumn, last_day))
    _acquaint(then, _order(then, running, autumn), everybody=False)
    if len(actors.mentees) <= 8:
        return
    recent = max(today - timedelta(days=10), autumn)
    replaced = draft_replacement(
        actors.on(recent).curator,
        pairing_id=running[1].pk,
        mentor_id=actors.mentors[4].pk,
        last_day=recent,
        over_capacity_reason="",
    )
    _acquaint(actors.on(recent), _signed(actors.on(recent), replaced.pk, recent), everybody=False)
    later = actors.on(today)
    ordered = [_pair(later, 5, [5], today + timedelta(days=7), last_day)]
    _order(later, ordered, today + timedelta(days=7))
    waiting = _pair(later, 6, [6], today, last_day)
    agree_pairing(later.curator, pairing_id=waiting.pk)
    send_order(later.curator, document_id=draft_assignment(later.curator, pairing_ids=[waiting.pk]).pk)
    drafted = _pair(later, 7, [7], today, last_day)
    agree_pairing(later.curator, pairing_id=drafted.pk)
    draft_assignment(later.curator, pairing_ids=[drafted.pk])
    if len(actors.mentees) > 12:
        _pair(later, 8, [8], today, last_day)


def _ask_between_schools(schools: list[Actors], today: date) -> None:
    """One request for a mentor of another school, which waits for an answer."""
    known = {actors.organisation.slug: actors.on(today) for actors in schools}
    mentor = known["licey-7"].mentors[-1]
    ask_for_mentor(known["sosh-14"].curator, person_id=mentor.pk, topics="дисциплина на уроке")


def _acquaint(actors: Actors, document: Document, *, everybody: bool) -> None:
    rows = list(document.acquaintances.order_by("person_id"))
    for row in rows if everybody else rows[:-1]:
        reader = replace(actors.curator, person_id=row.person_id)
        confirm_acquaintance(reader, document_id=document.pk)


def demo_accounts() -> Iterator[dict[str, str]]:
    """One login per role of each organisation, with the password of them all."""
    known = {f"{plan['slug']}" for plan in [WORDS["authority"], *WORDS["organisations"]]}
    rows = Membership.objects.filter(organisation__slug__in=known)  # unscoped: command
    for row in rows.select_related("user", "organisation").order_by("organisation_id", "pk"):
        if row.user.has_usable_password():
            yield {
                "role": row.user.username.removeprefix(f"{row.organisation.slug}-"),
                "organisation": row.organisation.short_name,
                "login": row.user.username,
                "password": PASSWORD,
            }
