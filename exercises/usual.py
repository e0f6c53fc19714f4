"""Doses to start from, for who writes an exercise: usual ones, to be changed."""

from exercises.fields import DoseFields
from exercises.models import Kind

DoseKind = DoseFields.DoseKind

# Columns of DoseFields; seconds and minutes as their names say.
USUAL_DOSE: dict[str, dict[str, int]] = {
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


def usual_dose_of(kind: Kind) -> dict[str, str | int]:
    """The dose with which a new exercise of this kind begins, as columns."""
    dose_kind = DOSE_KIND_OF.get(kind, OTHERWISE)
    return {"dose_kind": dose_kind, **USUAL_DOSE[dose_kind]}
