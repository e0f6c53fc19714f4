"""What a programme adds up to, and what its author may want to look at twice. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from exercises.dose import Dose, Range
from exercises.starting_dose import outside
from programmes.models import Item
from programmes.next_session_items import asked_on_busiest_day, busiest_day, minutes_in_turn

# Short programmes are done more often, and better (Henry 1999: two exercises
# were performed better than eight); more than this is worth a second look.
FEW = 4


class Caution(Enum):
    MANY = auto()  # more exercises than a few
    BOTH_WAYS = auto()  # the low back bends forwards and backwards: who needs both is rare


@dataclass(frozen=True)
class Summary:
    """How many exercises, how long the sessions of the busiest day take, and how often.

    ``minutes`` are those of its sessions in turn, ``doses`` those of its items. ``bends`` are
    the ways in which they bend the low back.
    """

    exercises: int
    minutes: tuple[int, ...]
    per_day: Range | None
    doses: tuple[Dose, ...] = ()
    bends: frozenset[str] = frozenset()

    @classmethod
    def of(cls, items: Sequence[Item]) -> "Summary":
        day = busiest_day(items)
        return cls(
            exercises=len(items),
            minutes=tuple(minutes_in_turn(items, on=day)),
            per_day=asked_on_busiest_day(items, on=day),
            doses=tuple(item.numbers for item in items),
            bends=frozenset(item.exercise_version.flexes for item in items),
        )

    @property
    def cautions(self) -> list[Caution]:
        """They never stop anyone: the two ways suit different people, and the clinician knows."""
        many = [Caution.MANY] if self.exercises > FEW else []
        return many + ([Caution.BOTH_WAYS] if self.bends >= {"forward", "backward"} else [])


def outside_library(dose: Dose, guide: Dose) -> dict[str, Range]:
    """Each part of a dose that leaves the guide range, with the range that the library gives."""
    return {part: getattr(guide, part) for part in outside(dose, guide)}
