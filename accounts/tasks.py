"""Letters leave here. Two tasks do the same: the first to run sends what is due."""

from celery import shared_task

import clock
from accounts import clinic_logo, limits
from accounts.models import Letter
from outbox import delivery


@shared_task
def deliver_letters() -> None:
    """Woken by a new letter."""
    _deliver()


@shared_task
def sweep_letters() -> None:
    """Beat: every minute, for letters whose wake-up call was lost or whose sender died."""
    _deliver()


def _deliver() -> None:
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=clock.now)
    Letter.objects.drop_unsent(now=clock.now())


@shared_task
def forget_limits() -> None:
    """Beat: once an hour."""
    limits.forget_old(now=clock.now())


@shared_task
def tidy_logos() -> None:
    """Beat: every night, for files that a crash left behind."""
    clinic_logo.tidy(now=clock.now())
