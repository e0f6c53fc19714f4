"""What only the harness may: be the owner of the tables, and switch the database's rules off."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection

from config import database

ADDRESSES = ("DATABASE_URL", "MIGRATE_DATABASE_URL")


@contextmanager
def rules_off() -> Iterator[None]:
    """As the owner, with no trigger and no reference looked at."""
    with database.as_owner():
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        yield


def owned(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def as_owner(*words: Any, **options: Any) -> Any:
        with database.as_owner():
            return act(*words, **options)

    return as_owner


def without_rules(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def unruled(*words: Any, **options: Any) -> Any:
        with rules_off():
            return act(*words, **options)

    return unruled


def execute(statement: str) -> None:
    """One statement as the owner."""
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


def addresses_of(name: str) -> dict[str, str]:
    """Another database of the same server, as the application and as the owner."""
    return {
        variable: urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{name}"))
        for variable in ADDRESSES
    }


@contextmanager
def own_database(what: str) -> Iterator[dict[str, str]]:
    """The addresses of a new, empty database, which is dropped at the end."""
    name = f"{what}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(os.environ["MIGRATE_DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield addresses_of(name)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
