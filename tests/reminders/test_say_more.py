"""After "Done" in a reminder: a way to say how it went, for whoever is signed in as the patient."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from patients.models import Session
from reminders import tokens
from tests.factories import PatientFactory
from tests.reminders.nudging import MORNING, asked_day
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db
WORDS = "Say how it went"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as hands:
        yield hands


@pytest.fixture
def reminder():
    return reminder_of(asked_day(asked_min=2, asked_max=3))


def done(browser, reminder):
    address = reverse("reminders:done", args=[tokens.make(reminder, purpose="done")])
    return browser.post(address, follow=True)


def test_signed_in_it_leads_on_to_the_session(reminder, as_user):
    phone = as_user(reminder.patient.user)
    page = done(phone, reminder)
    assert Session.objects.count() == 1
    address = reverse("today:session_describe", args=[Session.objects.get().pk])
    assertContains(page, WORDS)
    assertContains(page, address)
    assertContains(phone.get(address), "Your exercises")


@pytest.mark.parametrize("who", ["nobody", "another patient", "the clinician"])
def test_to_anybody_else_one_press_is_all(reminder, as_user, who):
    somebody = {
        "nobody": lambda: Client(),
        "another patient": lambda: as_user(PatientFactory().user),
        "the clinician": lambda: as_user(reminder.patient.clinician),
    }
    page = done(somebody[who](), reminder)
    assertContains(page, "Saved. Well done.")
    assertNotContains(page, WORDS)
    assert Session.objects.count() == 1
