"""Which sessions are there already, and whether one that is sent now is one of them. Reads only."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from accounts.kept_query import KeptQuery
from accounts.models import User
from patients.models import Assignment, Day, Session
from patients.schedule import instant

SOON = timedelta(minutes=10)


def logged_before(*, client_id: UUID, by: User) -> Session | None:
    """The session that this key of theirs made, on whichever day and record, or None."""
    return next(iter(KNOWN(by=by.pk, key=client_id)), None)


KNOWN: KeptQuery[Session] = KeptQuery(
    lambda by, key: Session.objects.filter(recorded_by=by, client_id=key), by=UUID, key=UUID
)


def is_soon_after_last(
    day: Day, *, client_id: UUID, now: datetime, performed_at: datetime | None = None
) -> bool:
    """Whether this would be a new session, done within 10 minutes of another: "Another one?"."""
    others = OTHERS(assignment=day.assignment_id, day=day.pk, key=client_id)
    if any(key == client_id for key, _ in others):
        return False
    at = moment_of(performed_at, day, day.assignment, now=now)
    return any(abs(other - at) < SOON for _, other in others)


# With the one of this key, if there is one.
OTHERS: KeptQuery[tuple[UUID, datetime]] = KeptQuery(
    lambda assignment, day, key: Session.objects.filter(
        Q(day=day, undone_at=None) | Q(client_id=key), assignment=assignment
    ).values_list("client_id", "performed_at"),
    assignment=UUID,
    day=UUID,
    key=UUID,
)


def moment_of(
    claimed: datetime | None, day: Day, assignment: Assignment, *, now: datetime
) -> datetime:
    """As the phone says; now where it says nothing, or what cannot be: its clock may be wrong."""
    if claimed is None or not instant(day.on, time(0), assignment.patient.zone) <= claimed <= now:
        return now
    return claimed
