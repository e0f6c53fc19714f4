"""The one way to a patient's record for staff: who opens it is written down."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.requests import SignedInRequest
from accounts.views.looks import note_opened
from patients.models import Patient, PatientQuerySet, with_stops
from patients.services import records


def patients_of(request: SignedInRequest) -> PatientQuerySet:
    """Everyone in the care of the person signed in: to list, never to open one of them."""
    return Patient.objects.visible_to(request.user).in_care_of(request.user)


def open_record(
    request: SignedInRequest, patient_id: UUID, *, locked: bool = False, as_lead: bool = False
) -> Patient:
    """The record, for staff of its clinic, and a line in the audit trail; 404 for anyone else.

    ``locked``: as it is now, and nobody else changes it until the transaction ends.
    ``as_lead``: 404 too for a clinician who does not lead the clinic.
    """
    mine = with_stops(patients_of(request))
    if as_lead:
        mine = mine.filter(clinic__in=request.user.clinics_as_lead())
    if locked:  # before anything is joined to it: a join would look for what was there before
        records.take_turn(patient_id)
    found = mine.select_related("clinic", "clinician", "user", "access_closed_by")
    patient = get_object_or_404(found, pk=patient_id)
    note_opened(request, patient.pk, patient.clinic_id)
    return patient
