"""What the clock calls: orders that take effect today, uploads nobody confirmed."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from documents.domain.states import DocumentState
from documents.models import Document
from mentoring.models import BankImport
from mentoring.operations.orders import bring_into_force

UPLOADS_KEPT = timedelta(days=7)


@shared_task(name="mentoring.periodic.bring_orders_into_force", time_limit=300)
def bring_orders_into_force() -> None:
    """Bring into force what was signed for a later day that has come."""
    today = timezone.localdate()
    due = Document.objects.filter(  # unscoped: clock
        state=DocumentState.SIGNED, effective_on__lte=today, assignment_order__isnull=False
    )
    for document_id in list(due.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            for document in due.filter(pk=document_id).select_for_update(of=("self",), skip_locked=True):
                bring_into_force(document)


@shared_task(name="mentoring.periodic.delete_old_uploads", time_limit=300)
def delete_old_uploads() -> None:
    """Delete uploaded files that were not confirmed for a week: they hold personal data for nothing."""
    old = BankImport.objects.filter(uploaded_at__lt=timezone.now() - UPLOADS_KEPT)  # unscoped: clock
    old.exclude(state=BankImport.State.CONFIRMED).delete()
