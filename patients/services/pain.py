"""Much pain twice in a row: the patient has us tell the clinic, and somebody gets in touch."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.services import NotPossible
from patients.models import PainReport, Patient
from patients.services import notices

__all__ = ["NotPossible", "note_contact", "tell"]


@transaction.atomic
def tell(patient: Patient, *, by: User, now: datetime) -> PainReport:
    """Write to the clinician, and bring the patient to the top of the caseload. Nothing is
    paused. Told again before anybody has been in touch it is told once.
    """
    current = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    known: PainReport | None = current.pain_reports.open().first()
    if known is not None:
        return known
    report: PainReport = current.pain_reports.create(told_by=by, told_at=now)
    notices.to_responsible(current, now=now)
    audit.record(by, "told of much pain", report, clinic=current.clinic, now=now)
    return report


@transaction.atomic
def note_contact(report: PainReport, *, by: User, now: datetime) -> None:
    """A clinician has been in touch. Done again it changes nothing.

    Raises NotPossible for one's own record.
    """
    patient = report.patient
    if patient.user_id == by.pk:
        raise NotPossible(_("This is your own record. A colleague has to look at it."))
    if PainReport.objects.open().filter(pk=report.pk).update(contacted_by=by, contacted_at=now):
        audit.record(by, "was in touch about pain", report, clinic=patient.clinic, now=now)
