"""Something in every table of the events, in one school; rows that their lists show, one more of each at a time."""

from community.models import Event, EventGuest
from community.seals import code_of
from people.models import Person
from surveys.models import Wave
from tests.conftest import Persona
from tests.factories import (
    EventFactory,
    EventGuestFactory,
    EventWaveFactory,
    InvitationFactory,
    PersonFactory,
    WaveFactory,
    consents,
)


def furnished_events(member: Persona, mentee: Person, wave_id: int, word: str) -> dict[str, object]:
    """A planned meeting with its guests and its wave, and one that is over; gives the values of arguments of URLs."""
    school = member.organisation
    texts = {"title": word, "place": word, "agenda": word}
    event = EventFactory(organisation=school, **texts)
    over = EventFactory(organisation=school, state="cancelled", **texts)
    for person, side in ((member.person, "mentor"), (mentee, "mentee")):
        EventGuestFactory(event=event, person=person, side=side, attended=True, letter_problem=word)
    EventWaveFactory(event=event, wave=Wave.objects.get(pk=wave_id))
    return {"event_id": [event.pk, over.pk], "seal": [code_of(event.pk), code_of(over.pk)]}


def event_scene(curator: Persona, mentor: Persona) -> Event:
    """A meeting of today that has asked its mentors; the mentor is invited."""
    event = EventFactory(organisation=curator.organisation)
    EventGuestFactory(event=event, person=mentor.person)
    wave = WaveFactory(version__questionnaire__organisation=event.organisation, reader=curator.user)
    EventWaveFactory(event=event, wave=wave)
    return event


def add_event_row(event: Event) -> EventGuest:
    """One more meeting of each state, guest, and answer."""
    school = event.organisation
    EventFactory(organisation=school)
    for state in ("held", "cancelled"):
        EventGuestFactory(event=EventFactory(organisation=school, state=state), attended=True)
    for side in ("mentor", "mentee"):
        guest = EventGuestFactory(event=event, side=side, attended=True)
        consents(guest.person)
    InvitationFactory(wave=event.waves.get().wave, person=PersonFactory(organisation=school))
    return guest
