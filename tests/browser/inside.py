"""What tests do behind the portal's pages, in a process of its own with the portal's settings."""

import time
from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from config.demo.district import PASSWORD
from config.demo.people import appoint, make_account, sign_consents
from documents.domain.paper import Annex, Table, TableRow
from documents.models import Acquaintance, Document, Journal
from documents.operations.acts import draft_act, send_act
from documents.operations.signing import set_journal
from jobs.models import Job
from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.matching.values import Objective
from mentoring.domain.vocabulary import MentoringKind
from mentoring.models import AssignmentOrder, BankImport, MenteeProfile, MentorProfile, Pairing
from mentoring.operations.imports import upload_bank
from mentoring.operations.matching import start_matching
from mentoring.operations.order_drafts import draft_assignment
from mentoring.operations.orders import send_order, sign_order
from mentoring.operations.pairings import PairingTerms, agree_pairing, propose_pairing
from mentoring.papers import regulation_paragraphs
from mentoring.queries.sharing import incoming, shared_mentors
from mentoring.tasks import match_banks
from people.access import Access
from people.domain.consent import Purpose
from people.domain.roles import Role
from people.domain.school_year import SchoolYear
from people.models import Membership, Organisation, Person, PersonalLink, User
from people.operations.links import issue_links
from people.queries.links import url_of
from roadmap.models import Measure, Occurrence, Roadmap, Stage
from roadmap.operations.feeds import open_feed
from roadmap.operations.marks import Proof, mark_done
from roadmap.operations.uploads import upload_roadmap
from surveys.domain.audience import Audience
from surveys.models import Invitation, Questionnaire, Wave
from surveys.operations.answering import send_answers
from surveys.operations.questionnaires import take_template
from surveys.operations.waves import draft_wave, launch_wave
from surveys.seals import token_of
from tests.browser.college_plan import college_plan_docx
from tests.browser.event_pages import event_pages
from tests.browser.survey_pages import survey_pages


def link_url(surname: str, given: str) -> str:
    """The address in a person's newest personal link."""
    return url_of(PersonalLink.objects.filter(person__surname=surname, person__given=given).latest("pk"))


@transaction.atomic
def make_school(slug: str, orders: list[int]) -> list[int]:
    """A school of its own with one order on agreement for each number of pairs; returns their ids."""
    organisation = Organisation.objects.create(
        slug=slug, kind="school", full_name=f"Школа {slug}", short_name=f"Школа {slug}", place="г. Приозёрск"
    )
    director = _member(organisation, Role.DIRECTOR, "Директорова")
    curator = _member(organisation, Role.CURATOR, "Кураторова")
    appoint(organisation, Person.objects.get(pk=director.person_id), "Директор", date(2020, 9, 1))
    set_journal(director, journal_id=None, title="Приказы", pattern="{n}", last=0)
    pairs = iter(_pairs(curator, sum(orders)))
    documents = []
    for size in orders:
        order = draft_assignment(curator, pairing_ids=[next(pairs) for _ in range(size)])
        send_order(curator, document_id=order.pk)
        documents.append(order.pk)
    return documents


def make_school_below(slug: str, authority: str) -> None:
    """A school of its own that an authority of the demo answers for, without any plan."""
    make_school(slug, [])
    Organisation.objects.filter(slug=slug).update(parent=Organisation.objects.get(slug=authority))


@transaction.atomic
def make_long_names(slug: str) -> dict[str, int]:
    """A school where everybody's surname has a hundred letters: a pair with an order, one who waits, a wave."""
    make_school(slug, [])
    curator = _access(Membership.objects.get(organisation__slug=slug, role=Role.CURATOR))
    pairing, _ = _pairs(curator, 2)
    waiting = Person.objects.create(organisation=curator.organisation, surname="Ждущая", given="Анна", gender="f")
    MenteeProfile.objects.create(organisation=curator.organisation, person=waiting, entered_on=curator.today)
    Person.objects.filter(organisation=curator.organisation).update(surname="Ж" + "щ" * 99)
    order = draft_assignment(curator, pairing_ids=[pairing])
    wave = _running(curator, take_template(curator, key="satisfaction"), is_anonymous=False)
    return {"pairing": pairing, "order": order.pk, "person": waiting.pk, "wave": wave}


