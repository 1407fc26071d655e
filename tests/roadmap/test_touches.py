"""What evidence is counted from writes down its changes, for the organisation and the authority above it."""

import pytest
from django.db import connection

from community.models import Event, EventGuest
from documents.models import Document
from mentoring.models import MatchingRun, MenteeProfile, MentorProfile, Pairing, PairingMentee
from people.models import Consent, Person
from roadmap.models import Touch
from surveys.models import Version, Wave
from tests.factories import (
    AT,
    TODAY,
    ConsentFactory,
    DocumentFactory,
    EventFactory,
    EventGuestFactory,
    InvitationFactory,
    MatchingRunFactory,
    MenteeProfileFactory,
    MentorProfileFactory,
    OrganisationFactory,
    PairingFactory,
    PairingMenteeFactory,
    PersonFactory,
    RoadmapFactory,
    SheetFactory,
    VersionFactory,
    WaveFactory,
)
from tests.roadmap.test_capabilities import WATCHED

# What is watched: how a row of an organisation is made, what of it changes, and the source that is written.
TABLES = {
    "documents_document": (
        Document,
        lambda school: DocumentFactory(organisation=school),
        {"heading": "О другом"},
        "documents",
    ),
    "people_consent": (
        Consent,
        lambda school: ConsentFactory(person=Person.objects.get(organisation=school)),
        {"signer_name": "Мама"},
        "people",
    ),
    "people_person": (Person, lambda school: PersonFactory(organisation=school), {"left_on": TODAY}, "people"),
    "mentoring_mentorprofile": (
        MentorProfile,
        lambda school: MentorProfileFactory(person=Person.objects.get(organisation=school)),
        {"left_on": TODAY},
        "banks",
    ),
    "mentoring_menteeprofile": (
        MenteeProfile,
        lambda school: MenteeProfileFactory(person=Person.objects.get(organisation=school)),
        {"left_on": TODAY},
        "banks",
    ),
    "mentoring_pairing": (
        Pairing,
        lambda school: PairingFactory(mentor=Person.objects.get(organisation=school)),
        {"state": "agreed"},
        "pairings",
    ),
    "mentoring_pairingmentee": (
        PairingMentee,
        lambda school: PairingMenteeFactory(pairing=Pairing.objects.get(organisation=school)),
        {"slot": 2},
        "pairings",
    ),
    "mentoring_matchingrun": (
        MatchingRun,
        lambda school: MatchingRunFactory(organisation=school),
        {"state": "solved", "solved_at": AT},
        "matching",
    ),
    "surveys_wave": (
        Wave,
        lambda school: WaveFactory(version=Version.objects.get(organisation=school)),
        {"title": "Другое"},
        "surveys",
    ),
    "community_event": (
        Event,
        lambda school: EventFactory(organisation=school, title="Вторая"),
        {"minutes": 30},
        "events",
    ),
    "community_eventguest": (
        EventGuest,
        lambda school: EventGuestFactory(event=Event.objects.get(organisation=school)),
        {"side": "mentee"},
        "events",
    ),
}


def touches():
    return sorted(Touch.objects.values_list("organisation", "source"))


@pytest.fixture
def planning(school, district):
    """A school and its authority that both have a plan; one empty pairing, questionnaire and meeting."""
    RoadmapFactory(organisation=school)
    RoadmapFactory(organisation=district, is_confirmed=False)
    PairingFactory(mentor=PersonFactory(organisation=school))
    VersionFactory(questionnaire__organisation=school, frozen_at=AT)
    EventFactory(organisation=school)
    Touch.objects.all().delete()
    return school


def test_tables_that_are_watched_are_tested():
    assert {table: row[3] for table, row in TABLES.items()} == WATCHED


@pytest.mark.parametrize("table", TABLES)
def test_row_that_is_added_touches_school_and_authority(planning, table):
    _, make, _, source = TABLES[table]

    make(planning)

    own = [each for each in touches() if each[1] == source]
    assert own == [(planning.parent_id, source), (planning.pk, source)]


@pytest.mark.parametrize("table", TABLES)
def test_row_that_changes_touches_school_and_authority(planning, table):
    model, make, change, source = TABLES[table]
    row = make(planning)
    Touch.objects.all().delete()

    model.objects.filter(pk=row.pk).update(**change)

    assert touches() == [(planning.parent_id, source), (planning.pk, source)]


@pytest.mark.parametrize("table", TABLES)
def test_row_that_goes_touches_school_and_authority(planning, table):
    model, make, _, source = TABLES[table]
    row = make(planning)
    Touch.objects.all().delete()

    model.objects.filter(pk=row.pk).delete()

    assert touches() == [(planning.parent_id, source), (planning.pk, source)]


@pytest.mark.parametrize("table", TABLES)
def test_change_of_no_row_touches_nobody(planning, table):
    model, _, change, _ = TABLES[table]

    model.objects.filter(pk=0).update(**change)
    model.objects.filter(pk=0).delete()

    assert touches() == []


@pytest.mark.parametrize("is_planning", [True, False])
def test_statement_of_a_third_person_touches_the_school_that_has_a_plan(school, is_planning):
    invitation = InvitationFactory(wave__version__questionnaire__organisation=school)
    if is_planning:
        RoadmapFactory(organisation=school)
    Touch.objects.all().delete()

    SheetFactory(invitation=invitation, about=invitation.person)

    assert touches() == [(school.pk, "surveys")] * is_planning


def test_sheet_about_nobody_touches_nobody(planning):
    invitation = InvitationFactory(wave__version__questionnaire__organisation=planning)
    Touch.objects.all().delete()

    SheetFactory(invitation=invitation)

    assert touches() == []


def test_organisation_without_a_plan_is_not_touched(school, district):
    RoadmapFactory(organisation=OrganisationFactory(parent=district))

    PersonFactory(organisation=school)

    assert touches() == []


def test_authority_is_touched_by_a_school_without_a_plan(school, district):
    RoadmapFactory(organisation=district)

    PersonFactory(organisation=school)

    assert touches() == [(district.pk, "people")]


def test_school_is_touched_where_its_authority_has_no_plan(school):
    RoadmapFactory(organisation=school)

    PersonFactory(organisation=school)

    assert touches() == [(school.pk, "people")]


def test_school_without_an_authority_is_touched(db):
    school = OrganisationFactory()
    RoadmapFactory(organisation=school)

    PersonFactory(organisation=school)

    assert touches() == [(school.pk, "people")]


def test_schools_are_not_touched_by_their_authority_or_by_one_another(planning, district, other_school):
    PersonFactory(organisation=district)
    PersonFactory(organisation=other_school)

    assert touches() == [(district.pk, "people")] * 2


def test_many_rows_at_once_touch_each_organisation_once(planning, other_school):
    RoadmapFactory(organisation=other_school)
    for organisation in (planning, planning, other_school):
        PersonFactory(organisation=organisation)
    Touch.objects.all().delete()

    Person.objects.update(left_on=TODAY)

    assert touches() == sorted((pk, "people") for pk in (planning.parent_id, planning.pk, other_school.pk))


def test_what_is_rolled_back_touches_nobody(planning):
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        PersonFactory(organisation=planning)
        cursor.execute("ROLLBACK TO SAVEPOINT before")

    assert touches() == []
