"""What the clock calls: general orders that take effect today."""

from celery import shared_task
from django.utils import timezone

from documents.domain.kinds import GENERAL_KINDS
from documents.models import Document
from documents.operations.acts import bring_act_into_force
from documents.operations.signing import bring_due_into_force


@shared_task(name="documents.periodic.bring_acts_into_force", time_limit=300)
def bring_acts_into_force() -> None:
    """Bring general orders into force that were signed for a later day that has come."""
    acts = Document.objects.filter(kind__in=GENERAL_KINDS)  # unscoped: clock
    bring_due_into_force(acts, timezone.localdate(), bring_act_into_force)
