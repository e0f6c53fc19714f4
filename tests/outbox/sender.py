"""A worker for the crash tests: a real process that sends what is due, until it is killed.

``sender.py claim`` stops for ever between claim and hand-over, ``sender.py send``
goes all the way to the mail server.
"""

import sys
import threading
from datetime import datetime

import django

django.setup()

from accounts.models import Letter  # noqa: E402  the apps must be ready first
from outbox import delivery  # noqa: E402
from reminders import tasks  # noqa: E402
from reminders.channels import CHANNELS, EMAIL  # noqa: E402
from reminders.models import Reminder  # noqa: E402

TABLES = {"letter": Letter, "reminder": Reminder}


def main(until: str, table: str, now: str) -> None:
    messages, moment = TABLES[table].objects.all(), datetime.fromisoformat(now)
    if until == "claim":
        messages.claim(10, now=moment)
        sys.stdout.write("claimed\n")
        sys.stdout.flush()
        threading.Event().wait()
    if table == "letter":
        delivery.deliver(messages, write=Letter.as_email, clock=lambda: moment)
    else:
        tasks.deliver_by(CHANNELS[EMAIL], clock=lambda: moment)


main(*sys.argv[1:])
