"""Celery: the hand that moves. The schedule itself lives in PostgreSQL."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("homestretch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def tick_at_once(**_: object) -> None:
    """A worker that comes up looks what came due meanwhile, whether or not a beat runs."""
    app.send_task("reminders.tasks.tick", queue="reminders")
