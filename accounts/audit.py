"""Write to the audit trail: explicit, in the caller's transaction, reads by staff too."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import AuditEvent, Clinic, User
from config.middleware import current_request_id


def record(
    by: User | None, action: str, subject: Any, *, clinic: Clinic | None, now: datetime
) -> None:
    """Append one event. ``action`` is a short verb ("assigned"); no clinical values ever."""
    AuditEvent.objects.create(
        at=now,
        actor=by,
        clinic=clinic,
        action=action,
        subject_type=subject._meta.model_name,
        subject_id=subject.pk,
        request_id=current_request_id.get(),
    )


def latest(action: str, subjects: Collection[UUID]) -> dict[UUID, AuditEvent]:
    """For each of these records: the last event of this action on it, with its actor."""
    events = AuditEvent.objects.filter(action=action, subject_id__in=subjects).order_by("at")
    return {event.subject_id: event for event in events.select_related("actor")}


def actors(actions: Collection[str], subject: UUID, *, since: datetime) -> set[User | None]:
    """Who has done one of these to a record since then; None stands for nobody signed in."""
    events = AuditEvent.objects.filter(action__in=actions, subject_id=subject, at__gte=since)
    return {event.actor for event in events.select_related("actor")}
