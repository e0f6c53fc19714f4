"""A patient has a warning sign: everything stops until a clinician has checked."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit, letters
from accounts.links import absolute
from accounts.models import Letter, Membership, User
from accounts.services import NotPossible
from patients.models import Patient, WarningSign
from patients.services import plans

__all__ = ["NotPossible", "check", "tell"]


@transaction.atomic
def tell(patient: Patient, *, by: User, now: datetime) -> WarningSign:
    """Record it, pause the programme, and write to the clinician. Told twice it is told once.

    No reminder goes out meanwhile. Nobody is asked which sign it is: that is for a doctor.
    """
    current = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    known: WarningSign | None = current.warning_signs.open().first()
    if known is not None:
        return known
    sign: WarningSign = current.warning_signs.create(told_by=by, told_at=now)
    for assignment in current.assignments.running():
        plans.hold(assignment, reason=_("warning sign"), by=by, now=now)
    _write_to_the_clinic(current, now=now)
    audit.record(by, "told of a warning sign", sign, clinic=current.clinic, now=now)
    return sign


def _write_to_the_clinic(patient: Patient, *, now: datetime) -> None:
    """Only that somebody is waiting: neither who, nor why."""
    for member in _responsible(patient):
        letters.post(
            "caseload_notice",
            to=member.user.email,
            context={"link": absolute(reverse("patients:caseload"))},
            kind=Letter.Kind.NOTICE,
            now=now,
            language=patient.clinic.language,
        )


def _responsible(patient: Patient) -> QuerySet[Membership]:
    """Whose patient it is; whoever leads the clinic once they no longer work there."""
    team = Membership.objects.active().filter(clinic=patient.clinic_id, user__is_active=True)
    at_work: QuerySet[Membership] = team.select_related("user")
    theirs = at_work.filter(user=patient.clinician_id)
    return theirs if theirs.exists() else at_work.filter(role=Membership.Role.LEAD)


@transaction.atomic
def check(sign: WarningSign, *, goes_on: bool, by: User, now: datetime) -> None:
    """A clinician has seen to it; the programme goes on, or stays paused until resumed.

    Done again it changes nothing. Raises NotPossible for one's own record.
    """
    patient = Patient.objects.select_for_update(of=("self",)).get(pk=sign.patient_id)
    if patient.user_id == by.pk:
        raise NotPossible(_("This is your own record. A colleague has to check it."))
    checked = WarningSign.objects.open().filter(pk=sign.pk)
    if not checked.update(checked_by=by, checked_at=now):
        return
    action = "checked sign, goes on" if goes_on else "checked sign, stays paused"
    audit.record(by, action, sign, clinic=patient.clinic, now=now)
    if goes_on:
        _resume(patient, by=by, now=now)


def _resume(patient: Patient, *, by: User, now: datetime) -> None:
    for assignment in patient.assignments.running():
        with suppress(NotPossible):  # nothing to resume
            plans.resume(assignment, by=by, now=now)
