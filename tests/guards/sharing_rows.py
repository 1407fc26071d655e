"""Mentors asked for across organisations: by one school, and from it."""

from people.models import Person
from tests.factories import MentorProfileFactory, OrganisationFactory, PersonFactory, SharingRequestFactory
from tests.mentoring.sharing_steps import offered


def furnished_sharing(mentor: Person, word: str) -> dict[str, object]:
    """A request for `mentor` and two of their school, one of them agreed to; gives what they lend to URLs.

    The mentor to ask for is shown to the whole district: neither their number nor their name is the school's.
    """
    school = mentor.organisation
    partner = OrganisationFactory(parent=school.parent)
    asked = SharingRequestFactory(mentor=mentor, organisation=partner, topics=word)
    own = SharingRequestFactory(mentor=PersonFactory(organisation=partner), organisation=school, topics=word)
    guest = PersonFactory(organisation=school, surname=f"{word}а", kind=Person.Kind.EXTERNAL)
    MentorProfileFactory(person=guest)
    lent = SharingRequestFactory(mentor__organisation=partner, organisation=school, agreed=True, guest=guest)
    return {"mentor": [offered(partner).pk], "request_id": [asked.pk, own.pk, lent.pk]}
