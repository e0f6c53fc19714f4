"""One exercise as a guided session goes through it. Pure: no query, no clock, no words.

A turn is one repetition on one side; it is made of beats. Turns come set by set, within a set
side by side, within a side one repetition after the other. The session aims at the lower end of
each range; what is between the ends is offered as "one more".
"""

from dataclasses import dataclass
from enum import StrEnum

from exercises.dose import (
    ONCE,
    SECONDS_BETWEEN_SETS,
    SECONDS_IN_A_MINUTE,
    SECONDS_PER_REPETITION,
    Dose,
    Range,
)
from exercises.phases import Phase
from programmes.models import Item

# Seconds on the way to what is held, on the way back, and to let go before the next one.
SECONDS_TO_HOLD, SECONDS_BACK, SECONDS_LET_GO = 4, 3, 3
SIDES = {
    Item.Side.NONE: ("",),
    Item.Side.LEFT: ("left",),
    Item.Side.RIGHT: ("right",),
    Item.Side.BOTH: ("right", "left"),
}


class Unit(StrEnum):
    """What is counted of an exercise."""

    REPETITIONS = "repetitions"
    MINUTES = "minutes"


@dataclass(frozen=True)
class Beat:
    """A part of a turn: so many seconds, or up to ``most`` for who wants to go on."""

    phase: Phase
    seconds: float
    most: float


@dataclass(frozen=True)
class Guide:
    """``sides`` are "right", "left" or "", in turn; ``rest_seconds`` lie between two sets."""

    unit: Unit
    sides: tuple[str, ...]
    sets: Range
    repetitions: Range
    beats: tuple[Beat, ...]
    rest_seconds: int
    amount: Range  # as ``Dose.amount``


def guide(item: Item) -> Guide:
    """How a guided session goes through an item of a programme."""
    dose = item.numbers
    return Guide(
        unit=Unit.MINUTES if dose.minutes else Unit.REPETITIONS,
        sides=SIDES[Item.Side(item.side)],
        sets=dose.sets or ONCE,
        repetitions=dose.repetitions or ONCE,
        beats=_beats(dose),
        rest_seconds=SECONDS_BETWEEN_SETS,
        amount=dose.amount,
    )


def _beats(dose: Dose) -> tuple[Beat, ...]:
    if dose.minutes:
        ends = (float(end * SECONDS_IN_A_MINUTE) for end in dose.minutes)
        return (Beat(Phase.MOVE, *ends),)
    if dose.hold_seconds:
        return (
            _beat(Phase.MOVE, SECONDS_TO_HOLD),
            Beat(Phase.HOLD, *map(float, dose.hold_seconds)),
            _beat(Phase.RETURN, SECONDS_BACK),
            _beat(Phase.REST, SECONDS_LET_GO),
        )
    there_and_back = SECONDS_PER_REPETITION / 2
    return (_beat(Phase.MOVE, there_and_back), _beat(Phase.RETURN, there_and_back))


def _beat(phase: Phase, seconds: float) -> Beat:
    return Beat(phase, seconds, seconds)
