"""Bringing a bank in from a spreadsheet: upload, mapping, confirmation."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse

from jobs.models import Job
from jobs.operations import start_job
from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models import BankImport
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission

State = BankImport.State


@transaction.atomic
def upload_bank(access: Access, *, bank: Bank, filename: str, content: bytes) -> BankImport:
    """Keep an uploaded file and start reading it; nothing reaches the bank."""
    access.check(Permission.BANKS_EDIT)
    upload = BankImport.objects.create(
        organisation=access.organisation,
        bank=bank,
        filename=filename[:200],
        content=content,
        uploaded_at=access.at,
        uploaded_by_id=access.user_id,
    )
    _start(access, upload, kind="mentoring.read_bank", title=f"Чтение файла «{upload.filename}»")
    return upload


@transaction.atomic
def map_columns(access: Access, *, import_id: int, mapping: Mapping[int, str]) -> BankImport:
    """Read the file again with the columns as a person chose them (index → field, empty for «не читать»)."""
    access.check(Permission.BANKS_EDIT)
    upload = _locked(access, import_id)
    if upload.state not in (State.READ, State.REFUSED):
        raise RefusedError("Файл сейчас читается или уже записан.")
    upload.mapping = {str(index): name for index, name in mapping.items()}
    upload.state = State.UPLOADED
    upload.save(update_fields=["mapping", "state"])
    _start(access, upload, kind="mentoring.read_bank", title=f"Чтение файла «{upload.filename}»")
    return upload


@transaction.atomic
def confirm_import(access: Access, *, import_id: int) -> BankImport:
    """Have the shown rows written, all or nothing; a second press changes nothing.

    Refuses while a row has a fault.
    """
    access.check(Permission.BANKS_EDIT)
    upload = _locked(access, import_id)
    if upload.state in (State.CONFIRMED, State.DONE):
        return upload
    if upload.state != State.READ:
        raise RefusedError("Файл ещё не прочитан.")
    if upload.counts.get("fault"):
        raise RefusedError("В файле есть ошибки. Исправьте их и загрузите файл ещё раз: в банк ничего не записано.")
    upload.state = State.CONFIRMED
    upload.save(update_fields=["state"])
    _start(access, upload, kind="mentoring.write_bank", title=f"Запись файла «{upload.filename}» в банк")
    return upload


@transaction.atomic
def discard_import(access: Access, *, import_id: int) -> None:
    """Throw an upload away before it is written; a second press changes nothing.

    That is also the way out where reading or writing has failed for good.
    """
    access.check(Permission.BANKS_EDIT)
    uploads = BankImport.objects.visible_to(access).select_related("job")
    upload = uploads.select_for_update(of=("self",)).filter(pk=import_id).first()
    if upload is None:
        return
    if not upload.may_be_discarded:
        raise RefusedError("Файл уже записывается или записан в банк.")
    upload.delete()


def _locked(access: Access, import_id: int) -> BankImport:
    return BankImport.objects.visible_to(access).select_for_update(of=("self",)).get(pk=import_id)


def _start(access: Access, upload: BankImport, *, kind: str, title: str) -> Job:
    upload.job = start_job(
        access,
        kind=kind,
        title=title[:200],
        params={"import_id": upload.pk},
        return_path=reverse("import_detail", args=[access.organisation.slug, upload.pk]),
    )
    upload.save(update_fields=["job"])
    return upload.job
