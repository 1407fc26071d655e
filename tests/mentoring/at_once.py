"""Several people pressing at the same moment, each on a database connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from people.domain.refusal import RefusedError


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each of the calls gave, or how it was refused; they start together."""
    start = Barrier(len(calls), timeout=10)

    def go(call: Callable[[], object]) -> object:
        try:
            start.wait()
            return call()
        except RefusedError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(go, calls))
