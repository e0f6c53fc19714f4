"""What beat asks of patients."""

from celery import shared_task

import clock
from patients.services import plans


@shared_task
def lay_out_days() -> None:
    """Every hour, so that days never run out; running it twice changes nothing."""
    plans.lay_out_all_days(now=clock.now())
