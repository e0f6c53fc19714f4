"""What is true of a programme so far, as its patient reads it after a session. Reads only.

Each fact has a published rule (docs/adr/0046-results-per-exercise.md). Where it is not true,
nothing is said; nothing is said of what was missed.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.kept_query import KeptQuery
from patients.models import Assignment, Session
from patients.thresholds import MILESTONES, PAIN_FALL, PAIN_FALL_AFTER, PAIN_FIRST_AND_LAST


class Score(NamedTuple):
    """Pain after one session, 0–10, and the patient's own date of it."""

    on: date
    pain: int


class Fall(NamedTuple):
    """Mean pain of the first sessions and of the last ones, as whole numbers."""

    first: int
    last: int


def fall(scores: Sequence[Score]) -> Fall | None:
    """How far pain went down since the first of these, in the order in which they were done.

    None unless the mean of the last 3 is at least 2 points below that of the first 3, the newest
    of all is so too, and a week lies between.
    """
    n = PAIN_FIRST_AND_LAST
    if len(scores) < 2 * n:
        return None
    before, now = scores[:n], scores[-n:]
    if now[0].on - before[-1].on < timedelta(PAIN_FALL_AFTER):
        return None
    least = sum(score.pain for score in before) - n * PAIN_FALL
    if sum(score.pain for score in now) > least or n * now[-1].pain > least:
        return None
    return Fall(_mean(before), _mean(now))


def _mean(scores: Sequence[Score]) -> int:
    """Halves are rounded up, so that the means stay as far apart as they are."""
    return int(sum(score.pain for score in scores) / len(scores) + 0.5)


def pain_fall(assignment: Assignment) -> Fall | None:
    """Over all sessions of this programme that have a score and were not taken back."""
    return fall([Score(*row) for row in SCORED(assignment=assignment.pk)])


def _scored(assignment: UUID) -> QuerySet[Session, Any]:
    scored = Session.objects.filter(assignment=assignment, pain_after__isnull=False).not_undone()
    in_order = scored.order_by("performed_at", "received_at", "pk")
    rows: QuerySet[Session, Any] = in_order.values_list("day__on", "pain_after")
    return rows


SCORED: KeptQuery[Any] = KeptQuery(_scored, assignment=UUID)


def milestone(session: Session) -> int | None:
    """Which of the sessions that count this one is, in the order in which they were done; None
    unless it is one of ``MILESTONES``.
    """
    plan, moment = session.assignment_id, session.performed_at
    for _plan, number, is_one in COUNTED_UNTIL(assignment=plan, moment=moment, session=session.pk):
        return number if is_one and number in MILESTONES else None
    return None


def _counted_until(assignment: UUID, moment: datetime, session: UUID) -> QuerySet[Session, Any]:
    """One row: how many count, and whether this session is one of them (0 or 1)."""
    until = Session.objects.counted().filter(assignment=assignment, performed_at__lte=moment)
    rows: QuerySet[Session, Any] = until.order_by().values_list("assignment")
    return rows.annotate(number=Count("pk"), own=Count("pk", filter=Q(pk=session)))


COUNTED_UNTIL: KeptQuery[Any] = KeptQuery(
    _counted_until, assignment=UUID, moment=datetime, session=UUID
)
