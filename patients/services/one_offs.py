"""A programme built for one patient: begun from the record, given in one step."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

import programmes.services as programmes
from accounts.models import User
from patients import words
from patients.models import Assignment, OneOff, Patient
from patients.services import plans
from patients.services.plans import NotAssignable, NotPossible
from programmes.models import TITLE_LENGTH, Programme

__all__ = ["NotAssignable", "NotPossible", "begin", "give"]


@transaction.atomic
def begin(patient: Patient, *, by: User, now: datetime) -> Programme:
    """The patient's draft: the one already begun, else a new and empty one.

    Raises NotPossible while a programme runs, unless a draft was begun before it.
    """
    current = plans.lock_patient(patient)
    if begun := _draft_of(current):
        return begun
    if current.assignments.running().exists():
        raise NotPossible(_("A programme is running now. Change it instead."))
    draft = programmes.create(
        current.clinic,
        title=_title_for(current),
        patient_id=current.pk,
        by=by,
        now=now,
    )
    OneOff.objects.create(patient=current, programme=draft)
    return draft


@transaction.atomic
def give(
    patient: Patient, *, starts_on: date, review_on: date, seen: str, by: User, now: datetime
) -> Assignment:
    """Publish the patient's draft and put it in force, both or neither.

    ``seen`` is the draft's ``mark`` as it was read. Raises NotAssignable, and what ``programmes.services.publish`` raises.
    """
    current = plans.lock_patient(patient)
    draft = _draft_of(current)
    if draft is None:
        raise NotAssignable(_("This draft has been given or deleted meanwhile."))
    plans.refuse_unassignable(current, starts_on=starts_on, review_on=review_on, now=now)
    programmes.publish(draft, by=by, now=now, seen=seen)
    OneOff.objects.filter(patient=current).delete()
    return plans.begin(draft, current, starts_on=starts_on, review_on=review_on, by=by, now=now)


def _title_for(patient: Patient) -> str:
    """ "Exercises for …"; where that would be too long, who they are for, whole."""
    title = words.exercises_for(patient.addressed_as)
    return title if len(title) <= TITLE_LENGTH else patient.addressed_as


def _draft_of(patient: Patient) -> Programme | None:
    return Programme.objects.select_related("clinic").filter(one_off__patient=patient).first()
