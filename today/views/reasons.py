"""Why did, or didn't, a reminder come? Told to the patient."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from patients.models import Patient
from patients.own_records import OwnRecordRequest, for_own_record
from patients.schedule import seconds_left
from reminders import services, words
from reminders.explanations import Explanations


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
    return render(request, "today/own_why.html", context)
