"""What the worker runs: one task for all kinds of jobs."""

import logging
from functools import partial

from celery import shared_task
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from jobs.kinds import work_of
from jobs.locks import job_lock
from jobs.models import Job
from people.domain.refusal import RefusedError

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5


@shared_task(name="jobs.run", time_limit=1800)
def run(*, job_id: int) -> None:
    """Run a job unless it is finished or another worker has it; safe to call any number of times.

    What fails unexpectedly stays unfinished, and the sweep queues it again, up to MAX_ATTEMPTS.
    """
    with job_lock(job_id) as held:
        if not held:
            return
        job = _claim(job_id)
        if job is not None:
            _work(job)


def _claim(job_id: int) -> Job | None:
    with transaction.atomic():
        job = Job.objects.unfinished().select_for_update(of=("self",)).filter(pk=job_id).first()  # unscoped: worker
        if job is None:
            return None
        job.attempts += 1
        if job.attempts > MAX_ATTEMPTS:
            _finish(job, Job.State.FAILED, error="Задание прерывалось слишком много раз. Сообщите администратору.")
            return None
        job.state = Job.State.RUNNING
        job.done = job.total = 0
        job.save(update_fields=["attempts", "state", "done", "total"])
        return job


def _work(job: Job) -> None:
    try:
        work_of(job.kind)(partial(_report, job.pk), **job.params)
    except RefusedError as refusal:
        _finish(job, Job.State.FAILED, error=str(refusal))
    except (OperationalError, InterfaceError):
        # The database went away: the row stays as it is, and the sweep queues it again.
        logger.warning("job %s lost its database", job.pk)
        connection.close()
    except Exception:
        logger.exception("job %s (%s) failed, attempt %s", job.pk, job.kind, job.attempts)
        if job.attempts >= MAX_ATTEMPTS:
            _finish(job, Job.State.FAILED, error="Произошла ошибка. Мы записали её, попробуйте ещё раз позже.")
    else:
        _finish(job, Job.State.DONE)


def _finish(job: Job, state: str, *, error: str = "") -> None:
    job.state, job.error, job.finished_at = state, error[:1000], timezone.now()
    job.save(update_fields=["state", "error", "finished_at"])


def _report(job_id: int, done: int, total: int, message: str = "") -> None:
    """Write progress at once, even from inside the job's own transaction: on a connection of its own."""
    teller = connection.copy()
    try:
        with teller.cursor() as cursor:
            cursor.execute(
                "UPDATE jobs_job SET done = %s, total = %s, message = %s WHERE id = %s",
                [min(done, total), total, message[:200], job_id],
            )
    except DatabaseError:
        logger.warning("progress of job %s could not be told", job_id)
    finally:
        teller.close()
