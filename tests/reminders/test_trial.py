"""“Send me a test now”: the reminder's own words, marked, and not too often."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AddressTrouble, Letter
from outbox import delivery
from patients.models import Day
from reminders.models import Reminder
from tests.reminders.nudging import MORNING, asked_day, do_session

pytestmark = pytest.mark.django_db
TEST, EXAMPLE = "/reminders/test/", "/reminders/example/"
SETTINGS = "/reminders/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as moving:
        yield moving


@pytest.fixture
def day(cast) -> Day:
    return asked_day(assignment=cast.assignment)


@pytest.fixture
def patient(cast, day, as_user):
    return as_user(cast.patient)


def sent(smtp_server, now=MORNING):
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: now)
    return smtp_server.messages


def text(message) -> str:
    return message.get_body(("plain",)).get_content()


def test_a_patient_gets_their_own_reminder_marked_as_a_test(cast, patient, day, smtp_server):
    do_session(day)
    response = patient.post(TEST, follow=True)
    assertRedirects(response, SETTINGS)
    assertContains(response, "A test is on its way to sam@example.org.")
    assertContains(response, "look in the folder for spam")
    [message] = sent(smtp_server)
    assert message["To"] == "sam@example.org"
    assert message["Subject"] == "Test: Your reminder for today"
    assert "This is a test that you asked for." in text(message)
    assert "Hello Sam, 1 of 2–3 done today." in text(message)
    assert "http://testserver/today/" in text(message)
    assert not Reminder.objects.exists(), "the day's own reminders are not touched"


def test_both_forms_of_it_say_so(patient, smtp_server):
    patient.post(TEST)
    html = sent(smtp_server)[0].get_body(("html",)).get_content()
    assert "This is a test that you asked for." in html
    assert "there are 2 or 3 sessions today" in html


def test_on_a_free_day_it_shows_an_example(cast, as_user, smtp_server):
    Day.objects.all().delete()
    as_user(cast.patient).post(TEST)
    assert "there are 2 or 3 sessions today" in text(sent(smtp_server)[0])


def test_staff_get_an_example_with_nobody_in_it(cast, as_user, smtp_server):
    client = as_user(cast.clinician)
    assertContains(client.get("/settings/"), EXAMPLE)
    response = client.post(EXAMPLE, follow=True)
    assertRedirects(response, reverse("accounts:settings"))
    assertContains(response, "A test is on its way to")
    [message] = sent(smtp_server)
    assert message["To"] == cast.clinician.email
    assert "Hello Priya Shah, there are 2 or 3 sessions today." in text(message)
    assert "Sam" not in message.as_string()


def test_patients_are_offered_it_on_their_page_only(patient, cast, as_user):
    assertContains(patient.get(SETTINGS), f'action="{TEST}"')
    assertNotContains(as_user(cast.stranger).get("/settings/"), EXAMPLE)


@pytest.mark.parametrize("address", [TEST, EXAMPLE])
def test_looking_sends_nothing(cast, as_user, patient, address):
    for client in (patient, as_user(cast.clinician)):
        assert client.get(address).status_code == 405
    assert not Letter.objects.exists()


def test_three_an_hour(patient, clock):
    for _ in range(3):
        assertContains(patient.post(TEST, follow=True), "on its way")
    assertContains(patient.post(TEST, follow=True), "You can have another in 1 hour.")
    assert Letter.objects.count() == 3
    clock.shift(timedelta(hours=1))
    assertContains(patient.post(TEST, follow=True), "on its way")


def test_somebody_elses_tests_do_not_count(cast, patient, as_user):
    for _ in range(3):
        as_user(cast.clinician).post(EXAMPLE)
    assertContains(patient.post(TEST, follow=True), "on its way")


def test_the_page_says_why_none_come_and_a_test_that_arrives_mends_it(patient, cast, smtp_server):
    assertNotContains(patient.get(SETTINGS), "does not arrive")
    AddressTrouble.objects.create(
        address=cast.patient.email, state="refused", counted_at=MORNING, code="550"
    )
    page = patient.get(SETTINGS)
    assertContains(page, "Our mail to sam@example.org does not arrive, so no reminders come.")
    patient.post(TEST)
    assert len(sent(smtp_server)) == 1
    assertNotContains(patient.get(SETTINGS), "does not arrive")


def test_a_test_that_could_not_leave_within_the_hour_is_dropped(patient, smtp_server):
    patient.post(TEST)
    assert sent(smtp_server, MORNING + timedelta(hours=1)) == []
    assert Letter.objects.get().is_lost
