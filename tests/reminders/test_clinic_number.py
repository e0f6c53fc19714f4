"""A reminder's page that speaks of the clinic says how to reach it, without sign-in."""

import pytest
import time_machine
from pytest_django.asserts import assertContains

from patients.services import signs
from tests.reminders.nudging import MORNING, asked_day
from tests.reminders.test_answers import link, press
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def day():
    return asked_day(
        assignment__patient__name="Sam Reed",
        assignment__patient__clinic__name="Riverside Backs",
    )


@pytest.fixture
def reminder(day):
    return reminder_of(day)


@pytest.mark.parametrize(
    ("reason", "is_shown"),
    [("pain", True), ("tired", True), ("away", True), ("other", True), ("no_time", False)],
)
def test_who_is_told_to_call_the_clinic_reads_its_number(client, reminder, day, reason, is_shown):
    clinic = day.assignment.patient.clinic
    clinic.telephone, clinic.opening_hours = "+442079460958", "Mon to Fri, 8:30 to 17:00"
    clinic.save()
    response = press(client, reminder, "not_today", reason=reason)
    assert ('href="tel:+442079460958">020 7946 0958</a>' in response.text) is is_shown
    assert ("Mon to Fri, 8:30 to 17:00" in response.text) is is_shown


@pytest.mark.parametrize("why", ["stopped", "closed"])
def test_who_must_wait_for_the_clinic_reads_its_number_or_what_to_do(client, reminder, day, why):
    patient = day.assignment.patient
    if why == "closed":
        patient.user.is_active = False
        patient.user.save()
    else:
        signs.tell(patient, by=patient.user, now=MORNING)
    without = "Do not wait for your clinic" if why == "stopped" else "We do not have the number of"
    assertContains(client.get(link(reminder)), without)
    patient.clinic.telephone = "+442079460958"
    patient.clinic.save()
    assertContains(client.get(link(reminder)), 'href="tel:+442079460958"')
