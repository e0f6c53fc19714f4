"""A dose in columns: shared by library entries (their default) and programme items."""

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exercises.dose import EVERY_DAY, Dose, Range

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# name → (smallest, largest) that anyone may prescribe; units are in the names.
LIMITS = {
    "hold_seconds": (1, 600),
    "repetitions": (1, 100),
    "sets": (1, 10),
    "minutes": (1, 180),
    "per_day": (1, 12),
}
EVERY_DAYS_MAX = 14

Ends = tuple[int | None, int | None]


def every_weekday() -> list[int]:
    return sorted(EVERY_DAY)


def number(
    name: str, label: "str | _StrPromise", *, null: bool
) -> "models.PositiveSmallIntegerField[Any, Any]":
    low, high = LIMITS[name]
    return models.PositiveSmallIntegerField(
        label, null=null, blank=null, validators=[MinValueValidator(low), MaxValueValidator(high)]
    )


def range_constraints(prefix: str = "") -> list[models.CheckConstraint]:
    """For each number: both ends or neither, in order, and within the limits."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}_min": None, f"{name}_max": None})
            | Q(
                **{
                    f"{name}_min__gte": low,
                    f"{name}_max__lte": high,
                    f"{name}_max__gte": F(f"{name}_min"),
                    f"{name}_min__isnull": False,
                    f"{name}_max__isnull": False,
                }
            ),
            name=f"%(class)s_{name}_is_a_range",
        )
        for name, (low, high) in ((prefix + part, ends) for part, ends in LIMITS.items())
    ]


class DoseFields(models.Model):
    """Columns of a dose. ``.dose`` gives the value object."""

    class DoseKind(models.TextChoices):
        HOLD = "hold", _("hold and repeat")
        REPETITIONS = "repetitions", _("repeat")
        MINUTES = "minutes", _("keep going for some minutes")

    # Which columns each kind of dose uses; the others stay empty.
    PARTS = {
        DoseKind.HOLD: ("hold_seconds", "repetitions", "sets"),
        DoseKind.REPETITIONS: ("repetitions", "sets"),
        DoseKind.MINUTES: ("minutes",),
    }

    dose_kind = models.CharField(_("kind of dose"), max_length=11, choices=DoseKind)
    hold_seconds_min = number("hold_seconds", _("shortest hold (seconds)"), null=True)
    hold_seconds_max = number("hold_seconds", _("longest hold (seconds)"), null=True)
    repetitions_min = number("repetitions", _("fewest repetitions"), null=True)
    repetitions_max = number("repetitions", _("most repetitions"), null=True)
    sets_min = number("sets", _("fewest sets"), null=True)
    sets_max = number("sets", _("most sets"), null=True)
    minutes_min = number("minutes", _("fewest minutes"), null=True)
    minutes_max = number("minutes", _("most minutes"), null=True)
    per_day_min = number("per_day", _("fewest times a day"), null=False)
    per_day_max = number("per_day", _("most times a day"), null=False)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)]),
        verbose_name=_("days of the week"),
        default=every_weekday,
        help_text=_("0 is Monday"),
    )
    every_days = models.PositiveSmallIntegerField(
        _("every how many days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(EVERY_DAYS_MAX)],
    )

    class Meta:
        abstract = True
        constraints = [
            *range_constraints(),
            models.CheckConstraint(
                condition=(
                    Q(dose_kind="hold", hold_seconds_min__isnull=False)
                    & Q(repetitions_min__isnull=False, minutes_min=None)
                )
                | (
                    Q(dose_kind="repetitions", repetitions_min__isnull=False)
                    & Q(hold_seconds_min=None, minutes_min=None)
                )
                | (
                    Q(dose_kind="minutes", minutes_min__isnull=False)
                    & Q(hold_seconds_min=None, repetitions_min=None, sets_min=None)
                ),
                name="%(class)s_dose_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(weekdays=[]) & Q(weekdays__contained_by=every_weekday()),
                name="%(class)s_weekdays_are_days",
            ),
            models.CheckConstraint(
                condition=Q(every_days=None) | Q(every_days__range=(1, EVERY_DAYS_MAX)),
                name="%(class)s_every_days_in_range",
            ),
        ]

    def range_of(self, name: str) -> Range | None:
        return _range((getattr(self, f"{name}_min"), getattr(self, f"{name}_max")))

    def copy_dose_from(self, other: "DoseFields") -> None:
        """Take over every dose column of a library entry or of another item."""
        for field in DoseFields._meta.get_fields():
            value = getattr(other, field.name)
            setattr(self, field.name, list(value) if isinstance(value, list) else value)

    @property
    def sides(self) -> int:
        """How many sides are worked one after the other: 1, unless a subclass knows better."""
        return 1

    @property
    def dose(self) -> Dose:
        """The numbers, and the words for a side where both are worked."""
        return replace(self.numbers, side_kind=self.side_words())

    def side_words(self) -> str:
        """ "leg", "arm" or "side": what one side is called, as ``Dose.side_kind`` takes it."""
        return "side"

    @property
    def numbers(self) -> Dose:
        """The dose for arithmetic and dates. Reads no other row; ``side_kind`` is "side"."""
        return _dose(
            *((getattr(self, f"{name}_min"), getattr(self, f"{name}_max")) for name in LIMITS),
            tuple(self.weekdays),
            self.every_days,
            self.sides,
        )


@lru_cache(maxsize=4096)
def _dose(
    hold_seconds: Ends,
    repetitions: Ends,
    sets: Ends,
    minutes: Ends,
    per_day: tuple[int, int],
    weekdays: tuple[int, ...],
    every_days: int | None,
    sides: int,
) -> Dose:
    """Kept, for a page adds up the same few doses hundreds of times."""
    return Dose(
        hold_seconds=_range(hold_seconds),
        repetitions=_range(repetitions),
        sets=_range(sets),
        minutes=_range(minutes),
        per_day=Range(*per_day),
        weekdays=frozenset(weekdays),
        every_days=every_days,
        sides=sides,
    )


def _range(ends: Ends) -> Range | None:
    low, high = ends
    return Range(low, high) if low is not None and high is not None else None
