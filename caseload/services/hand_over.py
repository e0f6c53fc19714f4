"""Patients get another clinician, before or after theirs leaves the team."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.services as team
from accounts import audit
from accounts.actions import Action
from accounts.models import Membership, User
from accounts.services import NotPossible
from patients.models import Patient

__all__ = ["NotPossible", "hand_over", "hand_over_and_deactivate"]


@transaction.atomic
def hand_over(leaving: Membership, *, to: Mapping[Patient, User], by: User, now: datetime) -> int:
    """Give each of these patients of a colleague to someone else; how many there were.

    One who is someone else's by now stays theirs. Raises NotPossible if someone chosen
    has left the team.
    """
    _refuse_who_left(leaving, to)
    rows = Patient.objects.select_related("clinic").select_for_update(of=("self",)).order_by("pk")
    theirs = rows.filter(pk__in=[patient.pk for patient in to], clinic=leaving.clinic)
    moved = list(theirs.filter(clinician=leaving.user))
    chosen = {patient.pk: clinician for patient, clinician in to.items()}
    for patient in moved:
        patient.clinician = chosen[patient.pk]
        audit.record_about(patient, by, Action.PATIENT_HANDED_OVER, now=now)
    Patient.objects.bulk_update(moved, ["clinician"])
    return len(moved)


@transaction.atomic
def hand_over_and_deactivate(
    leaving: Membership, *, to: Mapping[Patient, User], by: User, now: datetime
) -> int:
    """Both or neither. Raises NotPossible, also if a patient came to them meanwhile."""
    moved = hand_over(leaving, to=to, by=by, now=now)
    if Patient.objects.filter(clinic=leaving.clinic, clinician=leaving.user).exists():
        raise NotPossible(
            _("They have another patient since a moment ago. Look at the list again.")
        )
    team.deactivate(leaving, by=by, now=now)
    return moved


def _refuse_who_left(leaving: Membership, to: Mapping[Patient, User]) -> None:
    at_work = Membership.objects.active().filter(clinic=leaving.clinic)
    there = set(at_work.exclude(user=leaving.user).values_list("user", flat=True))
    if not {clinician.pk for clinician in to.values()} <= there:
        raise NotPossible(_("Somebody you chose has left the team. Choose again."))
