"""Records, plans, days and sessions; and what keeps somebody from going on."""

from patients.models.dealt import DealtWith, DealtWithQuerySet
from patients.models.records import (
    PAIN_MAX,
    Assignment,
    Day,
    DayQuerySet,
    Invitation,
    OneOff,
    Patient,
    PatientQuerySet,
    Session,
    Tick,
)
from patients.models.stops import (
    HeldEntry,
    NotToday,
    PainReport,
    Pause,
    WarningSign,
    with_stops,
)

__all__ = [
    "PAIN_MAX",
    "Assignment",
    "Day",
    "DayQuerySet",
    "DealtWith",
    "DealtWithQuerySet",
    "HeldEntry",
    "Invitation",
    "NotToday",
    "OneOff",
    "PainReport",
    "Patient",
    "PatientQuerySet",
    "Pause",
    "Session",
    "Tick",
    "WarningSign",
    "with_stops",
]
