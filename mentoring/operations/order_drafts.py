"""Drafts of assignment orders: fixing agreed pairings, and ending, prolonging or replacing those that are fixed."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from documents.domain.kinds import ASSIGNMENT_ORDER
from documents.domain.numbers import short_date
from documents.domain.states import DocumentState
from documents.models import Document
from documents.operations.drafts import draft_document
from mentoring.domain.order_texts import OrderText
from mentoring.domain.pairing_states import FIXED, PairingState
from mentoring.domain.vocabulary import EndGround
from mentoring.models import AssignmentOrder, AssignmentOrderLine, Pairing
from mentoring.operations.pairings import (
    PairingTerms,
    demand_order_consents,
    demand_plausible,
    locked_pairing,
    move,
    propose_pairing,
)
from mentoring.papers import (
    first_assignment_text,
    first_ending_text,
    first_extension_text,
    first_replacement_text,
)
from mentoring.queries.orders import MENTEES_BY_NAME, agreed_pairings
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Person
from people.queries.persons import own_person

Action = AssignmentOrderLine.Action


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
