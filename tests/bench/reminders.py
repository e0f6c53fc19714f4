"""How fast one minute's reminders are planned, and sent over real SMTP by one worker."""

import time
from datetime import datetime, timedelta

from aiosmtpd.controller import Controller

from outbox import delivery
from reminders import services
from reminders.models import Heartbeat, Reminder


class Counter:
    """Accepts every message and counts it."""

    def __init__(self) -> None:
        self.messages = 0

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  aiosmtpd's name
        self.messages += 1
        return "250 counted"


def measure(morning: datetime, *, smtp_port: int) -> dict[str, float]:
    """Rows and messages a second, for the minute in which every patient's slot comes due."""
    before = morning - timedelta(minutes=1)
    Heartbeat.objects.create(name="reminders", beat_at=before, done_until=before)
    start = time.perf_counter()
    planned = services.tick(now=morning)
    planning = time.perf_counter() - start
    counter = Counter()
    server = Controller(counter, hostname="127.0.0.1", port=smtp_port)
    server.start()
    try:
        start = time.perf_counter()
        sent = delivery.deliver(Reminder.objects.all(), clock=lambda: morning)
        sending = time.perf_counter() - start
    finally:
        server.stop()
    assert planned == sent == counter.messages, (planned, sent, counter.messages)
    return {
        "due_in_one_minute": planned,
        "planned_per_s": round(planned / planning),
        "sent_per_s": round(sent / sending),
    }
