"""Letters leave here. Both tasks do the same: whoever comes first sends what is due."""

from celery import shared_task

import clock
from accounts.models import Letter
from outbox import delivery


@shared_task
def deliver_letters() -> None:
    """Woken by a new letter."""
    delivery.deliver(Letter.objects.all(), clock=clock.now)


@shared_task
def sweep_letters() -> None:
    """Beat: every minute, for letters whose wake-up call was lost or whose sender died."""
    delivery.deliver(Letter.objects.all(), clock=clock.now)
