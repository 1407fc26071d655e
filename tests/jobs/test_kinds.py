"""The table of kinds of work."""

from collections.abc import Callable

import pytest
from celery import current_app

from jobs.kinds import Work, job_kind, work_of


def work(progress: object) -> None:
    """Nothing."""


def test_kind_gives_its_work(kind_of: Callable[[Work], str]) -> None:
    assert work_of(kind_of(work)) is work


def test_kind_is_not_given_twice(kind_of: Callable[[Work], str]) -> None:
    name = kind_of(work)

    with pytest.raises(ValueError, match=name):
        job_kind(name)(work)


def test_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        work_of("no such work")


@pytest.mark.parametrize("name", ["documents.render", "mentoring.read_bank", "mentoring.write_bank"])
def test_kinds_of_the_portal_are_registered(name: str) -> None:
    current_app.loader.import_default_modules()

    assert callable(work_of(name))
