"""What a programme adds up to, and what its author may want to look at twice. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exercises.dose import Dose, Range

# Short programmes are done more often, and better (Henry 1999: two exercises
# were performed better than eight); more than this is worth a second look.
FEW = 4
PARTS = ("hold_seconds", "repetitions", "sets", "minutes", "per_day")
UNITS = {
    "hold_seconds": gettext_lazy("%(n)s seconds"),
    "repetitions": gettext_lazy("%(n)s times"),
    "sets": gettext_lazy("%(n)s sets"),
    "minutes": gettext_lazy("%(n)s minutes"),
    "per_day": gettext_lazy("%(n)s times a day"),
}


class Bending(Protocol):
    """What an exercise does to the low back: "", "forward" or "backward"."""

    flexes: str


class Prescribed(Protocol):
    @property
    def dose(self) -> Dose: ...

    @property
    def exercise_version(self) -> Bending: ...


@dataclass(frozen=True)
class Summary:
    """How many exercises, how long one time through takes, how often on the busiest day.

    ``bends`` are the ways in which they bend the low back.
    """

    exercises: int
    minutes: int
    per_day: Range | None
    bends: frozenset[str] = frozenset()

    @classmethod
    def of(cls, items: Sequence[Prescribed]) -> "Summary":
        doses = [item.dose for item in items]
        seconds = sum(dose.session_seconds for dose in doses)
        often = [dose.per_day for dose in doses]
        return cls(
            exercises=len(doses),
            minutes=max(1, round(seconds / 60)) if doses else 0,
            per_day=Range(max(r.min for r in often), max(r.max for r in often)) if often else None,
            bends=frozenset(item.exercise_version.flexes for item in items),
        )

    @property
    def in_words(self) -> str:
        """ "About 6 min, 2 or 3 times a day · 2 exercises"."""
        count = ngettext("%(n)d exercise", "%(n)d exercises", self.exercises)
        count %= {"n": self.exercises}
        if self.per_day is None:
            return count
        time = _("About %(n)d min") % {"n": self.minutes}
        often = Dose(per_day=self.per_day).frequency_in_words
        return f"{time}, {often} · {count}"

    @property
    def cautions(self) -> list[str]:
        """Words of advice on the whole, or none. They never stop anybody."""
        return [*self._on_number(), *self._on_direction()]

    def _on_number(self) -> list[str]:
        if self.exercises <= FEW:
            return []
        words = _("Short programmes are done more often. Which %(n)d exercises matter most?")
        return [words % {"n": FEW}]

    def _on_direction(self) -> list[str]:
        """The two ways suit different people; who needs both is for the clinician to say."""
        if not self.bends >= {"forward", "backward"}:
            return []
        return [
            _(
                "One exercise bends the low back forwards, another backwards."
                " Are both right for this person?"
            )
        ]


def outside_library(dose: Dose, library: Dose) -> dict[str, str]:
    """For each part of a dose that leaves the library's range: what the library says."""
    words = {}
    for part in PARTS:
        chosen, usual = getattr(dose, part), getattr(library, part)
        if chosen and usual and (chosen.min < usual.min or chosen.max > usual.max):
            words[part] = _("The library says %(dose)s.") % {"dose": UNITS[part] % {"n": usual}}
    return words
