"""How fast planned reminders leave over SMTP, beside a bare loop to the same server."""

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import clock
from outbox.email import wire
from outbox.models import State
from reminders.models import Reminder
from tests.config.compose import ROOT
from tests.journeys.stack import wait_until

BARE = 3000  # messages of the bare loop
WRITING_MS = 5  # what a relay takes to put a message on its disk, roughly


class Sink:
    """tests.bench.sink, in a process of its own."""

    def __init__(self, port: int, pause_ms: int) -> None:
        words = [sys.executable, "-m", "tests.bench.sink", str(port), str(pause_ms)]
        self.process = subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        wait_until(lambda: answers(port), "the sink")

    def taken(self) -> int:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def sink(port: int, pause_ms: int = 0) -> Iterator[Sink]:
    server = Sink(port, pause_ms)
    try:
        yield server
    finally:
        server.process.communicate()


def answers(port: int) -> bool:
    try:
        smtplib.SMTP("127.0.0.1", port).quit()
    except OSError:
        return False
    return True


def measure(port: int, planned: int) -> dict[str, object]:
    """Messages a second: the bare loop, one worker and two; to a quick server and a slower one."""
    share = planned // 5
    figures: dict[str, object] = {}
    for name, pause in (
        ("server_that_only_counts", 0),
        (f"server_that_takes_{WRITING_MS}_ms", WRITING_MS),
    ):
        with sink(port, pause):
            bare = bare_loop(port, BARE if not pause else BARE // 10)
            one = workers(1, share)
            two = workers(2, share)
        figures[name] = {
            "bare_loop_per_s": round(bare),
            "one_worker_per_s": round(one),
            "one_worker_to_bare_loop": round(one / bare, 2),
            "two_workers_per_s": round(two),
            "two_workers_to_one": round(two / one, 2),
        }
    return figures


def bare_loop(port: int, number: int) -> float:
    """One kept connection, the same message ready made, nothing written down."""
    row = Reminder.objects.filter(state=State.DUE).select_related("patient__user")[0]
    Reminder.objects.fetch_for([row])
    content = wire(row.as_email(now=clock.now()))
    with smtplib.SMTP("127.0.0.1", port) as server:
        start = time.perf_counter()
        for _ in range(number):
            server.sendmail("no-reply@example.org", ["sam@example.org"], content)
        return number / (time.perf_counter() - start)


def start_worker() -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.bench.worker", *os.environ.get("PROFILE", "").split()]
    return subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def workers(number: int, share: int) -> float:
    """So many processes, each a ``reminders.tasks.deliver``, until ``share`` have left."""
    now, later = clock.now(), timedelta(hours=1)
    pks = Reminder.objects.filter(state=State.DUE).order_by("due_at").values("pk")[:share]
    chosen = list(pks.values_list("pk", flat=True))
    Reminder.objects.filter(state=State.DUE).update(due_at=now + later, expires_at=now + 2 * later)
    Reminder.objects.filter(pk__in=chosen).update(due_at=now, expires_at=now + later)
    ready = [start_worker() for _ in range(number)]
    for process in ready:
        assert process.stdout.readline() == "ready\n"
    start = time.perf_counter()
    for process in ready:
        process.stdin.write("\n")
        process.stdin.flush()
    for process in ready:
        process.communicate()
    took = time.perf_counter() - start
    return share / took
