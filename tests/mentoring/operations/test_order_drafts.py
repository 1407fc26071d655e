"""Drafting an assignment order from agreed pairings."""

from dataclasses import replace
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from documents.domain.states import DocumentState
from documents.models import Document
from mentoring.operations.order_drafts import draft_assignment
from mentoring.operations.orders import discard_order, send_order
from tests.factories import pair
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import agreed, drafted, fresh, refusal_of

NO_FREE_PAIRS = "Выберите согласованные пары, которых ещё нет ни в одном приказе."


def test_draft_has_text_lines_and_the_drafter_in_control(curator):
    pairings = [agreed(curator), agreed(curator)]

    order = drafted(curator, *pairings)

    document = order.document
    assert (order.action, order.control, order.organisation) == ("assign", curator.person, curator.organisation)
    assert (document.state, document.kind, document.author) == ("draft", "assignment_order", curator.user)
    assert document.heading == "О закреплении наставнических пар"
    assert document.points.splitlines()[0].startswith("Закрепить на период с 4\u00a0сентября 2026\u00a0г.")
    assert document.points.splitlines()[-1].endswith("директора по учебно-воспитательной работе Е. В. Орлову.")
    assert (document.number, document.issued_on, document.paper) == ("", None, {})
    assert sorted(order.lines.values_list("pairing", "action")) == [(pairing.pk, "assign") for pairing in pairings]
    assert [fresh(pairing).state for pairing in pairings] == ["agreed", "agreed"]


def test_drafter_who_is_nobodys_card_leaves_control_to_the_head(curator):
    pairing = agreed(curator)

    order = draft_assignment(replace(curator.access, person_id=None), pairing_ids=[pairing.pk])

    assert order.control is None
    assert order.document.points.endswith("Контроль за исполнением приказа оставляю за собой.")


def test_nothing_chosen_is_refused(curator):
    assert refusal_of(draft_assignment, curator.access, pairing_ids=[]) == NO_FREE_PAIRS


def test_pairing_that_is_not_agreed_is_refused_with_all_chosen(curator):
    good, proposed = agreed(curator), pair(curator.organisation)

    assert refusal_of(drafted, curator, good, proposed) == NO_FREE_PAIRS
    assert Document.objects.count() == 0


def test_pairing_stands_in_one_draft_only(curator):
    order = drafted(curator)

    assert refusal_of(drafted, curator, order.lines.get().pairing) == NO_FREE_PAIRS


def test_pairing_of_another_school_is_refused(curator, stranger):
    assert refusal_of(drafted, curator, agreed(stranger)) == NO_FREE_PAIRS


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_drafts_on_one_pairing_at_once_make_one(curator):
    pairing = agreed(curator)

    results = at_once(*[partial(drafted, curator, pairing)] * 2)

    assert sorted(type(result).__name__ for result in results) == ["AssignmentOrder", "RefusedError"]
    assert Document.objects.count() == 1


@pytest.mark.parametrize("persona", ["director", "psychologist", "hr_officer", "mentor"])
def test_only_the_drafter_drafts_sends_and_discards(request, persona, curator):
    order = drafted(curator)
    access = request.getfixturevalue(persona).access

    with pytest.raises(PermissionDenied):
        draft_assignment(access, pairing_ids=[1])
    for press in (send_order, discard_order):
        with pytest.raises(PermissionDenied):
            press(access, document_id=order.pk)


def test_stranger_reaches_no_order(curator, stranger, director):
    order = drafted(curator)

    with pytest.raises(Document.DoesNotExist):
        send_order(stranger.access, document_id=order.pk)
    discard_order(stranger.access, document_id=order.pk)
    assert fresh(order.document).state == DocumentState.DRAFT
