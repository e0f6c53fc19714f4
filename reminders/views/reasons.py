"""Why did, or didn't, a reminder come? For the clinic's staff, and for the patient."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest
from patients.models import Patient
from patients.opening import open_record
from patients.own_records import OwnRecordRequest, for_own_record
from patients.schedule import seconds_left
from reminders import services, words
from reminders.explanations import Explanations


@require_safe
@staff_required
def why(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    patient = open_record(request, patient_id)
    found = Explanations(patient, clock.now())
    silence = services.silence_on(patient, found.today, now=found.now)
    context = {
        "patient": patient,
        "choice": words.of_choice(services.chosen(patient)),
        "why_not_now": words.why_to_staff(silence) if silence else "",
        "days": words.told_to_staff(found),
    }
    return render(request, "reminders/why.html", context)


@require_safe
@for_own_record(also_when_stopped=True)
def own_why(request: OwnRecordRequest, record: Patient) -> HttpResponse:
    found = Explanations(record, clock.now())
    context = {
        "day_ends_in": seconds_left(found.now, record.zone),
        "patient": record,
        "choice": words.of_choice(services.chosen(record)),
        "days": words.told_to_patient(found),
        "today": found.today,
    }
    return render(request, "reminders/own_why.html", context)
