"""The steps of the district's bank: a mentor on offer, asked for, lent."""

from mentoring.models import SharingRequest
from mentoring.operations.sharing import answer_request
from people.domain.consent import NEEDED_TO_ORDER, Purpose
from people.models import Consent, Organisation, Person
from tests.conftest import Persona
from tests.factories import (
    TODAY,
    MentorProfileFactory,
    MentorTopicFactory,
    PersonFactory,
    SharingRequestFactory,
    consents,
)


def offered(organisation: Organisation, *, profile: dict[str, object] | None = None, **person: object) -> Person:
    """A mentor with a topic whom other organisations of the district may ask for."""
    mentor = PersonFactory(organisation=organisation, **person)
    MentorTopicFactory(profile=MentorProfileFactory(person=mentor, **profile or {}))
    consents(mentor, *NEEDED_TO_ORDER, Purpose.SHARING)
    return mentor


def lend(owner: Persona, asker: Organisation, mentor: Person, **values: object) -> SharingRequest:
    """A mentor of the owner's organisation lent to another one by the owner's curator."""
    request = SharingRequestFactory(organisation=asker, mentor=mentor)
    return answer_request(owner.access, request_id=request.pk, is_agreed=True, **values)


def withdraw(person: Person, purpose: Purpose = Purpose.SHARING) -> None:
    """The consent ends today."""
    Consent.objects.filter(person=person, purpose=purpose).update(state=Consent.State.WITHDRAWN, withdrawn_on=TODAY)
