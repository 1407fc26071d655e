"""Assignment orders: drafting from pairings, agreement, signing, and what follows for the pairings."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from documents.domain.kinds import ASSIGNMENT_ORDER
from documents.domain.numbers import short_date
from documents.domain.states import FROZEN_STATES, DocumentState
from documents.models import Document
from documents.operations.drafts import (
    draft_document,
    locked_document,
    reword_draft,
    send_to_agreement,
    to_throw_away,
)
from documents.operations.signing import set_state, sign_document
from mentoring.domain.order_texts import OrderText
from mentoring.domain.pairing_states import FIXED, PairingState
from mentoring.domain.vocabulary import EndGround
from mentoring.models import AssignmentOrder, AssignmentOrderLine, Pairing
from mentoring.models.pairings import NEVER, days
from mentoring.operations.pairings import (
    PairingTerms,
    demand_order_consents,
    demand_plausible,
    locked_pairing,
    move,
    propose_pairing,
    refusing_by_constraint,
    take_planned_places,
)
from mentoring.papers import (
    first_assignment_text,
    first_ending_text,
    first_extension_text,
    first_replacement_text,
    order_paper,
)
from mentoring.queries.orders import MENTEES_BY_NAME, agreed_pairings, lines_of, order_of, persons_in
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Person
from people.queries.persons import own_person

Action = AssignmentOrderLine.Action
NO_LONGER_WAITING = sorted(FROZEN_STATES - {DocumentState.SIGNED})


@transaction.atomic
def draft_assignment(access: Access, *, pairing_ids: Sequence[int]) -> AssignmentOrder:
    """Draft the order that fixes the chosen agreed pairings; the drafter controls it unless it is reworded.

    Refuses pairings that are not agreed or already stand in another order.
    """
    access.check(Permission.DOCUMENTS_DRAFT)
    chosen = Pairing.objects.visible_to(access).filter(pk__in=pairing_ids).select_for_update(of=("self",))
    locked = set(chosen.values_list("pk", flat=True))
    pairings = [pairing for pairing in agreed_pairings(access) if pairing.pk in locked]
    if not pairings or len(pairings) != len(set(pairing_ids)):
        raise RefusedError("Выберите согласованные пары, которых ещё нет ни в одном приказе.")
    control = _control(access)
    order = _draft(access, AssignmentOrder.Action.ASSIGN, first_assignment_text(access, pairings, control), control)
    AssignmentOrderLine.objects.bulk_create(
        AssignmentOrderLine(organisation=access.organisation, order=order, pairing=pairing, action=Action.ASSIGN)
        for pairing in pairings
    )
    return order


@transaction.atomic
def draft_ending(access: Access, *, pairing_id: int, last_day: date, ground: EndGround) -> AssignmentOrder:
    """Draft the order that ends a fixed pairing after `last_day`; it refers to the order that fixed it."""
    pairing = _changeable(access, pairing_id, last_day)
    if last_day > pairing.ends_on:
        raise RefusedError(f"Пара заканчивается {short_date(pairing.ends_on)}: последний день не может быть позже.")
    control = _control(access)
    text = first_ending_text(access, pairing, last_day=last_day, ground=ground, control=control)
    order = _draft(access, AssignmentOrder.Action.END, text, control, basis=pairing.basis)
    _add_line(order, pairing, Action.END, last_day=last_day, ground=ground)
    return order


@transaction.atomic
def draft_extension(access: Access, *, pairing_id: int, last_day: date) -> AssignmentOrder:
    """Draft the order that prolongs a fixed pairing to `last_day`."""
    pairing = _changeable(access, pairing_id, last_day)
    demand_plausible(last_day)
    if last_day <= pairing.ends_on:
        raise RefusedError("Новый срок должен быть позже прежнего.")
    control = _control(access)
    text = first_extension_text(access, pairing, last_day=last_day, control=control)
    order = _draft(access, AssignmentOrder.Action.CHANGE, text, control, basis=pairing.basis)
    _add_line(order, pairing, Action.EXTEND, last_day=last_day)
    return order


@transaction.atomic
def draft_replacement(
    access: Access, *, pairing_id: int, mentor_id: int, last_day: date, over_capacity_reason: str
) -> AssignmentOrder:
    """Draft the order that gives the mentees of a fixed pairing another mentor from the day after `last_day`.

    The new pairing is planned at once and takes its places when the order is signed.
    """
    old = _changeable(access, pairing_id, last_day)
    if last_day >= old.ends_on:
        raise RefusedError("Замена должна наступить раньше, чем пара закончится сама.")
    terms = PairingTerms(
        form=old.form,
        kind=old.kind,
        goal=old.goal,
        first_day=last_day + timedelta(days=1),
        last_day=old.ends_on,
        over_capacity_reason=over_capacity_reason,
    )
    mentee_ids = [place.mentee_id for place in old.places]
    new = propose_pairing(access, mentor_id=mentor_id, mentee_ids=mentee_ids, terms=terms, is_reserved=False)
    demand_order_consents(access, new)
    move(new, PairingState.AGREED)
    new.save(update_fields=["state"])
    new = _with_places(access, new.pk)
    control = _control(access)
    text = first_replacement_text(access, old, new, last_day=last_day, control=control)
    order = _draft(access, AssignmentOrder.Action.CHANGE, text, control, basis=old.basis)
    _add_line(order, old, Action.END, last_day=last_day, ground=EndGround.REPLACEMENT)
    _add_line(order, new, Action.ASSIGN)
    return order


def _with_places(access: Access, pairing_id: int) -> Pairing:
    pairings = Pairing.objects.visible_to(access).select_related("mentor", "basis")
    return pairings.prefetch_related(MENTEES_BY_NAME).get(pk=pairing_id)


def _changeable(access: Access, pairing_id: int, last_day: date) -> Pairing:
    access.check(Permission.DOCUMENTS_DRAFT)
    locked_pairing(access, pairing_id)
    pairing = _with_places(access, pairing_id)
    if pairing.state not in FIXED:
        raise RefusedError("Изменить или прекратить приказом можно только пару, закреплённую приказом.")
    open_states = [DocumentState.DRAFT, DocumentState.ON_AGREEMENT]
    if pairing.order_lines.filter(order__document__state__in=open_states).exists():
        raise RefusedError("На эту пару уже есть неподписанный приказ. Подпишите его или уберите.")
    if last_day < pairing.starts_on:
        raise RefusedError("Это раньше, чем пара началась.")
    return pairing


def _control(access: Access) -> Person | None:
    """Who controls the order at first: the drafter, where they are one of the organisation's people."""
    return own_person(access)


def _draft(
    access: Access, action: str, text: OrderText, control: Person | None, *, basis: Document | None = None
) -> AssignmentOrder:
    document = draft_document(
        access,
        kind=ASSIGNMENT_ORDER,
        heading=text.heading,
        preamble=text.preamble,
        points=text.points,
        basis=[basis] if basis else [],
    )
    return AssignmentOrder.objects.create(
        organisation=access.organisation, document=document, action=action, control=control
    )


def _add_line(
    order: AssignmentOrder, pairing: Pairing, action: str, *, last_day: date | None = None, ground: str = ""
) -> None:
    AssignmentOrderLine.objects.create(
        organisation_id=order.organisation_id,
        order=order,
        pairing=pairing,
        action=action,
        last_day=last_day,
        ground=ground,
    )


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
