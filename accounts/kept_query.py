"""Queries that Django writes once in a process, and PostgreSQL plans once in a connection: to write
and to plan most of ours takes longer than to answer them.

    RUNNING = KeptQuery(lambda patient: Plan.objects.filter(patient=patient), patient=UUID)
    plans = RUNNING(patient=record.pk)

Of many rows at once: ``filter(AnyOf("patient", patients))`` with ``patients=list[UUID]``.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import BooleanField, F, Func, QuerySet, TextField, UUIDField
from django.db.models import Value as Parameter
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import get_language

type Value = UUID | date | datetime | int | list[UUID] | list[str]

# What stands in the SQL until the values are known: none that a row has.
PLACES: Mapping[Any, Callable[[int], Value]] = {
    list[UUID]: lambda n: [UUID(int=n)],
    list[str]: lambda n: [f"\N{START OF HEADING}{n}"],
    UUID: lambda n: UUID(int=n),
    date: lambda n: date.min + timedelta(n),
    datetime: lambda n: datetime.min.replace(tzinfo=UTC) + timedelta(n),
    int: lambda n: -1_000_000_000 - n,
}


class AnyOf(Func):
    """Whether a column is one of these: the SQL is the same for a few and for hundreds."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("

    def __init__(self, column: str, values: list[UUID] | list[str]) -> None:
        kind = TextField() if isinstance(values[0], str) else UUIDField()
        some = Parameter(values, output_field=ArrayField(kind))
        super().__init__(F(column), some, output_field=BooleanField())


class _Written(NamedTuple):
    rows: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    parameters: list[Any]  # of a value its name, as a ``_Named``


class _Named(str):
    """Where the value of this name stands."""


_made: list["KeptQuery[Any]"] = []


def rehearse_all() -> None:
    """Word each of them that a module of this process has, and ask it once for rows that are not
    there: this connection has prepared it then, before somebody waits for it.
    """
    for query in _made:
        query.rehearse()


class KeptQuery[Row]:
    """``build`` makes the query of values of these types. They stand in it as they are, and none is
    ever None: the SQL is the same for all of them. Called with the values, it reads the rows.

    Raises ValueError where the query would keep what is not the same for ever: a date, a moment or
    the language of whoever asks first. Those are values, too.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], **types: Any) -> None:
        self.build, self.types = build, types
        _made.append(self)

    def __call__(self, **values: Value) -> list[Row]:
        written = self._written
        parameters = [values[one] if isinstance(one, _Named) else one for one in written.parameters]
        compiler: Any = copy(written.compiler)
        compiler.connection = connections[written.rows.db]
        compiler.as_sql = lambda *_, **__: (written.sql, parameters)
        execute = compiler.execute_sql

        def execute_prepared(*how: Any, **more: Any) -> Any:
            with _prepared(compiler.connection):
                return execute(*how, **more)

        compiler.execute_sql = execute_prepared
        rows = written.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)

    def rehearse(self) -> None:
        self(**self._places)

    @property
    def _places(self) -> dict[str, Value]:
        return {name: PLACES[kind](n) for n, (name, kind) in enumerate(self.types.items(), 1)}

    @cached_property
    def _written(self) -> _Written:
        places = self._places
        rows = self.build(**places)
        compiler = rows.query.get_compiler(rows.db)
        sql, found = compiler.as_sql()
        parameters = [_named(one, places) for one in found]
        if missing := set(self.types) - {one for one in parameters if isinstance(one, _Named)}:
            raise ValueError(f"does not stand in the query as it is: {missing}")
        if passing := [one for one in parameters if _is_passing(one)]:
            raise ValueError(f"would be kept for ever: {passing}")
        return _Written(rows, compiler, sql, parameters)


def _named(parameter: object, places: Mapping[str, Value]) -> object:
    """Instead of a value's place its name."""
    for name, place in places.items():
        if isinstance(parameter, type(place)) and parameter == place:
            return _Named(name)
    return parameter


@contextmanager
def _prepared(connection: Any) -> Iterator[None]:
    """What is asked inside is prepared by this connection, and its plan kept. Elsewhere Django puts
    the values into the SQL, which is then planned for them each time."""
    connection.ensure_connection()
    known = connection.connection
    usual = known.cursor_factory, known.prepare_threshold
    known.cursor_factory, known.prepare_threshold = ServerBindingCursor, 0
    try:
        yield
    finally:
        known.cursor_factory, known.prepare_threshold = usual


# Where a query needs a date before or after all others.
ENDS = (date.min, date.max, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def _is_passing(parameter: object) -> bool:
    if isinstance(parameter, _Named) or parameter in ENDS:
        return False
    return isinstance(parameter, date | time) or parameter == get_language()
