"""The reminders of the last two weeks, as beat and a worker would have sent them. Nobody gets mail.

The last two hours are left to the real ones: what comes due then is still to be sent.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from demo.lives import Event
from outbox.models import LEASE, State
from patients.schedule import DAY, instant, local_date
from reminders import rules, services
from reminders.explanations import SHOWN_DAYS
from reminders.models import Heartbeat, Reminder
from reminders.usual_times import USUAL_TIMES

TOOK = timedelta(seconds=2)  # from the minute until a mail server had it


def events(zones: Iterable[str], *, now: datetime) -> Iterator[Event]:
    """A tick at each of the usual times in each zone, and what came of it."""
    times = sorted({at for usual in USUAL_TIMES.values() for at in usual})
    for zone, back in product(map(ZoneInfo, sorted(set(zones))), range(SHOWN_DAYS.days)):
        on = local_date(now, zone) - back * DAY
        for moment in (instant(on, at, zone) for at in times):
            if moment <= now - rules.GRACE:
                yield Event(moment, partial(remind, moment))


def remind(moment: datetime) -> None:
    """Plan what came due and take the rows as far as delivery would, by the machine's own steps."""
    services.tick_of_the_past(now=moment)
    due = Reminder.objects.filter(state=State.DUE)
    judged: Any = due.with_silence(moment)
    why = dict(judged.values_list("pk", "silence"))
    rows, left_at = Reminder.objects.filter(pk__in=why), moment + TOOK
    rows.move(State.DUE, State.CLAIMED, attempt=1, lease_until=moment + LEASE)
    for key, silence in why.items():
        if silence:
            silenced = rows.filter(pk=key)
            silenced.move(State.CLAIMED, State.SKIPPED, reason=silence, finished_at=left_at)
    rows.move(State.CLAIMED, State.HANDED, handed_at=moment + TOOK / 2)
    rows.move(State.HANDED, State.SENT, finished_at=left_at)


def forget_heartbeats() -> None:
    """The first real tick looks back as that of a new installation does."""
    Heartbeat.objects.all().delete()
