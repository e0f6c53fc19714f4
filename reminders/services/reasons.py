"""Why a patient gets no reminder, asked of the same rules that keep it back."""

from datetime import date, datetime
from typing import Any

from django.db.models import DateTimeField, QuerySet, Value

from patients.models import Day, DayQuerySet, Patient
from reminders.channels import EMAIL
from reminders.models import Reminder
from reminders.rules import Reason

LAST_SLOT = 2


def judge_now(days: DayQuerySet, *, now: datetime) -> QuerySet[Any]:
    """Add ``silence``: what would keep back an e-mail at the last slot of each day."""
    moment = Value(now, output_field=DateTimeField())
    return Reminder.objects.judge(days, slot=Value(LAST_SLOT), channel=Value(EMAIL), now=moment)


def silence_on(patient: Patient, on: date, *, now: datetime) -> Reason | None:
    """What would keep back a reminder of this date if it came due now; None if nothing.

    Being on track is judged for the last slot of the day.
    """
    days = Day.objects.filter(assignment__patient=patient, assignment__ended_on=None, on=on)
    silence = judge_now(days, now=now).values_list("silence", flat=True).first()
    if silence is None:
        return Reason.NO_DAY
    return Reason(silence) if silence else None
