"""A participant's own side of events: the invitation, the door of the poster, the questionnaire after it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from community.domain.vocabulary import EventState
from community.models import Event, EventGuest, EventWave
from community.seals import is_code_of
from people.access import Access
from people.domain.consent import Purpose
from people.models import Person
from surveys.models import Invitation, Wave
from surveys.queries.answering import consents_allow
from surveys.seals import token_of

WRONG_CODE = "Этот код не подходит. Наведите камеру на плакат ещё раз или подойдите к куратору."
NOT_INVITED = "Вас нет в списке приглашённых. Подойдите к куратору: он пригласит вас и отметит."
CANCELLED = "Эта встреча отменена."
EARLY = "Отметиться можно только в день встречи: она ещё впереди."
LATE = "Отметиться можно было только в день встречи. Если вы были на ней, скажите куратору: он отметит вас."
NO_CONSENT = "Нет вашего согласия на обработку персональных данных, отметку сохранить нельзя. Подойдите к куратору."


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event as its guest sees it; `answer_url` where a questionnaire waits for them."""

    event: Event
    guest: EventGuest
    answer_url: str
    has_answered: bool


def own_guests(access: Access) -> QuerySet[EventGuest]:
    """The asker's own invitations."""
    own = EventGuest.objects.visible_to(access).filter(person_id=access.person_id)
    return own.select_related("event__organisation")


def own_event(access: Access, event_id: int) -> OwnEvent:
    """An event to which the asker is invited; raises EventGuest.DoesNotExist."""
    guest = own_guests(access).get(event_id=event_id)
    return _told(access, guest)


def _told(access: Access, guest: EventGuest) -> OwnEvent:
    asked = EventWave.objects.visible_to(access).filter(event_id=guest.event_id)
    invitations = Invitation.objects.visible_to(access).usable().filter(wave__in=asked.values("wave_id"))
    own = invitations.filter(person_id=access.person_id).annotate(may_answer=consents_allow(access.today))
    invitation = own.select_related("wave").order_by("pk").first()
    is_answered = invitation is not None and invitation.is_answered
    url = _answer_url(access, invitation) if invitation is not None and not is_answered else ""
    return OwnEvent(guest.event, guest, url, is_answered)


def _answer_url(access: Access, invitation: Invitation) -> str:
    wave: Wave = invitation.wave
    is_open = wave.is_answerable(access.today) and invitation.may_answer
    return reverse("answer_form", args=[token_of(invitation.nonce)]) if is_open else ""


@dataclass(frozen=True, slots=True)
class EventDoor:
    """What stands behind the code of a poster for the asker; `refusal` says why they cannot mark themselves."""

    event: Event
    guest: EventGuest | None
    refusal: str

    @property
    def is_wrong(self) -> bool:
        """Whether nothing about the event may be told: whoever made the code up has not seen the poster."""
        return self.refusal == WRONG_CODE


def door_of(access: Access, event_id: int, code: str) -> EventDoor:
    """What the code opens; raises Event.DoesNotExist for events of other organisations."""
    events = Event.objects.filter(organisation_id=access.organisation_id)  # unscoped: the code opens it
    event = events.select_related("organisation").get(pk=event_id)
    guest = own_guests(access).filter(event=event).first()
    return EventDoor(event, guest, _why_not(access, event, guest, code))


def _why_not(access: Access, event: Event, guest: EventGuest | None, code: str) -> str:
    """Blank where the asker can mark themselves, or is marked already."""
    if not is_code_of(event.pk, code):
        return WRONG_CODE
    if guest is None:
        return NOT_INVITED
    if guest.attended_at is not None:
        return ""
    if event.state == EventState.CANCELLED:
        return CANCELLED
    if event.day != access.today:
        return EARLY if event.day > access.today else LATE
    own = Person.objects.filter(pk=guest.person_id)  # unscoped: one's own row
    return "" if own.consenting(Purpose.PROCESSING, on=access.today).exists() else NO_CONSENT
