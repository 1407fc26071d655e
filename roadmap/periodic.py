"""What the clock calls: evidence to look at anew, reminders, uploaded files of last week."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone

from people.models import Organisation
from roadmap.models import Roadmap, RoadmapUpload
from roadmap.operations.refresh import refresh, touched_organisations
from roadmap.operations.reminders import make_digests, send_digests

logger = logging.getLogger(__name__)

UPLOADS_KEPT = timedelta(days=7)
LETTERS_FROM_HOUR = 8


def _local(organisation: Organisation, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(organisation.time_zone))


@shared_task(name="roadmap.periodic.refresh_touched", time_limit=600)
def refresh_touched() -> None:
    """Look for the evidence of what has changed since the last time."""
    now = timezone.now()
    for organisation in touched_organisations():
        refresh(organisation, today=_local(organisation, now).date(), at=now)


@shared_task(name="roadmap.periodic.refresh_everything", time_limit=1800)
def refresh_everything() -> None:
    """Look at everything once a day: consents run out and terms open without any row changing."""
    now = timezone.now()
    for organisation in _planning():
        refresh(organisation, today=_local(organisation, now).date(), at=now, everything=True)


@shared_task(name="roadmap.periodic.remind", time_limit=1800)
def remind() -> None:
    """From eight in the morning where an organisation is: write its digests once a day and send them."""
    now = timezone.now()
    for organisation in _planning():
        local = _local(organisation, now)
        if local.hour >= LETTERS_FROM_HOUR:
            make_digests(organisation, today=local.date(), at=now)
    try:
        send_digests(at=now)
    except (SMTPException, OSError):
        logger.warning("reminders wait: mail cannot be sent")


def _planning() -> list[Organisation]:
    plans = Roadmap.objects.filter(is_confirmed=True).values("organisation_id")  # unscoped: clock
    return list(Organisation.objects.filter(pk__in=plans).order_by("pk"))  # unscoped: clock


@shared_task(name="roadmap.periodic.delete_old_uploads", time_limit=300)
def delete_old_uploads() -> None:
    """Delete uploaded documents a week later: what was read from them lives in the plan, confirmed or not."""
    RoadmapUpload.objects.filter(uploaded_at__lt=timezone.now() - UPLOADS_KEPT).delete()  # unscoped: clock
