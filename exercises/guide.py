"""The guide range of an exercise in columns: what sources say, for staff.

What adding an exercise prescribes is its starting dose (``DoseFields``), which lies
inside the guide. A part that the guide leaves out is taken from the starting dose.
"""

from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exercises.dose import EVERY_DAY, Dose
from exercises.fields import LIMITS, DoseFields, number, range_constraints

PREFIX = "guide_"
GUIDE_COLUMNS = [f"{PREFIX}{part}_{end}" for part in LIMITS for end in ("min", "max")]


def _inside_guide(part: str) -> models.CheckConstraint:
    """A constraint holds where a side of it is unknown: no guide, or no such part."""
    return models.CheckConstraint(
        condition=Q(**{f"{PREFIX}{part}_min": None})
        | Q(**{f"{part}_min": None})
        | Q(
            **{
                f"{part}_min__gte": F(f"{PREFIX}{part}_min"),
                f"{part}_max__lte": F(f"{PREFIX}{part}_max"),
            }
        ),
        name=f"%(class)s_{part}_inside_guide",
    )


def _unused(*parts: str) -> Q:
    return Q(**{f"{PREFIX}{part}_min": None for part in parts})


class GuideFields(DoseFields):
    """A starting dose, and columns of a guide range. ``.guide`` gives the value object."""

    guide_hold_seconds_min = number("hold_seconds", _("guide: shortest hold (seconds)"), null=True)
    guide_hold_seconds_max = number("hold_seconds", _("guide: longest hold (seconds)"), null=True)
    guide_repetitions_min = number("repetitions", _("guide: fewest repetitions"), null=True)
    guide_repetitions_max = number("repetitions", _("guide: most repetitions"), null=True)
    guide_sets_min = number("sets", _("guide: fewest sets"), null=True)
    guide_sets_max = number("sets", _("guide: most sets"), null=True)
    guide_minutes_min = number("minutes", _("guide: fewest minutes"), null=True)
    guide_minutes_max = number("minutes", _("guide: most minutes"), null=True)
    guide_per_day_min = number("per_day", _("guide: fewest times a day"), null=True)
    guide_per_day_max = number("per_day", _("guide: most times a day"), null=True)

    class Meta(DoseFields.Meta):
        abstract = True
        constraints = [
            *DoseFields.Meta.constraints,
            *range_constraints(PREFIX),
            *(_inside_guide(part) for part in LIMITS),
            models.CheckConstraint(
                condition=(Q(dose_kind="hold") & _unused("minutes"))
                | (Q(dose_kind="repetitions") & _unused("hold_seconds", "minutes"))
                | (Q(dose_kind="minutes") & _unused("hold_seconds", "repetitions", "sets")),
                name="%(class)s_guide_fits_its_kind",
            ),
        ]

    @property
    def has_guide(self) -> bool:
        return any(self.range_of(PREFIX + part) for part in LIMITS)

    @property
    def guide(self) -> Dose:
        """The ranges of the guide; where it says nothing, those of the starting dose.

        It says nothing of the days of the week.
        """
        ranges = {part: self.range_of(PREFIX + part) for part in LIMITS}
        said: dict[str, Any] = {part: amount for part, amount in ranges.items() if amount}
        return replace(self.dose, weekdays=EVERY_DAY, every_days=None, **said)

    @property
    def starts_as_guide(self) -> bool:
        """Whether the starting dose is the whole guide range."""
        dose, guide = self.dose, self.guide
        return all(getattr(dose, part) == getattr(guide, part) for part in LIMITS)
