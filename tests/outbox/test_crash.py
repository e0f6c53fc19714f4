"""A sender killed with SIGKILL at each edge: what is known, what is in doubt, what is sent."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import Letter
from outbox import delivery
from outbox.models import LEASE, State
from reminders import services
from reminders.models import Reminder
from tests.mail import SmtpServer
from tests.outbox.letters import NOW, make_letter
from tests.owner import addresses_of
from tests.reminders.nudging import MINUTE, MORNING, asked_day, deliver, looked_until

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def start_sender(smtp_server: SmtpServer):
    """A real process on this test's database, which sends to this test's mail server."""
    started = []

    def start(until: str, table: str, now: datetime) -> subprocess.Popen[str]:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            **addresses_of(connection.settings_dict["NAME"]),
            "EMAIL_URL": smtp_server.url,
            "PYTHONPATH": str(ROOT),
        }
        words = [sys.executable, "-m", "tests.outbox.sender", until, table, now.isoformat()]
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def planned_reminder() -> Reminder:
    asked_day()
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    return Reminder.objects.get()


def send_again(table, now: datetime) -> int:
    if table is Reminder:
        return deliver(now)
    return delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: now)


def test_killed_with_a_claim_sends_once_after_the_lease(start_sender, smtp_server):
    reminder = planned_reminder()
    sender = start_sender("claim", "reminder", MORNING)
    assert sender.stdout.readline() == "claimed\n"
    sender.kill()
    sender.wait()
    reminder.refresh_from_db()
    assert reminder.state == State.CLAIMED
    assert send_again(Reminder, MORNING + MINUTE) == 0
    for minutes in (0, 1, 2):
        send_again(Reminder, MORNING + LEASE + minutes * MINUTE)
    assert len(smtp_server.messages) == 1


def test_a_reminder_killed_after_the_final_dot_is_in_doubt_and_never_sent_again(
    start_sender, smtp_server
):
    reminder = planned_reminder()
    smtp_server.behaviour = "hang_after_dot"
    sender = start_sender("send", "reminder", MORNING)
    smtp_server.wait_for_a_message()
    sender.kill()
    sender.wait()
    smtp_server.behaviour = "accept"
    for minutes in range(0, 130, 5):
        send_again(Reminder, MORNING + minutes * MINUTE)
    reminder.refresh_from_db()
    assert (reminder.state, reminder.doubts) == (State.UNCERTAIN, 1)
    assert len(smtp_server.received) == 1


@pytest.mark.parametrize(
    ("kind", "copies"),
    [(Letter.Kind.SIGN_IN, 2), (Letter.Kind.INVITATION, 2), (Letter.Kind.NOTICE, 1)],
)
def test_a_letter_killed_after_the_final_dot(start_sender, smtp_server, kind, copies):
    """Who waits at the door gets one more copy, known by its Message-ID as the same."""
    letter = make_letter(kind=kind)
    smtp_server.behaviour = "hang_after_dot"
    sender = start_sender("send", "letter", NOW)
    smtp_server.wait_for_a_message()
    sender.kill()
    sender.wait()
    smtp_server.behaviour = "accept"
    for minutes in range(0, 15, 5):
        send_again(Letter, NOW + minutes * MINUTE)
    assert [message["Message-ID"] for message in smtp_server.received] == [
        letter.message_id
    ] * copies
    letter.refresh_from_db()
    assert (letter.text, letter.html) == ("", "")
