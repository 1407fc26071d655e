"""Spreadsheets of banks on their way through upload, reading and writing, as the worker runs them."""

from pathlib import Path

import mentoring.tasks  # noqa: F401 -- registers the kinds of jobs
from jobs.tasks import run
from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models import BankImport
from mentoring.operations.imports import confirm_import, upload_bank
from people.access import Access

FILES = Path(__file__).parent / "files"
SAMPLES = {Bank.MENTORS: "mentors.xlsx", Bank.MENTEES: "mentees.csv"}


def sheet(*rows: str, header: str = "ФИО;Должность;E-mail") -> bytes:
    """A .csv of a bank; the cells of a row are divided by semicolons."""
    return "\n".join([header, *rows]).encode()


def worked(upload: BankImport) -> BankImport:
    """The upload after the worker has run its job."""
    run(job_id=upload.job_id)
    upload.refresh_from_db()
    upload.job.refresh_from_db()
    return upload


def read(access: Access, content: bytes, bank: Bank = Bank.MENTORS, filename: str = "bank.csv") -> BankImport:
    """An upload that has been read."""
    return worked(upload_bank(access, bank=bank, filename=filename, content=content))


def read_sample(access: Access, bank: Bank) -> BankImport:
    """One of the two sample files, read."""
    return read(access, (FILES / SAMPLES[bank]).read_bytes(), bank, SAMPLES[bank])


def confirmed(access: Access, upload: BankImport) -> BankImport:
    """The upload after it was confirmed and the worker has written it."""
    return worked(confirm_import(access, import_id=upload.pk))


def brought_in(access: Access, content: bytes, bank: Bank = Bank.MENTORS) -> BankImport:
    """An upload that has been read, confirmed and written."""
    return confirmed(access, read(access, content, bank))
