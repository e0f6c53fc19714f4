"""A reminder's page promises no letter that a later choice, day or clock has taken away."""

from datetime import time

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from patients.models import Day
from reminders import services
from reminders.models import Reminder
from tests.reminders.nudging import asked_day
from tests.reminders.test_answers import link as link_to
from tests.reminders.test_changed_times import at, letter
from tests.reminders.test_later import link, pick

pytestmark = pytest.mark.django_db
AGAIN = "We write again today at"


@pytest.fixture(autouse=True)
def hands():
    with time_machine.travel(at(9), tick=False) as hands:
        yield hands


@pytest.fixture
def day() -> Day:
    return asked_day(assignment__patient__called="Sam")


@pytest.fixture
def reminder(day) -> Reminder:
    came = {"due_at": at(8, 30), "expires_at": at(10, 30), "handed_at": at(8, 30)}
    return letter(day, 8, at=time(8, 30), **came)


def test_not_today_takes_the_promise_back_and_undo_brings_it(mail, reminder):
    pick(mail, reminder, "15:00")
    mail.post(link(reminder, "not_today"), {"reason": "no_time"})
    page = mail.get(link_to(reminder))
    assertContains(page, "No more reminders come today.")
    assertNotContains(page, AGAIN)
    mail.post(link(reminder, "undo"))
    assertContains(mail.get(link_to(reminder)), f"{AGAIN} 15:00")


def test_reminders_off(mail, reminder, day):
    pick(mail, reminder, "15:00")
    services.stop(day.assignment.patient, by=None, now=at(9))
    assertNotContains(mail.get(link_to(reminder)), AGAIN)


def test_another_clock(mail, reminder, day):
    pick(mail, reminder, "15:00")
    patient = day.assignment.patient
    services.follow_zone(patient, time_zone="Europe/Berlin", by=patient.user, now=at(9))
    assertContains(mail.get(link_to(reminder)), f"{AGAIN} 16:00")


def test_where_no_time_is_offered_none_is_asked_for(mail, reminder, day):
    mail.post(link(reminder, "not_today"), {"reason": "no_time"})
    page = mail.post(link(reminder, "later"), {"at": "15:00"})
    assertNotContains(page, "Choose another time", status_code=422)


def test_a_zone_that_nobody_knows_forgets_no_name(client, day):
    patient = day.assignment.patient
    client.force_login(patient.user)
    url = reverse("today:follow_zone", args=[patient.pk])
    page = client.post(url, {"time_zone": "Mars/Phobos"})
    assertContains(page, 'value="Sam"', status_code=422)
    # What is typed there next is saved, the name too.
    assertContains(page, f'action="{reverse("today:settings")}"', count=2, status_code=422)
