"""Records, plans, days and sessions; and what keeps someone from going on."""

from patients.models.people import (
    CALLED_LENGTH,
    YEARS_OF_BIRTH,
    AddressChange,
    ClosedBecause,
    Invitation,
    Patient,
    PatientQuerySet,
)
from patients.models.phones import PhoneLink
from patients.models.plans import (
    PAIN_MAX,
    Assignment,
    Day,
    DayQuerySet,
    OneOff,
    Session,
    Tick,
)
from patients.models.stops import (
    About,
    DealtWith,
    DealtWithQuerySet,
    HeldEntry,
    LateSign,
    NotToday,
    PainReport,
    Pause,
    WarningSign,
    with_stops,
)
from patients.models.zones import ZoneChange

__all__ = [
    "CALLED_LENGTH",
    "PAIN_MAX",
    "YEARS_OF_BIRTH",
    "About",
    "AddressChange",
    "Assignment",
    "ClosedBecause",
    "Day",
    "DayQuerySet",
    "DealtWith",
    "DealtWithQuerySet",
    "HeldEntry",
    "LateSign",
    "Invitation",
    "NotToday",
    "OneOff",
    "PainReport",
    "Patient",
    "PatientQuerySet",
    "Pause",
    "PhoneLink",
    "Session",
    "Tick",
    "WarningSign",
    "ZoneChange",
    "with_stops",
]
