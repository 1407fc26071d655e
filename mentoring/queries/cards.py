"""What a person's card and a person's own page show."""

from dataclasses import dataclass

from documents.models import Acquaintance
from documents.queries import own_documents
from mentoring.models import MenteeProfile, MentorProfile, Pairing
from mentoring.queries.banks import profiles_of
from mentoring.queries.pairings import own_pairings, pair_list
from people.access import Access
from people.domain.roles import Permission
from people.models import Person, PersonalLink
from people.queries.persons import ConsentLine, consent_lines, open_link, own_person


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person with everything that the organisation keeps about them."""

    person: Person
    consents: list[ConsentLine]
    has_processing: bool
    is_minor: bool
    mentor_profiles: list[MentorProfile]
    mentee_profiles: list[MenteeProfile]
    pairings: list[Pairing]
    link: PersonalLink | None

    @property
    def mentor_now(self) -> MentorProfile | None:
        return next((profile for profile in self.mentor_profiles if profile.left_on is None), None)

    @property
    def mentee_now(self) -> MenteeProfile | None:
        return next((profile for profile in self.mentee_profiles if profile.left_on is None), None)


def person_card(access: Access, person: Person) -> PersonCard:
    """The card; consents and link only for who works with them."""
    consents = consent_lines(access, person) if access.may(Permission.CONSENTS_RECORD) else []
    mentor, mentee = profiles_of(access, person) if access.may(Permission.BANKS_VIEW) else ([], [])
    pairings = pair_list(access) if access.may(Permission.PAIRINGS_VIEW) else Pairing.objects.none()
    part = pairings.filter(mentor=person) | pairings.filter(mentees__mentee=person)
    return PersonCard(
        person=person,
        consents=consents,
        has_processing=any(line.is_in_force for line in consents[:1]),
        is_minor=person.is_minor(access.today),
        mentor_profiles=mentor,
        mentee_profiles=mentee,
        pairings=list(part.distinct()),
        link=open_link(access, person),
    )


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What a participant sees of themselves."""

    person: Person | None
    pairings: list[Pairing]
    documents: list[Acquaintance]
    consents: list[ConsentLine]


def own_page(access: Access) -> OwnPage:
    """The asker's own pairs, orders and consents; empty where they are none of the organisation's people."""
    person = own_person(access)
    if person is None:
        return OwnPage(None, [], [], [])
    return OwnPage(person, list(own_pairings(access)), list(own_documents(access)), consent_lines(access, person))