@transaction.atomic
def make_asking_school(slug: str, pairs: int) -> dict[str, int]:
    """A school of its own whose plan has one measure, about requests, and two waves that run: with names and without.

    Everybody in its pairs is asked how mentoring goes. Returns the ids of the waves.
    """
    make_school(slug, [])
    curator = _access(Membership.objects.get(organisation__slug=slug, role=Role.CURATOR))
    _pairs(curator, pairs)
    year = SchoolYear.of(curator.today)
    days = {"starts_on": year.first_day, "ends_on": year.last_day}
    owner = {"organisation": curator.organisation}
    plan = Roadmap.objects.create(**owner, title="План", is_confirmed=True, created_at=curator.at, **days)
    measure = Measure.objects.create(
        **owner, roadmap=plan, title="Анкетирование о запросах", capabilities=["K07"], position=10
    )
    counted = {"counts_from": year.first_day, "counts_until": year.last_day}
    Occurrence.objects.create(**owner, measure=measure, position=0, opens_on=year.first_day, **days, **counted)
    questionnaire = take_template(curator, key="satisfaction")
    return {
        "named": _running(curator, questionnaire, is_anonymous=False),
        "nameless": _running(curator, questionnaire, is_anonymous=True),
    }


def _running(curator: Access, questionnaire: Questionnaire, *, is_anonymous: bool) -> int:
    values = {
        "title": "Без имён" if is_anonymous else "С именами",
        "audience": Audience(sides=("mentor", "mentee")).as_json(),
        "opens_on": curator.today,
        "closes_on": curator.today + timedelta(days=14),
        "is_anonymous": is_anonymous,
    }
    wave = draft_wave(curator, questionnaire_id=questionnaire.pk, values=values)
    return launch_wave(curator, wave_id=wave.pk).pk


def answer_the_rest(wave_id: int, answers: dict[str, list[str]]) -> None:
    """Everybody who has not answered yet sends these answers."""
    for invitation in Invitation.objects.filter(wave=wave_id, is_answered=False):
        send_answers(token=token_of(invitation.nonce), at=timezone.now(), sent=answers, is_whole=True)


def _member(organisation: Organisation, role: Role, surname: str) -> Access:
    person = Person.objects.create(organisation=organisation, surname=surname, given="Анна", gender="f", post="учитель")
    user = make_account(f"{organisation.slug}-{role.value}", make_password(PASSWORD), role, organisation, person)
    return _access(Membership.objects.get(user=user))


def _pairs(curator: Access, number: int) -> list[int]:
    organisation, today = curator.organisation, curator.today
    persons = Person.objects.bulk_create(
        Person(
            organisation=organisation,
            surname=surname,
            given=f"Имя{index}",
            patronymic="Ивановна",
            gender="f",
            post="учитель",
        )
        for index in range(number)
        for surname in ("Наставникова", "Подопечная")
    )
    mentors, mentees = persons[::2], persons[1::2]
    for model, people in ((MentorProfile, mentors), (MenteeProfile, mentees)):
        model.objects.bulk_create(
            model(organisation=organisation, person=person, entered_on=today) for person in people
        )
    sign_consents(persons, today, curator.at, User.objects.get(pk=curator.user_id))
    terms = PairingTerms(
        form=MentoringForm.TEACHER_TEACHER,
        kind=MentoringKind.TRADITIONAL,
        goal="адаптация",
        first_day=today,
        last_day=today + timedelta(days=180),
    )
    made = [
        propose_pairing(curator, mentor_id=mentor.pk, mentee_ids=[mentee.pk], terms=terms)
        for mentor, mentee in zip(mentors, mentees, strict=True)
    ]
    return [agree_pairing(curator, pairing_id=pairing.pk).pk for pairing in made]


def sign(slug: str, documents: list[int]) -> None:
    """Sign orders as the director of a school made above."""
    member = Membership.objects.select_related("organisation").get(organisation__slug=slug, role=Role.DIRECTOR)
    access = _access(member)
    for document in documents:
        sign_order(access, document_id=document, password=PASSWORD, effective_on=access.today)


def _solved_run(curator: Access) -> int:
    job = start_matching(curator, objective=Objective.COVER, has_district=True)
    match_banks(lambda done, total, message="": None, run_id=job.params["run_id"])
    return job.params["run_id"]


