"""Rules of what a reader sees of versions, kept as SQL.

Django takes longer to write them than PostgreSQL to run them, and only the reader differs. They
say "exercises_exerciseversion" and "exercises_exercise": a query that takes one joins both.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import Combinable, RawSQL

from accounts.models import User
from exercises.models import ExerciseVersion

SOMEBODY = User(pk=UUID(int=0))

Written = tuple[str, tuple[Any, ...], Any]


def kept_expression(rule: Callable[[User], Combinable]) -> Callable[[User], RawSQL]:
    """Decorates what says something of a version for a reader."""

    @cache
    def written() -> Written:
        query = ExerciseVersion.objects.annotate(kept=rule(SOMEBODY)).query
        said = query.annotations["kept"]
        sql, parameters = query.get_compiler(DEFAULT_DB_ALIAS).compile(said)
        return sql, tuple(parameters), said.output_field

    @wraps(rule)
    def for_reader(user: User) -> RawSQL:
        return _raw(*written(), user=user)

    return for_reader


def kept_condition(rule: Callable[[User], QuerySet[Any]]) -> Callable[[User], RawSQL]:
    """Decorates what chooses versions for a reader: ``filter()`` by it."""

    @cache
    def written() -> Written:
        compiler = rule(SOMEBODY).query.get_compiler(DEFAULT_DB_ALIAS)
        compiler.pre_sql_setup()
        sql, parameters = compiler.compile(compiler.query.where)
        return sql, tuple(parameters), BooleanField()

    @wraps(rule)
    def for_reader(user: User) -> RawSQL:
        return _raw(*written(), user=user)

    return for_reader


def _raw(sql: str, parameters: tuple[Any, ...], output: Any, *, user: User) -> RawSQL:
    asked = [user.pk if value == SOMEBODY.pk else value for value in parameters]
    return RawSQL(sql, asked, output)  # noqa: S611  Django wrote it
