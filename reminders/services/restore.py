"""Begin again after the database was restored from a backup."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.models import Letter
from outbox.restore import GivenUp, give_up
from reminders.models import Heartbeat, Reminder
from reminders.planning import NAME, tick


class Restored(NamedTuple):
    reminders: GivenUp
    letters: GivenUp


@transaction.atomic
def after_restore(*, restored_at: datetime, now: datetime) -> Restored:
    """Send nothing that was due at ``restored_at`` or before, planned in the backup or not.

    What the backup had not planned yet is planned first, so that it leaves a trace like
    the rest. Nobody else sees a row in between. Doing it again changes nothing.
    """
    beat = Heartbeat.objects.filter(name=NAME).first()
    if beat is None or beat.done_until < restored_at:
        tick(now=restored_at)
    return Restored(
        reminders=give_up(Reminder.objects.all(), until=restored_at, now=now),
        letters=give_up(Letter.objects.all(), until=restored_at, now=now),
    )
