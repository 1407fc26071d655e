"""What operations queue: reading an uploaded bank, and writing a confirmed one."""

from dataclasses import replace

from django.db import connection, transaction
from django.utils import timezone

from jobs.kinds import Progress, job_kind
from mentoring.domain.bank_sheet.fields import Bank, Field
from mentoring.domain.bank_sheet.layout import LayoutError, choose_sheet
from mentoring.domain.bank_sheet.rows import read_rows
from mentoring.intake.plan import Outcome, PlannedRow, hold_against_bank, planned
from mentoring.intake.values import RowValues
from mentoring.intake.workbook import WorkbookError, read_workbook
from mentoring.intake.write import BATCH, write_rows
from mentoring.models import BankImport, BankImportRow
from people.domain.refusal import RefusedError

CHANGED_MEANWHILE = (
    "Пока вы смотрели предпросмотр, банк изменился: кто-то ещё работает с ним. Файл прочитан заново, проверьте ещё раз."
)


@job_kind("mentoring.read_bank")
def read_bank(progress: Progress, *, import_id: int) -> None:
    """Read an uploaded file and plan what it would do; nothing reaches the banks. Does nothing for a discarded one."""
    upload = BankImport.objects.select_related("organisation").filter(pk=import_id).first()  # unscoped: worker
    if upload is None or upload.state != BankImport.State.UPLOADED:
        return
    try:
        _read(progress, upload)
    except (WorkbookError, LayoutError) as error:
        _refuse(upload, str(error))


@transaction.atomic
def _refuse(upload: BankImport, problem: str) -> None:
    upload.rows.all().delete()
    upload.counts, upload.notes = {}, []
    upload.state, upload.problem = BankImport.State.REFUSED, problem[:1000]
    upload.save(update_fields=["state", "problem", "columns", "notes", "counts"])


def _read(progress: Progress, upload: BankImport) -> None:
    bank, today = Bank(upload.bank), timezone.localdate()
    progress(0, 4, "Читаем файл")
    choice = choose_sheet(read_workbook(bytes(upload.content), upload.filename).sheets, bank)
    layout = choice.layout
    upload.columns = [
        {"index": each.index, "letter": each.letter, "header": each.header_text, "field": each.field or ""}
        for each in layout.columns
    ]
    if upload.mapping:
        layout = layout.with_mapping(
            {int(index): Field(name) if name else None for index, name in upload.mapping.items()}
        )
        for column, understood in zip(upload.columns, layout.columns, strict=True):
            column["field"] = understood.field or ""
    progress(1, 4, "Разбираем строки")
    sheet = read_rows(choice.sheet.rows, layout, bank, today=today)
    upload.notes = [{"row": note.row, "message": note.message} for note in sheet.notes]
    upload.notes += [
        {"row": None, "message": f"лист «{name}» тоже похож на банк, но не прочитан"} for name in choice.others
    ]
    progress(2, 4, "Сравниваем с банком")
    rows = [planned(row, bank) for row in sheet.rows]
    hold_against_bank(upload.organisation, bank, rows)
    progress(3, 4, "Готовим предпросмотр")
    _keep_plan(upload, rows)


@transaction.atomic
def _keep_plan(upload: BankImport, rows: list[PlannedRow]) -> None:
    upload.rows.all().delete()
    BankImportRow.objects.bulk_create(
        (
            BankImportRow(
                bank_import_id=upload.pk,
                number=row.number,
                outcome=row.outcome,
                name=row.name[:320],
                values=row.values.as_json(),
                changes=row.changes,
                findings=row.findings,
                person_id=row.person_id,
            )
            for row in rows
        ),
        batch_size=BATCH,
    )
    upload.counts = {outcome: sum(row.outcome == outcome for row in rows) for outcome in Outcome.values}
    upload.counts["doubts"] = sum(bool(row.findings) and row.outcome != Outcome.FAULT for row in rows)
    upload.state, upload.problem = BankImport.State.READ, ""
    upload.save(update_fields=["state", "problem", "columns", "notes", "counts"])


@job_kind("mentoring.write_bank")
def write_bank(progress: Progress, *, import_id: int) -> None:
    """Write a confirmed import, all of it or nothing; done once however often it is called.

    Refuses where the bank is no longer what the preview showed: the plan is then made anew.
    """
    with transaction.atomic():
        upload = (
            BankImport.objects.select_for_update(of=("self",))  # unscoped: worker
            .select_related("organisation")
            .get(pk=import_id)
        )
        if upload.state != BankImport.State.CONFIRMED:
            return
        _one_writer_per_organisation(upload.organisation_id)
        rows = _stored_plan(upload)
        progress(0, 5, "Проверяем, не изменился ли банк")
        is_as_shown = _is_as_shown(upload, rows)
        if is_as_shown:
            write_rows(
                upload.organisation,
                Bank(upload.bank),
                rows,
                at=timezone.now(),
                today=timezone.localdate(),
                user_id=upload.uploaded_by_id,
                tell=progress,
            )
        upload.state = BankImport.State.DONE if is_as_shown else BankImport.State.UPLOADED
        upload.finished_at = timezone.now() if is_as_shown else None
        upload.content = b"" if is_as_shown else upload.content
        upload.save(update_fields=["state", "finished_at", "content"])
    if not is_as_shown:
        _read(progress, upload)
        raise RefusedError(CHANGED_MEANWHILE)
    progress(5, 5, "Готово")


def _one_writer_per_organisation(organisation_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('bank'), %s)", [organisation_id])


def _stored_plan(upload: BankImport) -> list[PlannedRow]:
    columns = ("number", "name", "outcome", "values", "person_id", "changes", "findings")
    return [
        PlannedRow(number, name, outcome, RowValues(**values), person_id, changes, findings)
        for number, name, outcome, values, person_id, changes, findings in upload.rows.order_by("number").values_list(
            *columns
        )
    ]


def _is_as_shown(upload: BankImport, shown: list[PlannedRow]) -> bool:
    again = [replace(row, outcome=Outcome.CREATE, person_id=None, changes=[]) for row in shown]
    hold_against_bank(upload.organisation, Bank(upload.bank), again)
    return again == shown
