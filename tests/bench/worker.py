"""One worker process for the bench: says ready, waits for a line, sends what is due.

Then it prints how many seconds of a processor that took.
"""

import cProfile
import json
import pstats
import sys
import time

import django

django.setup()

import clock  # noqa: E402  the apps must be ready first
from config.celery_app import collect_garbage_less  # noqa: E402
from reminders import message, tasks  # noqa: E402
from reminders.models import Reminder  # noqa: E402

PARTS = {
    "claim": "claiming, with whom each is for",
    "write": "words, links and their signatures",
    "hand_over": "judging and stamping",
    "record_answers": "noting answers",
    "result_iterator": "waiting for bytes and SMTP",
}


def main() -> None:
    row = Reminder.objects.to_be_written().order_by("due_at")[0]
    message.write(row, clock.now())  # as a worker that has been up for a while
    collect_garbage_less()
    print("ready", flush=True)
    sys.stdin.readline()
    if sys.argv[1:] == ["--profile"]:
        print(json.dumps(shares()))
    else:
        before = time.process_time()
        tasks.deliver()
        print(time.process_time() - before)


def shares() -> dict[str, float]:
    """What part of sending all that is due each of PARTS takes, waiting included."""
    with cProfile.Profile() as profile:
        tasks.deliver()
    took: dict[str, float] = {}
    for (_path, _line, name), (*_counts, cumulative, _callers) in pstats.Stats(
        profile
    ).stats.items():
        took[name] = max(took.get(name, 0.0), cumulative)
    return {words: round(took[name] / took["deliver"], 2) for name, words in PARTS.items()}


main()
