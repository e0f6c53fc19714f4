"""The whole product, running: web, letters, worker and beat as their own processes.

A journey's stack has a database, Redis database and SMTP server of its own, so
that nothing in it is faked and nothing leaks into the next journey. Moving the
clock means starting the processes again with another ``CLOCK_OFFSET``.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 90
# The journey keeps to itself in Redis; unit tests use the databases below.
BROKER_DATABASE = 14


class Mailbox:
    """Keeps what a real SMTP conversation delivered."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  aiosmtpd's name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if message["To"] == address]


def wait_until[T](found: Callable[[], T], what: str, patience: int = PATIENCE_SECONDS) -> T:
    """Ask again and again until the answer is true; fail with a sentence, not a hang."""
    for _ in range(patience * 10):
        if answer := found():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"waited {patience} s in vain for {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Stack:
    """Start with ``up``, move the clock by ``up`` again, end with ``close``."""

    def __init__(self, folder: Path, addresses: dict[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.mailbox = Mailbox()
        self.smtp = Controller(self.mailbox, hostname="127.0.0.1", port=free_port())
        self.smtp.start()
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            **addresses,
            "REDIS_URL": self._redis_url(),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp.port}",
            "SITE_URL": self.url,
            "DATA_DIR": str(folder),
            "WEB_BIND": f"127.0.0.1:{self.port}",
            "WEB_CONCURRENCY": "1",
            "DEMO": "0",
            "PYTHONWARNINGS": "",
        }

    def _redis_url(self) -> str:
        return urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{BROKER_DATABASE}"))

    def manage(self, *words: str, **kwargs) -> str:
        """Run one management command to its end and give back what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **kwargs,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def up(self, *, clock_offset: int) -> None:
        """Web, letters, worker and beat, as the Procfile has them, with the clock moved (seconds)."""
        self.down()
        self.environment["CLOCK_OFFSET"] = str(clock_offset)
        for line in (ROOT / "Procfile").read_text().splitlines():
            name, _, command = line.partition(": ")
            if name != "mail":
                self._start(name, command)
        wait_until(self._answers, "the site to answer")

    def _start(self, name: str, command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    command,
                    shell=True,
                    cwd=ROOT,
                    env=self.environment | {"MIGRATE_DATABASE_URL": ""},
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            )

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (URLError, ConnectionError, TimeoutError):
            return False

    def down(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=30)
        self.processes = []

    def close(self) -> None:
        self.down()
        self.smtp.stop()
