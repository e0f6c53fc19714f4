"""Write to the audit trail: explicit, in the caller's transaction, reads by staff too."""

from datetime import datetime
from typing import Any

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
