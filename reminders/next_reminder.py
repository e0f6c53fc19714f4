"""When the next reminder goes out, today or tomorrow: asked of the rules that would keep it back.

Reads only.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import DateTimeField, Exists, OuterRef, Value

from outbox.models import State
from patients.models import Day, Patient
from patients.schedule import DAY, instant, local_date
from reminders.channels import EMAIL
from reminders.models import Reminder
from reminders.rules import Reason
from reminders.services import Choice, chosen

# These are about one time or one day; a later one may be free of them.
OF_ONE_TIME = {
    Reason.COMPLETE,
    Reason.NOT_TODAY,
    Reason.MUCH_PAIN,
    Reason.HURT,
    Reason.ON_TRACK,
    Reason.TOO_SOON,
    Reason.BACKED_OFF,
}


class NextReminder(NamedTuple):
    """On the patient's calendar, and by their clock."""

    on: date
    at: time


def next_reminder(patient: Patient, *, now: datetime) -> NextReminder | None:
    """The next one if nothing more is done until then; None if none comes."""
    choice = chosen(patient)
    if not choice.is_on:
        return None
    found = (_written(patient, now), _by_the_clock(patient, choice, now))
    return min((one for one in found if one), default=None)


def _written(patient: Patient, now: datetime) -> NextReminder | None:
    """What has a row already and is still to come, such as what a move to another zone kept."""
    rows = Reminder.objects.filter(patient=patient, state=State.DUE, due_at__gt=now)
    judged: Any = rows.with_silence(now)
    row = judged.filter(silence="").order_by("due_at").first()
    wall = row and row.due_at.astimezone(patient.zone)
    return NextReminder(wall.date(), wall.time()) if wall else None


def _by_the_clock(patient: Patient, choice: Choice, now: datetime) -> NextReminder | None:
    for day in _days(patient, now):
        for slot, at in enumerate(choice.at(day.asked_min)):
            due_at = instant(day.on, at, patient.zone)
            if due_at <= now:
                continue
            silence, is_used = _silence(day, slot, at, due_at)
            if is_used:
                continue
            if not silence:
                return NextReminder(day.on, at)
            if silence not in OF_ONE_TIME:
                return None
    return None


def _days(patient: Patient, now: datetime) -> Iterator[Any]:
    """Today and tomorrow, where they ask for sessions."""
    today = local_date(now, patient.zone)
    days = Day.objects.asked().filter(assignment__patient=patient, assignment__ended_on=None)
    yield from days.filter(on__in=[today, today + DAY]).order_by("on")


def _silence(day: Day, slot: int, at: time, due_at: datetime) -> tuple[str, bool]:
    """The Reason that would keep back the e-mail of this time as it comes; "" if none would.

    And whether this time of the day was used before it was moved: it does not come twice.
    """
    of_patient = Reminder.objects.filter(patient=OuterRef("assignment__patient"))
    earlier = of_patient.filter(on=day.on, at=at, channel=EMAIL)
    judged = Reminder.objects.judge(
        Day.objects.filter(pk=day.pk),
        slot=Value(slot),
        channel=Value(EMAIL),
        now=Value(due_at, output_field=DateTimeField()),
    )
    silence, is_used = (
        judged.annotate(is_used=Exists(earlier)).values_list("silence", "is_used").get()
    )
    return str(silence), is_used
