"""Both sides of a proposed pair or group, as those who answer."""

from dataclasses import replace

from mentoring.models import Pairing
from mentoring.operations.replies import ask_participants, reply_to_pairing
from people.access import Access
from people.domain.roles import Role
from people.models import Person
from tests.conftest import Persona
from tests.factories import PairingMenteeFactory, pair
from tests.mentoring.order_steps import in_bank


def access_of(curator: Persona, person: Person) -> Access:
    """The access of a person who came in by their link."""
    return replace(curator.access, roles=frozenset({Role.PARTICIPANT}), person_id=person.pk, via_link=True)


def answer(curator: Persona, pairing: Pairing, person: Person, is_willing: bool, reason: str = "") -> Pairing:
    access = access_of(curator, person)
    return reply_to_pairing(access, pairing_id=pairing.pk, is_willing=is_willing, reason=reason)


def mentee_of(pairing: Pairing) -> Person:
    """The mentee of a pair."""
    return pairing.mentees.get().mentee


def group(curator: Persona, mentees: int = 2) -> tuple[Pairing, list[Person]]:
    """A proposed group and its mentees."""
    pairing = pair(curator.organisation, kind="group")
    for slot in range(2, mentees + 1):
        mentee = in_bank(curator.organisation)
        PairingMenteeFactory(pairing=pairing, mentee=mentee, slot=slot, places=5)
    return pairing, [place.mentee for place in pairing.mentees.order_by("slot")]


def told(curator, pairing):
    """The mentor of a pairing has an address, and is written to."""
    Person.objects.filter(pk=pairing.mentor_id).update(email="somebody@example.org")
    ask_participants(curator.access, pairing_ids=[pairing.pk])
