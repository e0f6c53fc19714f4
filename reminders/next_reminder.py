"""When the next reminder goes out, today or tomorrow: asked of the rules that would keep it back.

Reads only.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import DateTimeField, QuerySet, Value

from accounts.kept_query import KeptQuery
from outbox.models import State
from patients.models import Day, Patient
from patients.schedule import DAY, instant, local_date
from reminders.channels import EMAIL
from reminders.models import Reminder
from reminders.rules import Reason
from reminders.services import Choice, chosen

ROWS: KeptQuery[Reminder] = KeptQuery(
    lambda patient, first, last: Reminder.objects.filter(
        patient=patient, channel=EMAIL, on__gte=first, on__lte=last
    ),
    patient=UUID,
    first=date,
    last=date,
)
DAYS: KeptQuery[Any] = KeptQuery(
    lambda patient, today, tomorrow: (
        Day.objects.asked()
        .filter(assignment__patient=patient, assignment__ended_on=None, on__in=[today, tomorrow])
        .order_by("on")
    ),
    patient=UUID,
    today=date,
    tomorrow=date,
)
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
    rows = _rows(patient, now)
    coming = [*_written(rows, patient, now), *_to_be_planned(rows, choice, patient, now)]
    for one in sorted(coming, key=lambda one: one.due_at):
        silence = one.silence()
        if not silence:
            return one.told
        if silence not in OF_ONE_TIME:
            return None
    return None


class _Coming(NamedTuple):
    due_at: datetime
    told: NextReminder
    silence: Callable[[], str]  # the reason that would keep it back


def _rows(patient: Patient, now: datetime) -> list[Reminder]:
    """What is written of the days about now."""
    today = local_date(now, patient.zone)
    return ROWS(patient=patient.pk, first=today - DAY, last=today + 2 * DAY)


def _written(rows: list[Reminder], patient: Patient, now: datetime) -> Iterator[_Coming]:
    """Rows that were written ahead of their time, or put off."""
    for row in rows:
        due_at = row.retry_at or row.due_at
        if row.state == State.DUE and due_at > now:
            wall = due_at.astimezone(patient.zone)
            yield _Coming(
                due_at, NextReminder(wall.date(), wall.time()), partial(_of_row, row, due_at)
            )


def _to_be_planned(
    rows: list[Reminder], choice: Choice, patient: Patient, now: datetime
) -> Iterator[_Coming]:
    """Today's and tomorrow's times that no row was written for: none comes twice."""
    used = {(row.on, row.at) for row in rows}
    for day in _days(patient, now):
        for slot, at in enumerate(choice.at(day.asked_min)):
            due_at = instant(day.on, at, patient.zone)
            if due_at > now and (day.on, at) not in used and choice.counts(at, due_at):
                silence = partial(_of_slot, day, slot, due_at)
                yield _Coming(due_at, NextReminder(day.on, at), silence)


def _days(patient: Patient, now: datetime) -> list[Any]:
    """Today and tomorrow, where they ask for sessions."""
    today = local_date(now, patient.zone)
    return DAYS(patient=patient.pk, today=today, tomorrow=today + DAY)


def _of_row(row: Reminder, at: datetime) -> str:
    judged: Any = Reminder.objects.filter(pk=row.pk).with_silence(at)
    silence: str = judged.values_list("silence", flat=True).get()
    return silence


def _of_slot(day: Day, slot: int, at: datetime) -> str:
    """Of a time that no row was written for."""
    return next(iter(SILENCE(day=day.pk, slot=slot, now=at)), Reason.NO_DAY)


def _silence(day: UUID, slot: int, now: datetime) -> QuerySet[Any, str]:
    judged: Any = Reminder.objects.judge(
        Day.objects.filter(pk=day),
        slot=Value(slot),
        channel=Value(EMAIL),
        now=Value(now, output_field=DateTimeField()),
    )
    silence: QuerySet[Any, str] = judged.values_list("silence", flat=True)
    return silence


SILENCE: KeptQuery[str] = KeptQuery(_silence, day=UUID, slot=int, now=datetime)
