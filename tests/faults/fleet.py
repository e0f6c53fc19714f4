"""The processes under fault: beats and workers as the Procfile starts them, and the mail server."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from config.servers import processes
from tests.bench.delivery import answers
from tests.journeys.stack import free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
BEATS, WORKERS = 2, 4
CELERY = [sys.executable, "-m", "celery", "--quiet", "--app", "tests.faults.app"]
WORKER = ["worker", "--queues", "reminders", "--concurrency", "1", "--without-gossip"]
QUIET = ["--loglevel", "ERROR"]


@dataclass(frozen=True)
class Taken:
    """What the mail server took: (Message-ID, recipient) in order, and its doubtful ones."""

    messages: list[tuple[str, str]]
    unanswered: int
    met: dict[str, int]


class MailServer:
    """tests.faults.sink, from outside."""

    def __init__(self) -> None:
        self.port = free_port()
        words = [sys.executable, "-m", "tests.faults.sink", str(self.port)]
        self.process = subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        wait_until(lambda: answers(self.port), "the mail server")

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?timeout=10"

    def begin(self, manners: dict[str, int], *, seed: int) -> None:
        self._order({"seed": seed, "manners": manners})

    def taken(self) -> Taken:
        told = self._order({})
        return Taken([(mid, to) for mid, to in told["taken"]], told["unanswered"], told["met"])

    def _order(self, order: dict[str, object]) -> dict:
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate()


class Fleet:
    def __init__(self, folder: Path, mail: MailServer) -> None:
        self.folder, self.ready = folder, folder / "ready"
        self.environment = os.environ | {
            "EMAIL_URL": mail.url,
            "DATA_DIR": str(folder),
            "FAULTS_DIR": str(folder),
            "LOG_LEVEL": "ERROR",
            "MIGRATE_DATABASE_URL": "",
            "PYTHONWARNINGS": "",
        }
        self.workers: list[subprocess.Popen[bytes]] = []
        self.beats: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """All of them, if they do not run yet; returns once each worker waits for work."""
        if not self.workers:
            self.ready.mkdir()
            self.workers = [self._worker(number) for number in range(WORKERS)]
            self.beats = [self._beat(number) for number in range(BEATS)]
            wait_until(lambda: len(list(self.ready.iterdir())) >= WORKERS, "the workers")

    def kill_worker(self, number: int) -> None:
        """The whole worker, parent and child, and another in its place."""
        process = self.workers[number]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.workers[number] = self._worker(number)

    def close(self) -> None:
        for process in (*self.beats, *self.workers):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _worker(self, number: int) -> subprocess.Popen[bytes]:
        own = ["--hostname", f"worker{number}@faults", "--without-mingle"]
        return self._run("worker", *WORKER, *own, *QUIET)

    def _beat(self, number: int) -> subprocess.Popen[bytes]:
        schedule = str(self.folder / f"beat-{number}")
        return self._run("beat", "beat", "--pidfile=", "--schedule", schedule, *QUIET)

    def _run(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [*CELERY, *words],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.ends_with_parent(signal.SIGTERM),
            )
