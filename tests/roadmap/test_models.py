"""What the database itself refuses about roadmaps, whoever asks."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from people.models import Organisation
from roadmap.models import (
    Approval,
    Digest,
    DistrictReminder,
    Duty,
    Evidence,
    EvidenceFile,
    Feed,
    Measure,
    Occurrence,
    PlannedDocument,
    ReminderDay,
    Roadmap,
    RoadmapUpload,
    Stage,
)
from tests.factories import (
    AT,
    TODAY,
    DocumentFactory,
    EvidenceFactory,
    MeasureFactory,
    OccurrenceFactory,
    PersonFactory,
    RoadmapFactory,
    StageFactory,
    UserFactory,
)

AUGUST = date(2026, 8, 31)


def run_whole(call: Callable[[], object]) -> None:
    """The call and the checks that wait for the end of its transaction."""
    with transaction.atomic():
        call()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def broken(call: Callable[[], object]) -> str:
    """Which constraint of the database the call breaks."""
    with pytest.raises(IntegrityError) as error:
        run_whole(call)
    return error.value.__cause__.diag.constraint_name


def twice(make: Callable[[Organisation], Callable[[], object]]) -> Callable[[Organisation], object]:
    """The same row made two times: `make` prepares what it stands on and gives the making."""

    def both(school: Organisation) -> None:
        call = make(school)
        call()
        call()

    return both


def evidence_file(organisation: Organisation) -> EvidenceFile:
    return EvidenceFile.objects.create(
        organisation=organisation, filename="а.pdf", content=b"a", size=1, uploaded_at=AT, uploaded_by=UserFactory()
    )


def measure_in(organisation: Organisation) -> Measure:
    return MeasureFactory(roadmap__organisation=organisation)


def same_portal_finding(school: Organisation) -> Callable[[], object]:
    row = OccurrenceFactory(measure=measure_in(school))
    return lambda: EvidenceFactory(occurrence=row, way="portal", capability="K05", recorded_by=None)


def same_mark_by_hand(school: Organisation) -> Callable[[], object]:
    row, document = OccurrenceFactory(measure=measure_in(school)), DocumentFactory(organisation=school)
    return lambda: EvidenceFactory(occurrence=row, capability="K01", document=document)


def same_plan_for_a_document(school: Organisation) -> Callable[[], object]:
    row = {"measure": measure_in(school), "document": DocumentFactory(organisation=school)}
    return lambda: PlannedDocument.objects.create(organisation=school, **row)


def same_copy(school: Organisation) -> Callable[[], object]:
    origin, plan = MeasureFactory(), RoadmapFactory(organisation=school)
    return lambda: MeasureFactory(roadmap=plan, origin=origin)


def same_feed(school: Organisation) -> Callable[[], object]:
    user = UserFactory()
    return lambda: Feed.objects.create(organisation=school, user=user, issued_at=AT)


def same_digest(school: Organisation) -> Callable[[], object]:
    user = UserFactory()
    return lambda: Digest.objects.create(organisation=school, user=user, day=TODAY, text="а")


def same_district_reminder(school: Organisation) -> Callable[[], object]:
    row = {"measure": measure_in(school), "asked_by": UserFactory()}
    return lambda: DistrictReminder.objects.create(organisation=school, day=TODAY, **row)


REFUSED: dict[str, Callable[[Organisation], object]] = {
    "confirmed_roadmap_has_a_period": lambda school: RoadmapFactory(organisation=school, ends_on=None),
    "roadmap_period_is_not_reversed": lambda school: RoadmapFactory(organisation=school, ends_on=AUGUST),
    "one_roadmap_of_district_tasks_per_year": twice(
        lambda school: lambda: RoadmapFactory(organisation=school, source=Roadmap.Source.DISTRICT)
    ),
    "stage_is_not_its_own_part": lambda school: Stage.objects.filter(
        pk=StageFactory(roadmap__organisation=school, pk=77).pk
    ).update(parent=77),
    "one_copy_of_a_measure_per_school": twice(same_copy),
    "measure_has_a_title": lambda school: MeasureFactory(roadmap__organisation=school, title=""),
    "one_duty_per_words_and_person": twice(
        lambda school: lambda: Duty.objects.create(organisation=school, words="куратор", role="curator")
    ),
    "duty_is_of_a_role_or_a_person": lambda school: Duty.objects.create(organisation=school, words="куратор"),
    "one_occurrence_per_position": lambda school: OccurrenceFactory(
        measure=OccurrenceFactory(measure=measure_in(school)).measure
    ),
    "occurrence_is_not_reversed": lambda school: OccurrenceFactory(measure=measure_in(school), ends_on=AUGUST),
    "occurrence_counts_at_least_a_day": lambda school: OccurrenceFactory(
        measure=measure_in(school), counts_from=TODAY, counts_until=date(2026, 11, 19)
    ),
    "occurrence_is_done_or_not_needed": lambda school: OccurrenceFactory(
        measure=measure_in(school), done_on=TODAY, not_needed_reason="Не нужно"
    ),
    "one_finding_per_capability_and_document": twice(same_portal_finding),
    "one_mark_per_capability_and_document": twice(same_mark_by_hand),
    "mark_by_hand_says_whose": lambda school: EvidenceFactory(
        occurrence__measure__roadmap__organisation=school, recorded_by=None
    ),
    "finding_says_which_capability": lambda school: EvidenceFactory(
        occurrence__measure__roadmap__organisation=school, way="portal", recorded_by=None
    ),
    "one_row_per_measure_and_document": twice(same_plan_for_a_document),
    "one_digest_a_day_per_person": twice(same_digest),
    "one_district_reminder_a_day_per_measure": twice(same_district_reminder),
    "one_open_feed_per_person_and_plan": twice(same_feed),
}

CROSSING: dict[str, Callable[[Organisation, Organisation], object]] = {
    "stage_is_in_a_roadmap_of_its_organisation": lambda ours, theirs: StageFactory(
        roadmap__organisation=theirs, organisation=ours
    ),
    "measure_is_in_a_roadmap_of_its_organisation": lambda ours, theirs: MeasureFactory(
        roadmap__organisation=theirs, organisation=ours
    ),
    "occurrence_is_of_its_organisation": lambda ours, theirs: OccurrenceFactory(
        measure=measure_in(theirs), organisation=ours
    ),
    "evidence_is_of_its_organisation": lambda ours, theirs: EvidenceFactory(
        occurrence__measure__roadmap__organisation=theirs, organisation=ours
    ),
    "evidence_names_a_document_of_its_organisation": lambda ours, theirs: EvidenceFactory(
        occurrence__measure__roadmap__organisation=ours, document=DocumentFactory(organisation=theirs)
    ),
    "evidence_has_a_file_of_its_organisation": lambda ours, theirs: EvidenceFactory(
        occurrence__measure__roadmap__organisation=ours, file=evidence_file(theirs)
    ),
    "planned_document_is_for_its_organisation": lambda ours, theirs: PlannedDocument.objects.create(
        organisation=ours, measure=measure_in(theirs), document=DocumentFactory(organisation=ours)
    ),
    "planned_document_is_of_its_organisation": lambda ours, theirs: PlannedDocument.objects.create(
        organisation=ours, measure=measure_in(ours), document=DocumentFactory(organisation=theirs)
    ),
    "approval_is_of_a_roadmap_of_its_organisation": lambda ours, theirs: Approval.objects.create(
        organisation=ours, roadmap=RoadmapFactory(organisation=theirs), document=DocumentFactory(organisation=ours)
    ),
    "approval_is_by_an_order_of_its_organisation": lambda ours, theirs: Approval.objects.create(
        organisation=ours, roadmap=RoadmapFactory(organisation=ours), document=DocumentFactory(organisation=theirs)
    ),
    "upload_is_of_the_same_organisation": lambda ours, theirs: RoadmapUpload.objects.create(
        organisation=ours,
        roadmap=RoadmapFactory(organisation=theirs),
        filename="а.docx",
        content=b"",
        uploaded_at=AT,
        uploaded_by=UserFactory(),
    ),
    "duty_is_of_a_person_of_the_organisation": lambda ours, theirs: Duty.objects.create(
        organisation=ours, words="куратор", person=PersonFactory(organisation=theirs)
    ),
    "reminded_measure_is_of_the_school": lambda ours, theirs: DistrictReminder.objects.create(
        organisation=ours, measure=measure_in(theirs), day=TODAY, asked_by=UserFactory()
    ),
    "feed_is_of_a_roadmap_of_its_organisation": lambda ours, theirs: Feed.objects.create(
        organisation=ours, user=UserFactory(), roadmap=RoadmapFactory(organisation=theirs), issued_at=AT
    ),
}

# Within one organisation: nothing stands in a stage of another of its plans.
BETWEEN_PLANS: dict[str, Callable[[Organisation], object]] = {
    "part_is_in_the_roadmap_of_its_stage": lambda school: StageFactory(
        roadmap__organisation=school, parent=StageFactory(roadmap__organisation=school)
    ),
    "measure_is_in_the_roadmap_of_its_stage": lambda school: MeasureFactory(
        roadmap__organisation=school, stage=StageFactory(roadmap__organisation=school)
    ),
}

# What the composite foreign keys point at; `id` alone is unique, so that no row breaks them.
POINTED_AT = {
    "evidence_file_belongs_to_one_organisation",
    "measure_belongs_to_one_organisation",
    "occurrence_belongs_to_one_organisation",
    "roadmap_belongs_to_one_organisation",
    "stage_belongs_to_one_roadmap",
}


@pytest.mark.parametrize("name", REFUSED)
def test_database_refuses_what_must_never_be(school, name):
    assert broken(lambda: REFUSED[name](school)) == name


@pytest.mark.parametrize("name", CROSSING)
def test_row_that_points_into_another_organisation_is_refused(school, other_school, name):
    assert broken(lambda: CROSSING[name](school, other_school)) == name


@pytest.mark.parametrize("name", CROSSING)
def test_same_row_within_one_organisation_is_taken(school, name):
    run_whole(lambda: CROSSING[name](school, school))

    assert Roadmap.objects.exclude(organisation=school).count() == 0


@pytest.mark.parametrize("name", BETWEEN_PLANS)
def test_row_that_points_into_another_plan_is_refused(school, name):
    assert broken(lambda: BETWEEN_PLANS[name](school)) == name


def test_measure_may_come_from_the_authority(school, district):
    origin = MeasureFactory(roadmap__organisation=district)

    run_whole(lambda: MeasureFactory(roadmap__organisation=school, origin=origin))

    assert origin.copies.get().organisation == school


@pytest.mark.parametrize(
    "make",
    [
        lambda school: RoadmapFactory(organisation=school, is_confirmed=False, starts_on=None, ends_on=None),
        lambda school: RoadmapFactory(organisation=school, starts_on=TODAY, ends_on=TODAY),
        lambda school: [RoadmapFactory(organisation=school) for _ in range(2)],
        lambda school: OccurrenceFactory(measure=measure_in(school), starts_on=None, ends_on=None),
        lambda school: OccurrenceFactory(measure=measure_in(school), counts_from=TODAY, counts_until=TODAY),
        lambda school: [
            EvidenceFactory(occurrence=OccurrenceFactory(measure=measure_in(school)), words="Ещё раз") for _ in range(2)
        ],
        lambda school: [MeasureFactory(roadmap__organisation=school) for _ in range(2)],
    ],
    ids=[
        *("unconfirmed without period", "one day", "two plans of a year", "no dates", "one counted day"),
        *("two marks without document", "two measures without origin"),
    ],
)
def test_database_takes_what_may_be(school, make):
    run_whole(lambda: make(school))

    assert Roadmap.objects.filter(organisation=school).exists()


def test_closed_feed_makes_room_for_the_next(school):
    open_feed = same_feed(school)
    first = open_feed()
    Feed.objects.filter(pk=first.pk).update(revoked_at=AT)

    run_whole(open_feed)

    assert list(Feed.objects.order_by("pk").values_list("revoked_at", flat=True)) == [AT, None]


def test_one_day_of_reminders_per_organisation(school):
    ReminderDay.objects.create(organisation=school, last_on=TODAY)

    name = broken(lambda: ReminderDay.objects.create(organisation=school, last_on=TODAY))

    assert name == "roadmap_reminderday_pkey"


def test_measure_that_was_handed_down_is_not_deleted(school, district):
    origin = MeasureFactory(roadmap__organisation=district)
    MeasureFactory(roadmap__organisation=school, origin=origin)

    with pytest.raises(IntegrityError), transaction.atomic():
        origin.delete()


def test_measure_goes_with_its_dates_and_evidence(school):
    evidence = EvidenceFactory(occurrence__measure__roadmap__organisation=school)

    evidence.occurrence.measure.delete()

    assert (Occurrence.objects.count(), Evidence.objects.count()) == (0, 0)


def test_every_constraint_of_roadmaps_has_a_test(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
            " WHERE relname LIKE 'roadmap_%' AND relname NOT LIKE '%event'"
            " AND (contype IN ('c', 'u', 'x') OR contype = 'f' AND array_length(conkey, 1) > 1)"
            " UNION SELECT indexname FROM pg_indexes WHERE tablename LIKE 'roadmap_%'"
            " AND indexdef LIKE '%UNIQUE%WHERE%'"
        )
        names = {name for (name,) in cursor.fetchall()}
    ours = {name for name in names if not name.endswith(("_check", "_key"))}

    assert ours == REFUSED.keys() | CROSSING.keys() | BETWEEN_PLANS.keys() | POINTED_AT
