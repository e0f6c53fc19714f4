"""Why a patient gets no reminder, asked of the same rules that keep it back."""

from datetime import date, datetime

from django.db.models import Value

from patients.models import Day, Patient
from reminders.channels import EMAIL
from reminders.models import Reminder
from reminders.silence import Reason, with_silence

LAST_SLOT = 2


def silence_on(patient: Patient, on: date, *, now: datetime) -> Reason | None:
    """What would keep back a reminder of this date if it came due now; None if nothing.

    Being on track is judged for the last slot of the day.
    """
    days = Day.objects.filter(assignment__patient=patient, assignment__ended_on=None, on=on)
    everything = Reminder.objects.filter(channel=EMAIL)
    judged = with_silence(
        days, slot=Value(LAST_SLOT), channel=Value(EMAIL), reminders=everything, now=now
    )
    silence = judged.values_list("silence", flat=True).first()
    if silence is None:
        return Reason.NO_DAY
    return Reason(silence) if silence else None
