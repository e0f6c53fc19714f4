"""What Today says to somebody whose record has just moved to another time zone. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.zones import city_of
from patients.models import Patient, ZoneChange
from reminders.services.zones import SOON

PARAMETER = "moved"


@dataclass(frozen=True)
class Moved:
    """``record`` has moved; ``change`` is its last move."""

    record: Patient
    change: ZoneChange

    @property
    def city(self) -> str:
        return city_of(self.change.after)

    @property
    def former_city(self) -> str:
        return city_of(self.change.before)


def just_moved(record: Patient, named: str, *, now: datetime) -> Moved | None:
    """The move that an address names, while one can go back without anything having left."""
    last = record.zone_changes.filter(changed_at__gt=now - SOON).last()
    return Moved(record, last) if last and last.pk == _uuid(named) else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
