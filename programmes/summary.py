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


class HasDose(Protocol):
    @property
    def dose(self) -> Dose: ...


@dataclass(frozen=True)
class Summary:
    """How many exercises, how long one time through takes, how often on the busiest day."""

    exercises: int
    minutes: int
    per_day: Range | None

    @classmethod
    def of(cls, items: Sequence[HasDose]) -> "Summary":
        doses = [item.dose for item in items]
        seconds = sum(dose.session_seconds for dose in doses)
        often = [dose.per_day for dose in doses]
        return cls(
            exercises=len(doses),
            minutes=max(1, round(seconds / 60)) if doses else 0,
            per_day=Range(max(r.min for r in often), max(r.max for r in often)) if often else None,
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
    def caution(self) -> str:
        """A word of advice on the whole, or nothing. It never stops anybody."""
        if self.exercises <= FEW:
            return ""
        return _("Short programmes are done more often. Which %(n)d exercises matter most?") % {
            "n": FEW
        }


def outside_library(dose: Dose, library: Dose) -> dict[str, str]:
    """For each part of a dose that leaves the library's range: what the library says."""
    words = {}
    for part in PARTS:
        chosen, usual = getattr(dose, part), getattr(library, part)
        if chosen and usual and (chosen.min < usual.min or chosen.max > usual.max):
            words[part] = _("The library says %(dose)s.") % {"dose": UNITS[part] % {"n": usual}}
    return words
