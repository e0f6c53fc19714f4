"""Why did, or didn't, a reminder come? For the clinic's staff, and for the patient."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from accounts.access import staff_required
from patients.opening import open_record
from patients.own_records import for_own_record
from patients.schedule import seconds_left
from reminders import services, stories, words
from reminders.history import History


@require_safe
@staff_required
def why(request, patient_id):
    patient = open_record(request, patient_id)
    history = History(patient, clock.now())
    context = {
        "patient": patient,
        "choice": words.of_choice(services.chosen(patient)),
        "silence": services.silence_on(patient, history.today, now=history.now),
        "days": stories.told_to_staff(history),
    }
    return render(request, "reminders/why.html", context)


@require_safe
@for_own_record(also_when_stopped=True)
def own_why(request, record):
    history = History(record, clock.now())
    context = {
        "day_ends_in": seconds_left(history.now, record.zone),
        "patient": record,
        "choice": words.of_choice(services.chosen(record)),
        "days": stories.told_to_patient(history),
        "today": history.today,
    }
    return render(request, "reminders/own_why.html", context)
