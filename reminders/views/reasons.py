"""Why did, or didn't, this patient get a reminder? For the clinic's staff."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

import clock
from accounts.access import staff_required
from patients.models import Patient
from reminders import services, words
from reminders.models import Reminder

SHOWN_DAYS = timedelta(days=14)


@require_safe
@staff_required
def why(request, patient_id):
    mine = Patient.objects.visible_to(request.user).in_care_of(request.user)
    patient = get_object_or_404(mine.select_related("user"), pk=patient_id)
    today = clock.today(patient.time_zone)
    recent = Reminder.objects.visible_to(request.user).filter(
        patient=patient, on__gt=today - SHOWN_DAYS
    )
    context = {
        "patient": patient,
        "choice": words.of_choice(services.chosen(patient)),
        "silence": services.silence_on(patient, today, now=clock.now()),
        "reminders": recent.order_by("-on", "-slot"),
    }
    return render(request, "reminders/why.html", context)
