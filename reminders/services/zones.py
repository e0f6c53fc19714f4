"""A record moves to another time zone, and no time of its reminders is lost. See docs/adr/0056."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from outbox.models import State
from patients.models import Day, Patient, ZoneChange
from patients.schedule import DAY, instant, local_date
from patients.services import plans, records
from reminders.channels import CHANNELS, Channel
from reminders.models import LATEST, Heartbeat, Reminder
from reminders.planning import NAME
from reminders.rules import GRACE
from reminders.services.choices import chosen

# What cannot wait for its old time leaves so late that there is time to go back.
SOON = timedelta(minutes=10)


@transaction.atomic
def follow_zone(patient: Patient, *, time_zone: str, by: User, now: datetime) -> ZoneChange | None:
    """Move a record's dates and reminders to another IANA zone; None: it is there already.

    A time that the new clock has passed and the old one has not is written down, to come once.
    """
    records.take_turn(patient.pk)  # first of all, as everywhere: pages hold it already
    seen = _seen_until(now)
    patient.refresh_from_db(fields=["time_zone"])
    before = patient.zone
    plans.change_time_zone(patient, time_zone=time_zone, by=by, now=now)
    if patient.zone == before:
        return None
    _keep_passed_over(patient, before, seen=seen, now=now)
    return ZoneChange.objects.get(patient=patient, changed_at=now)


@transaction.atomic
def edit_patient(patient: Patient, *, time_zone: str, by: User, now: datetime, **said: Any) -> None:
    """Correct a record as ``patients.services.records.edit_patient`` does, which says what may be
    ``said`` and what is raised; and move it as ``follow_zone`` does.
    """
    if patient.time_zone != time_zone:
        follow_zone(patient, time_zone=time_zone, by=by, now=now)
    records.edit_patient(patient, time_zone=time_zone, **said, by=by, now=now)


def _seen_until(now: datetime) -> datetime:
    """Up to when the ticks have looked; until this transaction ends they look no further.

    What came due longer ago than the grace is not made up for.
    """
    beat = Heartbeat.objects.select_for_update().filter(name=NAME).first()
    return max(beat.done_until, now - GRACE) if beat else now


def _keep_passed_over(patient: Patient, before: ZoneInfo, *, seen: datetime, now: datetime) -> None:
    """Called once the record has its new zone."""
    _leave_to_new_clock(patient, seen=seen)
    if not chosen(patient).is_on:
        return
    for channel in CHANNELS.values():
        rows = _passed_over(patient, before, channel, seen=seen, now=now)
        Reminder.objects.bulk_create(rows, ignore_conflicts=True)


def _leave_to_new_clock(patient: Patient, *, seen: datetime) -> None:
    """What an earlier move kept and is still to come by the clock of now comes by it."""
    kept = Reminder.objects.filter(
        patient=patient, origin=Reminder.Origin.OLD_CLOCK, state=State.DUE
    )
    coming = [row.pk for row in kept if instant(row.on, row.at, patient.zone) > seen]
    kept.filter(pk__in=coming).delete()


def _passed_over(
    patient: Patient, before: ZoneInfo, channel: Channel, *, seen: datetime, now: datetime
) -> Iterator[Reminder]:
    """A row for each time of an asked day that the old clock has not come to, and that the new one
    has passed. One that has a row already is among them: it stays as it is.
    """
    choice = chosen(patient)
    first, last = local_date(seen, before), local_date(seen, patient.zone)
    for day in _asked_days(patient, channel, first, last):
        for at in choice.at(day.asked_min or 1):
            old, new = instant(day.on, at, before), instant(day.on, at, patient.zone)
            if new <= seen < old and choice.counts(at, old):
                due_at = _due_at(day.on, at, before, patient.zone, now=now)
                yield _row(day, at, channel, due_at=due_at, before=before, now=now)


def _asked_days(patient: Patient, channel: Channel, first: date, last: date) -> QuerySet[Day]:
    days = Day.objects.asked().filter(
        channel.wanted,
        assignment__patient=patient,
        assignment__patient__user__isnull=False,
        assignment__ended_on=None,
        on__range=(first, last),
    )
    return days.select_related("assignment").order_by("on")


def _due_at(on: date, at: time, before: ZoneInfo, after: ZoneInfo, *, now: datetime) -> datetime:
    """At its old time, if that is by day and on its date by the new clock, too; else soon."""
    old = instant(on, at, before)
    wall = old.astimezone(after)
    if wall.date() == on and wall.time() <= LATEST:
        return old
    return min(old, now + SOON)


def _row(
    day: Day, at: time, channel: Channel, *, due_at: datetime, before: ZoneInfo, now: datetime
) -> Reminder:
    """Its day ends as it would have ended by the old clock."""
    midnight = instant(day.on + DAY, time(), before)
    return Reminder(
        patient_id=day.assignment.patient_id,
        assignment_id=day.assignment_id,
        on=day.on,
        at=at,
        origin=Reminder.Origin.OLD_CLOCK,
        channel=channel.name,
        planned_at=now,
        due_at=due_at,
        expires_at=min(due_at + GRACE, midnight),
    )
