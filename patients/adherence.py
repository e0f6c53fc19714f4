"""How much of what was asked was done: a value, never a column.

Σ min(done, asked_min) ÷ Σ asked_min over the asked days of the last 14 local
days; today counts only once it is complete. What is done is judged from the fourth asked
day on: a band after one bad evening says nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from patients.models import Day

WINDOW = 14  # local days, today among them
ON_TRACK = 0.8
PARTLY = 0.5
DAYS_FOR_A_BAND = 4
"""Asked days that have counted, from which on the share is judged and not only shown."""


class Band(StrEnum):
    """Of the unrounded share."""

    ON_TRACK = "on_track"
    PARTLY = "partly"
    STRUGGLING = "struggling"
    TOO_EARLY = "too_early"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Adherence:
    """Sessions done, each day capped at its minimum, of sessions asked for on so many days."""

    done: int
    asked: int
    days: int

    @property
    def share(self) -> float | None:
        """0.0 to 1.0; None while nothing has been asked yet: no data is not 0 %."""
        return self.done / self.asked if self.asked else None

    @property
    def per_cent(self) -> int | None:
        """The share as shown, rounded half up."""
        return None if self.share is None else int(self.share * 100 + 0.5)

    @property
    def band(self) -> Band:
        if self.share is None:
            return Band.NO_DATA
        if self.days < DAYS_FOR_A_BAND:
            return Band.TOO_EARLY
        if self.share >= ON_TRACK:
            return Band.ON_TRACK
        return Band.PARTLY if self.share >= PARTLY else Band.STRUGGLING


class CountedDay(Protocol):
    """A day with its counted sessions: ``Day.objects.with_sessions_done()`` gives such rows."""

    on: date
    state: str
    asked_min: int | None
    sessions_done: int


def first_day(today: date) -> date:
    """Where the window of the last 14 local days begins."""
    return today - timedelta(days=WINDOW - 1)


def of_days(days: Iterable[CountedDay], *, today: date) -> Adherence:
    """Of one assignment's days; those outside the window may be among them."""
    done = asked = counted = 0
    for day in days:
        if day.asked_min is not None and _counts(day, day.asked_min, today):
            done += min(day.sessions_done, day.asked_min)
            asked += day.asked_min
            counted += 1
    return Adherence(done=done, asked=asked, days=counted)


def _counts(day: CountedDay, asked_min: int, today: date) -> bool:
    """Asked, in the window, and over: an unfinished today is not yet a miss."""
    if day.state != Day.State.ASKED or not first_day(today) <= day.on <= today:
        return False
    return day.on < today or day.sessions_done >= asked_min
