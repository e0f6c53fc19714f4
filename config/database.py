"""Two database roles: the owner makes and changes tables, the application fills them.

The application's role can neither change a table nor switch a rule off: see ADR 31.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

# How someone connects, apart from the database's name, which is one for both.
ADDRESS = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")

# Of SELECT, INSERT, UPDATE and DELETE, what the application may not do to a table.
NOT_GRANTED = {
    "accounts_auditevent": "UPDATE, DELETE",
    "patients_warningsign": "DELETE",
    "django_migrations": "INSERT, UPDATE, DELETE",
}

# Without temporary tables: one with the name of a table of ours would be read in its place
# by the functions that keep the rules.
OF_THE_DATABASE = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {role};
GRANT USAGE ON SCHEMA public TO {role};
"""
OF_A_TABLE = """
REVOKE ALL ON {table} FROM {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role};
"""
OF_A_SEQUENCE = "GRANT USAGE ON SEQUENCE {table} TO {role};"
FEWER = "REVOKE {rights} ON {table} FROM {role};"

OURS = """
SELECT relname, relkind FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')
    AND pg_has_role(relowner, 'USAGE')
"""


class EarlierData(Exception):
    """The tables were made by migrations that this version does not have."""


class RoleMissing(Exception):
    """The application's role is not there, and the owner may not make it."""


def application() -> str:
    """The role in DATABASE_URL; empty where the address names none."""
    return str(settings.DATABASES["default"]["USER"])


def has_owner() -> bool:
    """Whether the owner's address is known here: only where migrations run."""
    return settings.MIGRATE_DATABASE is not None


@contextmanager
def as_owner() -> Iterator[None]:
    """This thread's connection is the owner's meanwhile, where MIGRATE_DATABASE_URL is set."""
    owner = settings.MIGRATE_DATABASE
    if owner is None:
        yield
        return
    before = connection.settings_dict
    connection.close()
    address = {name: owner[name] for name in ADDRESS if name in owner}
    connection.settings_dict = before | {"OPTIONS": {}} | address
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before


def refuse_earlier_data() -> None:
    """Before 1.0 a version starts with new tables. Raises EarlierData; changes nothing."""
    ours = {
        app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR
    }
    known = MigrationLoader(None).disk_migrations
    recorded = MigrationRecorder(connection).applied_migrations()
    if any(app in ours and (app, name) not in known for app, name in recorded):
        raise EarlierData


def make_application() -> bool:
    """Make the application's role if it is not there, with the password of DATABASE_URL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [application()])
        if cursor.rowcount:
            return False
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        if cursor.fetchone() != (True,):
            raise RoleMissing
        cursor.execute(_create_role())
    return True


def _create_role() -> sql.Composed:
    """The password leaves this process only as what the server keeps of it."""
    role, password = application(), settings.DATABASES["default"]["PASSWORD"]
    made = sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role))
    if not password:
        return sql.Composed([made])
    kept = connection.connection.pgconn.encrypt_password(password.encode(), role.encode())
    return made + sql.SQL(" PASSWORD {}").format(sql.Literal(kept.decode()))


def grant_access() -> None:
    """Give the application what it may do and take the rest; as the owner, after migrating."""
    with transaction.atomic(), connection.cursor() as cursor:
        _run(cursor, OF_THE_DATABASE, database=connection.settings_dict["NAME"])
        cursor.execute(OURS)
        for name, kind in cursor.fetchall():
            _run(cursor, OF_A_SEQUENCE if kind == "S" else OF_A_TABLE, table=name)
            if name in NOT_GRANTED:
                _run(cursor, FEWER, sql.SQL(NOT_GRANTED[name]), table=name)


def _run(cursor: Any, statement: str, rights: sql.SQL | None = None, **names: str) -> None:
    identifiers = {key: sql.Identifier(name) for key, name in names.items()}
    role = sql.Identifier(application())
    cursor.execute(sql.SQL(statement).format(role=role, rights=rights, **identifiers))