def known(slug: str, logins: list[str]) -> dict[str, object]:
    """Arguments that lead to real pages of a school of the demo: something in every state it can have.

    `own` holds what differs between the logins.
    """
    organisation = Organisation.objects.get(slug=slug)
    while Job.objects.unfinished().filter(kind="documents.render", organisation=organisation).exists():
        time.sleep(0.1)  # the demo's orders are still getting their files
    orders = AssignmentOrder.objects.filter(organisation=organisation).order_by("document__state", "-document_id")
    pairings = Pairing.objects.filter(organisation=organisation).order_by("state", "pk")
    profiles = {
        "mentors": MentorProfile.objects.filter(organisation=organisation).earliest("pk").pk,
        "mentees": MenteeProfile.objects.filter(organisation=organisation).earliest("pk").pk,
    }
    mentor, newcomer = (
        Person.objects.get(organisation=organisation, memberships__user__username=f"{slug}-mentor"),
        MenteeProfile.objects.filter(organisation=organisation).latest("pk").person,
    )
    plans = _plans(organisation)
    curator = _access(Membership.objects.get(organisation=organisation, role=Role.CURATOR))
    asked = survey_pages(curator)
    return {
        **plans,
        **asked,
        **event_pages(organisation),
        "queries": plans["queries"] | asked["queries"],
        "person_id": [mentor.pk],
        "purpose": [Purpose.PROCESSING, Purpose.PUBLICATION],
        "journal_id": [Journal.objects.get(organisation=organisation).pk],
        "order_id": [order.pk for order in sorted(orders.distinct("document__state"), key=_is_not_draft)],
        "act_id": _acts(organisation),
        "pairing_id": [pairing.pk for pairing in pairings.distinct("state")],
        "mentor": [shared_mentors(curator)[0].person_id],
        "request_id": [incoming(curator)[0].pk],
        "run_id": [_solved_run(curator)],
        "bank": list(profiles),
        "profile_id": list(profiles.values()),
        "own": {login: {"document_id": _own_documents(login)} for login in logins}
        # What is being prepared is the curator's, what can be edited is not for participants.
        | {f"{slug}-director": {"document_id": _own_documents(f"{slug}-director"), "wave_id": asked["wave_id"][:1]}}
        | {f"{slug}-mentor": {"document_id": _own_documents(f"{slug}-mentor"), "file_format": ["pdf"]}}
        # Without a consent somebody is seen only by those who collect it.
        | {
            f"{slug}-curator": {
                "document_id": _own_documents(f"{slug}-curator"),
                "person_id": [mentor.pk, newcomer.pk],
                **_unconfirmed(organisation),
            }
        }
        | {login: _district_rows(login) for login in logins if login.endswith("-district_curator")},
        "import_id": [
            _read(organisation, Bank.MENTORS, "ФИО;Должность;Стаж\nПетров Пётр Петрович;учитель;менее года\n"),
            _read(organisation, Bank.MENTEES, "ФИО;Должность\nБезымянная;учитель\n"),
            _read(organisation, Bank.MENTEES, "ничего похожего на банк"),
        ],
    }


def _acts(organisation: Organisation) -> list[int]:
    """A general order with annexes in the drafts, and one that waits for the director."""
    curator = _access(Membership.objects.get(organisation=organisation, role=Role.CURATOR))
    rows = (TableRow.plain("Раздел 1"), TableRow.plain("1", "Назначить куратора", "до 1 сентября", "директор"))
    roadmap = Table(("№", "Мероприятие", "Срок", "Ответственный"), 0, rows)
    annexes = [
        Annex("Положение о системе наставничества", regulation_paragraphs(organisation)),
        Annex("Дорожная карта", table=roadmap, is_wide=True),
    ]
    acts = [
        draft_act(
            curator,
            heading="Об утверждении Положения о системе наставничества и дорожной карты",
            preamble="В целях развития наставничества",
            points=["Утвердить Положение (приложение № 1).", "Утвердить дорожную карту (приложение № 2)."],
            annexes=annexes,
        ).pk
        for _ in range(2)
    ]
    send_act(curator, document_id=acts[1])
    return acts


def _plans(organisation: Organisation) -> dict[str, list[object]]:
    """The plan in work, with measures that are behind, done, ahead, and handed down by the authority."""
    curator = _access(Membership.objects.get(organisation=organisation, role__in=[Role.CURATOR, Role.DISTRICT_CURATOR]))
    roadmap = Roadmap.objects.filter(organisation=organisation, is_confirmed=True).earliest("pk")
    rows = Occurrence.objects.filter(measure__roadmap=roadmap).order_by("measure__position", "position")
    late = rows.unfinished().filter(opens_on__lte=curator.today).earliest("ends_on", "pk")
    proof = Proof(words="Протокол", happened_on=curator.today, filename="протокол.pdf", content=b"%PDF-1.4")
    mark_done(curator, occurrence_ids=[late.pk], proof=proof, capability=late.measure.capabilities[0])
    handed_down = Measure.objects.filter(roadmap=roadmap, origin__isnull=False).order_by("pk")[:1]
    measures = [row.measure_id for row in (late, rows.filter(done_on__isnull=False)[0], rows.unfinished().latest("pk"))]
    open_feed(curator, roadmap_id=roadmap.pk)
    return {
        "roadmap_id": [roadmap.pk],
        "stage_id": list(Stage.objects.filter(roadmap=roadmap).order_by("pk").values_list("pk", flat=True)[:1]),
        "measure_id": [*measures, *(measure.pk for measure in handed_down)],
        "occurrence_id": [late.pk],
        "upload_id": [],
        "queries": {"duty_edit": f"?{urlencode({'words': late.measure.responsible[0]})}"},
    }


