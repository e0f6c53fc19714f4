"""What beat asks of patients."""

from celery import shared_task

import clock
from patients.services import plans, signs


@shared_task
def lay_out_days() -> None:
    """Every hour, so that days never run out; running it twice changes nothing."""
    plans.lay_out_all_days(now=clock.now())


@shared_task
def follow_up_signs() -> None:
    """Every minute: the leads hear of a warning sign that waits; running it twice changes nothing."""
    signs.follow_up(now=clock.now())
