"""Read the audit trail: of one patient's record, or of a whole clinic, newest first."""

import heapq
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import AuditEvent, Clinic, Membership

PAGE = 50
CHUNK = 2000
Trail = list["QuerySet[AuditEvent]"]
"""Parts of a trail, each of which an index holds in order; together they are the trail."""


def of_patient(patient_id: UUID) -> Trail:
    return [_newest_first(AuditEvent.objects.filter(patient_id=patient_id))]


def of_clinic(clinic: Clinic) -> Trail:
    """What was done in the clinic, and what its members did with their accounts."""
    members = Membership.objects.filter(clinic=clinic).values("user")
    of_members = Q(actor__in=members) | Q(subject_type="user", subject_id__in=members)
    accounts = AuditEvent.objects.filter(of_members, clinic=None)
    return [_newest_first(AuditEvent.objects.filter(clinic=clinic)), _newest_first(accounts)]


def _newest_first(events: "QuerySet[AuditEvent]") -> "QuerySet[AuditEvent]":
    return events.select_related("actor").order_by("-at", "-pk")


def page_before(trail: Trail, mark: str) -> tuple[list[AuditEvent], str]:
    """The events that come after this mark, and the mark of those that come after them; "" each.

    A mark is the place of the last event shown, so pages stay as they were while events come.
    """
    place = _place(mark)
    found = [list(_after(part, place)[: PAGE + 1]) for part in trail]
    shown = list(heapq.merge(*found, key=_order, reverse=True))[: PAGE + 1]
    more = len(shown) > PAGE
    shown = shown[:PAGE]
    return shown, f"{shown[-1].at.isoformat()}~{shown[-1].pk}" if more else ""


def all_of(trail: Trail) -> Iterator[AuditEvent]:
    """Every event, read in pieces: there may be millions."""
    parts = (part.iterator(chunk_size=CHUNK) for part in trail)
    return heapq.merge(*parts, key=_order, reverse=True)


def patients_in(part: "QuerySet[AuditEvent]") -> set[UUID]:
    """Whose records these events are about."""
    about = part.filter(patient_id__isnull=False).order_by()
    return {key for key in about.values_list("patient_id", flat=True).distinct() if key}


def _order(event: AuditEvent) -> tuple[datetime, UUID]:
    return event.at, event.pk


def _after(
    part: "QuerySet[AuditEvent]", place: tuple[datetime, UUID] | None
) -> "QuerySet[AuditEvent]":
    if place is None:
        return part
    at, key = place
    return part.filter(at__lte=at).filter(Q(at__lt=at) | Q(pk__lt=key))


def _place(mark: str) -> tuple[datetime, UUID] | None:
    """None for the first page, and for a mark that is none."""
    at, _tilde, key = mark.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        # The database knows fewer offsets than Python does.
        return (moment.astimezone(UTC), UUID(key)) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
