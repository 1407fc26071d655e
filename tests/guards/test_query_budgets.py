"""Pages cost the same number of queries whatever the number of rows, and at most fifteen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.models import Event
from documents.domain.paper import Annex
from documents.operations.acts import draft_act, send_act, sign_act
from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.pairing_states import PairingState
from mentoring.models import BankImport, BankImportRow, Pairing
from mentoring.models.pairings import NEVER, days
from mentoring.operations.order_drafts import draft_assignment
from mentoring.operations.orders import send_order, sign_order
from people.domain.roles import Role
from people.models import Organisation, Person
from roadmap.models import DistrictReminder, Duty, Measure, PlannedDocument, Roadmap
from roadmap.operations.refresh import refresh
from tests.conftest import Persona, make_persona
from tests.factories import (
    AT,
    PASSWORD,
    TODAY,
    EvidenceFactory,
    HeadFactory,
    MeasureFactory,
    MenteeProfileFactory,
    MenteeRequestFactory,
    MentorProfileFactory,
    MentorTopicFactory,
    OccurrenceFactory,
    OrganisationFactory,
    PairBanFactory,
    PairingFactory,
    PairingMenteeFactory,
    PairingReplyFactory,
    PersonFactory,
    RoadmapFactory,
    SharingRequestFactory,
    StageFactory,
    consents,
)
from tests.guards.event_rows import add_event_row, event_scene
from tests.guards.survey_scene import SurveyScene, add_survey_row, survey_scene
from tests.mentoring.sharing_steps import offered

MOST = 15
LONG = days(date(2026, 9, 4), date(2126, 5, 31))


@dataclass(frozen=True)
class Scene:
    """A school, who looks at it, and the one person and upload whose rows are added to."""

    curator: Persona
    director: Persona
    mentor: Persona
    district_curator: Persona
    upload: BankImport
    plan: Roadmap
    district_plan: Roadmap
    surveys: SurveyScene
    event: Event


def new_scene() -> Scene:
    """A school of its own in a district of its own."""
    district = OrganisationFactory(kind=Organisation.Kind.AUTHORITY)
    school = OrganisationFactory(parent=district)
    curator, director, mentor = (make_persona(role, school) for role in (Role.CURATOR, Role.DIRECTOR, Role.PARTICIPANT))
    district_curator = make_persona(Role.DISTRICT_CURATOR, district)
    HeadFactory(organisation=school, person=director.person)
    consents(mentor.person)
    MentorProfileFactory(person=mentor.person, capacity=30)
    upload = BankImport.objects.create(
        organisation=school,
        bank="mentors",
        filename="bank.xlsx",
        content=b"x",
        state=BankImport.State.READ,
        columns=[{"index": 0, "letter": "A", "header": "ФИО", "field": "name"}],
        counts={"create": 1},
        uploaded_at=AT,
        uploaded_by=curator.user,
    )
    plan, above = (RoadmapFactory(organisation=each) for each in (school, district))
    event = event_scene(curator, mentor)
    return Scene(curator, director, mentor, district_curator, upload, plan, above, survey_scene(curator), event)


@pytest.fixture(scope="module")
def made_once(one_transaction: None) -> dict[int, Scene]:
    scenes = {rows: new_scene() for rows in (0, 1, 3)}
    for rows, scene in scenes.items():
        for _ in range(rows):
            add_row(scene)
    return scenes


@pytest.fixture
def scenes(made_once: dict[int, Scene], db: None) -> dict[int, Scene]:
    """Schools by how many rows their lists have: with one, with three."""
    return made_once


@pytest.fixture
def scene(scenes: dict[int, Scene]) -> Scene:
    """A school whose lists are empty as yet."""
    return scenes[0]


def banked_mentee(organisation: Organisation) -> Person:
    mentee = PersonFactory(organisation=organisation)
    consents(mentee)
    MenteeRequestFactory(profile=MenteeProfileFactory(person=mentee))
    return mentee


def paired(mentor: Person, *, mentees: int = 1, state: PairingState = PairingState.PROPOSED) -> Pairing:
    pairing = PairingFactory(mentor=mentor, state=state, period=LONG, form=MentoringForm.TEACHER_TEACHER)
    taken = mentor.mentored_pairings.count() * 10
    for slot in range(taken, taken + mentees):
        mentee = banked_mentee(mentor.organisation)
        PairingMenteeFactory(pairing=pairing, mentee=mentee, slot=slot, places=1000)
    return pairing


def ordered(scene: Scene, pairings: list[Pairing]) -> int:
    """A signed order on agreed pairings; gives its number in the database."""
    order = draft_assignment(scene.curator.access, pairing_ids=[pairing.pk for pairing in pairings])
    send_order(scene.curator.access, document_id=order.pk)
    sign_order(scene.director.access, document_id=order.pk, password=PASSWORD, effective_on=AT.date())
    return order.pk


def add_row(scene: Scene) -> None:
    """One more of everything that a list shows."""
    school, mentor = scene.curator.organisation, scene.mentor.person
    free = PersonFactory(organisation=school)
    consents(free)
    MentorTopicFactory(profile=MentorProfileFactory(person=free))
    PairBanFactory(mentor=free, mentee=banked_mentee(school))
    MentorProfileFactory(person=PersonFactory(organisation=school), standing="candidate")
    paired(free)
    add_replies(paired(mentor), paired(PersonFactory(organisation=school)))
    ordered(scene, [paired(mentor, state=PairingState.AGREED)])
    draft_assignment(scene.curator.access, pairing_ids=[paired(mentor, state=PairingState.AGREED).pk])
    number = scene.upload.rows.count() + 1
    BankImportRow.objects.create(
        bank_import=scene.upload,
        number=number,
        outcome="create",
        name=f"Строка {number}",
        values={},
        changes=[{"label": "банк", "old": "", "new": "войдёт"}],
    )
    below = OrganisationFactory(parent=scene.district_curator.organisation)
    paired(PersonFactory(organisation=below))
    add_sharing(scene, below)
    add_measures(scene, below)
    add_survey_row(scene.surveys)
    add_event_row(scene.event)


def add_replies(asked: Pairing, refused: Pairing) -> None:
    """The mentee of one proposal has agreed, that of another has refused and is back in the queue."""
    PairingReplyFactory(pairing=asked, person=asked.mentees.get().mentee)
    PairingReplyFactory(pairing=refused, person=refused.mentees.get().mentee, is_willing=False)
    refused.mentees.update(during=NEVER)
    Pairing.objects.filter(pk=refused.pk).update(state=PairingState.DECLINED)


def add_sharing(scene: Scene, below: Organisation) -> None:
    """One more mentor of another school to ask for, one asked for, one lent each way, and one to answer about."""
    school = scene.curator.organisation
    for _ in range(2):
        mentor = offered(below)
    SharingRequestFactory(mentor=mentor, organisation=school)
    SharingRequestFactory(mentor=PersonFactory(organisation=school), organisation=below)
    SharingRequestFactory(mentor=PersonFactory(organisation=school), organisation=below, agreed=True)
    lent = SharingRequestFactory(mentor=PersonFactory(organisation=below), organisation=school, agreed=True)
    MentorProfileFactory(person=lent.guest)


def add_measures(scene: Scene, below: Organisation) -> None:
    """One more late measure of everybody's, by its own words, and one handed down, with all that hangs on them."""
    word = f"ответственный {scene.plan.measures.count()}"
    for role in (Role.CURATOR, Role.DIRECTOR, Role.PARTICIPANT):
        Duty.objects.create(organisation=scene.plan.organisation, words=word, role=role)
    Duty.objects.create(organisation=scene.plan.organisation, words=word, person=scene.mentor.person)
    Duty.objects.create(organisation=scene.district_plan.organisation, words=word, role=Role.DISTRICT_CURATOR)
    RoadmapFactory(organisation=scene.plan.organisation)
    origin = late(scene.district_plan, word)
    for plan in (scene.plan, RoadmapFactory(organisation=below)):
        measure = late(plan, word, origin=origin, stage=StageFactory(roadmap=plan))
        EvidenceFactory(occurrence=measure.occurrences.get(), capability="K16", recorded_by=scene.curator.user)
        DistrictReminder.objects.create(
            organisation=plan.organisation, measure=measure, day=timezone.localdate(), asked_by=scene.curator.user
        )


