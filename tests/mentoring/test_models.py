"""What the database itself refuses about banks, pairs and orders, whoever asks."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.vocabulary import EndGround
from mentoring.models import (
    AssignmentOrder,
    AssignmentOrderLine,
    BankImport,
    BankImportRow,
    MenteeRequest,
    MentorTopic,
    PairingMentee,
    Preference,
)
from mentoring.models.pairings import NEVER
from mentoring.operations.order_drafts import draft_assignment
from mentoring.operations.orders import send_order, sign_order
from mentoring.operations.pairings import (
    agree_pairing,
)
from tests.factories import (
    AT,
    PASSWORD,
    TODAY,
    DocumentFactory,
    MenteeProfileFactory,
    MenteeRequestFactory,
    MentorProfileFactory,
    MentorTopicFactory,
    PairingFactory,
    PairingMenteeFactory,
    PersonFactory,
    UserFactory,
    pair,
)


def run_whole(call: Callable[..., object], *args: object, **kwargs: object) -> None:
    """The call and the checks that wait for the end of its transaction."""
    with transaction.atomic():
        call(*args, **kwargs)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def broken(call: Callable[..., object], *args: object, **kwargs: object) -> str:
    """Which constraint of the database the call breaks."""
    with pytest.raises(IntegrityError) as error:
        run_whole(call, *args, **kwargs)
    return error.value.__cause__.diag.constraint_name


def test_database_keeps_one_mentor_at_a_time_per_mentee(school):
    place = pair(school).mentees.get()
    other = PairingFactory(mentor=PersonFactory(organisation=school))

    name = broken(PairingMenteeFactory, pairing=other, mentee=place.mentee)

    assert name == "one_mentor_at_a_time_per_mentee"


def test_database_keeps_one_mentee_at_a_time_per_slot(school):
    first = pair(school)
    second = PairingFactory(mentor=first.mentor)

    name = broken(PairingMenteeFactory, pairing=second, slot=1)

    assert name == "one_mentee_at_a_time_per_slot"


def test_places_of_which_nothing_is_taken_do_not_collide(school):
    place = pair(school).mentees.get()
    other = PairingFactory(mentor=place.mentor)

    planned = PairingMenteeFactory(pairing=other, mentee=place.mentee, during=NEVER, slot=1)

    assert PairingMentee.objects.filter(mentee=place.mentee).count() == 2
    assert planned.pk


def test_database_keeps_capacity_unless_there_is_a_reason(school):
    pairing = PairingFactory(mentor__organisation=school)

    name = broken(PairingMenteeFactory, pairing=pairing, slot=3)

    assert name == "capacity_is_exceeded_only_with_a_reason"
    assert PairingMenteeFactory(pairing=pairing, slot=3, over_capacity_reason="нужно").slot == 3


def test_database_lets_nobody_mentor_themselves(school):
    pairing = PairingFactory(mentor__organisation=school)

    assert broken(PairingMenteeFactory, pairing=pairing, mentee=pairing.mentor) == "nobody_mentors_themselves"


def test_database_counts_slots_from_one(school):
    assert broken(PairingMenteeFactory, pairing__mentor__organisation=school, slot=0) == "slots_count_from_one"


def test_database_keeps_one_place_per_mentee_in_a_pairing(school):
    place = pair(school).mentees.get()

    name = broken(PairingMenteeFactory, pairing=place.pairing, mentee=place.mentee, during=NEVER, slot=2)

    assert name == "one_place_per_mentee_in_a_pairing"


@pytest.mark.parametrize("state", ["ordered", "active", "paused", "completed", "ended_early", "replaced"])
def test_database_keeps_an_order_behind_every_fixed_pairing(school, state):
    over = state in ("completed", "ended_early", "replaced")
    ending = {"ended_on": TODAY, "end_ground": EndGround.DONE} if over else {}

    name = broken(PairingFactory, mentor__organisation=school, state=state, **ending)

    assert name == "fixed_pairing_has_an_order"


@pytest.mark.parametrize(
    "values",
    [
        {"state": "completed"},
        {"state": "completed", "ended_on": TODAY},
        {"state": "replaced", "end_ground": EndGround.REPLACEMENT},
        {"state": "active", "ended_on": TODAY},
        {"state": "proposed", "ended_on": TODAY, "end_ground": EndGround.DONE},
    ],
)
def test_database_keeps_day_and_ground_of_ended_pairings_alone(school, values):
    document = DocumentFactory(organisation=school)

    name = broken(PairingFactory, mentor__organisation=school, basis=document, **values)

    assert name == "ended_pairing_has_day_and_ground"


def test_database_keeps_periods_from_being_empty(school):
    assert broken(PairingFactory, mentor__organisation=school, period=NEVER) == "pairing_period_is_not_empty"


def test_database_keeps_a_place_with_the_mentor_of_its_pairing(school):
    place = pair(school).mentees.get()

    name = broken(PairingMentee.objects.filter(pk=place.pk).update, mentor=PersonFactory(organisation=school))

    assert name == "place_is_with_the_mentor_of_its_pairing"


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (
            lambda ours, alien: MentorProfileFactory(person=alien, organisation=ours),
            "mentor_profile_stays_in_its_organisation",
        ),
        (
            lambda ours, alien: MenteeProfileFactory(person=alien, organisation=ours),
            "mentee_profile_stays_in_its_organisation",
        ),
        (lambda ours, alien: PairingFactory(mentor=alien, organisation=ours), "mentor_is_of_the_same_organisation"),
        (
            lambda ours, alien: PairingMenteeFactory(pairing__mentor__organisation=ours, mentee=alien),
            "mentee_is_of_the_same_organisation",
        ),
    ],
)
def test_database_lets_nobody_cross_organisations(school, other_school, make, name):
    alien = PersonFactory(organisation=other_school)

    assert broken(make, school, alien) == name


def test_database_keeps_a_place_in_the_organisation_of_its_pairing(school, other_school):
    place = pair(school).mentees.get()

    name = broken(PairingMentee.objects.filter(pk=place.pk).update, organisation=other_school)

    assert name in {"place_is_with_the_mentor_of_its_pairing", "mentee_is_of_the_same_organisation"}


@pytest.mark.parametrize(("make", "bank"), [(MentorProfileFactory, Bank.MENTORS), (MenteeProfileFactory, Bank.MENTEES)])
def test_database_keeps_one_open_profile_per_person(school, make, bank):
    person = PersonFactory(organisation=school)
    make(person=person, left_on=TODAY)
    make(person=person)

    assert broken(make, person=person) == f"one_open_{bank.rstrip('s')}_profile_per_person"


@pytest.mark.parametrize(
    ("make", "values", "name"),
    [
        (MentorProfileFactory, {"left_on": date(2026, 8, 31)}, "mentor_profile_period_is_not_reversed"),
        (MenteeProfileFactory, {"left_on": date(2026, 8, 31)}, "mentee_profile_period_is_not_reversed"),
        (MentorProfileFactory, {"capacity": 0}, "mentor_capacity_is_plausible"),
        (MentorProfileFactory, {"capacity": 31}, "mentor_capacity_is_plausible"),
        (MenteeRequestFactory, {"weight": 0}, "request_weight_is_1_to_5"),
        (MenteeRequestFactory, {"weight": 6}, "request_weight_is_1_to_5"),
    ],
)
def test_database_keeps_profiles_plausible(db, make, values, name):
    assert broken(make, **values) == name


def test_database_keeps_one_row_per_topic(db):
    topic, request = MentorTopicFactory(), MenteeRequestFactory()

    assert broken(MentorTopic.objects.create, profile=topic.profile, topic=topic.topic) == "one_row_per_mentor_topic"
    assert (
        broken(MenteeRequest.objects.create, profile=request.profile, topic=request.topic)
        == "one_row_per_mentee_request"
    )


def test_database_keeps_one_row_of_an_import_per_number(school):
    upload = BankImport.objects.create(
        organisation=school, bank=Bank.MENTORS, filename="a", content=b"", uploaded_at=AT, uploaded_by=UserFactory()
    )
    row = {"bank_import": upload, "number": 2, "outcome": "create", "name": "a", "values": {}}
    BankImportRow.objects.create(**row)

    assert broken(BankImportRow.objects.create, **row) == "one_import_row_per_number"


def order_of(school, action="assign"):
    document = DocumentFactory(organisation=school)
    return AssignmentOrder.objects.create(organisation=school, document=document, action=action)


@pytest.mark.parametrize(
    "values",
    [
        {"action": "extend"},
        {"action": "end"},
        {"action": "end", "last_day": TODAY},
        {"action": "end", "ground": "done"},
    ],
)
def test_database_keeps_until_when_and_why_in_every_order_line(school, values):
    order, pairing = order_of(school), pair(school)

    name = broken(AssignmentOrderLine.objects.create, organisation=school, order=order, pairing=pairing, **values)

    assert name == "order_line_says_until_when_and_why"


def test_database_keeps_one_line_per_pairing_in_an_order(school):
    line = {"organisation": school, "order": order_of(school), "pairing": pair(school), "action": "assign"}
    AssignmentOrderLine.objects.create(**line)

    assert broken(AssignmentOrderLine.objects.create, **line) == "one_line_per_pairing_in_an_order"


def test_database_keeps_an_order_in_the_organisation_of_its_document(school, other_school):
    document = DocumentFactory(organisation=school)

    name = broken(AssignmentOrder.objects.create, organisation=other_school, document=document, action="assign")

    assert name == "order_is_of_the_organisation_of_its_document"


@pytest.mark.parametrize(
    ("alien", "name"),
    [
        ("order", "line_is_of_the_organisation_of_its_order"),
        ("pairing", "line_is_of_the_organisation_of_its_pairing"),
    ],
)
def test_database_keeps_lines_in_the_organisation_of_what_they_join(school, other_school, alien, name):
    schools = {"order": school, "pairing": school} | {alien: other_school}
    line = {"order": order_of(schools["order"]), "pairing": pair(schools["pairing"])}

    assert broken(AssignmentOrderLine.objects.create, organisation=school, action="assign", **line) == name


def test_database_lets_no_order_of_another_organisation_stand_behind_a_pairing(school, other_school):
    document = DocumentFactory(organisation=other_school)

    assert broken(PairingFactory, mentor__organisation=school, basis=document) == "basis_is_of_the_same_organisation"


@pytest.fixture
def signed(curator, director):
    pairing = pair(curator.organisation)
    agree_pairing(curator.access, pairing_id=pairing.pk)
    order = draft_assignment(curator.access, pairing_ids=[pairing.pk])
    send_order(curator.access, document_id=order.pk)
    sign_order(director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)
    return order


@pytest.mark.parametrize(
    "change",
    [
        lambda order: order.lines.update(action="end", last_day=TODAY, ground="done"),
        lambda order: order.lines.all().delete(),
        lambda order: AssignmentOrderLine.objects.create(
            organisation=order.organisation, order=order, pairing=pair(order.organisation), action="assign"
        ),
        lambda order: AssignmentOrder.objects.filter(pk=order.pk).update(control=None),
        lambda order: AssignmentOrder.objects.filter(pk=order.pk).update(action="end"),
        lambda order: order.delete(),
    ],
    ids=["line changed", "line deleted", "line added", "control", "action", "order deleted"],
)
def test_database_keeps_a_signed_order_as_it_is(signed, change):
    with pytest.raises(DatabaseError, match="a signed document is frozen"), transaction.atomic():
        change(signed)


def preferred(school, **values):
    """A choice of one person of the school for another; `values` make it another one."""
    row = {"year": 2026, "is_mentor": False, "rank": 1, "organisation": school}
    people = {role: PersonFactory(organisation=school) for role in ("chooser", "chosen") if role not in values}
    return Preference.objects.create(**row | people | values)


@pytest.mark.parametrize(
    ("same", "rank", "name"),
    [
        (("chooser", "chosen"), 2, "one_preference_per_person_and_year"),
        (("chooser",), 1, "one_preference_per_rank"),
    ],
)
def test_database_keeps_each_choice_and_each_rank_once(school, same, rank, name):
    first = preferred(school)

    assert broken(preferred, school, rank=rank, **{role: getattr(first, role) for role in same}) == name


def test_several_may_be_avoided_without_a_rank(school):
    first = preferred(school, rank=None)

    run_whole(preferred, school, rank=None, chooser=first.chooser)

    assert list(Preference.objects.values_list("rank", flat=True)) == [None, None]


def test_database_lets_nobody_prefer_themselves(school):
    person = PersonFactory(organisation=school)

    assert broken(preferred, school, chooser=person, chosen=person) == "nobody_prefers_themselves"


def test_database_counts_ranks_from_one(school):
    assert broken(preferred, school, rank=0) == "ranks_count_from_one"


@pytest.mark.parametrize(
    ("alien", "name"),
    [
        ("chooser", "preference_is_of_a_person_of_the_organisation"),
        ("chosen", "preference_is_for_a_person_of_the_organisation"),
    ],
)
def test_database_keeps_preferences_within_an_organisation(school, other_school, alien, name):
    assert broken(preferred, school, **{alien: PersonFactory(organisation=other_school)}) == name


def test_every_constraint_of_mentoring_has_a_test(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
            " WHERE relname LIKE 'mentoring_%' AND relname NOT LIKE '%event' AND contype IN ('c', 'u', 'x', 'f')"
            " UNION SELECT indexname FROM pg_indexes WHERE tablename LIKE 'mentoring_%'"
            " AND indexdef LIKE '%UNIQUE%WHERE%'"
        )
        names = {name for (name,) in cursor.fetchall()}
    ours = {name for name in names if not name.startswith("mentoring_") and not name.endswith(("_check", "_fk"))}

    assert ours == {
        "agreed_sharing_brings_a_guest",
        "ban_by_the_curator_has_a_reason",
        "ban_is_of_a_mentee_of_the_organisation",
        "ban_is_of_a_mentor_of_the_organisation",
        "basis_is_of_the_same_organisation",
        "capacity_is_exceeded_only_with_a_reason",
        "ended_pairing_has_day_and_ground",
        "fixed_pairing_has_an_order",
        "guest_is_of_the_organisation_that_asks",
        "line_is_of_the_organisation_of_its_order",
        "line_is_of_the_organisation_of_its_pairing",
        "matching_ban_has_a_reason",
        "matching_run_is_of_one_organisation",
        "matching_run_is_solved_at_a_moment",
        "matching_steps_are_numbered",
        "mentee_is_of_the_same_organisation",
        "mentee_profile_period_is_not_reversed",
        "mentee_profile_stays_in_its_organisation",
        "mentor_capacity_is_plausible",
        "mentor_is_of_the_same_organisation",
        "mentor_profile_period_is_not_reversed",
        "mentor_profile_stays_in_its_organisation",
        "nobody_is_banned_from_themselves",
        "nobody_mentors_themselves",
        "nobody_prefers_themselves",
        "one_asks_another_organisation",
        "one_import_row_per_number",
        "one_line_per_pairing_in_an_order",
        "one_mentee_at_a_time_per_slot",
        "one_mentor_at_a_time_per_mentee",
        "one_open_mentee_profile_per_person",
        "one_open_mentor_profile_per_person",
        "one_place_per_mentee_in_a_pairing",
        "one_preference_per_person_and_year",
        "one_preference_per_rank",
        "one_proposal_letter_a_day_per_person",
        "one_reply_per_person_and_pairing",
        "one_row_per_mentee_request",
        "one_row_per_mentor_topic",
        "one_standing_ban_per_pair_and_ground",
        "one_standing_request_per_mentor",
        "only_a_refusal_has_a_reason",
        "order_belongs_to_one_organisation",
        "order_is_of_the_organisation_of_its_document",
        "order_line_says_until_when_and_why",
        "pairing_belongs_to_one_organisation",
        "pairing_has_one_mentor",
        "pairing_period_is_not_empty",
        "place_is_with_the_mentor_of_its_pairing",
        "preference_is_for_a_person_of_the_organisation",
        "preference_is_of_a_person_of_the_organisation",
        "proposal_letter_is_to_a_person_of_the_organisation",
        "ranks_count_from_one",
        "reply_is_of_a_person_of_the_organisation",
        "reply_is_of_the_organisation_of_its_pairing",
        "request_weight_is_1_to_5",
        "run_is_of_the_same_organisation",
        "sent_proposal_letter_has_no_problem",
        "shared_mentor_is_of_the_organisation_that_is_asked",
        "sharing_request_is_answered_at_a_moment",
        "slots_count_from_one",
        "step_is_about_a_mentee_of_the_organisation",
        "step_is_about_a_mentor_of_the_organisation",
        "step_is_of_the_organisation_of_its_run",
    }
