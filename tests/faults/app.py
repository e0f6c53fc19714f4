"""The product's own Celery, mortal and under a clock that can be moved.

``celery --app tests.faults.app worker`` or ``beat``. A beat's minute takes half a second here.
"""

import os
from pathlib import Path

from celery.signals import worker_process_init

from config.celery_app import app

app.conf.beat_schedule = {"reminders": {"task": "reminders.tasks.tick", "schedule": 0.5}}


@worker_process_init.connect
def prepare(**_: object) -> None:
    """In each process that works, after Django's setup."""
    from outbox import delivery
    from tests.faults import edges
    from tests.faults.moment import Moment
    from tests.faults.tickets import Tickets

    delivery.BATCH = 32  # fewer at a time, so that workers meet more often over the same rows
    folder = Path(os.environ["FAULTS_DIR"])
    mortal = edges.Mortal(Tickets(folder))
    edges.arm(mortal)
    edges.hold_the_clock(Moment(folder), mortal)
    (folder / "ready" / str(os.getpid())).touch()
