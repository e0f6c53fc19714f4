"""Rules that the database itself keeps."""

from datetime import time, timedelta

import pytest
from django.db import connection, transaction

from outbox.models import State
from reminders.models import Reminder, Slot
from tests.constraints import refused_by
from tests.factories import PatientFactory
from tests.reminders.nudging import AT_MORNING, MORNING, ON, asked_day

pytestmark = pytest.mark.django_db


def reminder(**changes) -> Reminder:
    assignment = asked_day().assignment
    given = {
        "patient": assignment.patient,
        "assignment": assignment,
        "on": ON,
        "at": AT_MORNING,
        "due_at": MORNING,
        "expires_at": MORNING + timedelta(hours=2),
        "planned_at": MORNING,
    }
    return Reminder.objects.create(**given | changes)


def test_one_row_for_a_patient_a_date_a_time_and_a_channel():
    first = reminder()
    with refused_by("reminder_once_per_time"):
        reminder(patient=first.patient, assignment=first.assignment)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"expires_at": MORNING - timedelta(minutes=1)}, "reminder_expires_after_due"),
        ({"state": State.CLAIMED}, "reminder_held_has_a_lease"),
        ({"state": State.SENT}, "reminder_handed_is_stamped"),
    ],
    ids=str,
)
def test_a_row_that_the_machine_could_not_have_made(changes, name):
    with refused_by(name):
        reminder(**changes)


@pytest.mark.parametrize(
    ("position", "at", "name"),
    [
        (3, time(12, 0), "slot_three_at_most"),
        (0, time(3, 59), "slot_in_waking_hours"),
        (0, time(22, 31), "slot_in_waking_hours"),
    ],
    ids=str,
)
def test_a_time_that_nobody_may_choose(position, at, name):
    with refused_by(name):
        Slot.objects.create(
            patient=PatientFactory(), zone="Europe/London", position=position, at=at
        )


def test_each_place_of_the_day_is_taken_once():
    patient = PatientFactory()
    Slot.objects.create(patient=patient, zone=patient.time_zone, position=0, at=time(9, 0))
    with refused_by("slot_position_once"):
        Slot.objects.create(patient=patient, zone=patient.time_zone, position=0, at=time(18, 0))


def test_a_reminder_is_about_its_patients_own_assignment():
    other = asked_day().assignment
    with refused_by("reminder_of_assignment"), transaction.atomic():
        reminder(patient=other.patient)
        connection.check_constraints()


def test_it_goes_with_its_assignment_and_with_its_patient():
    first, second = reminder(), reminder()
    first.assignment.days.all().delete()
    first.assignment.delete()
    assert list(Reminder.objects.all()) == [second]
    second.patient.delete()
    assert not Reminder.objects.exists()
