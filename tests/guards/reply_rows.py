"""Answers to proposed pairings, and the letters that ask for them."""

from mentoring.models import Pairing
from people.models import Person
from tests.factories import PairingReplyFactory, ProposalLetterFactory


def furnished_replies(pairing: Pairing, mentee: Person, word: str) -> None:
    """What the mentor of a proposed pairing has said, what somebody who has left it has, and a letter that failed."""
    PairingReplyFactory(pairing=pairing)
    PairingReplyFactory(pairing=pairing, person=mentee, is_willing=False, reason=word)
    ProposalLetterFactory(person=mentee, problem=word)