def late(plan: Roadmap, word: str, **values: object) -> Measure:
    measure = MeasureFactory(roadmap=plan, capabilities=["K05", "K16"], responsible=[word], **values)
    OccurrenceFactory(measure=measure, ends_on=date(2026, 10, 1))
    return measure


def queries_of(persona: Persona, name: str, *args: object) -> int:
    address = reverse(name, args=[persona.organisation.slug, *args])
    with CaptureQueriesContext(connection) as captured:
        response = persona.client.get(address)
    assert response.status_code == 200
    return len(captured)


LISTS: list[tuple[str, str, Callable[[Scene], list[object]]]] = [
    ("curator", "mentor_list", lambda scene: []),
    ("curator", "mentee_list", lambda scene: []),
    ("director", "mentor_list", lambda scene: []),
    ("curator", "bank_print", lambda scene: ["mentors"]),
    ("curator", "bank_print", lambda scene: ["mentees"]),
    ("curator", "bank_export", lambda scene: ["mentors"]),
    ("curator", "bank_export", lambda scene: ["mentees"]),
    ("curator", "queue", lambda scene: []),
    ("curator", "pair_list", lambda scene: []),
    ("curator", "pair_propose", lambda scene: []),
    ("curator", "order_draft", lambda scene: []),
    ("curator", "document_list", lambda scene: []),
    ("curator", "act_new", lambda scene: []),
    ("curator", "document_export", lambda scene: []),
    ("curator", "journal_list", lambda scene: []),
    ("curator", "consent_list", lambda scene: []),
    ("curator", "member_list", lambda scene: []),
    ("curator", "organisation_settings", lambda scene: []),
    ("curator", "now", lambda scene: []),
    ("director", "now", lambda scene: []),
    ("mentor", "now", lambda scene: []),
    ("mentor", "my_page", lambda scene: []),
    ("curator", "person_detail", lambda scene: [scene.mentor.person.pk]),
    ("director", "person_detail", lambda scene: [scene.mentor.person.pk]),
    ("curator", "import_start", lambda scene: ["mentors"]),
    ("curator", "import_detail", lambda scene: [scene.upload.pk]),
    ("district_curator", "now", lambda scene: []),
    ("district_curator", "district_schools", lambda scene: []),
    ("curator", "matching_now", lambda scene: []),
    ("curator", "matching_export", lambda scene: []),
    ("curator", "matching_print", lambda scene: []),
    ("curator", "matching_settings", lambda scene: []),
    ("curator", "ban_list", lambda scene: []),
    ("curator", "ban_export", lambda scene: []),
    ("curator", "ban_print", lambda scene: []),
    ("curator", "ban_add", lambda scene: []),
    ("curator", "sharing_list", lambda scene: []),
    ("curator", "sharing_export", lambda scene: []),
    ("curator", "roadmap_list", lambda scene: []),
    ("curator", "roadmap_new", lambda scene: []),
    ("curator", "roadmap_now", lambda scene: []),
    ("curator", "roadmap_detail", lambda scene: [scene.plan.pk]),
    ("director", "roadmap_detail", lambda scene: [scene.plan.pk]),
    ("district_curator", "roadmap_detail", lambda scene: [scene.district_plan.pk]),
    ("curator", "roadmap_timeline", lambda scene: [scene.plan.pk]),
    ("curator", "roadmap_calendar", lambda scene: [scene.plan.pk]),
    ("curator", "roadmap_export", lambda scene: [scene.plan.pk]),
    ("curator", "roadmap_mark", lambda scene: [scene.plan.pk]),
    ("curator", "roadmap_approve", lambda scene: [scene.plan.pk]),
    ("curator", "duty_list", lambda scene: []),
    ("curator", "my_measures", lambda scene: []),
    ("mentor", "my_measures", lambda scene: []),
    ("district_curator", "my_measures", lambda scene: []),
    ("district_curator", "roadmap_matrix", lambda scene: [scene.district_plan.pk]),
    ("district_curator", "measure_hand_down", lambda scene: [late(scene.district_plan, "кто").pk]),
    ("curator", "event_list", lambda scene: []),
    ("curator", "event_detail", lambda scene: [scene.event.pk]),
    ("director", "event_detail", lambda scene: [scene.event.pk]),
    ("curator", "event_invite", lambda scene: [scene.event.pk]),
    ("curator", "event_attendance", lambda scene: [scene.event.pk]),
    ("curator", "event_guests_export", lambda scene: [scene.event.pk]),
    ("curator", "event_guests_print", lambda scene: [scene.event.pk]),
    ("mentor", "my_event", lambda scene: [scene.event.pk]),
    ("curator", "wave_list", lambda scene: []),
    ("director", "wave_list", lambda scene: []),
    ("curator", "wave_new", lambda scene: []),
    ("curator", "wave_detail", lambda scene: [scene.surveys.asked.pk]),
    ("curator", "wave_detail", lambda scene: [scene.surveys.draft.pk]),
    ("curator", "wave_edit", lambda scene: [scene.surveys.draft.pk]),
    ("curator", "wave_invited", lambda scene: [scene.surveys.asked.pk]),
    ("curator", "wave_links", lambda scene: [scene.surveys.asked.pk]),
    ("curator", "wave_letters", lambda scene: [scene.surveys.asked.pk]),
    ("curator", "wave_paper", lambda scene: [scene.surveys.asked.pk]),
    ("curator", "wave_results", lambda scene: [scene.surveys.asked.pk]),
    ("director", "wave_results", lambda scene: [scene.surveys.asked.pk]),
    ("curator", "wave_export", lambda scene: [scene.surveys.asked.pk, "csv"]),
    ("curator", "wave_texts", lambda scene: [scene.surveys.asked.pk]),
    ("curator", "wave_swot", lambda scene: [scene.surveys.asked.pk]),
    ("curator", "wave_feed", lambda scene: [scene.surveys.asked.pk]),
    ("curator", "survey_minutes", lambda scene: []),
    ("curator", "survey_minutes_export", lambda scene: []),
    ("curator", "questionnaire_list", lambda scene: []),
    ("curator", "questionnaire_detail", lambda scene: [scene.surveys.built.questionnaire_id]),
    ("curator", "statement_list", lambda scene: []),
    ("curator", "statement_detail", lambda scene: [scene.surveys.statement.pk]),
]


