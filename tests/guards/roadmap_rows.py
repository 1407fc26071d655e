"""Something in every table of the roadmap, in a school and around it."""

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
    PlannedDocument,
    ReminderDay,
    Roadmap,
    RoadmapUpload,
    Touch,
)
from tests.conftest import Persona
from tests.factories import (
    AT,
    TODAY,
    EvidenceFactory,
    OccurrenceFactory,
    OrganisationFactory,
    RoadmapFactory,
    StageFactory,
    planned,
)


def furnished_roadmap(member: Persona, word: str, *, act_id: int) -> dict[str, object]:
    """A plan in work and one to check, with all that hangs on them; `act_id` is a signed order of the school.

    Gives the values that they lend to the arguments of URLs.
    """
    school = member.organisation
    plan, unread = _plan(school, word), _plan(school, word, is_confirmed=False)
    stage = StageFactory(roadmap=plan, title=word, task=word, result=word)
    part = StageFactory(roadmap=plan, parent=stage, title=word)
    measure = _measure(plan, word, stage=part)
    PlannedDocument.objects.create(organisation=school, measure=measure, document_id=act_id)
    Approval.objects.create(organisation=school, roadmap=plan, document_id=act_id)
    Duty.objects.create(organisation=school, words=word, person=member.person)
    evidence = _evidence(member, measure, word, act_id)
    copy = _from_above(member, plan, word)
    below = _to_below(school, measure, word)
    given_up = OccurrenceFactory(measure=measure, position=1, not_needed_reason=word)
    feeds = [
        Feed.objects.create(organisation=school, user=member.user, roadmap=each, issued_at=AT) for each in (plan, None)
    ]
    Digest.objects.create(organisation=school, user=member.user, day=TODAY, text=word)
    ReminderDay.objects.create(organisation=school, last_on=TODAY)
    Touch.objects.create(organisation=school, source="plan")
    return {
        "roadmap_id": [plan.pk, unread.pk],
        "stage_id": [stage.pk, part.pk],
        "measure_id": [measure.pk, copy.pk],
        "occurrence_id": [measure.occurrences.order_by("position")[0].pk, given_up.pk],
        "evidence_id": [evidence.pk],
        "file_id": [evidence.file_id],
        "feed_id": [feed.pk for feed in feeds],
        "upload_id": [_upload(member, word, problem=word).pk, _upload(member, word, roadmap=unread).pk],
        "school_id": [below.pk],
    }


def _plan(organisation: Organisation, word: str, **values: object) -> Roadmap:
    stamp = {"kind": "approved", "body": word, "act": "order", "number": word, "date": "2026-09-01", "person": word}
    doubt = {"line": 1, "message": word}
    return RoadmapFactory(
        organisation=organisation, title=word, source_name=word, approvals=[stamp], doubts=[doubt], **values
    )


def _measure(plan: Roadmap, word: str, **values: object) -> Measure:
    texts = {"title": word, "details": [word], "term_text": word, "responsible": [word], "result": word}
    named = [{"kind": "order", "number": word, "date": "2026-09-01"}]
    return planned(plan, "K01", "K16", **texts, documents=named, **values)


def _evidence(member: Persona, measure: Measure, word: str, act_id: int) -> Evidence:
    school = member.organisation
    file = EvidenceFile.objects.create(
        organisation=school,
        filename=f"{word}.pdf",
        content=word.encode(),
        sha256="0" * 64,
        size=len(word.encode()),
        uploaded_at=AT,
        uploaded_by=member.user,
    )
    row = measure.occurrences.get()
    finding = {"way": Evidence.Way.PORTAL, "capability": "K01", "recorded_by": None, "document_id": act_id}
    EvidenceFactory(occurrence=row, words=word, **finding)
    return EvidenceFactory(occurrence=row, words=word, file=file, document_id=act_id, recorded_by=member.user)


def _from_above(member: Persona, plan: Roadmap, word: str) -> Measure:
    """What the authority handed down to the school, and that it asked about it."""
    origin = _measure(_plan(plan.organisation.parent, word), word)
    copy = _measure(plan, word, origin=origin)
    DistrictReminder.objects.create(organisation=plan.organisation, measure=copy, day=TODAY, asked_by=member.user)
    return copy


def _to_below(school: Organisation, measure: Measure, word: str) -> Organisation:
    """An organisation below the school that has its measure."""
    below = OrganisationFactory(parent=school, short_name=word)
    _measure(_plan(below, word), word, origin=measure)
    return below


def _upload(member: Persona, word: str, **values: object) -> RoadmapUpload:
    return RoadmapUpload.objects.create(
        organisation=member.organisation,
        filename=f"{word}.docx",
        content=b"x",
        uploaded_at=AT,
        uploaded_by=member.user,
        **values,
    )
