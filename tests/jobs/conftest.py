"""A kind of work for tests, a broker of one's own, and a second database session."""

import re
from collections.abc import Callable, Iterator
from itertools import count
from types import SimpleNamespace

import pytest
import redis
from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from kombu import pools

from config.environment import celery_broker
from jobs.kinds import Work, job_kind
from jobs.models import Job
from people.access import Access
from people.domain.roles import Role
from tests.factories import AT, OrganisationFactory, UserFactory

_numbers = count()
_ANOTHER_DATABASE = {"gw0": 5, "gw1": 6}


@pytest.fixture
def kind_of() -> Callable[[Work], str]:
    """Registers a function as a kind of work; gives the kind's name."""

    def register(work: Work) -> str:
        name = f"tests.{next(_numbers)}"
        job_kind(name)(work)
        return name

    return register


@pytest.fixture
def asker() -> Access:
    organisation, user = OrganisationFactory(), UserFactory()
    return Access(user_id=user.pk, organisation=organisation, roles=frozenset({Role.CURATOR}), person_id=None, at=AT)


@pytest.fixture
def make_job(asker: Access) -> Callable[..., Job]:
    def make(kind: str, **values: object) -> Job:
        usual = {"title": "Работа", "return_path": "/", "created_at": AT, "queued_at": AT}
        return Job.objects.create(
            organisation=asker.organisation, kind=kind, created_by_id=asker.user_id, **(usual | values)
        )

    return make


@pytest.fixture
def other_session() -> Iterator[BaseDatabaseWrapper]:
    """Another connection to the same database."""
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


def _use_broker(url: str) -> None:
    current_app.conf.broker_url = url
    pools.reset()
    current_app._pool = current_app.amqp._producer_pool = None


@pytest.fixture
def broker(worker_id: str) -> Iterator[SimpleNamespace]:
    """A part of the real Redis that nobody else writes to; `waiting()` counts its messages, `die()` cuts it off."""
    number = _ANOTHER_DATABASE.get(worker_id, 7)
    url = re.sub(r"(db=|/)\d+$", rf"\g<1>{number}", settings.REDIS_URL)
    client = redis.Redis.from_url(url)
    before = current_app.conf.broker_url
    client.flushdb()
    _use_broker(celery_broker(url))
    try:
        yield SimpleNamespace(
            waiting=lambda: client.llen("celery"),
            die=lambda: _use_broker("redis://127.0.0.1:1/0"),
            come_back=lambda: _use_broker(celery_broker(url)),
        )
    finally:
        client.flushdb()
        client.close()
        _use_broker(before)
