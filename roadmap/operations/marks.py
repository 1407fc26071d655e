"""What a person says of the execution: done, with a file or a document; not needed; this document carries it out."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from documents.models import Document
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from roadmap.locks import wait_for_writers
from roadmap.models import Evidence, EvidenceFile, Measure, Occurrence, PlannedDocument
from roadmap.operations.refresh import refresh_measures, report_upwards
from roadmap.queries.duties import is_own


@dataclass(frozen=True, slots=True)
class Proof:
    """What is brought as evidence: words and a day, and a file or a document of the register where there is one."""

    words: str
    happened_on: date
    filename: str = ""
    content: bytes = b""
    document_id: int | None = None


def locked_occurrences(access: Access, occurrence_ids: Collection[int]) -> list[Occurrence]:
    """The occurrences of plans in work, locked; refuses those the asker may neither edit nor is responsible for."""
    access.check(Permission.ROADMAP_MARK)
    wait_for_writers(access.organisation_id)
    rows = list(
        Occurrence.objects.visible_to(access)
        .filter(pk__in=list(occurrence_ids), measure__roadmap__is_confirmed=True)
        .select_related("measure__roadmap")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if not rows or len(rows) != len(set(occurrence_ids)):
        raise RefusedError("Выберите мероприятия дорожной карты, которая в работе.")
    if not access.may(Permission.ROADMAP_EDIT) and not all(is_own(access, row.measure) for row in rows):
        raise RefusedError("Отметить можно только то мероприятие, за которое вы отвечаете.")
    return rows


@transaction.atomic
def mark_done(access: Access, *, occurrence_ids: Sequence[int], proof: Proof, capability: str = "") -> list[Evidence]:
    """Mark occurrences as done by one proof; with `capability` only that part of each of them.

    The same proof marks an occurrence once: a second press changes nothing. Refuses a day in the future, a proof
    that says nothing, and a capability that a measure does not name.
    """
    rows = locked_occurrences(access, occurrence_ids)
    if proof.happened_on > access.today:
        raise RefusedError("Дата выполнения ещё не наступила.")
    if capability and any(capability not in row.measure.capabilities for row in rows):
        raise RefusedError("У мероприятия нет такой части: откройте его заново.")
    document = _document(access, proof.document_id)
    if not (proof.words or proof.content or document):
        raise RefusedError("Напишите, что сделано, приложите файл или выберите документ.")
    if any(row.not_needed_reason for row in rows):
        raise RefusedError("Мероприятие отмечено как ненужное: сначала верните его в план.")
    words = proof.words or (f"{document} от {document.issued_on:%d.%m.%Y}" if document else proof.filename)
    known = _marked(rows, capability, replace(proof, words=words[:500]), document)
    new = [row for row in rows if row.pk not in known]
    file = _file(access, proof) if proof.content and new else None
    made = Evidence.objects.bulk_create(
        Evidence(
            organisation=access.organisation,
            occurrence=row,
            capability=capability,
            way=Evidence.Way.HAND,
            words=words[:500],
            happened_on=proof.happened_on,
            document=document,
            file=file,
            recorded_at=access.at,
            recorded_by_id=access.user_id,
        )
        for row in new
    )
    _refresh(access, rows)
    return made


def _marked(rows: Sequence[Occurrence], capability: str, proof: Proof, document: Document | None) -> set[int]:
    """Occurrences that carry this very mark already."""
    same = Evidence.objects.filter(occurrence__in=rows, capability=capability).by_hand()  # unscoped: of scoped rows
    if document is not None:
        same = same.filter(document=document)
    else:
        same = same.filter(document=None, words=proof.words, happened_on=proof.happened_on)
        same = same.filter(file__sha256=_hash(proof)) if proof.content else same.filter(file=None)
    return set(same.values_list("occurrence_id", flat=True))


def _document(access: Access, document_id: int | None) -> Document | None:
    if document_id is None:
        return None
    document = Document.objects.visible_to(access).get(pk=document_id)
    if not document.is_frozen:
        raise RefusedError("Документ ещё не подписан: подтвердить им выполнение нельзя.")
    return document


def _hash(proof: Proof) -> str:
    return hashlib.sha256(proof.content).hexdigest()


def _file(access: Access, proof: Proof) -> EvidenceFile:
    return EvidenceFile.objects.create(
        organisation=access.organisation,
        filename=proof.filename[:200],
        content=proof.content,
        sha256=_hash(proof),
        size=len(proof.content),
        uploaded_at=access.at,
        uploaded_by_id=access.user_id,
    )


@transaction.atomic
def unmark(access: Access, *, evidence_id: int) -> None:
    """Take back a mark made by hand; its file goes when nothing else is proved by it. A second press does nothing."""
    access.check(Permission.ROADMAP_MARK)
    wait_for_writers(access.organisation_id)
    evidence = Evidence.objects.visible_to(access).by_hand().filter(pk=evidence_id).first()
    if evidence is None:
        return
    rows = locked_occurrences(access, [evidence.occurrence_id])
    file = evidence.file
    evidence.delete()
    if file is not None and not file.proves.exists():
        file.delete()
    _refresh(access, rows)


@transaction.atomic
def set_not_needed(access: Access, *, occurrence_id: int, reason: str) -> Occurrence:
    """Give up an occurrence with a reason; refuses one that is done."""
    access.check(Permission.ROADMAP_EDIT)
    row = locked_occurrences(access, [occurrence_id])[0]
    if not reason.strip():
        raise RefusedError("Напишите, почему мероприятие не требуется.")
    if row.done_on:
        raise RefusedError("Мероприятие уже выполнено.")
    row.not_needed_reason = reason.strip()[:500]
    row.save(update_fields=["not_needed_reason"])
    _refresh(access, [row])
    report_upwards([row])
    return row


@transaction.atomic
def set_needed(access: Access, *, occurrence_id: int) -> Occurrence:
    """Take an occurrence that was given up back into the plan."""
    access.check(Permission.ROADMAP_EDIT)
    row = locked_occurrences(access, [occurrence_id])[0]
    row.not_needed_reason = ""
    row.save(update_fields=["not_needed_reason"])
    _refresh(access, [row])
    report_upwards([row])
    return row


@transaction.atomic
def plan_document(access: Access, *, document_id: int, measure_ids: Collection[int]) -> None:
    """Say that a document is to carry out these measures: once it is signed, it marks them."""
    access.check(Permission.ROADMAP_EDIT)
    wait_for_writers(access.organisation_id)
    document = Document.objects.visible_to(access).get(pk=document_id)
    measures = Measure.objects.visible_to(access).filter(pk__in=list(measure_ids))
    PlannedDocument.objects.bulk_create(
        (
            PlannedDocument(organisation=access.organisation, measure=measure, document=document)
            for measure in measures.order_by("pk")
        ),
        ignore_conflicts=True,
    )
    refresh_measures(access.organisation, measure_ids, today=access.today, at=access.at)


def _refresh(access: Access, rows: Sequence[Occurrence]) -> None:
    measure_ids = {row.measure_id for row in rows}
    refresh_measures(access.organisation, measure_ids, today=access.today, at=access.at)
    for row in rows:
        row.refresh_from_db(fields=["done_on", "not_needed_reason"])
