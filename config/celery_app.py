"""Celery: the hand that moves. The schedule itself lives in PostgreSQL."""

import gc
import os

from celery import Celery
from celery.signals import worker_process_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("homestretch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def tick_at_once(**_: object) -> None:
    """A worker that comes up looks what came due meanwhile, whether or not a beat runs."""
    app.send_task("reminders.tasks.tick", queue="reminders")


@worker_process_init.connect
def collect_garbage_less(**_: object) -> None:
    """What is loaded by now stays loaded: looking through it for garbage, again and again, took
    a worker a fifth of its time.
    """
    gc.freeze()
    gc.set_threshold(50_000)  # new objects, instead of 2,000
