"""What a programme adds up to, and what its author may want to look at twice. No database."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from exercises.dose import Dose, Range
from exercises.starting_dose import outside
from exercises.words.dose import frequency
from programmes.models import Item
from programmes.next_session_items import asked_on_busiest_day, minutes_in_turn

# Short programmes are done more often, and better (Henry 1999: two exercises
# were performed better than eight); more than this is worth a second look.
FEW = 4
# Translators: %(n)s is a number or a range in figures, such as “20–30”.
UNITS = {
    "hold_seconds": ngettext_lazy("%(n)s second", "%(n)s seconds", "most"),
    "repetitions": ngettext_lazy("%(n)s time", "%(n)s times", "most"),
    "sets": ngettext_lazy("%(n)s set", "%(n)s sets", "most"),
    "minutes": ngettext_lazy("%(n)s minute", "%(n)s minutes", "most"),
    "per_day": ngettext_lazy("%(n)s time a day", "%(n)s times a day", "most"),
}


def in_turn(minutes: Sequence[int]) -> str:
    """ "about 7 min, then 3 min" for sessions of 7 and of 3 minutes; "" without any."""
    times = [_("%(n)d min") % {"n": each} for each in minutes]
    about = [_("about %(time)s") % {"time": time} for time in times[:1]]
    return ", ".join(about + [_("then %(time)s") % {"time": time} for time in times[1:]])


@dataclass(frozen=True)
class Summary:
    """How many exercises, how long the sessions of the busiest day take, and how often.

    ``minutes`` are those of its sessions in turn. ``same_often`` is how often, in words,
    where all exercises agree; else "". ``bends`` are the ways in which they bend the low back.
    """

    exercises: int
    minutes: tuple[int, ...]
    per_day: Range | None
    same_often: str = ""
    bends: frozenset[str] = frozenset()

    @classmethod
    def of(cls, items: Sequence[Item]) -> "Summary":
        return cls(
            exercises=len(items),
            minutes=tuple(minutes_in_turn(items)),
            per_day=asked_on_busiest_day(items),
            same_often=same_often(items),
            bends=frozenset(item.exercise_version.flexes for item in items),
        )

    @property
    def in_words(self) -> str:
        """ "About 6 min, 2 or 3 times a day · 2 exercises"."""
        count = ngettext("%(n)d exercise", "%(n)d exercises", self.exercises)
        count %= {"n": self.exercises}
        return f"{capfirst(self.time)} · {count}" if self.minutes else count

    @property
    def time(self) -> str:
        """ "about 6 min, 2 or 3 times a day"; where sessions differ, "about 7 min, then 3 min".

        How often the exercises are done then stands beside each of them.
        """
        time = in_turn(self.minutes)
        return time if len(self.minutes) > 1 else f"{time}, {self.same_often or self._most_often}"

    @property
    def _most_often(self) -> str:
        return frequency(Dose(per_day=self.per_day)) if self.per_day else ""

    @property
    def cautions(self) -> list[str]:
        """Words of advice on the whole, or none. They never stop anybody."""
        return [*self._on_number(), *self._on_direction()]

    def _on_number(self) -> list[str]:
        if self.exercises <= FEW:
            return []
        words = ngettext(
            "Short programmes are done more often. Which %(n)d exercise matters most?",
            "Short programmes are done more often. Which %(n)d exercises matter most?",
            FEW,
        )
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


def same_often(items: Sequence[Item]) -> str:
    """How often, where all items agree on it and on the days; else "": each says its own."""
    found = {frequency(item.numbers) for item in items}
    return found.pop() if len(found) == 1 else ""


def outside_library(dose: Dose, guide: Dose) -> dict[str, str]:
    """For each part of a dose that leaves the guide range: what the library says."""
    return {
        part: _("The library says %(dose)s.") % {"dose": _with_unit(part, getattr(guide, part))}
        for part in outside(dose, guide)
    }


def _with_unit(part: str, asked: Range) -> str:
    return UNITS[part] % {"n": asked, "most": asked.max}
