"""What operations queue: sending letters of a meeting."""

import logging
from datetime import datetime

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from community.domain.vocabulary import NEWS, EventState
from community.models import Event, EventGuest
from community.queries.letters import guests_to_tell, message_of
from jobs.kinds import Progress, job_kind
from people.domain.refusal import RefusedError
from people.models import PersonalLink
from surveys.queries.answering import local_day
from surveys.tasks import MAIL_IS_DOWN, TOLD_EVERY, UNSENDABLE

logger = logging.getLogger(__name__)

DOWN = "Почтовый сервер не отвечает. Нажмите «Отправить письма» позже: уйдут только те, что не ушли."
PROBLEM = "почтовый сервер не принял письмо: проверьте адрес в карточке человека"


@job_kind("community.send_letters")
def send_event_letters(progress: Progress, *, event_id: int) -> None:
    """Send a letter to each guest to whom one is due; each goes once, however often this is called."""
    event = Event.objects.select_related("organisation").filter(pk=event_id).first()  # unscoped: worker
    if event is None:
        return
    now = timezone.now()
    due = guests_to_tell(event, local_day(event.organisation, now)).filter(letter_problem="")
    ids = list(due.order_by("pk").values_list("pk", flat=True))
    try:
        with get_connection() as connection:
            for number, guest_id in enumerate(ids, 1):
                _send(guest_id, connection, now)
                if number % TOLD_EVERY == 0 or number == len(ids):
                    progress(number, len(ids), "Отправляем письма")
    except MAIL_IS_DOWN:
        logger.warning("letters of event %s wait: mail cannot be sent", event_id)
        raise RefusedError(DOWN) from None


@transaction.atomic
def _send(guest_id: int, connection: BaseEmailBackend, at: datetime) -> None:
    """Send one letter, unless somebody else is just doing so."""
    rows = EventGuest.objects.filter(pk=guest_id)  # unscoped: worker
    if rows.select_for_update(of=("self",), skip_locked=True).first() is None:
        return
    # Read under the lock: who changes the meeting waits for it, so no letter goes out with a former hour.
    guest = rows.select_related("event__organisation", "person").get()
    if not guests_to_tell(guest.event, local_day(guest.event.organisation, at)).contains(guest):
        return
    links = PersonalLink.objects.usable(at).filter(person_id=guest.person_id)  # unscoped: worker
    try:
        message_of(guest, links.first(), connection).send()
    except UNSENDABLE:
        guest.letter_problem = PROBLEM
    else:
        guest.told, guest.told_at, guest.letter_problem = NEWS[EventState(guest.event.state)], at, ""
    guest.save(update_fields=["told", "told_at", "letter_problem"])
