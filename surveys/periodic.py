"""What the clock calls: letters that wait, reminders, waves whose last day is over."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone

from people.models import Organisation
from surveys.models import Letter, Wave
from surveys.operations.closing import close_overdue_wave, forget_late_drafts
from surveys.operations.letters import make_reminders
from surveys.queries.letters import letters_to_send
from surveys.tasks import MAIL_IS_DOWN, send_letters

logger = logging.getLogger(__name__)

LETTERS_FROM_HOUR = 8


@shared_task(name="surveys.periodic.send_waiting", time_limit=1800)
def send_waiting() -> None:
    """From eight in the morning where an organisation is: send what waits, what failed for want of a server too."""
    now = timezone.now()
    waiting = Letter.objects.filter(state=Letter.State.QUEUED)  # unscoped: clock
    try:
        for organisation in _awake(waiting.values("organisation_id"), now):
            send_letters(letters_to_send(organisation, now), at=now)
    except MAIL_IS_DOWN:
        logger.warning("letters with links wait: mail cannot be sent")


@shared_task(name="surveys.periodic.remind", time_limit=600)
def remind() -> None:
    """From eight in the morning where an organisation is: queue the reminders that are due today."""
    now = timezone.now()
    for organisation in _awake(Wave.objects.running().values("organisation_id"), now):  # unscoped: clock
        make_reminders(organisation, at=now)


def _awake(organisation_ids: object, now: datetime) -> list[Organisation]:
    rows = Organisation.objects.filter(pk__in=organisation_ids).order_by("pk")  # unscoped: clock
    return [row for row in rows if now.astimezone(ZoneInfo(row.time_zone)).hour >= LETTERS_FROM_HOUR]


@shared_task(name="surveys.periodic.close_overdue", time_limit=1800)
def close_overdue() -> None:
    """Close the waves whose last day is over where they are held; one that cannot be closed stops no other."""
    now = timezone.now()
    # Somewhere it may be tomorrow already; the operation looks at the day of each organisation.
    overdue = Wave.objects.overdue(now.date() + timedelta(days=1))  # unscoped: clock
    for wave_id in list(overdue.order_by("pk").values_list("pk", flat=True)):
        try:
            close_overdue_wave(wave_id=wave_id, at=now)
        except Exception:
            logger.exception("wave %s could not be closed", wave_id)
    forget_late_drafts()
