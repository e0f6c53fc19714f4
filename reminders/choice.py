"""What somebody chose about reminders, and which times of a day that makes. No database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from patients.schedule import instant
from reminders.usual_times import usual_times

FOR_GOOD = datetime.max.replace(tzinfo=ZoneInfo("UTC"))


@dataclass(frozen=True)
class Choice:
    """``times`` are local, in order; None: at the usual times, which follow the programme.

    ``new_times`` count from the instant ``counts_from`` on: too close to a letter, they come due
    from the next day on.
    """

    is_on: bool = True
    times: tuple[time, ...] | None = None
    new_times: tuple[time, ...] = field(default=(), compare=False)
    counts_from: datetime | None = field(default=None, compare=False)

    def at(self, asked_min: int) -> tuple[time, ...]:
        """The times of a day that asks for so many sessions."""
        return usual_times(asked_min) if self.times is None else self.times

    def counts(self, at: time, due_at: datetime) -> bool:
        """Whether a time counts already where it comes due at this instant."""
        return self.counts_from is None or self.counts_from <= due_at or at not in self.new_times


class TimeOfDay(NamedTuple):
    """A time of a day that came due, or comes, while the choice that has it was in force."""

    slot: int  # how many of the choice's times come before it
    at: time
    due_at: datetime
    choice: Choice
    until: datetime  # the choice and the time zone were in force so long

    @property
    def counts(self) -> bool:
        return self.choice.counts(self.at, self.due_at)


def times_of(
    on: date,
    asked_min: int,
    *,
    choices: Sequence[tuple[datetime, Choice]],
    zones: Sequence[tuple[datetime, ZoneInfo]],
) -> list[TimeOfDay]:
    """The times of a day that asks for so many sessions, as they came due.

    ``choices`` and ``zones`` each with the instant from which it was in force, in order; the first
    of each began before the day. A time that a zone further west brings again is there once.
    """
    found: dict[time, TimeOfDay] = {}
    for choice, zone, since, until in _in_force(choices, zones):
        for slot, at in enumerate(choice.at(asked_min)):
            due_at = instant(on, at, zone)
            if since < due_at <= until:
                found[at] = TimeOfDay(slot, at, due_at, choice, until)
    return sorted(found.values(), key=lambda one: one.due_at)


def _in_force(
    choices: Sequence[tuple[datetime, Choice]], zones: Sequence[tuple[datetime, ZoneInfo]]
) -> Iterator[tuple[Choice, ZoneInfo, datetime, datetime]]:
    """Each choice with each zone that was in force together with it, and when both were."""
    for choice, chosen_at, changed_at in _spans(choices):
        for zone, came_at, left_at in _spans(zones):
            since, until = max(chosen_at, came_at), min(changed_at, left_at)
            if since < until:
                yield choice, zone, since, until


def _spans[T](things: Sequence[tuple[datetime, T]]) -> Iterator[tuple[T, datetime, datetime]]:
    ends = [*(began for began, _thing in things[1:]), FOR_GOOD]
    for (began, thing), ended in zip(things, ends, strict=True):
        yield thing, began, ended
