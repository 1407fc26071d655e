"""General orders: drafting with annexes, rewording, agreement, signing, coming into force."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from documents.domain.kinds import GENERAL_KINDS, ORDER, Kind
from documents.domain.paper import Annex, annexes_as_json
from documents.domain.states import DocumentState
from documents.models import Acquaintance, Document
from documents.operations.drafts import (
    demand_draft,
    draft_document,
    locked_document,
    reword_draft,
    send_to_agreement,
    to_throw_away,
)
from documents.operations.signing import set_state, sign_document
from documents.papers import act_paper
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Person


@transaction.atomic
def draft_act(
    access: Access,
    *,
    heading: str,
    preamble: str,
    points: Sequence[str],
    annexes: Sequence[Annex] = (),
    basis: Sequence[Document] = (),
    named_person_ids: Iterable[int] = (),
    kind: Kind = ORDER,
) -> Document:
    """Draft a general order, or another general kind of paper, with its annexes.

    `points` are the lines of its text without numbers, the closing ones included; `basis` the documents it rests on;
    `named_person_ids` who must acquaint themselves. The drafter, who controls an order, is always among those.
    """
    document = draft_document(
        access, kind=kind, heading=heading, preamble=preamble, points=points, annexes=annexes, basis=basis
    )
    _name(access, document, named_person_ids)
    return document


def _name(access: Access, document: Document, person_ids: Iterable[int]) -> None:
    control = {access.person_id} if access.person_id and document.kind == ORDER.code else set()
    wanted = set(person_ids) | control
    persons = Person.objects.visible_to(access).filter(pk__in=wanted).values_list("pk", flat=True)
    document.acquaintances.exclude(person_id__in=wanted).delete()
    Acquaintance.objects.bulk_create(
        [
            Acquaintance(organisation=access.organisation, document=document, person_id=person_id)
            for person_id in persons.order_by("pk")
        ],
        ignore_conflicts=True,
    )


def locked_act(access: Access, document_id: int) -> Document:
    """A general paper, locked; raises Document.DoesNotExist, of other kinds of documents too."""
    document = locked_document(access, document_id)
    if document.kind not in GENERAL_KINDS:
        raise Document.DoesNotExist
    return document


@transaction.atomic
def set_annexes(access: Access, *, document_id: int, annexes: Sequence[Annex]) -> Document:
    """Put these annexes in place of a draft's; refuses once the order has left the drafts."""
    access.check(Permission.DOCUMENTS_DRAFT)
    document = locked_act(access, document_id)
    demand_draft(document)
    document.annexes = annexes_as_json(annexes)
    document.save(update_fields=["annexes"])
    return document


@transaction.atomic
def reword_act(
    access: Access,
    *,
    document_id: int,
    heading: str,
    preamble: str,
    points: str,
    journal_id: int,
    annexes: Sequence[Annex],
    named_person_ids: Iterable[int],
) -> Document:
    """Store the edited text of a draft, its annexes and whom it names; refuses once it has left the drafts."""
    set_annexes(access, document_id=document_id, annexes=annexes)
    document = reword_draft(
        access, document_id=document_id, heading=heading, preamble=preamble, points=points, journal_id=journal_id
    )
    _name(access, document, named_person_ids)
    return document


@transaction.atomic
def send_act(access: Access, *, document_id: int) -> Document:
    """Freeze the order's wording and annexes and put it before those who agree and sign."""
    access.check(Permission.DOCUMENTS_DRAFT)
    document = locked_act(access, document_id)
    return send_to_agreement(access, document_id=document_id, paper=act_paper(access, document).as_json())


@transaction.atomic
def sign_act(
    access: Access, *, document_id: int, password: str, effective_on: date, read: str | None = None
) -> Document:
    """Sign a general order: it gets its number, and those it names are asked to acquaint themselves.

    `read` is the hash of the paper as the signer had it on the page. An order that takes effect today is in force
    at once.
    """
    access.check(Permission.DOCUMENTS_SIGN)
    locked_act(access, document_id)
    document = sign_document(
        access,
        document_id=document_id,
        password=password,
        effective_on=effective_on,
        named_person_ids=(),  # they stand on its sheet since it was drafted
        read=read,
    )
    if document.effective_on <= access.today:
        bring_act_into_force(document)
    return document


@transaction.atomic
def bring_act_into_force(document: Document) -> None:
    """On the day a general order takes effect it is in force; the documents it rests on stay as they are."""
    set_state(document, DocumentState.IN_FORCE)


@transaction.atomic
def discard_act(access: Access, *, document_id: int) -> None:
    """Throw a draft away with its annexes; a second press changes nothing."""
    document = to_throw_away(access, document_id)
    if document is None:
        return
    if document.kind not in GENERAL_KINDS:
        raise RefusedError("Это не общий приказ: уберите его на его странице.")
    document.basis.clear()
    document.delete()
