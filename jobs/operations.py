"""Starting jobs."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from jobs.models import Job
from jobs.tasks import run
from people.access import Access

logger = logging.getLogger(__name__)


def start_job(access: Access, *, kind: str, title: str, params: dict[str, object], return_path: str) -> Job:
    """Write the job in the caller's transaction and queue it on commit; gives the row.

    A broker that is down changes nothing for the caller: the row stays queued and the sweep finds it.
    """
    job = Job.objects.create(
        organisation=access.organisation,
        kind=kind,
        title=title,
        params=params,
        return_path=return_path,
        created_by_id=access.user_id,
        created_at=access.at,
        queued_at=access.at,
    )
    transaction.on_commit(lambda: queue(job.pk))
    return job


def queue(job_id: int) -> bool:
    """Hand a job to the broker; False where the broker cannot be reached."""
    try:
        run.apply_async(kwargs={"job_id": job_id}, retry=False)
    except (OperationalError, RedisError, OSError):
        logger.warning("job %s waits: the broker cannot be reached", job_id)
        return False
    return True
