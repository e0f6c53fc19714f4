"""Much pain twice in a row: the patient has us tell the clinic."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import Action
from accounts.models import User
from accounts.services import NotPossible
from patients.models import Assignment, PainReport, Patient
from patients.pain import Scores, much_pain
from patients.services import notices

__all__ = ["NotPossible", "had_much_pain_twice", "last_scores", "tell"]


LAST_SCORES = 12
"""Sessions that are looked at: more than one day has."""


def last_scores(assignment: Assignment) -> list[Scores]:
    """What was said of pain after the last sessions, in the order in which they were done."""
    said = Q(pain_after__isnull=False) | Q(pain_before__isnull=False)
    newest = assignment.sessions.not_undone().filter(said).newest_first()[:LAST_SCORES]
    rows = newest.values_list("day__on", "pain_before", "pain_after")
    return [Scores(*row) for row in reversed(rows)]


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
    paused. Told again before anybody has seen to it it is told once.

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
