"""The calendar's arithmetic: local dates, wall-clock times, and what a date asks for.

Pure: no database, no clock. Local time is converted here, by ``zoneinfo``, and
never in SQL. Where the clocks change we do as RFC 5545 says: a wall-clock time
that is skipped counts by the offset before the gap, one that comes twice counts
the first time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from exercises.dose import Dose, Range, target_of

DAYS_AHEAD = 14
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
MINUTE = timedelta(minutes=1)
# Until then what is ticked off after midnight was most likely begun before it; from then on
# someone may have slept, and a page of the evening before no longer says which day is meant.
NIGHT_ENDS = time(3, 0)

DayState = Literal["asked", "rest", "paused", "not_started"]


def instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock time; one that the clocks skip moves forward."""
    return datetime.combine(on, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def local_date(now: datetime, zone: ZoneInfo) -> date:
    """The date on a wall calendar in this zone."""
    return now.astimezone(zone).date()


def is_from_an_earlier_day(page_on: date, *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a page made on this local date is too old to say for which day its tick is.

    True from ``NIGHT_ENDS`` of the next date, by the wall clock of the zone.
    """
    wall = now.astimezone(zone)
    yesterday = wall.date() - DAY
    return page_on < yesterday or (page_on == yesterday and wall.time() >= NIGHT_ENDS)


def seconds_left(now: datetime, zone: ZoneInfo) -> int:
    """How long the local date still lasts, in whole seconds, at least 1."""
    midnight = instant(local_date(now, zone) + DAY, time(0), zone)
    return max(1, ceil((midnight - now).total_seconds()))


def due_local_minutes(zone: ZoneInfo, after: datetime, until: datetime) -> list[tuple[date, time]]:
    """The (local date, minute) pairs that came due in (after, until], oldest first.

    Over consecutive calls each minute of each local date comes due exactly once,
    the skipped and the repeated ones too.
    """
    return [
        (wall.date(), wall.time())
        for moment in _whole_minutes(after, until)
        for wall in _walls_at(moment, zone)
    ]


def _whole_minutes(after: datetime, until: datetime) -> Iterator[datetime]:
    moment = after.astimezone(UTC).replace(second=0, microsecond=0) + MINUTE
    while moment <= until:
        yield moment
        moment += MINUTE


def _walls_at(moment: datetime, zone: ZoneInfo) -> list[datetime]:
    """Every wall-clock time whose instant is this moment: none, one or two of them.

    One by today's offset, unless it had its turn before the clocks went back; and
    while a skipped hour would have run, one by yesterday's offset.
    """
    naive = moment.replace(tzinfo=None)
    offsets = {_offset(moment - DAY, zone), _offset(moment, zone)}
    walls = sorted(naive + offset for offset in offsets)
    return [wall for wall in walls if instant(wall.date(), wall.time(), zone) == moment]


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


class Paused(NamedTuple):
    """Whole local dates without exercise, both included; no end means until further notice."""

    from_on: date
    until_on: date | None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Asks(NamedTuple):
    """What one date asks for: its state and how many sessions (None on a rest day)."""

    state: DayState
    per_day: Range | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that decides what a date asks for.

    ``has_begun`` is False while an invitation waits to be accepted, and after a death. Every nth day
    is counted from ``starts_on``, whatever version of the programme is in force.
    """

    starts_on: date
    doses: Sequence[Dose]
    pauses: Sequence[Paused] = ()
    has_begun: bool = True

    def asks(self, day: date) -> Asks:
        """What this date asks for. A paused date keeps its numbers, so that its end knows them."""
        per_day = target_of(self.doses, day, starts_on=self.starts_on)
        return Asks(self.state_of(day, per_day), per_day)

    def state_of(self, day: date, per_day: Range | None) -> DayState:
        """The state of a date that asks for so many sessions."""
        if not self.has_begun:
            return "not_started"
        if any(pause.covers(day) for pause in self.pauses):
            return "paused"
        return "rest" if per_day is None else "asked"


def dates_ahead(*, today: date, starts_on: date) -> list[date]:
    """The dates that should be laid out by now: today and 14 more, none before the start."""
    dates = (today + timedelta(n) for n in range(DAYS_AHEAD + 1))
    return [on for on in dates if on >= starts_on]


def dates_between(earlier: date, later: date) -> Iterable[date]:
    """The dates strictly between two: those that a change of time zone skips."""
    return (earlier + timedelta(n) for n in range(1, (later - earlier).days))
