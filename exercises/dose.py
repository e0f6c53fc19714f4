"""How much: a dose and its arithmetic. No database, no clock and no words in here.

Every number is a range, ``Range(2, 3)`` for "2 or 3"; a part that does not
apply is None, never 0. ``exercises/fields.py`` stores a dose in columns,
``exercises/words/dose.py`` says it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import NamedTuple, Self

DAYS_IN_A_WEEK = 7
EVERY_DAY = frozenset(range(DAYS_IN_A_WEEK))
# Seconds that one repetition takes when nothing is held: slow and controlled.
SECONDS_PER_REPETITION = 4
# Seconds to rest and change position between repetitions held and between sets.
SECONDS_BETWEEN_HOLDS = 5
SECONDS_BETWEEN_SETS = 30
EVERY_OTHER = 2  # days
SECONDS_IN_A_MINUTE = 60


class _Ends(NamedTuple):
    min: int
    max: int


class Range(_Ends):
    """A smallest and a largest whole number, both included: 1 or more, in that order."""

    __slots__ = ()

    def __new__(cls, min: int, max: int) -> Self:
        if not 1 <= min <= max:
            raise ValueError(f"{min} to {max} is not a range")
        return super().__new__(cls, min, max)

    def __str__(self) -> str:
        """As clinicians write it: "20–30", or "2" when both ends are the same."""
        return str(self.min) if self.min == self.max else f"{self.min}–{self.max}"

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.min <= number <= self.max

    @property
    def is_narrow(self) -> bool:
        """Whether it names every number that it holds: "5", "2 or 3"."""
        return self.max - self.min <= 1

    @classmethod
    def largest(cls, ranges: "Iterable[Range]") -> "Range | None":
        """From the largest smallest number to the largest of all; None of no range."""
        known = list(ranges)
        if not known:
            return None
        return cls(max(each.min for each in known), max(each.max for each in known))

    def times(self, n: int) -> "Range":
        """Both ends multiplied by a whole number, 1 or more."""
        return Range(self.min * n, self.max * n)

    @property
    def middle(self) -> float:
        return (self.min + self.max) / 2


ONCE = Range(1, 1)


@dataclass(frozen=True, kw_only=True)
class Dose:
    """Hold × repetitions, repetitions, or minutes; so many times a day; on these days.

    ``weekdays`` holds 0 for Monday to 6 for Sunday. With ``every_days`` set, the
    dose is due on every nth day from the start instead and weekdays are ignored.
    ``sides`` is 2 when the exercise is done on both sides, one after the other;
    ``side_kind`` says what these are: "leg", "arm" or "side".
    """

    hold_seconds: Range | None = None
    repetitions: Range | None = None
    sets: Range | None = None
    minutes: Range | None = None
    per_day: Range = ONCE
    weekdays: frozenset[int] = EVERY_DAY
    every_days: int | None = None
    sides: int = 1
    side_kind: str = "side"

    def is_due_on(self, day: date, *, starts_on: date) -> bool:
        """Whether the dose asks for anything on this local date."""
        if day < starts_on:
            return False
        if self.every_days is not None:
            return (day - starts_on).days % self.every_days == 0
        return day.weekday() in self.weekdays

    @property
    def amount(self) -> Range:
        """What one time through asks for in all: repetitions, sets and sides together, or minutes."""
        if self.minutes:
            return self.minutes.times(self.sides)
        sets, repetitions = self.sets or ONCE, self.repetitions or ONCE
        return Range(sets.min * repetitions.min, sets.max * repetitions.max).times(self.sides)

    @property
    def session_seconds(self) -> float:
        """About how long one time through takes, in the middle of every range."""
        return self._seconds(lambda amount: amount.middle)

    @property
    def longest_session_seconds(self) -> float:
        """About how long one time through takes at the upper end of every range."""
        return self._seconds(lambda amount: amount.max)

    def _seconds(self, end: Callable[[Range], float]) -> float:
        """Both sides counted; ``end`` picks a number of each range."""
        if self.minutes:
            return self.sides * end(self.minutes) * SECONDS_IN_A_MINUTE
        repetitions = end(self.repetitions) if self.repetitions else 1
        sets = end(self.sets) if self.sets else 1
        one: float = SECONDS_PER_REPETITION
        if self.hold_seconds:
            one = end(self.hold_seconds) + SECONDS_BETWEEN_HOLDS
        return self.sides * sets * repetitions * one + (sets - 1) * SECONDS_BETWEEN_SETS

    @property
    def is_every_day(self) -> bool:
        """Whether no day is left out."""
        if self.every_days is not None:
            return self.every_days == 1
        return self.weekdays == EVERY_DAY


def in_minutes(seconds: float) -> int:
    """Whole minutes, at least 1, rounded up: no one likes to be told too little."""
    return max(1, ceil(seconds / SECONDS_IN_A_MINUTE))


def target_of(doses: Iterable[Dose], day: date, *, starts_on: date) -> Range | None:
    """How many sessions the day asks for: the largest range of the doses due, None on a rest day."""
    due = (dose for dose in doses if dose.is_due_on(day, starts_on=starts_on))
    return Range.largest(dose.per_day for dose in due)