def _unconfirmed(organisation: Organisation) -> dict[str, list[object]]:
    """What only those see who work on plans: one to check, one that could not be read."""
    curator = _access(Membership.objects.get(organisation=organisation, role=Role.CURATOR))
    uploads = [
        upload_roadmap(curator, filename="B.docx", content=college_plan_docx()),
        upload_roadmap(curator, filename="меню.txt", content="Суп\t10\nКаша\t20\n".encode()),
    ]
    for upload in uploads:
        while not (upload.roadmap_id or upload.problem):
            time.sleep(0.1)
            upload.refresh_from_db()
    confirmed = _plan_ids(organisation, is_confirmed=True)
    return {"roadmap_id": [*confirmed, uploads[0].roadmap_id], "upload_id": [upload.pk for upload in uploads]}


def _plan_ids(organisation: Organisation, **narrowed: object) -> list[int]:
    return list(
        Roadmap.objects.filter(organisation=organisation, **narrowed).order_by("pk").values_list("pk", flat=True)
    )


def _district_rows(login: str) -> dict[str, list[object]]:
    """The authority has a plan, but no papers, pairs or journals of its own."""
    organisation = Organisation.objects.get(slug=login.rpartition("-")[0])
    none = ("act_id", "document_id", "journal_id", "order_id", "pairing_id")
    return {name: [] for name in none} | _plans(organisation) | event_pages(organisation)


def mentor_link(slug: str) -> str:
    """The address of a new personal link of a mentor of the school who has no account."""
    curator = _access(Membership.objects.get(organisation__slug=slug, role=Role.CURATOR))
    person = MentorProfile.objects.filter(organisation__slug=slug, person__memberships=None).earliest("pk").person
    return url_of(issue_links(curator, person_ids=[person.pk])[0])


def _is_not_draft(order: AssignmentOrder) -> bool:
    return order.document.state != Document.State.DRAFT


def _own_documents(login: str) -> list[int]:
    rows = Acquaintance.objects.filter(person__memberships__user__username=login)
    return list(rows.order_by("-document_id").values_list("document_id", flat=True)[:1])


def _read(organisation: Organisation, bank: Bank, text: str) -> int:
    """An upload as the portal's worker leaves it, whatever it makes of the file."""
    curator = Membership.objects.get(organisation=organisation, role=Role.CURATOR)
    upload = upload_bank(_access(curator), bank=bank, filename="bank.csv", content=text.encode())
    while upload.state == BankImport.State.UPLOADED:
        time.sleep(0.1)
        upload.refresh_from_db()
    return upload.pk


def open_link(slug: str) -> str:
    """The address of a link of one of the school's participants that nobody has used yet."""
    organisation = Organisation.objects.get(slug=slug)
    person = MenteeProfile.objects.filter(organisation=organisation).latest("pk").person
    curator = Membership.objects.get(organisation=organisation, role=Role.CURATOR)
    return url_of(issue_links(_access(curator), person_ids=[person.pk])[0])


def survey_doors(slug: str) -> dict[str, int]:
    """Paths of questionnaires as people open them, with the status of each: open, answered, over, never there."""
    links = Invitation.objects.filter(organisation__slug=slug, about__isnull=True).order_by("pk")
    running = links.filter(wave__state=Wave.State.OPEN)
    found = [
        running.filter(is_answered=False, wave__is_anonymous=True)[0],
        running.filter(is_answered=False, wave__is_anonymous=False)[0],
        running.filter(is_answered=True)[0],
        links.filter(wave__state=Wave.State.CLOSED, is_answered=False)[0],
    ]
    return {f"/a/{token_of(link.nonce)}/": 200 for link in found} | {"/a/nonsense/": 404}


def check_path(slug: str) -> str:
    """The path that the QR code of a signed order of the school leads to."""
    document = Document.objects.filter(organisation__slug=slug, signed_at__isnull=False).latest("pk")
    return reverse("document_check", args=[document.check_key])


def waiting_jobs(slug: str) -> list[int]:
    """A job of the curator that has failed and one that runs and runs."""
    curator = Membership.objects.get(organisation__slug=slug, role=Role.CURATOR)
    access = _access(curator)
    values = {"kind": "nothing", "params": {}, "return_path": f"/o/{slug}/mentors/", "created_by_id": access.user_id}
    values |= {"organisation": access.organisation, "created_at": access.at, "queued_at": access.at + timedelta(days=9)}
    failed = Job.objects.create(
        title="Чтение файла", state="failed", error="Файл пуст.", finished_at=access.at, **values
    )
    running = Job.objects.create(title="Чтение файла", state="running", done=1, total=4, **values)
    return [failed.pk, running.pk]


def _access(member: Membership) -> Access:
    return Access(
        user_id=member.user_id,
        organisation=member.organisation,
        roles=frozenset({Role(member.role)}),
        person_id=member.person_id,
        at=timezone.now(),
    )
