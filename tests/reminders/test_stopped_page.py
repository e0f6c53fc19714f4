"""The reminder's page while a warning sign is unchecked, and after much pain."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from patients.models import HeldEntry, NotToday, Session
from patients.services import sessions, signs
from tests.reminders.nudging import MORNING, asked_day, do_session
from tests.reminders.test_answers import ADDRESSES, link, press
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as hands:
        yield hands


@pytest.fixture
def day():
    return asked_day(asked_min=2, asked_max=3, assignment__patient__name="Sam Reed")


@pytest.fixture
def reminder(day):
    return reminder_of(day)


def tell_a_sign(day):
    return signs.tell(day.assignment.patient, by=day.assignment.patient.user, now=MORNING)


def is_the_notice(page) -> None:
    """Whom to call and how it goes on; nothing to press, no praise and no way to the exercises."""
    assertContains(page, "Stop: no exercises for now")
    assertContains(page, 'href="tel:999"')
    assertContains(page, "Your clinic has to speak to you first.")
    for gone in ("Well done", "Start now", "Open my page", "Not today", "<button", "done</"):
        assertNotContains(page, gone)


@pytest.mark.parametrize("name", ADDRESSES)
def test_after_a_warning_sign_it_shows_only_the_notice(mail, reminder, day, name):
    tell_a_sign(day)
    is_the_notice(mail.get(link(reminder, name)))


def test_a_session_saved_from_it_before_is_praised_no_more(mail, reminder, day):
    press(mail, reminder, "done")
    tell_a_sign(day)
    is_the_notice(mail.get(link(reminder)))
    assert Session.objects.not_undone().count() == 1


def test_its_buttons_do_nothing_and_the_clinic_sees_what_was_pressed(
    mail,
    reminder,
    day,
    as_user,
):
    sign = tell_a_sign(day)
    for _twice in range(2):
        is_the_notice(press(mail, reminder, "done"))
        is_the_notice(press(mail, reminder, "not_today", reason="pain"))
    assert not Session.objects.exists()
    assert not NotToday.objects.exists()
    kept = {(held.what, held.note, held.on) for held in sign.held.all()}
    assert kept == {("session", "", day.on), ("not_today", "pain", day.on)}
    assert HeldEntry.objects.count() == 2
    patient = day.assignment.patient
    record = as_user(patient.clinician).get(reverse("caseload:record", args=[patient.pk]))
    assertContains(record, "ticked off a session")
    assertContains(record, "said not today")


def hurt(day, pain: int) -> None:
    session = do_session(day)
    by = day.assignment.patient.user
    sessions.describe_session(session, pain_after=pain, effort="", note="", by=by, now=MORNING)


@pytest.mark.parametrize("times", [1, 2])
def test_much_pain_is_never_congratulated_there(mail, reminder, day, times):
    for _time in range(times):
        hurt(day, 7)
    page = mail.get(link(reminder))
    assertNotContains(page, "Well done")
    assertNotContains(page, "one more")
    assertContains(page, "Take it easy now, and rest.")
    for private in ("pain", "7"):  # whoever holds the e-mail reads this page
        assert private not in page.content.decode().split("Take it easy")[1].split("</p>")[0]


def test_a_session_saved_from_it_after_much_pain_is_not_praised(mail, reminder, day):
    hurt(day, 8)
    page = press(mail, reminder, "done", another="yes")
    assertContains(page, "Saved.")
    assertNotContains(page, "Well done")
