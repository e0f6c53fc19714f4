"""PostgreSQL and Redis of our own, which can be killed and come back at the same address."""

import os
import signal
import subprocess
from pathlib import Path

import redis

from config.servers import broker, postgres, processes

# As `make run` has it: what need not be on disk is not waited for. A crash of the machine
# is not played, so the disk itself may be as slow as it likes.
SETTINGS = postgres.SETTINGS | {"fsync": "off"}


class Postgres:
    def __init__(self, folder: Path) -> None:
        self.log = folder / "postgres.log"
        self.cluster = postgres.cluster_in(folder)
        postgres.initialise(self.cluster, log=self.log)
        self._socket = postgres.socket_folder(self.cluster)
        self.folder = self._socket.__enter__()
        self.start()
        postgres.create_database(self.folder)
        self.addresses = postgres.addresses_in(self.folder)

    def start(self) -> None:
        settings = SETTINGS | {"unix_socket_directories": str(self.folder)}
        words = [f"--{name}={value}" for name, value in settings.items()]
        with self.log.open("ab") as log:
            self.process = self.cluster.start_program("postgres", *words, stdout=log, stderr=log)
        postgres.wait_until_ready(self.process, self.folder, log=self.log)

    def crash(self) -> None:
        """Immediate shutdown: every client is cut off in the middle of whatever it did."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def close(self) -> None:
        self.crash()
        self._socket.__exit__(None, None, None)
        postgres.forget(self.cluster.data, self.log.parent)


class Redis:
    def __init__(self, folder: Path) -> None:
        self.log, port = folder / "redis.log", broker.free_port()
        self.url = f"redis://127.0.0.1:{port}/0"
        settings = {"port": port, "bind": "127.0.0.1", "dir": folder, "logfile": self.log}
        kept = {"save": "", "appendonly": "no", "daemonize": "no"}
        self._words = [f"--{name} {value}" for name, value in (settings | kept).items()]
        self.start()

    def start(self) -> None:
        """Empty: it keeps nothing on disk."""
        self.process = subprocess.Popen(
            [broker.program(), *(word for pair in self._words for word in _pair(pair))],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=processes.ends_with_parent(signal.SIGTERM),
        )
        broker.wait_until_ready(self.process, self.url, log=self.log)

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def crash(self) -> None:
        self.process.kill()
        self.process.wait()

    close = crash


def _pair(words: str) -> tuple[str, str]:
    name, _, value = words.partition(" ")
    return name, value


def environment(folder: Path, postgres: Postgres, redis: Redis) -> None:
    """For this process and those it starts: these servers, and no others."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        **postgres.addresses,
        "REDIS_URL": redis.url,
        "CACHE_URL": redis.url,
        "DATA_DIR": str(folder),
        "LOG_LEVEL": "ERROR",
    }
