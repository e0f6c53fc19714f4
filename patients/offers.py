"""What one more session offers, item by item. Pure: no query, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from programmes.models import Item


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
    items: Sequence[Item], done: Mapping[UUID, int], *, on: date, starts_on: date
) -> list[Offer]:
    """The items of the next session, in order; ``done`` says how often each was done that day.

    Items done fewer than their most times a day; once there are none, all of the
    day's items as extras. A day without items of its own offers the whole programme.
    """
    of_the_day = [item for item in items if item.dose.is_due_on(on, starts_on=starts_on)]
    open_ones = [
        Offer(item, Need.WANTED if times < item.per_day_min else Need.OPTIONAL)
        for item in of_the_day
        if (times := done.get(item.pk, 0)) < item.per_day_max
    ]
    return open_ones or [Offer(item, Need.EXTRA) for item in of_the_day or items]


def one_tap(offered: Iterable[Offer]) -> list[Item]:
    """What one tap marks as done: the items still wanted, or all offered if none is."""
    offered = list(offered)
    wanted = [offer.item for offer in offered if offer.need is Need.WANTED]
    return wanted or [offer.item for offer in offered]
