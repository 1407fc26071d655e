"""The table of what the worker can do; higher apps put their functions in it from their `tasks.py`."""

from collections.abc import Callable
from typing import Protocol


class Progress(Protocol):
    """How a job tells how far it is."""

    def __call__(self, done: int, total: int, message: str = "") -> None: ...


Work = Callable[..., None]

_KINDS: dict[str, Work] = {}


def job_kind(name: str) -> Callable[[Work], Work]:
    """Register `work(progress, **params)` under `name`; it must be safe to run twice."""

    def register(work: Work) -> Work:
        if name in _KINDS:
            raise ValueError(f"two jobs are called {name}")
        _KINDS[name] = work
        return work

    return register


def work_of(name: str) -> Work:
    """The function registered under `name`; raises KeyError for an unknown kind."""
    return _KINDS[name]
