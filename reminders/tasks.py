"""The minute's tick, and the hands that send. Neither carries anything but its name."""

from celery import shared_task
from django.conf import settings

import clock
from outbox import delivery, wake
from reminders import channels, ping, services
from reminders.models import Reminder


@shared_task
def tick() -> None:
    """Beat: every minute, in UTC; running it twice changes nothing."""
    planned = services.tick(now=clock.now())
    for _hand in range(services.hands_for(planned)):
        wake.ring(deliver)
    if settings.REMINDERS_PING_URL:
        wake.ring(call_watchman)


@shared_task
def call_watchman() -> None:
    """A task of its own, so that a slow watchman holds up no tick."""
    ping.ping()


@shared_task
def deliver() -> None:
    """Send what is due; each of several running at once takes rows of its own."""
    for channel in channels.every():
        mine = Reminder.objects.filter(channel=channel.name)
        delivery.deliver(mine, clock=clock.now, carrier=channel.carrier)
