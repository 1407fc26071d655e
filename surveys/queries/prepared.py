"""The one query that every request by a link begins with, put together once a process and planned once a connection.

The database needs some tenths of a millisecond for it. Django and the planner need many times that to put it together,
and a whole school answers at once.
"""

from collections.abc import Callable
from copy import copy
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID
from weakref import WeakSet

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler
from psycopg2.extensions import AsIs

from surveys.models import Invitation

SOME_NONCE, SOME_DAY = UUID(int=1), date(1, 1, 1)
"""Stand in for the values while the query is put together; nothing else in it looks like them."""


class PreparedInvitation:
    """A queryset of one invitation by a nonce and a day, kept as a prepared statement under `name`."""

    def __init__(self, name: str, build: Callable[[UUID, date], QuerySet[Invitation]]) -> None:
        self._name = name
        self._build = build
        self._prepared_in: WeakSet[Any] = WeakSet()

    def find(self, nonce: UUID, on: date) -> Invitation | None:
        """The invitation as the queryset would give it."""
        with connection.cursor() as cursor:
            if cursor.connection not in self._prepared_in:
                self._prepare(cursor)
            cursor.execute(f"EXECUTE {self._name} (%s, %s)", [nonce, on])
            rows = cursor.fetchall()
        return next(iter(ModelIterable(_Fetched(self._compiled[0], rows))), None)

    @cached_property
    def _compiled(self) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        compiler = self._build(SOME_NONCE, SOME_DAY).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([selected[0] for selected in compiler.select])
        compiler.get_converters = lambda expressions: converters
        return compiler, sql, params

    def _prepare(self, cursor: Any) -> None:
        _, sql, params = self._compiled
        places = {SOME_NONCE: AsIs("$1"), SOME_DAY: AsIs("$2")}
        marked = [places.get(value, value) for value in params]
        cursor.execute(f"PREPARE {self._name} (uuid, date) AS " + cursor.mogrify(sql, marked).decode())
        self._prepared_in.add(cursor.connection)


class _Fetched:
    """Rows that are here already, in the shape in which Django makes objects of a query's rows."""

    model = Invitation
    _known_related_objects: dict[Any, Any] = {}

    def __init__(self, compiler: SQLCompiler, rows: list[tuple[Any, ...]]) -> None:
        self.db = connection.alias
        self.query = self
        self._compiler = copy(compiler)
        self._compiler.connection = connection
        self._compiler.execute_sql = lambda **_: [rows]

    def get_compiler(self, using: str) -> SQLCompiler:
        return self._compiler
