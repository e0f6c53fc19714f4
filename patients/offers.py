"""What one more session offers, item by item. Pure: no database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from exercises.dose import Dose


class Prescribed(Protocol):
    """A programme's item, as far as it matters here."""

    @property
    def id(self) -> UUID: ...

    @property
    def dose(self) -> Dose: ...


class Need(StrEnum):
    """How much the day still wants an item."""

    WANTED = "wanted"  # done less often than its minimum
    OPTIONAL = "optional"  # at its minimum, below its maximum
    EXTRA = "extra"  # beyond everything the day asks for


@dataclass(frozen=True)
class Offer[I: Prescribed]:
    item: I
    need: Need


def offers[I: Prescribed](
    items: Sequence[I], done: Mapping[UUID, int], *, on: date, starts_on: date
) -> list[Offer[I]]:
    """The items of the next session, in order; ``done`` says how often each was done that day.

    Items done fewer than their most times a day; once there are none, all of the
    day's items as extras. A day without items of its own offers the whole programme.
    """
    of_the_day = [item for item in items if item.dose.is_due_on(on, starts_on=starts_on)]
    open_ones = [
        Offer(item, Need.WANTED if times < item.dose.per_day.min else Need.OPTIONAL)
        for item in of_the_day
        if (times := done.get(item.id, 0)) < item.dose.per_day.max
    ]
    return open_ones or [Offer(item, Need.EXTRA) for item in of_the_day or items]


def one_tap[I: Prescribed](offered: Iterable[Offer[I]]) -> list[I]:
    """What one tap marks as done: the items still wanted, or all offered if none is."""
    offered = list(offered)
    wanted = [offer.item for offer in offered if offer.need is Need.WANTED]
    return wanted or [offer.item for offer in offered]
