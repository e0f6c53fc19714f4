"""How fast planned reminders leave over SMTP, beside a bare loop to the same server."""

import json
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import mean
from typing import Any, NamedTuple

from django.db import connection

import clock
from accounts.models import Letter
from outbox import delivery
from outbox.models import State
from reminders import message
from reminders.models import Reminder
from tests import owner
from tests.config.compose import ROOT
from tests.journeys.stack import wait_until

MOST = 15_000  # messages in one minute, of which none may be a minute late
BARE = 3000  # messages of the bare loop
VERY_MANY = 50_000
WRITING_MS = 5  # what a relay takes to put a message on its disk, roughly


COME_DUE = """
UPDATE reminders_reminder SET due_at = %(now)s::timestamptz - n * interval '1 microsecond',
    expires_at = %(later)s
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM reminders_reminder
    WHERE state = 'due' AND due_at > %(now)s ORDER BY id LIMIT %(share)s) chosen
WHERE chosen.id = reminders_reminder.id
"""


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
    due = Reminder.objects.filter(state=State.DUE).count()
    share = min(due, MOST)
    counting = to_server(port, 0, share)
    return {
        "messages_each": share,
        "server_that_only_counts": counting,
        f"server_that_takes_{WRITING_MS}_ms": to_server(port, WRITING_MS, share),
        "very_many_at_once": very_many(
            port, min(due, VERY_MANY), fewer_per_s=counting["one_worker_per_s"]
        ),
        "where_a_workers_time_goes": profile(port, share),
    }


def to_server(port: int, pause_ms: int, share: int) -> dict[str, Any]:
    """The bare loop runs before and after each, for it is what varies most."""
    with sink(port, pause_ms) as server:
        bare = [bare_loop(port, pause_ms)]
        before = server.taken()
        one = workers(1, share)
        bare.append(bare_loop(port, pause_ms))
        two = workers(2, share)
        bare.append(bare_loop(port, pause_ms))
        arrived = server.taken() - before - 2 * number_of(pause_ms)
    assert arrived >= 2 * share, arrived  # and the letters
    return {
        "bare_loop_per_s": [round(rate) for rate in bare],
        "one_worker_per_s": round(one.rate),
        "one_worker_to_bare_loop": round(one.rate / mean(bare[:2]), 2),
        "processor_ms_for_each_message": round(one.cpu_ms, 2),
        "p99_late_s": round(one.late_99, 1),
        "slowest_sign_in_letter_meanwhile_s": round(one.letter, 2),
        "two_workers_per_s": round(two.rate),
        "two_workers_to_one": round(two.rate / one.rate, 2),
        "p99_late_of_two_workers_s": round(two.late_99, 1),
    }


def very_many(port: int, share: int, *, fewer_per_s: float) -> dict[str, object]:
    """Whether a long queue slows one worker down, and whether it keeps the order."""
    with sink(port):
        many = workers(1, share)
    return {
        "messages": share,
        "one_worker_per_s": round(many.rate),
        "to_one_worker_with_fewer": round(many.rate / fewer_per_s, 2),
        "p99_late_s": round(many.late_99, 1),
        "slowest_sign_in_letter_meanwhile_s": round(many.letter, 2),
        "left_in_the_order_they_came_due": many.in_order,
    }


def profile(port: int, share: int) -> dict[str, float]:
    """Shares of one worker's time, by what it was at; measuring slows it down."""
    due_now(share)
    with sink(port):
        process = start_worker("--profile")
        process.stdin.close()
        shares: dict[str, float] = json.loads(process.stdout.read())
        process.wait()
    return shares


def number_of(pause_ms: int) -> int:
    """How many messages the bare loop sends."""
    return BARE if not pause_ms else BARE // 10


def bare_loop(port: int, pause_ms: int) -> float:
    """Messages a second: one kept connection, the same message ready made, nothing written down."""
    number = number_of(pause_ms)
    row = Reminder.objects.to_be_written().order_by("due_at").last()
    assert row is not None
    content = message.write(row, clock.now()).message().as_bytes()
    with smtplib.SMTP("127.0.0.1", port) as server:
        start = time.perf_counter()
        for _ in range(number):
            server.sendmail("no-reply@example.org", ["sam@example.org"], content)
        return number / (time.perf_counter() - start)


def start_worker(*words: str) -> subprocess.Popen[str]:
    """A worker that has said it is ready."""
    command = [sys.executable, "-m", "tests.bench.worker", *words]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


class Run(NamedTuple):
    """Messages a second, milliseconds of a processor for each; and seconds: how late the 99th
    of a hundred was, how long a letter took at worst."""

    rate: float
    cpu_ms: float
    late_99: float
    letter: float
    in_order: bool


def workers(number: int, share: int) -> Run:
    """So many processes send ``share`` that are due."""
    due_now(share)
    ready = [start_worker() for _ in range(number)]
    start, letters = clock.now(), [0.0]
    for process in ready:
        process.stdin.close()
    while any(process.poll() is None for process in ready):
        letters.append(send_letter())
        time.sleep(0.2)
    sent = Reminder.objects.filter(state=State.SENT, handed_at__gte=start)
    left = list(sent.order_by("due_at").values_list("handed_at", flat=True))
    assert len(left) == share, len(left)
    took = (max(left) - start).total_seconds()
    late_99 = (sorted(left)[share * 99 // 100 - 1] - start).total_seconds()
    cpu_ms = sum(float(process.stdout.read()) for process in ready) / share * 1000
    return Run(share / took, cpu_ms, late_99, max(letters), in_order=left == sorted(left))


def due_now(share: int) -> None:
    """Let so many have come due a moment apart, up to now, and the others in an hour."""
    now, later = clock.now(), timedelta(hours=1)
    everything = Reminder.objects.filter(
        planned_at=Reminder.objects.latest("planned_at").planned_at
    )
    everything.update(
        state=State.DUE,
        due_at=now + later,
        expires_at=now + 2 * later,
        attempt=0,
        reason="",
        handed_at=None,
        finished_at=None,
        lease_until=None,
    )
    with connection.cursor() as cursor:
        cursor.execute(COME_DUE, {"share": share, "now": now, "later": now + later})
    owner.execute("VACUUM ANALYZE reminders_reminder")


def send_letter() -> float:
    """Seconds from the wish to sign in to the server's yes, as the letters' own process does it."""
    start, now = time.perf_counter(), clock.now()
    words = {"to": "sam@example.org", "subject": "Hello", "text": "Words", "html": "<p>Words</p>"}
    span = {"created_at": now, "due_at": now, "expires_at": now + timedelta(minutes=10)}
    Letter.objects.create(kind=Letter.Kind.SIGN_IN, **words, **span)
    letters = Letter.objects.all()
    sent = delivery.deliver(letters, write=Letter.as_email, clock=clock.now)
    assert sent == 1, list(letters.order_by("-due_at").values_list("state", "reason")[:3])
    return time.perf_counter() - start
