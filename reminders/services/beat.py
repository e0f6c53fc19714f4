"""The minute's work: plan what came due since the last time."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from reminders import planning
from reminders.models import Heartbeat

logger = logging.getLogger("reminders")

NAME = "reminders"
FOR_ONE_HAND = 100  # reminders that one task sends in about a minute
MOST_HANDS = 8


@transaction.atomic
def tick(*, now: datetime) -> int:
    """Plan every reminder that came due since the last tick; how many rows were written.

    The heartbeat's row is held meanwhile, so that of two ticks at once the second
    finds nothing left to do. After a stop longer than the grace the minutes before
    it are not made up for: nobody wants this morning's reminders tonight.
    """
    beat = _held_heartbeat(now)
    missed = now - planning.GRACE - beat.done_until
    if missed > timedelta(0):
        minutes = int(missed.total_seconds() // 60)
        logger.warning("minutes without a tick", extra={"minutes": minutes})
    return _plan_since(beat, now)


@transaction.atomic
def tick_of_the_past(*, now: datetime) -> int:
    """The same for made-up days, whose ticks lie hours apart on purpose: no minute is missed."""
    return _plan_since(_held_heartbeat(now), now)


def _plan_since(beat: Heartbeat, now: datetime) -> int:
    planned = planning.plan(max(beat.done_until, now - planning.GRACE), now)
    beat.beat_at = now
    beat.done_until = max(beat.done_until, now)
    beat.save(update_fields=["beat_at", "done_until"])
    return planned


def hands_for(planned: int) -> int:
    """How many delivery tasks to start: always one, which also heals what died."""
    return min(max(1, -(-planned // FOR_ONE_HAND)), MOST_HANDS)


def _held_heartbeat(now: datetime) -> Heartbeat:
    first = {"beat_at": now, "done_until": now - planning.GRACE}
    Heartbeat.objects.get_or_create(name=NAME, defaults=first)
    return Heartbeat.objects.select_for_update().get(name=NAME)
