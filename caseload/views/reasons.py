"""Why did, or didn't, a reminder come? Told to the clinic's staff."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from accounts.access import staff_required
from accounts.requests import SignedInRequest
from patients.opening import open_record
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
    return render(request, "caseload/why.html", context)
