"""The life of an assignment order after it is drafted: agreement, signing, and what follows for the pairings."""

from datetime import date

from django.db import transaction

from documents.domain.kinds import ASSIGNMENT_ORDER
from documents.domain.states import FROZEN_STATES, DocumentState
from documents.models import Document
from documents.operations.drafts import locked_document, reword_draft, send_to_agreement, to_throw_away
from documents.operations.signing import set_state, sign_document
from mentoring.domain.order_texts import OrderText
from mentoring.domain.pairing_states import FIXED, PairingState
from mentoring.domain.vocabulary import EndGround
from mentoring.models import AssignmentOrder, AssignmentOrderLine, Pairing
from mentoring.models.pairings import NEVER, days
from mentoring.operations.pairings import demand_order_consents, move, refusing_by_constraint, take_planned_places
from mentoring.papers import (
    first_assignment_text,
    first_ending_text,
    first_extension_text,
    first_replacement_text,
    order_paper,
)
from mentoring.queries.orders import lines_of, order_of, persons_in
from people.access import Access
from people.domain.roles import Permission

Action = AssignmentOrderLine.Action
NO_LONGER_WAITING = sorted(FROZEN_STATES - {DocumentState.SIGNED})


@transaction.atomic
def recompose_order(access: Access, *, document_id: int) -> AssignmentOrder:
    """Put the wording of a draft together anew, with the names as they are declined now; edits by hand are gone."""
    access.check(Permission.DOCUMENTS_DRAFT)
    document = locked_document(access, document_id)
    order = order_of(access, document_id)
    text = _wording(access, order)
    reword_draft(
        access,
        document_id=document_id,
        heading=text.heading,
        preamble=text.preamble,
        points="\n".join(text.points),
        journal_id=document.journal_id,
    )
    return order


def _wording(access: Access, order: AssignmentOrder) -> OrderText:
    lines = lines_of(access, order)
    if order.action == AssignmentOrder.Action.ASSIGN:
        return first_assignment_text(access, [line.pairing for line in lines], order.control)
    first = lines[0]
    if first.action == Action.EXTEND:
        return first_extension_text(access, first.pairing, last_day=first.last_day, control=order.control)
    if order.action == AssignmentOrder.Action.END:
        ground = EndGround(first.ground)
        return first_ending_text(access, first.pairing, last_day=first.last_day, ground=ground, control=order.control)
    new = lines[1].pairing
    return first_replacement_text(access, first.pairing, new, last_day=first.last_day, control=order.control)


@transaction.atomic
def discard_order(access: Access, *, document_id: int) -> None:
    """Throw a draft away; its pairings are free for another order, planned ones are declined.

    A second press changes nothing.
    """
    document = to_throw_away(access, document_id)
    if document is None:
        return
    order = order_of(access, document_id)
    planned = [
        line.pairing
        for line in lines_of(access, order)
        if line.action == Action.ASSIGN and order.action == AssignmentOrder.Action.CHANGE
    ]
    order.delete()
    document.basis.clear()
    document.delete()
    for pairing in planned:
        move(pairing, PairingState.DECLINED)
        pairing.save(update_fields=["state"])


@transaction.atomic
def send_order(access: Access, *, document_id: int) -> Document:
    """Freeze the order's wording and put it before the director; consents are checked again."""
    access.check(Permission.DOCUMENTS_DRAFT)
    locked_document(access, document_id)
    order = order_of(access, document_id)
    _demand_consents(access, order)
    return send_to_agreement(access, document_id=document_id, paper=order_paper(access, order).as_json())


def _demand_consents(access: Access, order: AssignmentOrder) -> None:
    for line in lines_of(access, order):
        if line.action == Action.ASSIGN:
            demand_order_consents(access, line.pairing)


@transaction.atomic
def sign_order(
    access: Access, *, document_id: int, password: str, effective_on: date, read: str | None = None
) -> Document:
    """Sign an order: it gets its number, its pairings change, and those named are asked to acquaint themselves.

    `read` is the hash of the paper as the signer had it on the page. All of it happens or none of
    it. An order that takes effect today is in force at once.
    """
    access.check(Permission.DOCUMENTS_SIGN)
    locked_document(access, document_id)
    order = order_of(access, document_id)
    lines = lines_of(access, order)
    _demand_consents(access, order)
    named = {person.pk for person in persons_in([line.pairing for line in lines])}
    if order.control_id:
        named.add(order.control_id)
    document = sign_document(
        access,
        document_id=document_id,
        password=password,
        effective_on=effective_on,
        named_person_ids=sorted(named),
        read=read,
    )
    for line in sorted(lines, key=lambda line: line.action != Action.END):
        _apply(line, document)
    if document.effective_on <= access.today:
        bring_into_force(document)
    return document


def _apply(line: AssignmentOrderLine, document: Document) -> None:
    pairing = Pairing.objects.select_for_update(of=("self",)).get(pk=line.pairing_id)  # unscoped: of a scoped order
    if line.action == Action.ASSIGN:
        move(pairing, PairingState.ORDERED)
        pairing.basis = document
        take_planned_places(pairing)
    elif line.action == Action.EXTEND:
        pairing.period = days(pairing.starts_on, line.last_day)
        with refusing_by_constraint():
            pairing.mentees.update(during=pairing.period)
    else:
        _end(pairing, line.last_day, EndGround(line.ground))
    pairing.save(update_fields=["state", "basis", "period", "ended_on", "end_ground"])


def _end(pairing: Pairing, last_day: date, ground: EndGround) -> None:
    then = {EndGround.DONE: PairingState.COMPLETED, EndGround.REPLACEMENT: PairingState.REPLACED}
    move(pairing, then.get(ground, PairingState.ENDED_EARLY))
    pairing.ended_on, pairing.end_ground = last_day, ground
    pairing.mentees.update(during=days(pairing.starts_on, last_day) if last_day >= pairing.starts_on else NEVER)


@transaction.atomic
def bring_into_force(document: Document) -> None:
    """On the day an order takes effect it is in force, its pairings work, and the orders it changes say so.

    Pairings that another order has ended meanwhile stay ended; an order that is changed before it takes effect
    says so when it does.
    """
    set_state(document, DocumentState.IN_FORCE)
    order = document.assignment_order
    ordered = order.lines.filter(action=Action.ASSIGN, pairing__state=PairingState.ORDERED)
    lines = ordered.select_related("pairing")
    for line in lines.order_by("pk"):
        move(line.pairing, PairingState.ACTIVE)
        line.pairing.save(update_fields=["state"])
    for earlier in document.basis.filter(kind=ASSIGNMENT_ORDER.code).select_for_update(of=("self",)).order_by("pk"):
        _note_change(earlier)
    if document.followed_by.filter(kind=ASSIGNMENT_ORDER.code, state__in=NO_LONGER_WAITING).exists():
        _note_change(document)


def _note_change(earlier: Document) -> None:
    """An order is ended when none of its pairings runs on, amended otherwise."""
    if earlier.state == DocumentState.SIGNED:
        return
    runs_on = Pairing.objects.filter(basis=earlier, state__in=FIXED).exists()  # unscoped: of a scoped order
    then = DocumentState.AMENDED if runs_on else DocumentState.ENDED
    if earlier.state not in (then, DocumentState.ENDED):
        set_state(earlier, then)
