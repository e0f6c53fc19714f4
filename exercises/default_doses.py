"""Doses that a new exercise starts with, to be changed by the person who writes it."""

from collections.abc import Mapping

from exercises.fields import DoseFields
from exercises.models import Kind

DoseKind = DoseFields.DoseKind

# Columns of DoseFields; seconds and minutes as their names say.
DEFAULT_DOSE: dict[str, dict[str, int]] = {
    DoseKind.HOLD: {
        "hold_seconds_min": 20,
        "hold_seconds_max": 30,
        "repetitions_min": 2,
        "repetitions_max": 3,
        "per_day_min": 1,
        "per_day_max": 2,
    },
    DoseKind.REPETITIONS: {
        "repetitions_min": 8,
        "repetitions_max": 12,
        "per_day_min": 1,
        "per_day_max": 2,
    },
    DoseKind.MINUTES: {
        "minutes_min": 10,
        "minutes_max": 20,
        "per_day_min": 1,
        "per_day_max": 1,
    },
}
OTHERWISE = DoseKind.REPETITIONS
DOSE_KIND_OF = {Kind.STRETCH: DoseKind.HOLD, Kind.AEROBIC: DoseKind.MINUTES}


def default_dose_of(kind: Kind) -> dict[str, str | int]:
    """The dose with which a new exercise of this kind begins, as columns."""
    dose_kind = DOSE_KIND_OF.get(kind, OTHERWISE)
    return {"dose_kind": dose_kind, **DEFAULT_DOSE[dose_kind]}


def numbers_to_begin_with(typed: Mapping[str, str]) -> dict[str, str]:
    """Columns for the kind of dose in ``typed``: what was typed, else the default.

    A range that is still the default of another kind was typed by no one: twelve
    repetitions are a good start, but not held for half a minute each.
    """
    default = DEFAULT_DOSE.get(typed.get("dose_kind", ""), {})
    numbers = {}
    for part in {name.rpartition("_")[0] for name in default}:
        ends = (f"{part}_min", f"{part}_max")
        stand = [typed.get(end, "").strip() for end in ends]
        untouched = any(
            stand == [str(other.get(end)) for end in ends] for other in DEFAULT_DOSE.values()
        )
        for end, value in zip(ends, stand, strict=True):
            numbers[end] = str(default[end]) if untouched or not value else value
    return numbers
