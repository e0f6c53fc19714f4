"""The one way to a patient's record for staff: who opens it is written down."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.kept_query import KeptQuery
from accounts.models import User
from accounts.requests import SignedInRequest
from accounts.views.looks import note_opened
from patients.models import Patient, PatientQuerySet, with_stops
from patients.services import records


def patients_of(request: SignedInRequest) -> PatientQuerySet:
    """Everyone in the care of the person signed in: to list, never to open one of them."""
    return Patient.objects.visible_to(request.user).in_care_of(request.user)


def _in_care(user: UUID, patient: UUID) -> QuerySet[Patient]:
    by = User(pk=user)
    mine = with_stops(Patient.objects.visible_to(by).in_care_of(by)).filter(pk=patient)
    return mine.select_related("clinic", "clinician", "user", "access_closed_by")


IN_CARE: KeptQuery[Patient] = KeptQuery(_in_care, user=UUID, patient=UUID)
LED: KeptQuery[Patient] = KeptQuery(
    lambda user, patient: _in_care(user, patient).filter(
        clinic__in=User(pk=user).clinics_as_lead()
    ),
    user=UUID,
    patient=UUID,
)


def open_record(
    request: SignedInRequest, patient_id: UUID, *, locked: bool = False, as_lead: bool = False
) -> Patient:
    """The record, for staff of its clinic, and a line in the audit trail; 404 for anyone else.

    ``locked``: as it is now, and nobody else changes it until the transaction ends.
    ``as_lead``: 404 too for a clinician who does not lead the clinic.
    """
    if locked:  # before anything is joined to it: a join would look for what was there before
        records.take_turn(patient_id)
    found = (LED if as_lead else IN_CARE)(user=request.user.pk, patient=patient_id)
    if not found:
        raise Http404
    [patient] = found
    note_opened(request, patient.pk, patient.clinic_id)
    return patient
