"""How sending goes: figures for whoever looks after the machine. Nobody is in them. Reads only.

Days are those of UTC, for one machine serves many zones. Each function is one statement,
however many reminders there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Max, Min, Q
from django.db.models.functions import TruncDate

from accounts.models import LOST, AddressTrouble, Letter
from outbox.models import OPEN, Message, State
from outbox.outcomes import SENDER
from reminders.models import Heartbeat, Reminder
from reminders.planning import NAME

ON_TIME = timedelta(seconds=60)


class Percentile(Aggregate):
    """The value that a share of the rows (0 to 1) does not exceed."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
    name = "Percentile"


@dataclass(frozen=True, kw_only=True)
class Day:
    """The reminders that came due on one date. ``late_half`` of those sent were no later."""

    on: date
    planned: int = 0
    sent: int = 0
    skipped: int = 0
    failed: int = 0
    uncertain: int = 0
    expired: int = 0
    waiting: int = 0
    on_time: int = 0
    late_half: timedelta | None = None
    late_99: timedelta | None = None

    @property
    def share_on_time(self) -> float | None:
        return share_on_time([self])


@dataclass(frozen=True)
class Cause:
    """How many ended up like this, and why: ``reason`` is a row's short code."""

    state: str
    reason: str
    number: int


@dataclass(frozen=True)
class Waiting:
    """Messages that ought to have gone by now, those deferred by a server left out."""

    number: int
    oldest: timedelta | None  # how long the first of them has been due
    lost_lately: int  # too late within the last hour
    of_sender: int = 0  # refused because of us: they wait for another try, or ended within the hour
    code: str = ""  # what the server answered to one of these


def share_on_time(days: Sequence[Day]) -> float | None:
    """Of all that were to go: sent within a minute of the chosen one. None if nothing was."""
    whole = sum(day.sent + day.uncertain + day.expired for day in days)
    return sum(day.on_time for day in days) / whole if whole else None


def days(number: int, *, now: datetime) -> list[Day]:
    """The last so many dates, newest first; one on which nothing came due has zeros only."""
    today = now.astimezone(UTC).date()
    dates = [today - timedelta(days=n) for n in range(number)]
    found = {row["date"]: Day(on=row.pop("date"), **row) for row in _by_date(dates[-1])}
    return [found.get(on) or Day(on=on) for on in dates]


def _by_date(since: date) -> Any:
    sent = Q(state=State.SENT)
    late = F("finished_at") - F("due_at")
    on_time = sent & Q(finished_at__lte=F("due_at") + ON_TIME)
    states = (State.SENT, State.SKIPPED, State.FAILED, State.UNCERTAIN, State.EXPIRED)
    counts: dict[str, Any] = {s.value: Count("pk", filter=Q(state=s)) for s in states}
    return (
        Reminder.objects.filter(due_at__gte=datetime.combine(since, time(), UTC))
        .annotate(date=TruncDate("due_at", tzinfo=UTC))
        .values("date")
        .annotate(
            **counts,
            planned=Count("pk"),
            waiting=Count("pk", filter=Q(state__in=OPEN)),
            on_time=Count("pk", filter=on_time),
            late_half=Percentile(late, share=0.5, filter=sent, output_field=DurationField()),
            late_99=Percentile(late, share=0.99, filter=sent, output_field=DurationField()),
        )
    )


def causes(since: date) -> list[Cause]:
    """Why reminders since that date were not sent, or only perhaps; the most frequent first."""
    not_sent = Reminder.objects.filter(
        due_at__gte=datetime.combine(since, time(), UTC),
        state__in=[State.FAILED, State.UNCERTAIN, State.EXPIRED, State.SKIPPED],
    )
    counted = not_sent.order_by().values("state", "reason").annotate(number=Count("pk"))
    return [Cause(**row) for row in counted.order_by("-number", "state", "reason")]


def waiting(messages: type[Message], *, now: datetime) -> Waiting:
    """What of a table is behind its time."""
    late = Q(state__in=OPEN, due_at__lte=now) & (Q(retry_at=None) | Q(retry_at__lte=now))
    an_hour_ago = now - timedelta(hours=1)
    lost = Q(state=State.EXPIRED, finished_at__gt=an_hour_ago)
    is_recent = Q(state__in=OPEN) | Q(state__in=LOST, finished_at__gt=an_hour_ago)
    of_sender = Q(reason__startswith=SENDER) & is_recent
    # Nothing waits longer than a day, so a look at two is enough.
    recent = messages._default_manager.filter(due_at__gt=now - timedelta(days=2))
    row = recent.aggregate(
        number=Count("pk", filter=late),
        oldest=Min("due_at", filter=late),
        lost=Count("pk", filter=lost),
        of_sender=Count("pk", filter=of_sender),
        code=Max("reason", filter=of_sender),
    )
    oldest = now - row["oldest"] if row["oldest"] else None
    code = (row["code"] or "").removeprefix(SENDER)
    return Waiting(row["number"], oldest, row["lost"], row["of_sender"], code)


def closed_addresses() -> dict[str, int]:
    """How many addresses get no reminders, by what their servers said."""
    rows = AddressTrouble.objects.closed().order_by().values_list("state")
    return {
        AddressTrouble.State.REFUSED: 0,
        AddressTrouble.State.PAUSED: 0,
        **dict(rows.annotate(Count("pk"))),
    }


def last_tick(*, now: datetime) -> tuple[timedelta | None, bool]:
    """How long ago, None for never; and whether that is too long."""
    beat = Heartbeat.objects.filter(name=NAME).first()
    return (now - beat.beat_at, beat.is_stalled(now)) if beat else (None, True)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How things stand at this moment."""

    tick: timedelta | None
    is_stalled: bool
    reminders: Waiting
    letters: Waiting
    addresses: dict[str, int]


def standing(*, now: datetime) -> Standing:
    tick, is_stalled = last_tick(now=now)
    return Standing(
        tick=tick,
        is_stalled=is_stalled,
        reminders=waiting(Reminder, now=now),
        letters=waiting(Letter, now=now),
        addresses=closed_addresses(),
    )
