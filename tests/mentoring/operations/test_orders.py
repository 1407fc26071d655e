"""The life of an assignment order and what it makes of its pairings."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from documents.domain.states import DocumentState
from documents.models import Document, Visa
from documents.operations.drafts import give_visa, reword_draft, take_back
from documents.operations.signing import WrongPasswordError
from jobs.models import Job
from mentoring.models import AssignmentOrder
from mentoring.operations.orders import discard_order, send_order, sign_order
from mentoring.operations.pairings import decline_pairing, set_pause
from mentoring.periodic import bring_orders_into_force
from people.domain.consent import Purpose
from people.models import Consent
from tests.factories import PASSWORD, TODAY, PairingMenteeFactory, pair
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import agreed, around_today, drafted, fresh, refusal_of, signed, some_days_ago, working


def withdraw(person, purpose):
    Consent.objects.filter(person=person, purpose=purpose).update(
        state=Consent.State.WITHDRAWN, withdrawn_on=date(2026, 10, 1)
    )


# From the draft to the signature


def test_order_goes_from_draft_over_a_return_to_working_pairs(curator, director):
    pairing = agreed(curator)
    order = drafted(curator, pairing)
    words = {"heading": "О наставничестве", "preamble": "В целях", "journal_id": order.document.journal_id}

    send_order(curator.access, document_id=order.pk)
    give_visa(
        director.access,
        document_id=order.pk,
        decision=Visa.Decision.RETURNED,
        name="Савельев",
        comment="короче",
    )
    reword_draft(curator.access, document_id=order.pk, points="первый\n– часть\nвторой", **words)
    send_order(curator.access, document_id=order.pk)
    visas_after_sending_again = order.document.visas.count()
    document = sign_order(director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)

    assert visas_after_sending_again == 0
    assert (document.state, document.number, document.issued_on) == ("in_force", "1-од", TODAY)
    assert document.paper["heading"] == "О наставничестве"
    assert list(document.paper["points"]) == ["1. Первый", "1.1. Часть", "2. Второй"]
    assert (fresh(pairing).state, pairing.basis_id) == ("active", document.pk)


def test_signing_asks_everyone_named_to_acquaint_themselves(curator, director):
    pairing = working(curator, director)

    document = pairing.basis

    named = {pairing.mentor_id, pairing.mentees.get().mentee_id, curator.person.pk}
    assert set(document.acquaintances.values_list("person", flat=True)) == named
    assert Job.objects.filter(kind="documents.render", params={"document_id": document.pk}).count() == 1


@pytest.mark.parametrize("purpose", [Purpose.PROCESSING, Purpose.PARTICIPATION])
@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_consent_withdrawn_before_sending_keeps_the_draft(curator, purpose, side):
    order = drafted(curator)
    pairing = order.lines.get().pairing
    person = pairing.mentor if side == "mentor" else pairing.mentees.get().mentee
    withdraw(person, purpose)

    words = refusal_of(send_order, curator.access, document_id=order.pk)

    assert words.startswith(f"{person.short_name}: нет действующего согласия (")
    assert fresh(order.document).state == DocumentState.DRAFT


def test_consent_withdrawn_before_signing_keeps_everything(curator, director):
    pairing = agreed(curator)
    order = drafted(curator, pairing)
    send_order(curator.access, document_id=order.pk)
    withdraw(pairing.mentees.get().mentee, Purpose.PARTICIPATION)

    words = refusal_of(sign_order, director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)

    assert words.endswith(": нет действующего согласия (участие в наставничестве).")
    assert (fresh(order.document).state, order.document.number) == ("on_agreement", "")
    assert (fresh(pairing).state, pairing.basis) == ("agreed", None)


def test_wrong_password_signs_nothing(curator, director):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)

    with pytest.raises(WrongPasswordError):
        sign_order(director.access, document_id=order.pk, password="чужой", effective_on=TODAY)

    assert fresh(order.document).state == DocumentState.ON_AGREEMENT
    assert fresh(order.lines.get().pairing).state == "agreed"


def test_draft_that_was_not_sent_is_not_signed(curator, director):
    order = drafted(curator)

    words = refusal_of(sign_order, director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)

    assert words == "Сейчас документ в состоянии «проект»: кто-то уже сделал этот шаг."
    assert fresh(order.lines.get().pairing).state == "agreed"


def test_order_is_not_signed_for_a_day_that_is_over(curator, director):
    order = drafted(curator)

    words = refusal_of(signed, curator, director, order, on=TODAY - timedelta(days=1))

    assert words == "Приказ не может вступить в силу раньше дня подписания."


def test_every_button_works_once(curator, director):
    order = drafted(curator)
    send = partial(send_order, curator.access, document_id=order.pk)
    sign = partial(sign_order, director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)

    send()
    second_send = refusal_of(send)
    sign()
    second_sign = refusal_of(sign)
    late_return = refusal_of(take_back, curator.access, document_id=order.pk)

    assert second_send == "Сейчас документ в состоянии «на согласовании»: кто-то уже сделал этот шаг."
    assert second_sign == late_return == "Сейчас документ в состоянии «действует»: кто-то уже сделал этот шаг."
    assert fresh(order.document).number == "1-од"
    assert order.document.acquaintances.count() == 3


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_signing_in_two_sessions_at_once_signs_once(curator, director):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)
    sign = partial(sign_order, director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)

    results = at_once(sign, sign)

    assert sorted(type(result).__name__ for result in results) == ["Document", "RefusedError"]
    assert fresh(order.document).number == "1-од"
    assert Job.objects.filter(kind="documents.render").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_orders_signed_at_once_get_numbers_without_gap_or_double(curator, director):
    orders = [drafted(curator) for _ in range(3)]
    for order in orders:
        send_order(curator.access, document_id=order.pk)

    at_once(
        *[
            partial(sign_order, director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)
            for order in orders
        ]
    )

    assert sorted(Document.objects.values_list("number", flat=True)) == ["1-од", "2-од", "3-од"]


def test_refused_signing_gives_its_number_back(curator, director):
    pairing = agreed(curator)
    order = drafted(curator, pairing)
    send_order(curator.access, document_id=order.pk)
    place = pairing.mentees.get()
    pairing.mentees.update(during="empty")
    PairingMenteeFactory(pairing=pair(curator.organisation), mentee=place.mentee, slot=2)
    sign = partial(sign_order, director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)

    words = refusal_of(sign)
    other = working(curator, director)

    assert words == "У кого-то из наставляемых на эти дни уже есть наставник."
    assert (fresh(order.document).state, other.basis.number) == ("on_agreement", "1-од")


# Taking effect


def test_order_for_a_later_day_waits_signed(curator, director):
    pairing = agreed(curator)

    document = signed(curator, director, drafted(curator, pairing), on=TODAY + timedelta(days=1))

    assert (document.state, fresh(pairing).state, pairing.basis_id) == ("signed", "ordered", document.pk)


@pytest.mark.parametrize(
    ("wait", "document_state", "pairing_state"),
    [(-1, "in_force", "active"), (0, "in_force", "active"), (1, "signed", "ordered")],
)
def test_clock_brings_orders_into_force_on_their_day(curator, director, wait, document_state, pairing_state):
    curator, director = some_days_ago(curator), some_days_ago(director)
    pairing = agreed(curator, period=around_today())
    day = timezone.localdate() + timedelta(days=wait)
    document = signed(curator, director, drafted(curator, pairing), on=day)
    before = document.state

    for _ in range(2):
        bring_orders_into_force()

    assert before == "signed"
    assert (fresh(document).state, fresh(pairing).state) == (document_state, pairing_state)


def test_clock_leaves_a_paused_pair_of_an_order_in_force_alone(curator, director):
    pairing = working(curator, director)
    set_pause(curator.access, pairing_id=pairing.pk, is_paused=True)

    bring_orders_into_force()

    assert fresh(pairing).state == "paused"


# Throwing a draft away


def test_discarded_draft_frees_its_pairings(curator):
    pairing = agreed(curator)
    order = drafted(curator, pairing)

    for _ in range(2):
        discard_order(curator.access, document_id=order.pk)

    assert (Document.objects.count(), AssignmentOrder.objects.count()) == (0, 0)
    assert fresh(pairing).state == "agreed"
    assert drafted(curator, pairing).lines.get().pairing == pairing


def test_returned_order_is_discarded_with_what_was_said_about_it(curator, director):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)
    give_visa(director.access, document_id=order.pk, decision=Visa.Decision.RETURNED, name="С", comment="нет")

    discard_order(curator.access, document_id=order.pk)

    assert (Document.objects.count(), Visa.objects.count()) == (0, 0)


def test_order_on_agreement_or_signed_is_not_discarded(curator, director):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)
    on_agreement = refusal_of(discard_order, curator.access, document_id=order.pk)
    sign_order(director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)
    in_force = refusal_of(discard_order, curator.access, document_id=order.pk)

    assert on_agreement == in_force == "Убрать можно только проект."


def test_pair_of_a_discarded_draft_may_be_declined(curator):
    pairing = agreed(curator)
    discard_order(curator.access, document_id=drafted(curator, pairing).pk)

    assert decline_pairing(curator.access, pairing_id=pairing.pk).state == "declined"
