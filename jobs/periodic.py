"""What the clock calls: jobs that a dead worker or broker left behind are queued again."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from jobs.models import Job
from jobs.operations import queue

GRACE = timedelta(seconds=20)


@shared_task(name="jobs.periodic.requeue_lost", time_limit=60)
def requeue_lost() -> None:
    """Queue what has waited or run longer than the grace period; a job that really runs refuses its double."""
    now = timezone.now()
    lost = Job.objects.unfinished().filter(queued_at__lt=now - GRACE).order_by("queued_at", "pk")  # unscoped: sweep
    for job_id in list(lost.values_list("pk", flat=True)[:1000]):
        if not queue(job_id):
            return
        Job.objects.filter(pk=job_id).update(queued_at=now)  # unscoped: sweep
