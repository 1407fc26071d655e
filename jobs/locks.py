"""One worker at a job, known by a lock that dies with the worker's database session."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_JOBS = 0x6A6F62  # "job": the first half of the advisory lock's key


@contextmanager
def job_lock(job_id: int) -> Iterator[bool]:
    """Holds the job's lock inside the block; gives False where another session holds it.

    The lock belongs to the session: PostgreSQL lets it go when the worker dies, however it dies, so nobody
    has to guess from silence.
    """
    key = job_id % 2**31
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_JOBS, key])
        held = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_JOBS, key])
