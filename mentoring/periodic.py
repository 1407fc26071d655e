"""What the clock calls: orders that take effect today, uploads nobody confirmed, proposals and their letters."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from documents.models import Document
from documents.operations.signing import bring_due_into_force
from mentoring.models import BankImport
from mentoring.operations.orders import bring_into_force
from mentoring.operations.replies import agree_unanimous
from mentoring.queries.replies import letters_to_send
from mentoring.tasks import MAIL_IS_DOWN, send_proposal_letters

logger = logging.getLogger(__name__)

UPLOADS_KEPT = timedelta(days=7)


@shared_task(name="mentoring.periodic.bring_orders_into_force", time_limit=300)
def bring_orders_into_force() -> None:
    """Bring orders on pairs into force that were signed for a later day that has come."""
    orders = Document.objects.filter(assignment_order__isnull=False)  # unscoped: clock
    bring_due_into_force(orders, timezone.localdate(), bring_into_force)


@shared_task(name="mentoring.periodic.delete_old_uploads", time_limit=300)
def delete_old_uploads() -> None:
    """Delete uploaded files that were not confirmed for a week: they hold personal data for nothing."""
    old = BankImport.objects.filter(uploaded_at__lt=timezone.now() - UPLOADS_KEPT)  # unscoped: clock
    old.exclude(state=BankImport.State.CONFIRMED).delete()


@shared_task(name="mentoring.periodic.agree_pairings", time_limit=300)
def agree_pairings() -> None:
    """Agree the proposed pairings in which all are willing and whose last consent has come in."""
    agree_unanimous(on=timezone.localdate())


@shared_task(name="mentoring.periodic.send_waiting_letters", time_limit=1800)
def send_waiting_letters() -> None:
    """Send the letters about proposals that wait for want of a mail server."""
    try:
        send_proposal_letters(letters_to_send(), at=timezone.now())
    except MAIL_IS_DOWN:
        logger.warning("letters about proposals wait: mail cannot be sent")
