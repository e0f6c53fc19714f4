"""Each patient's own clock, where the clocks change and where the date line runs."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from patients.schedule import due_local_minutes
from reminders import services
from reminders.models import Preference, Reminder, Slot
from tests.reminders.nudging import asked_day, deliver, looked_until

pytestmark = pytest.mark.django_db

# (zone, local date, the slot's local time, the instant in UTC)
CASES = [
    ("Europe/London", "2026-01-15", "08:30", "2026-01-15 08:30"),  # winter
    ("Europe/London", "2026-07-15", "08:30", "2026-07-15 07:30"),  # summer
    ("Europe/London", "2026-03-28", "08:30", "2026-03-28 08:30"),  # the day before
    ("Europe/London", "2026-03-29", "08:30", "2026-03-29 07:30"),  # the clocks go forward
    ("Europe/London", "2026-10-25", "08:30", "2026-10-25 08:30"),  # and back
    ("America/New_York", "2026-03-08", "18:30", "2026-03-08 22:30"),
    ("America/New_York", "2026-11-01", "18:30", "2026-11-01 23:30"),
    ("America/New_York", "2026-11-01", "04:00", "2026-11-01 09:00"),
    ("Asia/Kathmandu", "2026-03-30", "08:30", "2026-03-30 02:45"),  # a quarter to
    ("Pacific/Auckland", "2026-01-15", "08:30", "2026-01-14 19:30"),  # yesterday in UTC
    ("Pacific/Auckland", "2026-04-05", "08:30", "2026-04-04 20:30"),  # back, in autumn
    ("Pacific/Auckland", "2026-09-27", "08:30", "2026-09-26 19:30"),  # forward, in spring
    ("Pacific/Apia", "2026-03-30", "22:30", "2026-03-30 09:30"),  # UTC+13
    ("Pacific/Pago_Pago", "2026-03-30", "22:30", "2026-03-31 09:30"),  # UTC-11, a neighbour
]


def day_with_slot(zone: str, on: date, at: time):
    day = asked_day(zone, on=on, assignment__starts_on=on)
    patient = day.assignment.patient
    Preference.objects.create(
        patient=patient, has_own_times=True, changed_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    Slot.objects.create(patient=patient, zone=patient.time_zone, position=0, at=at)
    return day


@pytest.mark.parametrize(("zone", "on", "at", "utc"), CASES)
def test_the_slot_comes_due_at_this_instant_and_only_then(zone, on, at, utc):
    due = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    day_with_slot(zone, date.fromisoformat(on), time.fromisoformat(at))
    looked_until(due - timedelta(minutes=2))
    assert services.tick(now=due - timedelta(minutes=1)) == 0
    assert services.tick(now=due + timedelta(seconds=30)) == 1
    [reminder] = Reminder.objects.all()
    assert (reminder.due_at, reminder.on) == (due, date.fromisoformat(on))


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Pacific/Auckland"])
def test_a_year_of_evenings_has_each_once(zone):
    """Every local evening of the year comes due exactly once, whatever the clocks do."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    hours = [start + timedelta(hours=n) for n in range(366 * 24)]
    evenings = [
        on
        for after, until in zip(hours, hours[1:], strict=False)
        for on, at in due_local_minutes(ZoneInfo(zone), after, until)
        if at == time(18, 30)
    ]
    assert len(evenings) == len(set(evenings)) >= 365


def test_a_patient_who_travels_gets_no_second_mail_for_a_slot(smtp_server):
    """At 8:30 in London they were reminded; in New York it is 8:30 again five hours later."""
    morning = datetime(2026, 3, 30, 7, 30, tzinfo=UTC)
    day = asked_day("Europe/London", on=date(2026, 3, 30))
    looked_until(morning - timedelta(minutes=1))
    services.tick(now=morning)
    deliver(morning)
    patient = day.assignment.patient
    patient.time_zone = "America/New_York"
    patient.save()
    again = morning + timedelta(hours=5)
    looked_until(again - timedelta(minutes=1))
    services.tick(now=again)
    deliver(again)
    assert len(smtp_server.messages) == 1
