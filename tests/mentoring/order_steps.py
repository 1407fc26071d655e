"""The steps of an order, from a proposed pairing to a signature."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import models
from django.utils import timezone

from documents.models import Document
from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.vocabulary import EndGround, MentoringKind
from mentoring.models import AssignmentOrder, Pairing
from mentoring.models.pairings import days
from mentoring.operations.order_drafts import draft_assignment, draft_ending, draft_extension, draft_replacement
from mentoring.operations.orders import send_order, sign_order
from mentoring.operations.pairings import PairingTerms, agree_pairing
from people.domain.refusal import RefusedError
from people.models import Organisation, Person
from tests.conftest import Persona
from tests.factories import PASSWORD, TODAY, MenteeProfileFactory, MentorProfileFactory, PersonFactory, consents, pair

BEFORE_YESTERDAY = timedelta(days=2)
FIRST, SOON, LAST = date(2026, 9, 4), date(2026, 12, 31), date(2027, 5, 31)
"""The usual period of the factories, and a day inside it."""


def refusal_of(call: Callable[..., object], *args: object, **kwargs: object) -> str:
    """The words in which the call is refused."""
    with pytest.raises(RefusedError) as refusal:
        call(*args, **kwargs)
    return str(refusal.value)


def fresh(row: models.Model) -> models.Model:
    """The row as the database has it now."""
    row.refresh_from_db()
    return row


def in_bank(school: Organisation, *, mentor: bool = False, **person: object) -> Person:
    """A person in one of the banks with the consents an order needs."""
    someone = PersonFactory(organisation=school, **person)
    (MentorProfileFactory if mentor else MenteeProfileFactory)(person=someone)
    consents(someone)
    return someone


def terms(**values: object) -> PairingTerms:
    """Terms of an ordinary pair over the usual period."""
    usual = {"form": MentoringForm.TEACHER_TEACHER, "kind": MentoringKind.TRADITIONAL, "goal": ""}
    return PairingTerms(**usual | {"first_day": FIRST, "last_day": LAST} | values)


def agreed(curator: Persona, **values: object) -> Pairing:
    """An agreed pairing of two banked people."""
    pairing = pair(curator.organisation, **values)
    return agree_pairing(curator.access, pairing_id=pairing.pk)


def drafted(curator: Persona, *pairings: Pairing) -> AssignmentOrder:
    """A draft on the given pairings, or on a new one."""
    pairings = pairings or (agreed(curator),)
    return draft_assignment(curator.access, pairing_ids=[pairing.pk for pairing in pairings])


def signed(curator: Persona, director: Persona, order: AssignmentOrder, on: date = TODAY) -> Document:
    """The order sent and signed, to take effect on a day."""
    send_order(curator.access, document_id=order.pk)
    return sign_order(director.access, document_id=order.pk, password=PASSWORD, effective_on=on)


def working(curator: Persona, director: Persona, **values: object) -> Pairing:
    """A pairing that works by an order in force."""
    pairing = agreed(curator, **values)
    signed(curator, director, drafted(curator, pairing))
    pairing.refresh_from_db()
    return pairing


def ending(curator: Persona, pairing: Pairing, last_day: date, ground: EndGround = EndGround.MUTUAL) -> AssignmentOrder:
    return draft_ending(curator.access, pairing_id=pairing.pk, last_day=last_day, ground=ground)


def extension(curator: Persona, pairing: Pairing, last_day: date) -> AssignmentOrder:
    return draft_extension(curator.access, pairing_id=pairing.pk, last_day=last_day)


def replacement(
    curator: Persona, pairing: Pairing, mentor_id: int, last_day: date, reason: str = ""
) -> AssignmentOrder:
    return draft_replacement(
        curator.access, pairing_id=pairing.pk, mentor_id=mentor_id, last_day=last_day, over_capacity_reason=reason
    )


def some_days_ago(persona: Persona) -> Persona:
    """The persona as they asked the day before yesterday, by the real clock."""
    return replace(persona, access=replace(persona.access, at=timezone.now() - BEFORE_YESTERDAY))


def around_today(months: int = 6) -> object:
    """A period around today by the real clock."""
    today = timezone.localdate()
    return days(today - timedelta(days=30), today + timedelta(days=30 * months))