@pytest.mark.parametrize(
    ("who", "name", "arguments"),
    [pytest.param(*each, id=f"{each[1]}-{each[0]}-{index}") for index, each in enumerate(LISTS)],
)
def test_list_costs_the_same_with_one_row_and_with_three(
    scenes: dict[int, Scene], who: str, name: str, arguments: Callable[[Scene], list[object]]
) -> None:
    costs = {}

    for rows in (1, 3):
        persona, args = getattr(scenes[rows], who), arguments(scenes[rows])
        queries_of(persona, name, *args)  # looks for the evidence of what has changed, once
        costs[rows] = queries_of(persona, name, *args)

    assert costs[3] == costs[1]
    assert costs[3] <= MOST


def test_spreadsheet_of_answers_costs_the_same_for_one_person_and_for_three(scenes: dict[int, Scene]) -> None:
    costs = {}

    for rows in (1, 3):
        waves = scenes[rows].surveys
        queries_of(waves.curator, "wave_results", waves.asked.pk)  # counts the sheets, once
        costs[rows] = queries_of(waves.curator, "wave_export", waves.asked.pk, "xlsx")

    assert costs[3] == costs[1]


@pytest.mark.parametrize("who", ["curator", "director"])
def test_order_costs_the_same_with_one_line_and_with_three(scene: Scene, who: str) -> None:
    persona, mentor = getattr(scene, who), scene.mentor.person
    short = ordered(scene, [paired(mentor, state=PairingState.AGREED)])
    long = ordered(scene, [paired(mentor, state=PairingState.AGREED, mentees=3) for _ in range(3)])
    queries_of(persona, "order_detail", short)

    with_one, with_three = (queries_of(persona, "order_detail", order) for order in (short, long))

    assert with_three == with_one
    assert with_three <= MOST


