"""Drafts of documents: making, rewording, sending to agreement, giving visas, throwing away."""

from collections.abc import Sequence

from django.db import transaction

from documents.domain.kinds import KINDS, Kind
from documents.domain.paper import Annex, annexes_as_json
from documents.domain.states import DocumentState, may_move
from documents.models import Document, Journal, Visa
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission

DEFAULT_JOURNAL = ("Приказы по основной деятельности", "{n}-од")


def locked_document(access: Access, document_id: int) -> Document:
    """The document, locked until the transaction ends; raises Document.DoesNotExist."""
    return Document.objects.visible_to(access).select_for_update(of=("self",)).get(pk=document_id)


def move(document: Document, then: DocumentState) -> None:
    """Set the next state in memory; refuses a move that its life does not have."""
    if not may_move(DocumentState(document.state), then):
        raise RefusedError(f"Сейчас документ в состоянии «{document.get_state_display()}»: кто-то уже сделал этот шаг.")
    document.state = then


def demand_draft(document: Document) -> None:
    """Refuse to reword a document that has left the drafts."""
    if document.state != DocumentState.DRAFT:
        raise RefusedError("Текст можно править только в проекте: документ уже отправлен дальше.")


def to_throw_away(access: Access, document_id: int) -> Document | None:
    """The draft somebody wants to be rid of, locked; None where it is gone already, refused where it is no draft."""
    access.check(Permission.DOCUMENTS_DRAFT)
    document = Document.objects.visible_to(access).select_for_update(of=("self",)).filter(pk=document_id).first()
    if document is not None and document.state != DocumentState.DRAFT:
        raise RefusedError("Убрать можно только проект.")
    return document


def default_journal(access: Access) -> Journal:
    """The organisation's first journal of orders; made where there is none yet."""
    of_other_kinds = [kind.journal[0] for kind in KINDS.values() if kind.journal]
    journal = Journal.objects.visible_to(access).exclude(title__in=of_other_kinds).order_by("pk").first()
    return journal or _journal(access, *DEFAULT_JOURNAL)


def _journal(access: Access, title: str, pattern: str) -> Journal:
    return Journal.objects.visible_to(access).get_or_create(
        organisation=access.organisation, title=title, defaults={"pattern": pattern}
    )[0]


@transaction.atomic
def draft_document(
    access: Access,
    *,
    kind: Kind,
    heading: str,
    preamble: str,
    points: Sequence[str],
    annexes: Sequence[Annex] = (),
    basis: Sequence[Document] = (),
) -> Document:
    """Make a draft in the journal of its kind, or in the default one; it has no number before it is signed."""
    access.check(Permission.DOCUMENTS_DRAFT)
    document = Document.objects.create(
        organisation=access.organisation,
        kind=kind.code,
        journal=_journal(access, *kind.journal) if kind.journal else default_journal(access),
        heading=heading,
        preamble=preamble,
        points="\n".join(points),
        annexes=annexes_as_json(annexes),
        author_id=access.user_id,
        created_at=access.at,
    )
    document.basis.set(basis)
    return document


@transaction.atomic
def reword_draft(
    access: Access, *, document_id: int, heading: str, preamble: str, points: str, journal_id: int
) -> Document:
    """Store edited text; refuses once the document has left the drafts."""
    access.check(Permission.DOCUMENTS_DRAFT)
    document = locked_document(access, document_id)
    demand_draft(document)
    document.heading, document.preamble, document.points = heading, preamble, points
    document.journal = Journal.objects.visible_to(access).get(pk=journal_id)
    document.save(update_fields=["heading", "preamble", "points", "journal"])
    return document


@transaction.atomic
def send_to_agreement(access: Access, *, document_id: int, paper: dict[str, object]) -> Document:
    """Freeze the wording as `paper` and put the document before those who agree and sign."""
    access.check(Permission.DOCUMENTS_DRAFT)
    document = locked_document(access, document_id)
    move(document, DocumentState.ON_AGREEMENT)
    document.paper, document.sent_at = paper, access.at
    document.visas.all().delete()
    document.save(update_fields=["state", "paper", "sent_at"])
    return document


@transaction.atomic
def give_visa(access: Access, *, document_id: int, decision: Visa.Decision, name: str, comment: str) -> Visa:
    """Agree, or return the document to the drafts with the reason; one word a person, the last one counts."""
    access.check(Permission.DOCUMENTS_AGREE)
    document = locked_document(access, document_id)
    if document.state != DocumentState.ON_AGREEMENT:
        raise RefusedError("Документ уже не на согласовании.")
    if decision == Visa.Decision.RETURNED:
        if not comment.strip():
            raise RefusedError("Напишите, что исправить.")
        move(document, DocumentState.DRAFT)
        document.save(update_fields=["state"])
    document.visas.filter(user_id=access.user_id).delete()
    return Visa.objects.create(
        organisation=access.organisation,
        document=document,
        user_id=access.user_id,
        name=name,
        decision=decision,
        comment=comment.strip(),
        decided_at=access.at,
    )


@transaction.atomic
def take_back(access: Access, *, document_id: int) -> Document:
    """The drafter takes a document back from agreement to reword it."""
    access.check(Permission.DOCUMENTS_DRAFT)
    document = locked_document(access, document_id)
    move(document, DocumentState.DRAFT)
    document.save(update_fields=["state"])
    return document
