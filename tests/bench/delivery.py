"""How fast planned reminders leave over SMTP, beside a bare loop to the same server."""

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import clock
from accounts.models import Letter
from outbox import delivery
from outbox.email import written
from outbox.models import State
from reminders.models import Reminder
from tests.config.compose import ROOT
from tests.journeys.stack import wait_until

MOST = 15_000  # messages in one minute, of which none may be a minute late
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


def measure(port: int) -> dict[str, object]:
    """One worker and two, beside the bare loop: to a server that only counts, and to a relay."""
    share = min(Reminder.objects.filter(state=State.DUE).count() // 5, MOST)
    return {
        "messages_each": share,
        "server_that_only_counts": to_server(port, 0, share),
        f"server_that_takes_{WRITING_MS}_ms": to_server(port, WRITING_MS, share),
    }


def to_server(port: int, pause_ms: int, share: int) -> dict[str, object]:
    with sink(port, pause_ms) as server:
        bare = bare_loop(port, BARE if not pause_ms else BARE // 10)
        before = server.taken()
        one, late, letter = workers(1, share)
        two, *_ = workers(2, share)
        arrived = server.taken() - before
    assert arrived >= 2 * share, arrived
    return {
        "bare_loop_per_s": round(bare),
        "one_worker_per_s": round(one),
        "one_worker_to_bare_loop": round(one / bare, 2),
        "p99_late_s": round(late, 1),
        "slowest_sign_in_letter_meanwhile_s": round(letter, 2),
        "two_workers_per_s": round(two),
        "two_workers_to_one": round(two / one, 2),
    }


def bare_loop(port: int, number: int) -> float:
    """One kept connection, the same message ready made, nothing written down."""
    row = Reminder.objects.filter(state=State.DUE).select_related("patient__user")[0]
    Reminder.objects.fetch_for([row])
    content = written(row.as_email(now=clock.now())).content
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


def workers(number: int, share: int) -> tuple[float, float, float]:
    """So many processes send ``share`` that are due: how many a second, how late the 99th
    of a hundred, and how long a letter took at worst (both in seconds)."""
    due_at = due_now(share)
    ready = [start_worker() for _ in range(number)]
    for process in ready:
        assert process.stdout.readline() == "ready\n"
    start, letters = time.perf_counter(), [0.0]
    for process in ready:
        process.stdin.close()
    while any(process.poll() is None for process in ready):
        letters.append(send_letter())
        time.sleep(0.2)
    took = time.perf_counter() - start
    handed = sorted(Reminder.objects.filter(due_at=due_at).values_list("handed_at", flat=True))
    late = handed[len(handed) * 99 // 100 - 1] - handed[0]
    return share / took, late.total_seconds(), max(letters)


def due_now(share: int) -> datetime:
    """Let so many be due at this moment, and the others in an hour."""
    now, later = clock.now(), timedelta(hours=1)
    due = Reminder.objects.filter(state=State.DUE)
    chosen = list(due.order_by("due_at").values_list("pk", flat=True)[:share])
    due.update(due_at=now + later, expires_at=now + 2 * later)
    Reminder.objects.filter(pk__in=chosen).update(due_at=now, expires_at=now + later)
    return now


def send_letter() -> float:
    """Seconds from the wish to sign in to the server's yes, as the letters' own process does it."""
    start, now = time.perf_counter(), clock.now()
    words = {"to": "sam@example.org", "subject": "Hello", "text": "Words", "html": "<p>Words</p>"}
    span = {"created_at": now, "due_at": now, "expires_at": now + timedelta(minutes=10)}
    Letter.objects.create(kind=Letter.Kind.SIGN_IN, **words, **span)
    assert delivery.deliver(Letter.objects.all(), clock=clock.now) == 1
    return time.perf_counter() - start
