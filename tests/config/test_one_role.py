"""An installation that had one role for everything gets two, with its rows; `manage.py migrate`."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.config.compose import ROOT
from tests.owner import own_database

COUNT = "SELECT count(*) FROM accounts_auditevent"


def address(url: str, role: str) -> str:
    """The same database as another role, whose password is ``secret``."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{role}:secret@{place}").geturl()


class Installation:
    """A database that belongs to a role with no special rights."""

    def __init__(self, owner_url: str) -> None:
        mark = uuid.uuid4().hex[:8]
        self.old, self.new = f"old_{mark}", f"new_{mark}"
        self.superuser = owner_url
        self.as_old, self.as_new = address(owner_url, self.old), address(owner_url, self.new)

    def administer(self, *statements: str) -> None:
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def manage(self, *words: str, **addresses: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}
        environment |= {"MIGRATE_DATABASE_URL": ""} | addresses
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def migrate(self) -> subprocess.CompletedProcess[str]:
        return self.manage("migrate", DATABASE_URL=self.as_new, MIGRATE_DATABASE_URL=self.as_old)


@pytest.fixture
def installation() -> Iterator[Installation]:
    with own_database("one_role") as addresses:
        installation = Installation(addresses["MIGRATE_DATABASE_URL"])
        name = urlsplit(installation.superuser).path.removeprefix("/")
        installation.administer(
            f"CREATE ROLE {installation.old} LOGIN",
            f'ALTER DATABASE "{name}" OWNER TO {installation.old}',
        )
        yield installation
    with psycopg.connect(os.environ["MIGRATE_DATABASE_URL"], autocommit=True) as server:
        server.execute(f"DROP ROLE IF EXISTS {installation.new}, {installation.old}")


def succeeded(done: subprocess.CompletedProcess[str]) -> bool:
    assert done.returncode == 0, done.stdout + done.stderr
    return True


def test_one_role_becomes_two_with_its_rows(installation: Installation) -> None:
    assert succeeded(installation.manage("migrate", DATABASE_URL=installation.as_old))
    clinic = ("start_clinic", "Hill Street", "lead@example.org")
    assert succeeded(installation.manage(*clinic, DATABASE_URL=installation.as_old))
    refused = installation.migrate()
    assert refused.returncode == 1
    [line] = refused.stderr.splitlines()
    assert f"CREATE ROLE {installation.new} LOGIN" in line
    installation.administer(f"CREATE ROLE {installation.new} LOGIN")
    assert succeeded(installation.migrate())
    with psycopg.connect(installation.as_new, autocommit=True) as connection:
        assert connection.execute(COUNT).fetchone() != (0,)
        for statement in ("DELETE FROM accounts_auditevent", "TRUNCATE accounts_auditevent",
                          "CREATE TABLE mine ()", "CREATE TEMPORARY TABLE mine ()"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
    another = ("start_clinic", "Mill Street", "other@example.org")
    assert succeeded(installation.manage(*another, DATABASE_URL=installation.as_new))


def test_an_owner_who_may_makes_the_applications_role(installation: Installation) -> None:
    """With DATABASE_URL's password, of which the server is sent only what it keeps."""
    installation.administer(f"ALTER ROLE {installation.old} CREATEROLE")
    for said in (f"Made the role {installation.new}.", ""):
        done = installation.migrate()
        assert succeeded(done)
        assert said in done.stdout
    with psycopg.connect(installation.superuser) as connection:
        [kept] = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = %s", [installation.new]
        ).fetchone()
        assert kept.startswith("SCRAM-SHA-256$")
        assert connection.execute(COUNT.replace("auditevent", "user")).fetchone() == (0,)


def test_without_the_owner_migrate_says_in_one_line_what_is_missing(
    installation: Installation,
) -> None:
    installation.administer(f"CREATE ROLE {installation.new} LOGIN")
    refused = installation.manage("migrate", DATABASE_URL=installation.as_new)
    assert refused.returncode == 1
    [line] = refused.stderr.splitlines()
    assert "MIGRATE_DATABASE_URL" in line
