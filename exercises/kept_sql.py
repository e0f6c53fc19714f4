"""Rules of what a reader sees of versions, kept as SQL.

Django takes longer to write them than PostgreSQL to run them, and only the reader differs. They
say "exercises_exerciseversion" and "exercises_exercise": a query that takes one joins both.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.db.models.expressions import Combinable, RawSQL

from accounts.models import User
from exercises.models import ExerciseVersion

SOMEBODY = User(pk=UUID(int=0))

Written = tuple[str, tuple[Any, ...]]


def kept_expression(rule: Callable[[User], Combinable]) -> Callable[[User], RawSQL]:
    """Decorates what says something of a version for a reader."""

    @cache
    def written() -> tuple[str, tuple[Any, ...], Any]:
        query = ExerciseVersion.objects.annotate(kept=rule(SOMEBODY)).query
        said = query.annotations["kept"]
        sql, parameters = query.get_compiler(DEFAULT_DB_ALIAS).compile(said)
        return sql, tuple(parameters), said.output_field

    @wraps(rule)
    def for_reader(user: User) -> RawSQL:
        return _raw(*written(), user=user)

    return for_reader


def kept_set(rule: Callable[[User], QuerySet[Any]]) -> Callable[[User], RawSQL]:
    """Decorates what chooses rows for a reader: ``filter(pk__in=...)`` of it."""

    @cache
    def written() -> tuple[str, tuple[Any, ...]]:
        return rule(SOMEBODY).query.sql_with_params()

    @wraps(rule)
    def for_reader(user: User) -> RawSQL:
        return _raw(*written(), None, user=user)

    return for_reader


def _raw(sql: str, parameters: tuple[Any, ...], output: Any, *, user: User) -> RawSQL:
    asked = [user.pk if value == SOMEBODY.pk else value for value in parameters]
    return RawSQL(sql, asked, output)  # noqa: S611  Django wrote it
