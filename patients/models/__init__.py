"""Records, plans, days and sessions; and what keeps somebody from going on."""

from patients.models.addresses import AddressChange
from patients.models.dealt import DealtWith, DealtWithQuerySet
from patients.models.invitations import Invitation
from patients.models.records import (
    PAIN_MAX,
    YEARS_OF_BIRTH,
    Assignment,
    ClosedBecause,
    Day,
    DayQuerySet,
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
    "YEARS_OF_BIRTH",
    "AddressChange",
    "Assignment",
    "ClosedBecause",
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
