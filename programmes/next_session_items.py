"""What one more session offers, item by item, and how long it takes. Pure: no query, no clock."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from exercises.dose import DAYS_IN_A_WEEK, Range, in_minutes, target_of
from programmes.models import Item

A_MONDAY = date(2024, 1, 1)


class Need(StrEnum):
    """How much the day still wants an item."""

    WANTED = "wanted"  # done less often than its minimum
    OPTIONAL = "optional"  # at its minimum, below its maximum
    EXTRA = "extra"  # beyond everything the day asks for


@dataclass(frozen=True)
class Offer:
    item: Item
    need: Need


def offers(
    items: Sequence[Item],
    done: Mapping[UUID, int],
    *,
    on: date,
    starts_on: date,
    left_out: Collection[UUID] = (),
) -> list[Offer]:
    """The items of the next session, in order; ``done`` says how often each was done that day.

    Items done fewer than their most times a day; once there are none, all of the
    day's items as extras. A day without items of its own offers the whole programme.
    ``left_out`` are not offered at all, such as what hurt earlier that day; nor is anything
    offered as an extra in their place.
    """
    due = due_on(items, on, starts_on=starts_on)
    left = [item for item in due or items if item.pk not in left_out]
    is_whole = len(left) == len(due or items)
    open_ones = [
        Offer(item, Need.WANTED if times < item.numbers.per_day.min else Need.OPTIONAL)
        for item in left
        if due and (times := done.get(item.pk, 0)) < item.numbers.per_day.max
    ]
    return open_ones or [Offer(item, Need.EXTRA) for item in left if is_whole]


def due_on(items: Iterable[Item], day: date, *, starts_on: date) -> list[Item]:
    """The items that ask for anything on this local date."""
    return [item for item in items if item.numbers.is_due_on(day, starts_on=starts_on)]


def one_tap(offered: Iterable[Offer]) -> list[Item]:
    """What one tap marks as done: the items still wanted, or all offered if none is."""
    offered = list(offered)
    wanted = [offer.item for offer in offered if offer.need is Need.WANTED]
    return wanted or [offer.item for offer in offered]


# --- how long it takes


def minutes_of(items: Iterable[Item]) -> int:
    """About how long it takes to go through these once: whole minutes, as ``in_minutes``.

    Every page and every paper that names the minutes of a session asks here.
    """
    return in_minutes(sum(item.numbers.session_seconds for item in items))


def minutes_in_turn(items: Sequence[Item], *, on: date | None = None) -> list[int]:
    """The minutes of the sessions of a programme's busiest day, the first one first.

    ``on``: that day, where it is known already. As many sessions as the day asks for at least. Sessions that follow each other and
    take equally long are named once: [7, 3] for one of 7 minutes and two of 3.
    """
    day = on or busiest_day(items)
    return minutes_left(items, {}, on=day, starts_on=day)


def minutes_left(
    items: Sequence[Item],
    done: Mapping[UUID, int],
    *,
    on: date,
    starts_on: date,
    left_out: Collection[UUID] = (),
) -> list[int]:
    """The minutes of the sessions that this day still asks for, in turn as above; then none.

    ``done`` says how often each item was done that day; ``left_out`` as in ``offers``.
    """
    items = [item for item in items if item.pk not in left_out]
    sessions = _sessions(items, done, on=on, starts_on=starts_on)
    return [minutes for minutes, _same in groupby(minutes_of(session) for session in sessions)]


def asked_on_busiest_day(items: Sequence[Item], *, on: date | None = None) -> Range | None:
    """How many sessions that day asks for; None without items. ``on`` as above."""
    day = on or busiest_day(items)
    return target_of((item.numbers for item in items), day, starts_on=day)


def busiest_day(items: Sequence[Item]) -> date:
    """The weekday whose sessions take longest, as the first day of a plan.

    What comes every so many days is due on a first day as well. Of days that ask for the same
    items, only the first is gone through.
    """
    days: dict[tuple[UUID, ...], date] = {}
    for day in (A_MONDAY + timedelta(n) for n in range(DAYS_IN_A_WEEK)):
        due = due_on(items, day, starts_on=day)
        days.setdefault(tuple(item.pk for item in due), day)
    longest = {day: _seconds(_sessions(items, {}, on=day, starts_on=day)) for day in days.values()}
    return max(longest, key=longest.__getitem__)


def _seconds(sessions: list[list[Item]]) -> float:
    return sum(item.numbers.session_seconds for session in sessions for item in session)


def _sessions(
    items: Sequence[Item], done: Mapping[UUID, int], *, on: date, starts_on: date
) -> list[list[Item]]:
    """What each session from now on marks as done, until the day is complete."""
    due = due_on(items, on, starts_on=starts_on)
    by_then = Counter(done)
    sessions = []
    while any(by_then[item.pk] < item.numbers.per_day.min for item in due):
        session = one_tap(offers(due, by_then, on=on, starts_on=starts_on))
        by_then.update(item.pk for item in session)
        sessions.append(session)
    return sessions
