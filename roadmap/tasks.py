"""What operations queue: reading an uploaded document."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from jobs.kinds import Progress, job_kind
from people.domain.refusal import RefusedError
from people.domain.school_year import SchoolYear
from roadmap.domain.capability_words import suggested_capabilities
from roadmap.domain.document.understanding import understand
from roadmap.domain.plan import Plan
from roadmap.domain.terms.horizon import Horizon, horizon_of
from roadmap.intake.rows import approval_json, write_rows
from roadmap.models import Roadmap, RoadmapUpload
from roadmap.patterns import known_measures
from roadmap.reading.apart import read_apart


@job_kind("roadmap.read")
def read_document(progress: Progress, *, upload_id: int) -> None:
    """Read an uploaded document into a plan that waits to be confirmed, or store why it cannot be read."""
    upload = RoadmapUpload.objects.select_related("organisation").get(pk=upload_id)  # unscoped: worker
    if upload.roadmap_id:
        return
    progress(0, 3, "Открываем файл")
    try:
        reading = read_apart(bytes(upload.content), upload.filename)
        progress(1, 3, "Разбираем план")
        plan = understand(reading.blocks)
    except RefusedError as refusal:
        upload.problem = str(refusal)[:1000]
        upload.save(update_fields=["problem"])
        return
    progress(2, 3, "Записываем для проверки")
    _write(upload, plan, reading.notes)


@transaction.atomic
def _write(upload: RoadmapUpload, plan: Plan, notes: Sequence[str]) -> None:
    # Locked: two workers may have been given the same job.
    locked = RoadmapUpload.objects.select_for_update().get(pk=upload.pk)  # unscoped: worker
    if locked.roadmap_id:
        return
    period, doubts = _period(plan, timezone.localdate(upload.uploaded_at))
    roadmap = Roadmap.objects.create(
        organisation=upload.organisation,
        title=(plan.title or upload.filename)[:500],
        starts_on=period.first,
        ends_on=period.last,
        source=Roadmap.Source.FILE,
        source_name=upload.filename,
        approvals=[approval_json(each) for each in plan.approvals],
        doubts=[
            *({"line": None, "message": note} for note in notes),
            *doubts,
            *({"line": each.line, "message": each.message} for each in plan.doubts),
        ],
        created_at=upload.uploaded_at,
        created_by_id=upload.uploaded_by_id,
    )
    known = known_measures()
    write_rows(roadmap, plan, [suggested_capabilities(each.title, each.details, known) for each in plan.measures])
    locked.roadmap, locked.problem = roadmap, ""
    locked.save(update_fields=["roadmap", "problem"])


def _period(plan: Plan, today: date) -> tuple[Horizon, list[dict[str, object]]]:
    """The days the plan covers; where the document does not say, what was taken, and a doubt that says so."""
    if plan.period[0] and plan.period[1]:
        return Horizon(*plan.period), []
    days = [each.issued_on for each in plan.approvals if each.issued_on]
    dated = [window for measure in plan.measures for window in measure.term.windows]
    first = min(days) if days else min((window.first or window.last for window in dated), default=None)
    found = horizon_of(plan.period, first_date=first, until=None)
    if found.first is None or found.last is None:
        year = SchoolYear.of(today)
        found = Horizon(year.first_day, year.last_day)
    message = (
        f"Документ не говорит, на какой срок план: взято с {found.first:%d.%m.%Y} по {found.last:%d.%m.%Y}. "
        "Исправьте, если это не так."
    )
    return found, [{"line": None, "message": message}]
