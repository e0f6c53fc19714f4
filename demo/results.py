"""How the exercises of a made-up session went, for those who go through it one by one."""

from collections.abc import Mapping
from random import Random
from uuid import UUID

from patients.models import Day, Tick
from patients.results import Went
from patients.services.sessions import hurt_on, times_done
from programmes.models import Item
from programmes.next_session_items import offers, one_tap

ONE_BY_ONE = 0.6  # of sessions; the others are ticked off with one tap
WENT = {Tick.Result.DONE: 14, Tick.Result.PART: 1, Tick.Result.SKIPPED: 1}
BECAUSE = {
    Tick.SkipReason.NO_TIME: 5,
    Tick.SkipReason.TOO_HARD: 3,
    Tick.SkipReason.NOT_SURE: 1,
    Tick.SkipReason.OTHER: 1,
}


def of_session(day: Day, *, hurts: Mapping[int, int], chance: Random) -> dict[UUID, Went] | None:
    """How each wanted exercise went; None where it was one tap.

    ``hurts`` gives the pain, 0–10, of each that hurts by its place in the programme, from 0.
    """
    one_by_one = chance.random() <= ONE_BY_ONE
    if not one_by_one and not hurts:
        return None
    items = list(Item.objects.filter(programme=day.programme_id))
    starts_on, left_out = day.assignment.starts_on, hurt_on(day)
    offered = offers(items, times_done(day), on=day.on, starts_on=starts_on, left_out=left_out)
    went = {item: _went(item, chance) for item in one_tap(offered)}
    for item, pain in ((items[place], pain) for place, pain in hurts.items()):
        if item in went:
            went[item] = Went(Tick.Result.HURT, amount=1, pain=pain)
    if not went:
        return None
    if not any(one.result in {Tick.Result.DONE, Tick.Result.PART} for one in went.values()):
        went[next(iter(went))] = Went(Tick.Result.DONE)
    return {item.pk: one for item, one in went.items()}


def _went(item: Item, chance: Random) -> Went:
    asked = item.numbers.amount
    [result] = chance.choices(list(WENT), weights=list(WENT.values()))
    if result == Tick.Result.SKIPPED:
        [because] = chance.choices(list(BECAUSE), weights=list(BECAUSE.values()))
        return Went(result, skip_reason=because)
    if result == Tick.Result.PART:
        return Went(result, amount=max(1, asked.min // 2))
    return Went(result, amount=chance.choice([asked.min, asked.min, asked.max]))
