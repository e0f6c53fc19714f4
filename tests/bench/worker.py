"""One worker process for the bench: says ready, waits for a line, sends what is due."""

import cProfile
import json
import pstats
import sys

import django

django.setup()

import clock  # noqa: E402  the apps must be ready first
from outbox import delivery  # noqa: E402
from outbox.models import hand_over_of  # noqa: E402
from reminders.models import Reminder  # noqa: E402

PARTS = {
    "claim": "claiming",
    "fetch_for": "reading whom each is for",
    "as_email": "wording, links and their signatures",
    "hand_over_all": "judging, stamping and noting answers",
    "commit": "commits",
    "hand": "SMTP",
}


def main() -> None:
    rows = list(Reminder.objects.order_by("due_at")[:1])  # as a worker that has been up for a while
    Reminder.objects.fetch_for(rows)
    rows[0].as_email(now=clock.now())
    hand_over_of(Reminder)
    print("ready", flush=True)
    sys.stdin.readline()
    if sys.argv[1:] == ["--profile"]:
        print(json.dumps(shares()))
    else:
        delivery.deliver(Reminder.objects.all(), clock=clock.now)


def shares() -> dict[str, float]:
    """What part of sending all that is due each of PARTS takes, waiting included."""
    with cProfile.Profile() as profile:
        delivery.deliver(Reminder.objects.all(), clock=clock.now)
    took: dict[str, float] = {}
    for (_path, _line, name), (*_counts, cumulative, _callers) in pstats.Stats(
        profile
    ).stats.items():
        took[name] = max(took.get(name, 0.0), cumulative)
    return {words: round(took[name] / took["deliver"], 2) for name, words in PARTS.items()}


main()
