"""Once access to a record is closed: no reminder leaves, and what was mailed opens nothing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from outbox.models import State
from patients.models import ClosedBecause, NotToday, Session
from patients.services import access, records
from reminders import services, tokens
from reminders.models import Preference, Reminder
from reminders.rules import Reason
from reminders.services import silence_on
from tests.factories import UserFactory
from tests.reminders.nudging import EVENING, MINUTE, MORNING, ON, asked_day, looked_until
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PAGES: list[tuple[str, tokens.Purpose]] = [
    ("answer", "open"),
    ("done", "done"),
    ("undo", "undo"),
    ("not_today", "not_today"),
    ("from_email", "change"),
]


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as hands:
        yield hands


@pytest.fixture
def day():
    return asked_day(
        assignment__patient__name="Sam Reed", assignment__patient__clinic__name="Backs"
    )


@pytest.fixture
def patient(day):
    return day.assignment.patient


def close(patient, *, now=MORNING) -> None:
    why = ClosedBecause.WRONG_PERSON
    access.close_access(patient, because=why, by=patient.clinician, now=now)


def accept_anew(patient, *, now=MORNING):
    """The right person, at the right address."""
    patient.email = "right@example.org"
    patient.save(update_fields=["email"])
    invitation = records.invite(patient, by=patient.clinician, now=now)
    return records.accept(invitation, now=now)


def link(reminder: Reminder, name: str, purpose: tokens.Purpose) -> str:
    return reverse(f"reminders:{name}", args=[tokens.make(reminder, purpose=purpose)])


# --- what was mailed ---


@pytest.mark.parametrize("has_new_owner", [False, True])
@pytest.mark.parametrize(("name", "purpose"), PAGES)
def test_every_link_mailed_before_is_closed(mail, day, patient, name, purpose, has_new_owner):
    reminder = reminder_of(day)
    address = link(reminder, name, purpose)
    assert mail.get(address).status_code == 200
    close(patient)
    if has_new_owner:
        accept_anew(patient)
    for answer in (mail.get(address), Client().post(address, {"reason": "pain", "is_on": ""})):
        assertContains(answer, "This link no longer works", status_code=410)
        assertNotContains(answer, "Sam", status_code=410)
    assert not Session.objects.exists()
    assert not NotToday.objects.exists()
    assert not Preference.objects.exists()


def test_links_mailed_to_the_right_person_afterwards_work(mail, day, patient):
    close(patient)
    accept_anew(patient)
    reminder = reminder_of(day, planned_at=MORNING + MINUTE)
    for name, purpose in PAGES:
        assert mail.get(link(reminder, name, purpose)).status_code == 200


@pytest.mark.parametrize("has_new_owner", [False, True])
def test_stop_still_stops_and_does_nothing_more(mail, day, patient, has_new_owner):
    address = link(reminder_of(day), "unsubscribe", "stop")
    close(patient)
    if has_new_owner:
        accept_anew(patient)
    for answer in (mail.get(address), mail.post(address, {"List-Unsubscribe": "One-Click"})):
        assert answer.status_code == 200
        for more in ("Sam", "your page", "/change/", "Choose other times", "Turn them on"):
            assertNotContains(answer, more)
    assert not Preference.objects.get(patient=patient).is_on


def test_stop_by_a_closed_link_leaves_other_records_alone(mail, day, patient):
    address = link(reminder_of(day), "unsubscribe", "stop")
    close(patient)
    owner = accept_anew(patient)
    other = asked_day(assignment__patient__user=owner).assignment.patient
    mail.post(address)
    assert list(Preference.objects.values_list("patient", flat=True)) == [patient.pk]
    assert services.chosen(other).is_on


# --- what was still to leave ---


def test_a_reminder_claimed_before_and_sent_after_does_not_leave(day, patient):
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    [row] = Reminder.objects.to_be_written().claim(5, now=MORNING)
    close(patient, now=MORNING + MINUTE)
    assert not Reminder.objects.hand_over([row], now=MORNING + MINUTE)
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.SKIPPED, Reason.ACCESS_CLOSED)


def test_nor_where_the_right_person_has_accepted_meanwhile(day, patient):
    """Its words hold the address of whoever was put out: it is written before it is judged."""
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    [row] = Reminder.objects.to_be_written().claim(5, now=MORNING)
    close(patient, now=MORNING + MINUTE)
    accept_anew(patient, now=MORNING + MINUTE)
    assert not Reminder.objects.hand_over([row], now=MORNING + MINUTE)


def test_none_is_planned_while_access_is_closed(day, patient):
    close(patient)
    looked_until(EVENING - MINUTE)
    assert services.tick(now=EVENING) == 0
    assert silence_on(patient, ON, now=EVENING) == Reason.ACCESS_CLOSED


def test_the_page_of_reasons_says_that_access_was_closed(day, patient):
    staff = Client()
    staff.force_login(patient.clinician)
    close(patient)
    page = staff.get(reverse("caseload:why", args=[patient.pk]))
    assertContains(page, "access to the patient&#x27;s page was closed")
    assertNotContains(page, "the invitation is not accepted yet")


# --- the page behind the button ---


@pytest.mark.parametrize("said", ["", "no_time"])
def test_the_page_of_a_day_holds_no_link_that_works_longer(mail, day, said):
    reminder = reminder_of(day)
    if said:
        mail.post(link(reminder, "not_today", "not_today"), {"reason": said})
    page = mail.get(link(reminder, "answer", "open")).content.decode()
    held = set(re.findall(r"/reminders/([^/\"]{40,})/", page))
    for token in held:
        for purpose, span in tokens.VALID_FOR.items():
            if tokens.read(token, purpose=purpose):
                assert span == tokens.A_DAY, purpose
    assert held
    assert "Stop or change my reminders" in page


def test_two_people_at_one_clinic_do_not_close_each_others_links(mail, day, patient):
    other = asked_day(assignment__patient__user=UserFactory())
    address = link(reminder_of(other), "answer", "open")
    close(patient)
    assert mail.get(address).status_code == 200
