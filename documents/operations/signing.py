"""Signing: the number, the frozen paper, the files; then acquaintance and what later orders change."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from documents.domain.numbers import long_date, registration_number
from documents.domain.paper import OrderPaper, SimpleMark, content_hash
from documents.domain.states import DocumentState
from documents.models import Acquaintance, Document, Journal, JournalYear
from documents.operations.drafts import locked_document, move
from jobs.operations import start_job
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Head, User
from people.queries.persons import head_on


class WrongPasswordError(RefusedError):
    """The password given to sign with is not the signer's."""


@transaction.atomic
def sign_document(
    access: Access,
    *,
    document_id: int,
    password: str,
    effective_on: date,
    named_person_ids: Iterable[int],
    read: str | None = None,
) -> Document:
    """Sign with a simple signature (63-ФЗ art. 9): the account plus its password, asked again.

    Afterwards the document has its number and today's date from its journal, without gap or double; its
    paper carries the mark of a simple signature and can no longer change; the files are queued; everyone
    in `named_person_ids` is asked to acquaint themselves.
    `read` is the hash of the paper as the signer had it on the page. Refuses a paper that is no longer the one
    read, a wrong password, anyone but the head in office, and a document that is not on agreement.
    """
    access.check(Permission.DOCUMENTS_SIGN)
    document = locked_document(access, document_id)
    if read is not None and read != content_hash(document.paper):
        raise RefusedError("Пока приказ был открыт, его текст изменили. Прочитайте его ещё раз и подпишите.")
    head = _signing_head(access, password)
    move(document, DocumentState.SIGNED)
    if effective_on < access.today:
        raise RefusedError("Приказ не может вступить в силу раньше дня подписания.")
    _register(document, access.today)
    document.effective_on = effective_on
    document.signed_at, document.signed_by_id = access.at, access.user_id
    document.signer_name, document.signer_post = head.person.full_name, head.title
    _freeze(access, document, head)
    document.save()
    Acquaintance.objects.bulk_create(
        Acquaintance(organisation=access.organisation, document=document, person_id=person_id)
        for person_id in named_person_ids
    )
    _queue_files(access, document)
    return document


def _queue_files(access: Access, document: Document) -> None:
    start_job(
        access,
        kind="documents.render",
        title=f"Файлы приказа {document.title_number}",
        params={"document_id": document.pk},
        return_path=reverse(document.page, args=[access.organisation.slug, document.pk]),
    )


@transaction.atomic
def render_again(access: Access, *, document_id: int) -> Document:
    """Queue the files of a signed document once more, after an attempt has failed for good."""
    access.check(Permission.DOCUMENTS_VIEW)
    document = locked_document(access, document_id)
    if not document.is_frozen:
        raise RefusedError("Файлы бывают только у подписанного документа.")
    _queue_files(access, document)
    return document


def _signing_head(access: Access, password: str) -> Head:
    user = User.objects.get(pk=access.user_id)  # unscoped: the asker's own account
    if not check_password(password, user.password):
        raise WrongPasswordError("Пароль неверный. Приказ не подписан.")
    head = head_on(access, access.today)
    if head is None or head.person_id != access.person_id:
        raise RefusedError("Подписать может только руководитель, указанный в настройках организации на сегодня.")
    return head


def _register(document: Document, today: date) -> None:
    """Take the next number of the journal's year; the row lock makes the others wait, a rollback gives it back."""
    JournalYear.objects.get_or_create(journal=document.journal, year=today.year)  # unscoped: of the document's journal
    counter = JournalYear.objects.select_for_update().get(  # unscoped: of the document's journal
        journal=document.journal, year=today.year
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    document.year, document.sequence, document.issued_on = today.year, counter.last, today
    document.number = registration_number(document.journal.pattern, counter.last)


def _freeze(access: Access, document: Document, head: Head) -> None:
    # Who signs may not be who was in office when the wording was frozen.
    document.paper = document.paper | {
        "signer_post": head.title,
        "signer_name": head.person.signature_name,
        "number": document.number,
        "date": long_date(document.issued_on),
        "check_url": settings.PORTAL_URL + reverse("document_check", args=[document.check_key]),
    }
    fingerprint = content_hash(document.paper)
    local = access.at.astimezone(ZoneInfo(access.organisation.time_zone))
    mark = SimpleMark(
        name=document.signer_name,
        post=document.signer_post,
        at=f"{local:%d.%m.%Y %H:%M}",
        key=fingerprint[:16].upper(),
    )
    document.paper = replace(OrderPaper.from_json(document.paper), mark=mark).as_json()
    document.content_sha256 = fingerprint


@transaction.atomic
def set_state(document: Document, then: DocumentState) -> None:
    """Move a signed document on along its life; the caller has checked who asks."""
    move(document, then)
    document.save(update_fields=["state"])


def bring_due_into_force(documents: QuerySet[Document], on: date, bring: Callable[[Document], None]) -> None:
    """Let `bring` each of `documents` into force that was signed for the day `on` or an earlier one.

    Each in a transaction of its own; one that somebody works on at this moment waits for the next time.
    """
    due = documents.filter(state=DocumentState.SIGNED, effective_on__lte=on)
    for document_id in list(due.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            for document in due.filter(pk=document_id).select_for_update(of=("self",), skip_locked=True):
                bring(document)


@transaction.atomic
def confirm_acquaintance(access: Access, *, document_id: int, address: str = "") -> Acquaintance:
    """The asker confirms having read a signed document that names them; a second press changes nothing.

    How they came in and from which network `address` is kept: a curator holds everybody's links.
    """
    access.check(Permission.OWN_PAGES)
    row = (
        Acquaintance.objects.visible_to(access)
        .select_for_update(of=("self",))
        .get(document_id=document_id, person_id=access.person_id)
    )
    if row.confirmed_at is None:
        row.confirmed_at = access.at
        row.evidence = {"user": access.user_id, "by_link": access.via_link, "address": address}
        row.save(update_fields=["confirmed_at", "evidence"])
    return row


@transaction.atomic
def set_journal(access: Access, *, journal_id: int | None, title: str, pattern: str, last: int) -> Journal:
    """Make or change a journal and say which number was the last this year, on paper included.

    Refuses to go back below a number that the portal has already given.
    """
    access.check(Permission.ORGANISATION_EDIT)
    values = {"title": title, "pattern": pattern}
    if journal_id is None:
        journal = Journal.objects.create(organisation=access.organisation, **values)
    else:
        journal = Journal.objects.visible_to(access).select_for_update().get(pk=journal_id)
        journal.title, journal.pattern = title, pattern
        journal.save(update_fields=["title", "pattern"])
    years = JournalYear.objects.select_for_update()  # unscoped: of a journal already scoped
    counter, _ = years.get_or_create(journal=journal, year=access.today.year)
    given = Document.objects.filter(journal=journal, year=access.today.year)  # unscoped: of a journal already scoped
    highest = max(given.values_list("sequence", flat=True), default=0)
    if last < highest:
        raise RefusedError(f"В этом году уже выдан номер {highest}: меньше указать нельзя.")
    counter.last = last
    counter.save(update_fields=["last"])
    return journal
