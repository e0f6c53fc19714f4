"""A page behind a link that does nothing any more says how it goes on: whom to call, or to sign in."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from patients.models import AddressChange, ClosedBecause
from patients.services import access, addresses, records
from reminders import tokens
from tests.factories import ClinicFactory, PatientFactory
from tests.patients.scene import NOW, TODAY, day_on, running
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db
CALL = 'href="tel:+442079460958"'
HELP = reverse("today:help")
SIGN_IN = ">Sign in</a>"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient():
    clinic = ClinicFactory(name="Riverside", telephone="+442079460958")
    return PatientFactory(clinic=clinic, name="Sam Reed")


@pytest.fixture
def reminder(patient):
    return reminder_of(day_on(running(patient=patient), TODAY))


def close(patient) -> None:
    access.close_access(patient, because=ClosedBecause.OTHER, by=patient.clinician, now=NOW)


def link(reminder, name, purpose):
    return reverse(f"reminders:{name}", args=[tokens.make(reminder, purpose=purpose)])


def has_a_way_on(page, patient, status) -> None:
    for words in ("Riverside", CALL, f'href="{HELP}?clinic={patient.clinic_id}"'):
        assertContains(page, words, status_code=status)
    assertNotContains(page, "Sam", status_code=status)


@pytest.mark.parametrize(
    ("name", "purpose"), [("answer", "open"), ("done", "done"), ("from_email", "change")]
)
def test_a_link_of_a_closed_record_says_whom_to_call(client, patient, reminder, name, purpose):
    address = link(reminder, name, purpose)
    close(patient)
    has_a_way_on(client.get(address), patient, 410)


def test_reminders_of_a_closed_record_are_off_and_it_says_whom_to_call(client, patient, reminder):
    address = link(reminder, "unsubscribe", "stop")
    close(patient)
    page = client.post(address)
    assertContains(page, "Reminders are off")
    has_a_way_on(page, patient, 200)


@pytest.mark.parametrize(("name", "purpose"), [("answer", "open"), ("from_email", "change")])
def test_a_link_that_is_too_old_has_help(client, patient, reminder, name, purpose, clock_hands):
    address = link(reminder, name, purpose)
    clock_hands.shift(timedelta(days=800))
    has_help = f'href="{HELP}?clinic={patient.clinic_id}"'
    assertContains(client.get(address), has_help, status_code=410)


@pytest.mark.parametrize(
    "address",
    [
        reverse("reminders:answer", args=["unknown"]),
        reverse("reminders:from_email", args=["unknown"]),
        reverse("today:invitation", args=["unknown"]),
        reverse("today:new_address", args=["unknown"]),
    ],
)
def test_an_unknown_link_leads_to_signing_in_and_names_no_clinic(client, patient, address):
    page = client.get(address)
    assertContains(page, f'href="{HELP}"', status_code=404)
    assertContains(page, SIGN_IN, status_code=404)
    assertNotContains(page, "Riverside", status_code=404)


def test_a_closed_invitation_has_help(client, patient):
    patient.user = None
    patient.save()
    made = records.invite(patient, by=patient.clinician, now=NOW)
    [address] = [word for word in made.letter.text.split() if "/invitations/" in word]
    close(patient)
    page = client.get(address.removeprefix("http://testserver"))
    has_a_way_on(page, patient, 410)


def test_a_closed_wish_for_another_address_says_whom_to_call(client, patient):
    addresses.ask(patient.user, address="sam@example.net", now=NOW)
    change = AddressChange.objects.get()
    addresses.confirm(change, by=patient.clinician, now=NOW)
    change.refresh_from_db()
    [address] = [word for word in change.letter.text.split() if "/addresses/" in word]
    close(patient)
    has_a_way_on(client.get(address.removeprefix("http://testserver")), patient, 410)
