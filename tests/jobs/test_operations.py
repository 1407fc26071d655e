"""Starting jobs, and the sweep after a broker or worker died."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from jobs.operations import queue, start_job
from jobs.periodic import GRACE, requeue_lost
from people.access import Access
from people.models import Organisation
from tests.conftest import Persona

MakeJob = Callable[..., Job]


def start(access: Access) -> Job:
    return start_job(access, kind="any", title="Работа", params={"number": 1}, return_path="/")


def ago(seconds: float) -> object:
    return timezone.now() - timedelta(seconds=seconds)


@pytest.mark.django_db
def test_started_job_keeps_who_and_what(asker: Access) -> None:
    job = start(asker)

    assert (job.state, job.params, job.created_by_id) == (Job.State.QUEUED, {"number": 1}, asker.user_id)
    assert job.organisation == asker.organisation


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_job_is_queued_on_commit_and_not_before(asker: Access, broker: SimpleNamespace) -> None:
    with transaction.atomic():
        start(asker)

        assert broker.waiting() == 0

    assert broker.waiting() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_job_of_a_transaction_that_failed_is_not_queued(asker: Access, broker: SimpleNamespace) -> None:
    with transaction.atomic():
        start(asker)
        transaction.set_rollback(True)

    assert broker.waiting() == 0
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_dead_broker_is_told_by_the_answer(broker: SimpleNamespace) -> None:
    broker.die()
    started = monotonic()

    assert queue(1) is False
    assert monotonic() - started < 3, "somebody waits for this after a click"

    broker.come_back()

    assert queue(1) is True


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_upload_succeeds_while_the_broker_is_down_and_the_sweep_queues_it(
    curator: Persona, broker: SimpleNamespace
) -> None:
    broker.die()
    file = SimpleUploadedFile("bank.csv", "ФИО\nКотова Марина Сергеевна\n".encode())

    answer = curator.client.post(reverse("import_start", args=[curator.organisation.slug, "mentors"]), {"file": file})

    job = Job.objects.get()
    assert answer["Location"] == reverse("job_detail", args=[curator.organisation.slug, job.pk])
    assert job.state == Job.State.QUEUED
    assert curator.client.get(answer["Location"]).status_code == 200

    Job.objects.update(queued_at=ago(60))
    broker.come_back()
    requeue_lost()

    assert broker.waiting() == 1
    assert Job.objects.get().queued_at > ago(30)


@pytest.mark.django_db
def test_sweep_queues_only_what_was_lost(make_job: MakeJob, broker: SimpleNamespace) -> None:
    long_ago, just_now = ago(GRACE.total_seconds() + 5), ago(1)
    lost = {make_job("any", state=state, queued_at=long_ago).pk for state in ("queued", "running")}
    for state in ("done", "failed"):
        make_job("any", state=state, queued_at=long_ago)
    for state in ("queued", "running"):
        make_job("any", state=state, queued_at=just_now)

    requeue_lost()

    assert broker.waiting() == 2
    assert set(Job.objects.filter(queued_at__gt=ago(0.9)).values_list("pk", flat=True)) == lost


@pytest.mark.django_db
def test_second_sweep_waits_for_the_first(make_job: MakeJob, broker: SimpleNamespace) -> None:
    make_job("any", queued_at=ago(60))

    requeue_lost()
    requeue_lost()

    assert broker.waiting() == 1


@pytest.mark.django_db
def test_sweep_without_a_broker_leaves_the_jobs_lost(make_job: MakeJob, broker: SimpleNamespace) -> None:
    job = make_job("any", queued_at=ago(60))
    broker.die()

    requeue_lost()

    assert Job.objects.get().queued_at == job.queued_at


@pytest.mark.django_db
def test_sweep_does_not_care_whose_job_it_is(
    make_job: MakeJob, broker: SimpleNamespace, other_school: Organisation
) -> None:
    make_job("any", queued_at=ago(60))
    Job.objects.create(
        organisation=other_school, kind="any", title="…", return_path="/", created_at=ago(60), queued_at=ago(60)
    )

    requeue_lost()

    assert broker.waiting() == 2