def test_draft_order_costs_the_same_with_one_line_and_with_three(scene: Scene) -> None:
    mentor = scene.mentor.person
    short, long = (
        draft_assignment(
            scene.curator.access,
            pairing_ids=[paired(mentor, state=PairingState.AGREED, mentees=lines).pk for _ in range(lines)],
        ).pk
        for lines in (1, 3)
    )
    queries_of(scene.curator, "order_detail", short)

    with_one, with_three = (queries_of(scene.curator, "order_detail", order) for order in (short, long))

    assert with_three == with_one
    assert with_three <= MOST


@pytest.mark.parametrize("state", ["draft", "signed"])
def test_general_order_costs_the_same_with_one_annex_and_with_three(scene: Scene, state: str) -> None:
    acts = []
    for number in (1, 3):
        named = [PersonFactory(organisation=scene.curator.organisation).pk for _ in range(number)]
        annexes = [Annex("Положение", ("Текст",))] * number
        words = {"heading": "О", "preamble": "В", "points": ["П"]}
        act = draft_act(scene.curator.access, **words, annexes=annexes, named_person_ids=named).pk
        if state == "signed":
            send_act(scene.curator.access, document_id=act)
            sign_act(scene.director.access, document_id=act, password=PASSWORD, effective_on=AT.date())
        acts.append(act)
    queries_of(scene.curator, "act_detail", acts[0])

    with_one, with_three = (queries_of(scene.curator, "act_detail", act) for act in acts)

    assert with_three == with_one
    assert with_three <= MOST


