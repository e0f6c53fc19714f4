"""Events of the audit trail as lines of a page. ``caseload.words.trail`` says them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.kinds import KIND, Kind
from accounts.models import AuditEvent
from patients.models import Patient

FORMULA = ("=", "+", "-", "@", "\t", "\r")
ICONS: dict[Kind, str] = {
    Kind.LOOKED: "eye",
    Kind.PRINTED: "printer",
    Kind.CHANGED: "edit",
    Kind.TOLD: "note",
    Kind.SIGNED_IN: "user",
    Kind.REFUSED: "lock",
}


@dataclass(frozen=True)
class Line:
    """One event; ``at`` is by the clinic's clock."""

    event: AuditEvent
    at: datetime
    kind: Kind | None
    patient: str  # the present name; "" if it is about nobody
    told_of: str  # the colleague, the exercise or the template; "" if it says nothing more

    @property
    def icon(self) -> str:
        return ICONS[self.kind] if self.kind else "info"


def read(
    event: AuditEvent, *, zone: ZoneInfo, names: Mapping[UUID, str], told: Mapping[UUID, str]
) -> Line:
    """``names`` are those of the patients whom the events are about; ``told`` says of an event
    by its key whom or what else (``trail_subjects``)."""
    return Line(
        event=event,
        at=event.at.astimezone(zone),
        kind=KIND.get(event.action),
        patient=names.get(event.patient_id, "") if event.patient_id else "",
        told_of=told.get(event.pk, ""),
    )


def names_of(events: Iterable[AuditEvent]) -> dict[UUID, Patient]:
    """Each patient whom these events are about, in one query."""
    keys = {event.patient_id for event in events if event.patient_id}
    return Patient.objects.in_bulk(keys) if keys else {}
