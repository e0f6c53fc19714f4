"""A query that Django words once and that is then run with other moments and other rows.

To word the rules of a hand-over takes Django longer than the server takes to judge a
whole round by them, and the server would plan them anew each time.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

type Step = tuple[str, Sequence[Any]]  # a statement and its parameters

# Stands for the present while a query is worded; no time of ours is anywhere near it.
SOME_MOMENT = datetime(9000, 1, 1, tzinfo=UTC)
NEAR = 1000  # days
# Stands for the rows' keys, as an array: however many there are, it is one statement.
SOME_KEYS = "the keys of some rows"


def some_rows() -> RawSQL:
    """Of a filter ``pk__in``: the rows that ``of_rows`` names once the query is worded."""
    return RawSQL("SELECT unnest(%s::uuid[])", (SOME_KEYS,))


def of_rows(keys: list[Any], parameters: Sequence[Any]) -> list[Any]:
    """The parameters as they would be if the query had been about these rows."""
    return [keys if value is SOME_KEYS else value for value in parameters]


def worded(query: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """The SQL of a query about SOME_MOMENT, with its parameters, for ``moved_to``."""
    sql, parameters = query.query.sql_with_params()
    return sql, tuple(parameters)


def moved_to(now: datetime, parameters: Sequence[Any]) -> list[Any]:
    """The parameters as they would be if the query had been about ``now``."""
    return [_moved(value, now) for value in parameters]


def _moved(value: Any, now: datetime) -> Any:
    if isinstance(value, datetime):
        apart = value - SOME_MOMENT
        return now + apart if abs(apart.days) < NEAR else value
    if isinstance(value, date):
        days = value - SOME_MOMENT.date()
        return now.date() + days if abs(days.days) < NEAR else value
    return value


def run(sql: str, parameters: Sequence[Any]) -> list[Any]:
    """Run a statement that the server keeps planned from one time to the next; its rows."""
    [rows] = run_all([(sql, parameters)])
    return rows


def run_all(steps: Sequence[Step]) -> list[list[Any]]:
    """Run several, one after another, on one trip to the server; the rows of each.

    Django forbids keeping statements for a whole connection, by a threshold of None,
    because not every pooler knows it; the cursors of its own queries never ask for it.
    """
    connection.ensure_connection()
    raw = connection.connection
    raw.prepare_threshold = 0
    cursors = [psycopg.RawCursor(raw) for _ in steps]
    with connection.wrap_database_errors, raw.pipeline() if len(steps) > 1 else nullcontext():
        for cursor, (sql, parameters) in zip(cursors, steps, strict=True):
            cursor.execute(numbered(sql), parameters, prepare=True)
    return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


@lru_cache
def numbered(sql: str) -> str:
    """With its placeholders as the server writes them: psycopg would do it every time."""
    first, *others = sql.split("%s")
    places = (f"${number}{part}" for number, part in enumerate(others, start=1))
    return "".join([first, *places]).replace("%%", "%")
