"""The minute's tick, and the tasks that send. None of them carries anything but its name."""

from celery import shared_task
from django.conf import settings

import clock
from outbox import delivery
from reminders import ping, services
from reminders.channels import CHANNELS, Channel
from reminders.models import Reminder


@shared_task
def tick() -> None:
    """Beat: every minute, in UTC; running it twice changes nothing."""
    planned = services.tick(now=clock.now())
    for _worker in range(services.workers_for(planned)):
        deliver.delay()
    if settings.REMINDERS_PING_URL:
        ping_monitor.delay()


@shared_task
def ping_monitor() -> None:
    """A task of its own, so that a slow monitor holds up no tick."""
    ping.ping()


@shared_task
def deliver() -> None:
    """Send what is due; each of several running at once takes rows of its own."""
    for channel in CHANNELS.values():
        deliver_by(channel, clock=clock.now)


def deliver_by(channel: Channel, *, clock: delivery.Clock) -> int:
    """Send what is due by one channel; how many were accepted."""
    mine = Reminder.objects.filter(channel=channel.name).to_be_written()
    return delivery.deliver(mine, write=channel.write, transport=channel.transport, clock=clock)
