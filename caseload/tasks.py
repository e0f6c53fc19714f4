"""What beat asks of caseload."""

from celery import shared_task

import clock
from caseload import standings


@shared_task
def keep_standings() -> None:
    """Every minute: nobody waits for what changed, or for the first page of a day."""
    standings.keep(now=clock.now())