@pytest.mark.parametrize(("who", "name"), [("curator", "pair_detail"), ("mentor", "my_pair")])
def test_pair_costs_the_same_with_one_mentee_and_with_three(scene: Scene, who: str, name: str) -> None:
    persona = getattr(scene, who)
    pair, group = (paired(scene.mentor.person, mentees=mentees) for mentees in (1, 3))
    queries_of(persona, name, pair.pk)

    with_one, with_three = (queries_of(persona, name, each.pk) for each in (pair, group))

    assert with_three == with_one
    assert with_three <= MOST


@pytest.mark.parametrize("who", ["curator", "director"])
def test_measure_costs_the_same_with_one_occurrence_and_with_three(scene: Scene, who: str) -> None:
    persona = getattr(scene, who)
    short, long = (with_much_on_it(scene, number) for number in (1, 3))
    queries_of(persona, "measure_detail", short)

    with_one, with_three = (queries_of(persona, "measure_detail", each) for each in (short, long))

    assert with_three == with_one
    assert with_three <= MOST


def with_much_on_it(scene: Scene, number: int) -> int:
    """A measure with `number` of everything that its page shows."""
    words = [f"{number} {index}" for index in range(number)]
    measure = MeasureFactory(roadmap=scene.plan, capabilities=["K01", "K05", "K16"][:number], responsible=words)
    for index, word in enumerate(words):
        row = OccurrenceFactory(measure=measure, position=index)
        order = ordered(scene, [paired(scene.mentor.person, state=PairingState.AGREED)])
        for document in (order, None):
            EvidenceFactory(occurrence=row, document_id=document, recorded_by=scene.curator.user)
        PlannedDocument.objects.create(organisation=measure.organisation, measure=measure, document_id=order)
        Duty.objects.create(organisation=measure.organisation, words=word, person=scene.mentor.person)
    return measure.pk


@pytest.mark.parametrize("who", ["curator", "district_curator"])
def test_look_for_evidence_costs_the_same_with_one_measure_and_with_three(scene: Scene, who: str) -> None:
    organisation, costs = getattr(scene, who).organisation, []

    for rows in (1, 1, 3):
        for _ in range(rows):
            add_row(scene)
        with CaptureQueriesContext(connection) as captured:
            refresh(organisation, today=TODAY, at=AT, everything=True)
        costs.append(len(captured))

    assert costs[2] == costs[1]  # the first look finds nothing to change yet
