"""A school with something in every table, and a member who may see all of it."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from documents.domain.paper import Annex
from documents.models import Document, DocumentFile
from documents.operations.acts import draft_act, send_act, sign_act
from jobs.models import Job
from mentoring.models import BankImport, BankImportRow, Pairing
from mentoring.operations.order_drafts import draft_assignment
from mentoring.operations.orders import send_order, sign_order
from people.access import Access
from people.domain.consent import Purpose
from people.domain.roles import Role
from people.models import Consent, Organisation, Person
from people.operations.links import issue_links
from tests.conftest import Persona
from tests.factories import (
    AT,
    PASSWORD,
    HeadFactory,
    MembershipFactory,
    MenteeProfileFactory,
    MenteeRequestFactory,
    MentorProfileFactory,
    MentorTopicFactory,
    PairingFactory,
    PairingMenteeFactory,
    PersonFactory,
    UserFactory,
    consents,
)
from tests.guards.event_rows import furnished_events
from tests.guards.matching_rows import furnished_bank_side, furnished_runs
from tests.guards.reply_rows import furnished_replies
from tests.guards.roadmap_rows import furnished_roadmap
from tests.guards.sharing_rows import furnished_sharing
from tests.guards.survey_rows import furnished_surveys

MARKER = "Секретнов"
"""Stands in every text of the school: wherever a stranger reads it, something has leaked."""

OUR_APPS = ("people", "jobs", "documents", "mentoring", "surveys", "community", "roadmap")


@dataclass(frozen=True)
class School:
    """A school with its rows, and `known`: the values they give to the arguments of URLs."""

    member: Persona
    known: dict[str, object]
    unbanked: Person

    @property
    def slug(self) -> str:
        return self.member.organisation.slug


def every_role(organisation: Organisation, **person: object) -> Persona:
    """Somebody with all roles of an organisation at once."""
    row = PersonFactory(organisation=organisation, **person)
    user = UserFactory()
    for role in Role:
        MembershipFactory(user=user, organisation=organisation, role=role, person=row)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    access = Access(user_id=user.pk, organisation=organisation, roles=frozenset(Role), person_id=row.pk, at=AT)
    return Persona(user=user, person=row, access=access, client=client)


def furnished(organisation: Organisation, word: str) -> School:
    """The organisation with something in every table and `word` in every text."""
    member = every_role(organisation, surname=f"{word}а")
    HeadFactory(organisation=organisation, person=member.person)
    consents(member.person)
    mentor_profile = MentorProfileFactory(person=member.person, capacity=30, achievements=word)
    MentorTopicFactory(profile=mentor_profile, topic=word)
    mentee = _person(organisation, word, email="somebody@example.org")
    mentee_profile = MenteeProfileFactory(person=mentee, expectations=word)
    documents = _orders(member, word)
    pairings = [_pairing(member.person, word), *Pairing.objects.filter(organisation=organisation).order_by("pk")]
    issue_links(member.access, person_ids=[mentee.pk])
    furnished_replies(pairings[0], mentee, word)
    acts = _acts(member, mentee, word)
    surveys = furnished_surveys(member, mentee, word)
    sharing = furnished_sharing(member.person, word)
    runs = furnished_runs(member, word)
    bank_side = furnished_bank_side(member.person, mentee, word)
    known = {
        "questions": {"duty_edit": {"words": word}, **surveys.pop("questions"), **runs.pop("questions")},
        "membership_id": [member.user.memberships.order_by("pk")[0].pk],
        "person_id": [member.person.pk, mentee.pk],
        "consent_id": [Consent.objects.get(person=mentee, purpose=Purpose.PROCESSING).pk],
        "document_id": [documents[2].pk],
        "file_format": ["pdf", "docx"],
        "order_id": [document.pk for document in documents],
        "act_id": acts,
        "journal_id": [documents[0].journal_id],
        "pairing_id": sorted({pairing.pk for pairing in pairings}),
        "profile_id": [mentor_profile.pk, mentee_profile.pk],
        "import_id": [_import(member.access, word).pk],
        "job_id": [_job(member.access, word).pk],
        "bank": ["mentors", "mentees"],
        "part": ["name"],
        "purpose": [Purpose.PROCESSING],
        **surveys,
        **furnished_events(member, mentee, surveys["wave_id"][0], word),
        **sharing,
        **bank_side,
        **runs,
        **furnished_roadmap(member, word, act_id=acts[2]),
    }
    return School(member=member, known=known, unbanked=_person(organisation, word))


def _person(organisation: Organisation, word: str, **values: object) -> Person:
    person = PersonFactory(organisation=organisation, surname=f"{word}а", note=word, **values)
    consents(person)
    return person


def _pairing(mentor: Person, word: str, **values: object) -> Pairing:
    mentee = _person(mentor.organisation, word)
    MenteeRequestFactory(profile=MenteeProfileFactory(person=mentee, expectations=word), topic=word)
    pairing = PairingFactory(mentor=mentor, goal=word, **values)
    PairingMenteeFactory(pairing=pairing, mentee=mentee, slot=mentor.mentored_pairings.count(), places=10)
    return pairing


def _orders(member: Persona, word: str) -> list[Document]:
    """A draft, an order on agreement and one in force, each on its own pairing; the last one has its files."""
    access = member.access
    pairings = [_pairing(member.person, word, state="agreed") for _ in range(3)]
    orders = [draft_assignment(access, pairing_ids=[pairing.pk]) for pairing in pairings]
    for order in orders[1:]:
        send_order(access, document_id=order.pk)
    sign_order(access, document_id=orders[2].pk, password=PASSWORD, effective_on=access.today)
    for file_format in DocumentFile.Format.values:
        content = f"{word} {file_format}".encode()
        DocumentFile.objects.create(
            document_id=orders[2].pk,
            format=file_format,
            content=content,
            sha256="0" * 64,
            size=len(content),
            rendered_at=AT,
        )
    return [order.document for order in orders]


def _acts(member: Persona, named: Person, word: str) -> list[int]:
    """A general order in the drafts, one on agreement and one in force."""
    access, words = member.access, {"heading": word, "preamble": word, "points": [word]}
    annexes = [Annex(word, paragraphs=(word,))]
    acts = [draft_act(access, **words, annexes=annexes, named_person_ids=[named.pk]).pk for _ in range(3)]
    for act in acts[1:]:
        send_act(access, document_id=act)
    sign_act(access, document_id=acts[2], password=PASSWORD, effective_on=access.today)
    return acts


def _job(access: Access, word: str) -> Job:
    return Job.objects.create(
        organisation=access.organisation,
        kind="mentoring.read_bank",
        title=word,
        return_path=f"/o/{access.organisation.slug}/",
        created_by_id=access.user_id,
        created_at=AT,
        queued_at=AT,
    )


def _import(access: Access, word: str) -> BankImport:
    upload = BankImport.objects.create(
        organisation=access.organisation,
        bank="mentors",
        filename=f"{word}.xlsx",
        content=b"x",
        state=BankImport.State.READ,
        columns=[{"index": 0, "letter": "A", "header": word, "field": "name"}],
        counts={"create": 1},
        uploaded_at=AT,
        uploaded_by_id=access.user_id,
    )
    BankImportRow.objects.create(bank_import=upload, number=2, outcome="create", name=word, values={})
    return upload


@pytest.fixture(scope="module")
def one_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Around a whole module: what is made in it stays for its tests, and each of them takes its own rows back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def full_school(school: Organisation) -> School:
    """A school whose every text bears the marker, seen by a member who holds all roles."""
    return furnished(school, MARKER)


def everything_stored() -> dict[str, tuple[int, str]]:
    """How many rows each of our tables has, and one fingerprint of them all."""
    tables = [
        model._meta.db_table
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    rows = "SELECT %s, count(*), coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM {} t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(rows.format(connection.ops.quote_name(table)) for table in tables), tables)
        return {table: (count, fingerprint) for table, count, fingerprint in cursor.fetchall()}


def text_of(response: HttpResponse) -> str:
    """Everything readable in an answer, headers and packed spreadsheets included."""
    body = response.content
    parts = [str(response.headers)]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as packed:
            parts += [packed.read(name).decode(errors="replace") for name in packed.namelist()]
    return "\n".join([*parts, body.decode(errors="replace")])
