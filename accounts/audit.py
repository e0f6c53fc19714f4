"""Write to the audit trail: explicit, in the caller's transaction, reads by staff too."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

from accounts.actions import Action
from accounts.models import AuditEvent, Clinic, Membership, User
from config.middleware import current_request_id

__all__ = [
    "Action",
    "actors",
    "latest",
    "record",
    "record_about",
    "record_listed",
    "record_opened",
    "record_refused",
]

OPENED_AGAIN = timedelta(minutes=1)
LISTED_AGAIN = timedelta(hours=1)

# One statement for a page however many people are on it. Rows of the same person are found by
# the index of each patient's events, of which one hour or one minute is a handful.
SEEN = """
INSERT INTO accounts_auditevent
    (id, at, actor_id, actor_role, clinic_id, action, patient_id, subject_type, subject_id,
     page, request_id)
SELECT gen_random_uuid(), %(now)s, %(actor)s,
    COALESCE((SELECT m.role FROM accounts_membership m WHERE m.user_id = %(actor)s
        AND m.clinic_id = seen.clinic AND m.deactivated_at IS NULL), ''),
    seen.clinic, %(action)s, seen.patient, 'patient', seen.patient, %(page)s, %(request_id)s
FROM unnest(%(patients)s::uuid[], %(clinics)s::uuid[]) AS seen (patient, clinic)
WHERE NOT EXISTS (
    SELECT FROM accounts_auditevent e
    WHERE e.patient_id = seen.patient AND e.at > %(since)s AND e.actor_id = %(actor)s
    AND e.action = %(action)s AND (NOT %(same_page)s OR e.page = %(page)s)
)
"""

# Rows about the same thing are found by its index. Of several at the very same moment a few too
# many may be written, which loses nothing.
REFUSED = """
WITH lately AS (
    SELECT count(*) FILTER (WHERE action = %(refused)s) >= %(most)s AS is_full,
        count(*) FILTER (WHERE action = %(left_out)s) > 0 AS is_said
    FROM accounts_auditevent
    WHERE subject_id = %(subject)s AND at > %(since)s AND actor_id = %(actor)s
)
INSERT INTO accounts_auditevent
    (id, at, actor_id, actor_role, clinic_id, action, patient_id, subject_type, subject_id,
     page, request_id)
SELECT gen_random_uuid(), %(now)s, %(actor)s,
    COALESCE((SELECT m.role FROM accounts_membership m WHERE m.user_id = %(actor)s
        AND m.clinic_id = %(clinic)s AND m.deactivated_at IS NULL), ''),
    %(clinic)s, CASE WHEN is_full THEN %(left_out)s ELSE %(refused)s END,
    CASE WHEN %(subject_type)s = 'patient' THEN %(subject)s::uuid END,
    %(subject_type)s, %(subject)s, %(page)s, %(request_id)s
FROM lately WHERE NOT (is_full AND is_said)
RETURNING action
"""


def record(
    by: User | None,
    action: Action,
    subject: Any,
    *,
    clinic: Clinic | None,
    patient_id: UUID | None = None,
    now: datetime,
) -> None:
    """Append one event about a clinic, its library or an account; no clinical values ever.

    ``patient_id`` is for a programme that is one patient's own: apps below the records use it.
    """
    _append(by, action, subject, clinic=clinic, patient_id=patient_id, now=now)


def record_about(
    patient: Any, by: User | None, action: Action, subject: Any = None, *, now: datetime
) -> None:
    """Append one event about a patient's record; ``subject`` is the record if it is nothing else.

    ``patient`` has a ``pk``, a ``clinic`` and a ``user_id``: records live in an app above this one.
    """
    subject = patient if subject is None else subject
    own = by is not None and patient.user_id == by.pk
    role = AuditEvent.ActorRole.PATIENT if own else None
    clinic, key = patient.clinic, patient.pk
    _append(by, action, subject, clinic=clinic, patient_id=key, role=role, now=now)


def record_opened(patient_id: UUID, clinic_id: UUID, by: User, *, page: str, now: datetime) -> None:
    """A person of the clinic has this record before them, on the page of this route.

    The same page within a minute, such as a form that came back, is no second row.
    """
    _seen([(patient_id, clinic_id)], by, Action.RECORD_READ, page=page, now=now)


def record_listed(patients: Iterable[Any], by: User, *, page: str, now: datetime) -> None:
    """A person of the clinic has these patients' names in a list: once an hour for each."""
    seen = [(patient.pk, patient.clinic_id) for patient in patients]
    if seen:
        _seen(seen, by, Action.RECORD_LISTED, page=page, now=now)


