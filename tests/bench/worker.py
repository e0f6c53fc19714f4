"""One worker process for the bench: says ready, waits for a line, sends what is due."""

import cProfile
import pstats
import sys

import django

django.setup()

import clock  # noqa: E402  the apps must be ready first
from outbox import delivery  # noqa: E402
from outbox.models import hand_over_of  # noqa: E402
from reminders.models import Reminder  # noqa: E402


def main() -> None:
    rows = list(Reminder.objects.order_by("due_at")[:1])  # as a worker that has been up for a while
    Reminder.objects.fetch_for(rows)
    rows[0].as_email(now=clock.now())
    hand_over_of(Reminder)
    print("ready", flush=True)
    sys.stdin.readline()
    if sys.argv[1:] == ["--profile"]:
        with cProfile.Profile() as profile:
            delivery.deliver(Reminder.objects.all(), clock=clock.now)
        pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(45)
    else:
        delivery.deliver(Reminder.objects.all(), clock=clock.now)


main()
