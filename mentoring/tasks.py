"""What operations queue: reading an uploaded bank, writing a confirmed one, letters about proposed pairings."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from jobs.kinds import Progress, job_kind
from mentoring.domain.bank_sheet.fields import Bank, Field
from mentoring.domain.bank_sheet.layout import LayoutError, choose_sheet
from mentoring.domain.bank_sheet.rows import read_rows
from mentoring.domain.matching.matching import prepare, solve
from mentoring.domain.matching.problem_json import read_problem, solution_json
from mentoring.intake.plan import Outcome, PlannedRow, hold_against_bank, planned
from mentoring.intake.values import RowValues
from mentoring.intake.workbook import WorkbookError, read_workbook
from mentoring.intake.write import BATCH, write_rows
from mentoring.models import BankImport, BankImportRow, MatchingRun, ProposalLetter
from mentoring.queries.replies import letters_to_send, link_to_send
from people.domain.refusal import RefusedError
from people.queries.links import url_of

logger = logging.getLogger(__name__)

MAIL_IS_DOWN = (SMTPException, OSError)
"""What stops all letters; they wait for the next time."""

UNSENDABLE = (SMTPRecipientsRefused, SMTPDataError, ValueError)
"""What is wrong with one letter alone; a line break in an address is a ValueError."""

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


@job_kind("mentoring.match")
def match_banks(progress: Progress, *, run_id: int) -> None:
    """Find the best pairs of a run's input; its result is written once however often it is called."""
    run = MatchingRun.objects.filter(pk=run_id, state=MatchingRun.State.QUEUED).first()  # unscoped: worker
    if run is None:
        return
    progress(0, 3, "Считаем баллы пар")
    prepared = prepare(read_problem(run.input))
    progress(1, 3, "Ищем лучшие пары")
    solution = solve(prepared, ())
    progress(2, 3, "Записываем")
    waiting = MatchingRun.objects.filter(pk=run_id, state=MatchingRun.State.QUEUED)  # unscoped: worker
    waiting.update(state=MatchingRun.State.SOLVED, result=solution_json(solution), solved_at=timezone.now())
    progress(3, 3, "Готово")


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


@job_kind("mentoring.send_proposal_letters")
def send_letters_of_organisation(progress: Progress, *, organisation_id: int) -> None:
    """Send the letters of an organisation that wait; each goes once, however often this is called."""
    try:
        send_proposal_letters(letters_to_send(organisation_id), at=timezone.now(), tell=progress)
    except MAIL_IS_DOWN:
        logger.warning("letters about proposals of organisation %s wait: mail cannot be sent", organisation_id)
        raise RefusedError("Почтовый сервер не отвечает. Письма уйдут сами, как только он ответит.") from None


def send_proposal_letters(
    letters: QuerySet[ProposalLetter], *, at: datetime, tell: Callable[..., None] | None = None
) -> int:
    """Send the letters, each in its own transaction; gives how many went out.

    Those that nobody needs any more are deleted; one that the server refuses says so and holds nobody else up.
    Raises what MAIL_IS_DOWN names where no mail can be sent: the rest waits.
    """
    ids = list(letters.order_by("pk").values_list("pk", flat=True))
    sent = 0
    for number, letter_id in enumerate(ids, 1):
        sent += _send(letters.filter(pk=letter_id), at)
        if tell is not None:
            tell(number, len(ids), "Отправляем письма")
    return sent


@transaction.atomic
def _send(letters: QuerySet[ProposalLetter], at: datetime) -> int:
    """Send one letter, unless somebody else is just doing so."""
    locked = letters.select_related("organisation").select_for_update(of=("self",), skip_locked=True)
    letter = locked.first()
    if letter is None:
        return 0
    link = link_to_send(letter, at)
    if link is None:
        letter.delete()
        return 0
    organisation = " ".join(letter.organisation.short_name.split())
    text = render_to_string("mentoring/mail/proposal.txt", {"organisation": organisation, "url": url_of(link)})
    try:
        send_mail(f"Вам предложили пару, {organisation}", text, None, [link.person.email])
    except UNSENDABLE:
        letter.problem = "Почтовый сервер не принял письмо: проверьте адрес."
    else:
        letter.sent_at = at
    letter.save(update_fields=["problem", "sent_at"])
    return int(letter.sent_at is not None)
