"""The row of a job."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from jobs.models import Job
from people.access import Access
from tests.factories import OrganisationFactory, UserFactory


@pytest.mark.django_db
def test_job_is_at_most_done(make_job: Callable[..., Job]) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make_job("any", done=3, total=2)

    assert refusal.value.__cause__.diag.constraint_name == "job_is_at_most_done"


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, 0), (5, 0, 0), (0, 3, 0), (1, 3, 33), (2, 3, 66), (3, 3, 100)]
)
def test_percent_is_rounded_down(done: int, total: int, percent: int) -> None:
    assert Job(done=done, total=total).percent == percent


@pytest.mark.parametrize("state", Job.State)
def test_job_is_finished_when_done_or_failed(state: Job.State) -> None:
    assert Job(state=state).is_finished == (state in {"done", "failed"})


@pytest.mark.django_db
def test_job_is_seen_by_who_started_it_and_nobody_else(make_job: Callable[..., Job], asker: Access) -> None:
    job = make_job("any")
    colleague = replace(asker, user_id=UserFactory().pk)
    elsewhere = replace(asker, organisation=OrganisationFactory())

    assert list(Job.objects.visible_to(asker)) == [job]
    assert list(Job.objects.visible_to(colleague)) == []
    assert list(Job.objects.visible_to(elsewhere)) == []
