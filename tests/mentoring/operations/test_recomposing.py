"""A draft put together anew, with the names as they are declined now."""

import pytest

from mentoring.operations.orders import recompose_order
from people.domain.declension.cases import Case
from people.models import CaseCorrection
from people.operations.persons import correct_cases
from tests.mentoring.order_steps import (
    LAST,
    SOON,
    drafted,
    ending,
    extension,
    fresh,
    in_bank,
    refusal_of,
    replacement,
    send_order,
    working,
)


def _wording(order):
    document = fresh(order.document)
    return document.heading, document.preamble, document.points


def test_corrected_case_reaches_a_draft_that_is_recomposed(curator):
    order = drafted(curator)
    mentor = order.lines.get().pairing.mentor
    texts = dict.fromkeys((case for case in Case if case != Case.NOM), "Иначева Форма")
    correct_cases(curator.access, person_id=mentor.pk, part=CaseCorrection.Part.NAME, texts=texts)
    before = fresh(order.document).points

    recompose_order(curator.access, document_id=order.pk)

    assert ("Иначева" in before, "Иначева" in fresh(order.document).points) == (False, True)


@pytest.mark.parametrize("make", [ending, extension, replacement])
def test_every_kind_of_order_is_recomposed_to_its_first_wording(curator, director, make):
    pairing = working(curator, director)
    arguments = {ending: (SOON,), extension: (LAST.replace(year=2028),), replacement: None}[make]
    if arguments is None:
        arguments = (in_bank(curator.organisation, mentor=True).pk, SOON)
    order = make(curator, pairing, *arguments)
    first = _wording(order)
    order.document.points = "Правка от руки."
    order.document.save(update_fields=["points"])

    recompose_order(curator.access, document_id=order.pk)

    assert _wording(order) == first


def test_order_on_agreement_is_not_recomposed(curator):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)

    assert "уже отправлен" in refusal_of(recompose_order, curator.access, document_id=order.pk)
