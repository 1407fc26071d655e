"""Tables of people, split by noun; Django needs to find them all from here."""

from people.models.consents import Consent, ConsentText
from people.models.organisations import Head, Organisation
from people.models.persons import CaseCorrection, Person
from people.models.users import Membership, PersonalLink, User

__all__ = [
    "CaseCorrection",
    "Consent",
    "ConsentText",
    "Head",
    "Membership",
    "Organisation",
    "Person",
    "PersonalLink",
    "User",
]
