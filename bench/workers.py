"""500 orders rendered by one and by two real Celery worker processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from celery import current_app
from django.utils import timezone

from bench.school import new_school, signed_orders
from bench.timing import Figure, seconds_of
from config.services.processes import die_with_parent
from jobs.models import Job
from jobs.operations import queue
from people.access import Access

ORDERS = 500
ROUNDS = 3
PATIENCE = 300  # seconds


def measure() -> list[Figure]:
    director, curator = new_school("workers")
    orders = signed_orders(director, curator, ORDERS)
    # Signing has queued these orders already; done jobs are passed over, and the same orders are queued again below.
    Job.objects.unfinished().update(state=Job.State.DONE, finished_at=timezone.now())
    one, two = [], []
    for _ in range(ROUNDS):
        for processes, seconds in ((1, one), (2, two)):
            with _worker(processes):
                _render_all(director, orders[: 4 * processes])
                seconds.append(seconds_of(lambda: _render_all(director, orders)))
    note = f"{median(one) / median(two):.2f} times as fast (goal 1.70), {median(two) / ORDERS * 1000:.0f} ms an order"
    return [Figure("(d) 500 orders, two worker processes", "one worker process", two, one, goal=1 / 1.7, note=note)]


@contextmanager
def _worker(processes: int) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel", "WARNING"]
    command += ["--concurrency", str(processes), "--without-gossip", "--without-mingle"]
    with Path(os.devnull).open("wb") as nowhere:
        worker = subprocess.Popen(
            command,
            stdout=nowhere,
            stderr=nowhere,
            preexec_fn=die_with_parent(signal.SIGQUIT),  # noqa: PLW1509 (no threads here)
        )
    try:
        _wait_until(lambda: current_app.control.ping(timeout=0.5))
        yield
    finally:
        worker.terminate()
        worker.wait()


def _render_all(access: Access, orders: list[int]) -> None:
    now = timezone.now()
    jobs = Job.objects.bulk_create(
        Job(
            organisation=access.organisation,
            kind="documents.render",
            title="Файлы приказа",
            params={"document_id": order},
            return_path="/",
            created_by_id=access.user_id,
            created_at=now,
            queued_at=now,
        )
        for order in orders
    )
    for job in jobs:
        assert queue(job.pk)
    ours = Job.objects.filter(pk__in=[job.pk for job in jobs])
    _wait_until(lambda: not ours.unfinished().exists())
    assert ours.filter(state=Job.State.DONE).count() == len(orders)


def _wait_until(is_true) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.2)  # looking costs the workers time
