"""Write to the audit trail: explicit, in the caller's transaction, reads by staff too."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.actions import Action
from accounts.models import AuditEvent, Clinic, User
from config.middleware import current_request_id

__all__ = ["Action", "actors", "latest", "record", "record_about"]


def record(
    by: User | None, action: Action, subject: Any, *, clinic: Clinic | None, now: datetime
) -> None:
    """Append one event about a clinic, its library or an account; no clinical values ever."""
    _append(by, action, subject, clinic=clinic, patient_id=None, now=now)


def record_about(
    patient: Any, by: User | None, action: Action, subject: Any = None, *, now: datetime
) -> None:
    """Append one event about a patient's record; ``subject`` is the record if it is nothing else.

    ``patient`` has a ``pk`` and a ``clinic``: records live in an app above this one.
    """
    subject = patient if subject is None else subject
    _append(by, action, subject, clinic=patient.clinic, patient_id=patient.pk, now=now)


def _append(
    by: User | None,
    action: Action,
    subject: Any,
    *,
    clinic: Clinic | None,
    patient_id: UUID | None,
    now: datetime,
) -> None:
    AuditEvent.objects.create(
        at=now,
        actor=by,
        clinic=clinic,
        action=action,
        patient_id=patient_id,
        subject_type=subject._meta.model_name,
        subject_id=subject.pk,
        request_id=current_request_id.get(),
    )


def latest(action: Action, subjects: Collection[UUID]) -> dict[UUID, AuditEvent]:
    """For each of these records: the last event of this action on it, with its actor."""
    events = AuditEvent.objects.filter(action=action, subject_id__in=subjects).order_by("at")
    return {event.subject_id: event for event in events.select_related("actor")}


def actors(actions: Collection[Action], subject: UUID, *, since: datetime) -> set[User | None]:
    """Who has done one of these to a record since then; None stands for nobody signed in."""
    events = AuditEvent.objects.filter(action__in=actions, subject_id=subject, at__gte=since)
    return {event.actor for event in events.select_related("actor")}
