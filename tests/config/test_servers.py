"""Bringing PostgreSQL and Redis, for any user, wherever the clone lies."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from config.servers import places
from tests.config.compose import ROOT

SERVERS = [sys.executable, "-m", "config.servers", "run"]
ROOT_USER = os.geteuid() == 0

# A command for the servers to be brought for: it looks at what it was given.
LOOK = """
import json, os, psycopg, redis, sys
with psycopg.connect(os.environ["MIGRATE_DATABASE_URL"]) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS visit (at timestamptz DEFAULT now())")
    connection.execute("INSERT INTO visit DEFAULT VALUES")
    [visits] = connection.execute("SELECT count(*) FROM visit").fetchone()
    [encoding, order, letters] = connection.execute(
        "SELECT pg_encoding_to_char(encoding), datlocprovider, datctype"
        " FROM pg_database WHERE datname = current_database()"
    ).fetchone()
with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
    policy = client.config_get("maxmemory-policy")["maxmemory-policy"]
names = ("DATABASE_URL", "REDIS_URL", "DATA_DIR")
print("SEEN" + json.dumps({name: os.environ[name] for name in names} | {
    "visits": visits, "encoding": encoding, "order": order, "letters": letters, "policy": policy,
}))
"""


class Brought:
    """One run of the command line in a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        own = ("DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "DATA_DIR")
        inherited = {name: value for name, value in os.environ.items() if name not in own}
        self.environment = inherited | {"DATA_DIR": str(folder)}

    def run(self, *words: str, options: tuple[str, ...] = (), **environment: str):
        return subprocess.run(
            [*SERVERS, *options, "--", *words],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def look(self, *options: str) -> tuple[dict[str, str], str]:
        """What the command saw, and what the person was told."""
        done = self.run(sys.executable, "-c", LOOK, options=options)
        assert done.returncode == 0, done.stdout + done.stderr
        told, _, seen = done.stdout.partition("SEEN")
        return json.loads(seen), told

    @property
    def elsewhere(self) -> Path:
        digest_of = places.hashlib.sha256(bytes(self.folder)).hexdigest()[:12]
        return places.SHARED / f"homestretch-{digest_of}"

    def data(self) -> Path:
        inside = self.folder / "postgres"
        return inside if inside.exists() else self.elsewhere / "postgres"

    def processes(self) -> list[psutil.Process]:
        """Everything that runs with this folder in its command line."""
        marks = (str(self.folder), str(self.elsewhere))
        return [
            process
            for process in psutil.process_iter(["cmdline"])
            if any(mark in word for mark in marks for word in process.info["cmdline"] or ())
        ]


@pytest.fixture
def brought(tmp_path: Path) -> Iterator[Brought]:
    brought = Brought((tmp_path / "var").resolve())
    yield brought
    shutil.rmtree(brought.elsewhere, ignore_errors=True)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brought]:
    """A folder in which both have run before: a new database takes seconds to make."""
    used = Brought((tmp_path_factory.mktemp("used") / "var").resolve())
    yield used
    shutil.rmtree(used.elsewhere, ignore_errors=True)


def test_both_are_brought_keep_the_data_and_leave_nothing_running(brought: Brought) -> None:
    first, told = brought.look()
    assert "PostgreSQL 18" in told
    assert "of our own" in told.splitlines()[1]
    assert (first["encoding"], first["order"]) == ("UTF8", "b")
    assert first["letters"].upper().replace("-", "").endswith("UTF8")
    assert first["policy"] == "noeviction"
    second, _ = brought.look()
    assert (first["visits"], second["visits"]) == (1, 2)
    assert brought.processes() == []
    for url in (first["REDIS_URL"], second["REDIS_URL"]):
        with pytest.raises(redis.RedisError), redis.Redis.from_url(url) as client:
            client.ping()


def test_a_private_folder_is_left_private(brought: Brought) -> None:
    """Root's PostgreSQL runs as another user, who cannot reach it: it uses another folder and says
    so. Anybody else's runs as themselves, in it."""
    brought.folder.mkdir(mode=0o700)
    seen, told = brought.look()
    elsewhere = f"{brought.elsewhere / 'postgres'} (user "
    assert (elsewhere in told and f"cannot reach {brought.folder})" in told) == ROOT_USER
    assert seen["DATA_DIR"] == str(brought.folder)
    assert brought.folder.stat().st_mode & 0o777 == 0o700
    assert brought.data().stat().st_mode & 0o077 == 0


def test_what_a_crash_left_behind_does_not_stop_the_next_start(brought: Brought) -> None:
    brought.look()
    stale = brought.data() / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{brought.data()}\n1700000000\n5432\n{brought.data()}\n\n\n")
    os.chown(stale, brought.data().stat().st_uid, brought.data().stat().st_gid)
    shutil.copy(stale, brought.data() / ".s.PGSQL.5432.lock")
    seen, _ = brought.look()
    assert seen["visits"] == 2


def inside(folder: Path) -> list[str]:
    """The look, through the servers of a folder, from within another run."""
    unset = ["env", "--unset=DATABASE_URL", "--unset=REDIS_URL", f"DATA_DIR={folder}"]
    return [*unset, *SERVERS, "--", sys.executable, "-c", LOOK]


def test_a_second_run_in_the_folder_shares_the_servers_of_the_first(used: Brought) -> None:
    done = used.run(*inside(used.folder))
    assert done.returncode == 0, done.stderr
    outer_database, outer_broker, inner_database, inner_broker = told_lines(done.stdout)
    assert (outer_database, outer_broker) == (inner_database, inner_broker)
    assert used.processes() == []


def test_two_folders_run_side_by_side(brought: Brought, tmp_path: Path) -> None:
    other = Brought((tmp_path / "other").resolve())
    done = brought.run(*inside(other.folder))
    shutil.rmtree(other.elsewhere, ignore_errors=True)
    assert done.returncode == 0, done.stderr
    outer_database, outer_broker, inner_database, inner_broker = told_lines(done.stdout)
    assert outer_database != inner_database
    assert outer_broker != inner_broker


def told_lines(output: str) -> list[str]:
    return output.partition("SEEN")[0].splitlines()


def test_a_path_too_long_for_a_socket(brought: Brought) -> None:
    long = Brought(brought.folder / ("a-very-long-name-" * 6))
    seen, _ = long.look()
    shutil.rmtree(long.elsewhere, ignore_errors=True)
    assert seen["visits"] == 1


def test_throw_away_servers_leave_nothing(brought: Brought) -> None:
    first, _ = brought.look("--throw-away")
    second, _ = brought.look("--throw-away")
    assert (first["visits"], second["visits"]) == (1, 1)
    assert not Path(first["DATA_DIR"]).exists()
    assert not brought.folder.exists()


def test_the_exit_code_is_the_commands(used: Brought) -> None:
    assert used.run("sh", "-c", "exit 7").returncode == 7


def test_asked_to_end_it_ends_the_command_and_both_servers(used: Brought) -> None:
    running = subprocess.Popen(
        [*SERVERS, "--", "sh", "-c", "echo begun; exec sleep 600"],
        cwd=ROOT,
        env=used.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    with running:
        assert any(line == "begun\n" for line in running.stdout)
        assert used.processes()
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 128 + signal.SIGTERM
    assert used.processes() == []


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "postgresql://someone:very-secret@127.0.0.1:1/nothing"),
        ("REDIS_URL", "redis://:very-secret@127.0.0.1:1/0"),
    ],
)
def test_a_server_that_does_not_answer_is_one_clear_line(
    brought: Brought, name: str, url: str
) -> None:
    done = brought.run("true", **{name: url})
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert name in line
    assert "very-secret" not in done.stdout + done.stderr


def test_servers_that_are_given_are_used(brought: Brought) -> None:
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    done = brought.run("true", **given)
    assert done.returncode == 0
    assert done.stdout.count(" from ") == 2
    assert not (brought.folder / "postgres").exists()
    with psycopg.connect(given["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
