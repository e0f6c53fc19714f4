"""Whether a session's pain asks for rest rather than praise; and, twice in a row, the patient
has us tell the clinic.

The limits are those published to clinicians, after the pain-monitoring model: up to 5 of 10
is usually tolerated, 6 and more is not, and a clear rise within a day is not waited out.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import Action
from accounts.kept_query import KeptQuery
from accounts.models import User
from accounts.services import NotPossible
from patients.models import Assignment, PainReport, Patient, Session, Tick
from patients.services import notices
from patients.thresholds import PAIN_HIGH, PAIN_RISE_IN_A_DAY

__all__ = [
    "NotPossible",
    "Scores",
    "had_much_pain_on",
    "had_much_pain_twice",
    "last_scores",
    "much_pain",
    "tell",
]


LAST_SCORES = 12
"""Sessions that are looked at: more than one day has."""


class Scores(NamedTuple):
    """What was said of one session, 0–10 or None, and the patient's own date of it.

    ``at_exercise`` is the most that was said of a single exercise of it.
    """

    on: date
    before: int | None
    after: int | None
    at_exercise: int | None = None

    @property
    def score(self) -> int | None:
        return self.before if self.after is None else self.after

    @property
    def in_turn(self) -> tuple[int | None, int | None]:
        return self.before, self.after


def is_much(score: int | None, *, first: int | None) -> bool:
    """Whether a score, 0–10, is high, or well above the ``first`` one of its day."""
    if score is None:
        return False
    return score >= PAIN_HIGH or (first is not None and score - first >= PAIN_RISE_IN_A_DAY)


def much_pain(sessions: Iterable[Scores]) -> Iterator[bool]:
    """For each session, in the order in which they were done, whether its pain was much: that
    after it, or that at one of its exercises, though it may have eased since.
    """
    first: dict[date, int] = {}
    for session in sessions:
        for score in session.in_turn:
            if score is not None:
                first.setdefault(session.on, score)
        at_exercise = is_much(session.at_exercise, first=None)
        yield at_exercise or is_much(session.score, first=first.get(session.on))


def last_scores(assignment: Assignment) -> list[Scores]:
    """What was said of pain after the last sessions, in the order in which they were done."""
    return [Scores(*row) for row in reversed(LAST(assignment=assignment.pk))]


def _last_scores(assignment: UUID) -> QuerySet[Session, Any]:
    sessions: Any = Session.objects.filter(assignment=assignment).not_undone()
    at_exercises = Tick.objects.filter(session=OuterRef("pk"))
    of_session = Q(pain_after__isnull=False) | Q(pain_before__isnull=False)
    said = of_session | Q(Exists(at_exercises.filter(pain__gte=PAIN_HIGH)))
    most = at_exercises.order_by().values("session").annotate(most=Max("pain")).values("most")
    newest = sessions.filter(said).newest_first()[:LAST_SCORES]
    rows: QuerySet[Session, Any] = newest.values_list(
        "day__on", "pain_before", "pain_after", Subquery(most)
    )
    return rows


LAST: KeptQuery[Any] = KeptQuery(_last_scores, assignment=UUID)


def had_much_pain_on(on: date, assignment: Assignment) -> bool:
    """Whether the last score of a date asks for rest rather than praise."""
    scores = [one for one in last_scores(assignment) if one.on == on]
    return any(list(much_pain(scores))[-1:])


def had_much_pain_twice(patient: Patient) -> bool:
    """Whether the last two scores of the running programme were both much."""
    for assignment in patient.assignments.running():
        return list(much_pain(last_scores(assignment)))[-2:] == [True, True]
    return False


@transaction.atomic
def tell(patient: Patient, *, by: User, now: datetime) -> PainReport:
    """Write to the clinician, and bring the patient to the top of the caseload. Nothing is
    paused. Told again before anyone has seen to it it is told once.

    Raises NotPossible unless there was much pain twice in a row: the record says so.
    """
    current = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    known: PainReport | None = current.pain_reports.open().first()
    if known is not None:
        return known
    if not had_much_pain_twice(current):
        raise NotPossible(_("Please call your clinic if something worries you."))
    report: PainReport = current.pain_reports.create(told_by=by, told_at=now)
    notices.to_responsible(current, now=now, by=by)
    audit.record_about(current, by, Action.PAIN_TOLD, report, now=now)
    return report
