"""Days as marks in a row or a grid: a shape, and the day behind it. Pure.

What is said of them is in ``patients.words``.
"""

from calendar import Calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from exercises.dose import DAYS_IN_A_WEEK
from patients.models import Day


class Shape(StrEnum):
    FULL = "full"
    PART = "part"
    NONE = "none"
    REST = "rest"
    PAUSED = "paused"
    FUTURE = "future"
    NOT_STARTED = "not_started"


@dataclass(frozen=True)
class Mark:
    """One date. ``day`` needs ``with_sessions_done``; None where none was laid out."""

    on: date
    state: Shape
    day: Day | None
    is_today: bool

    @property
    def is_to_come(self) -> bool:
        return self.state == Shape.FUTURE


def of_week(days: Mapping[date, Day], *, today: date) -> list[Mark]:
    """The last seven dates, today last."""
    return [
        of_date(days, today - timedelta(back), today) for back in reversed(range(DAYS_IN_A_WEEK))
    ]


def of_weeks(days: Mapping[date, Day], *, weeks: int, today: date) -> list[list[Mark]]:
    """Whole weeks from Monday to Sunday, this week last."""
    monday = today - timedelta(today.weekday() + DAYS_IN_A_WEEK * (weeks - 1))
    return [
        [
            of_date(days, monday + timedelta(DAYS_IN_A_WEEK * week + n), today)
            for n in range(DAYS_IN_A_WEEK)
        ]
        for week in range(weeks)
    ]


@dataclass(frozen=True)
class Month:
    """Its weeks from Monday to Sunday; None stands for a date of the month before or after."""

    first: date
    weeks: list[list[Mark | None]]

    @property
    def _days(self) -> list[Day]:
        marks = (mark for week in self.weeks for mark in week)
        return [mark.day for mark in marks if mark and mark.day]

    @property
    def has_days(self) -> bool:
        """Whether any was laid out."""
        return bool(self._days)

    @property
    def sessions(self) -> int:
        """How many were done in it."""
        return sum(day.sessions_done for day in self._days)


def of_months(days: Mapping[date, Day], *, since: date, today: date) -> list[Month]:
    """From the month of a date to this month, which comes last."""
    return [_month(days, first, today) for first in _months(since, today)]


def _months(since: date, until: date) -> Iterator[date]:
    """The first of each."""
    first = since.replace(day=1)
    while first <= until:
        yield first
        first = (first + timedelta(31)).replace(day=1)


def _month(days: Mapping[date, Day], first: date, today: date) -> Month:
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return Month(
        first,
        [
            [of_date(days, on, today) if on.month == first.month else None for on in week]
            for week in weeks
        ],
    )


def of_date(days: Mapping[date, Day], on: date, today: date) -> Mark:
    day = days.get(on)
    return Mark(on, Shape.FUTURE if on > today else _shape(day), day, is_today=on == today)


def _shape(day: Day | None) -> Shape:
    if day is None:
        return Shape.NOT_STARTED
    if day.state != Day.State.ASKED:
        return Shape(day.state)
    if day.is_enough:
        return Shape.FULL
    return Shape.PART if day.sessions_done else Shape.NONE