def record_refused(
    by: User,
    *,
    about: tuple[str, UUID],
    clinic_id: UUID | None,
    most: int,
    within: timedelta,
    page: str,
    now: datetime,
) -> bool:
    """Someone signed in was refused a page ``about`` a "patient", another "clinic", or nothing
    that there is: then the "user" themself. False if there were as many before: then one row
    says that more were refused. One statement, whatever it is about and whatever it writes.
    """
    values: dict[str, Any] = {
        "now": now,
        "since": now - within,
        "most": most,
        "actor": by.pk,
        "clinic": clinic_id,
        "subject_type": about[0],
        "subject": about[1],
        "page": page,
        "request_id": current_request_id.get(),
        "refused": Action.PERMISSION_REFUSED.value,
        "left_out": Action.REFUSALS_LEFT_OUT.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(REFUSED, values)
        written: tuple[str] | None = cursor.fetchone()
    return written == (Action.PERMISSION_REFUSED.value,)


def _append(
    by: User | None,
    action: Action,
    subject: Any,
    *,
    clinic: Clinic | None,
    patient_id: UUID | None,
    role: str | None = None,
    now: datetime,
) -> None:
    AuditEvent.objects.create(
        at=now,
        actor=by,
        actor_role=_role_of(by, clinic.pk if clinic else None) if role is None else role,
        clinic=clinic,
        action=action,
        patient_id=patient_id,
        subject_type=subject._meta.model_name,
        subject_id=subject.pk,
        request_id=current_request_id.get(),
    )


def _role_of(by: User | None, clinic_id: UUID | None) -> Any:
    """As what they act in this clinic at this moment; looked up by the INSERT itself."""
    if by is None or clinic_id is None:
        return ""
    at_work = Membership.objects.active().filter(user=by, clinic=clinic_id)
    return Coalesce(Subquery(at_work.values("role")[:1]), Value(""))


def _seen(
    seen: Collection[tuple[UUID, UUID]], by: User, action: Action, *, page: str, now: datetime
) -> None:
    opened = action == Action.RECORD_READ
    values: dict[str, Any] = {
        "now": now,
        "actor": by.pk,
        "action": action.value,
        "patients": [patient for patient, _ in seen],
        "clinics": [clinic for _, clinic in seen],
        "page": page,
        "request_id": current_request_id.get(),
        "since": now - (OPENED_AGAIN if opened else LISTED_AGAIN),
        "same_page": opened,
    }
    with connection.cursor() as cursor:
        cursor.execute(SEEN, values)


def latest(action: Action, subjects: Collection[UUID]) -> dict[UUID, AuditEvent]:
    """For each of these records: the last event of this action on it, with its actor."""
    events = AuditEvent.objects.filter(action=action, subject_id__in=subjects).order_by("at")
    return {event.subject_id: event for event in events.select_related("actor")}


def actors(actions: Collection[Action], subject: UUID, *, since: datetime) -> set[User | None]:
    """Who has done one of these to a record since then; None stands for nobody signed in."""
    events = AuditEvent.objects.filter(action__in=actions, subject_id=subject, at__gte=since)
    return {event.actor for event in events.select_related("actor")}
