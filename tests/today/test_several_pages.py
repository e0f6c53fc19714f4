"""Somebody whose account opens several records: whose page it is, and what moves together."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from patients.models import AddressChange, ClosedBecause, Patient
from patients.services import access, addresses
from tests.factories import ClinicFactory, PatientFactory
from tests.patients.forms_sent import page
from tests.patients.scene import NOW

pytestmark = pytest.mark.django_db
NEW = "sam@example.net"
SETTINGS, ASK = reverse("today:settings"), reverse("today:ask_address")
LOOKED = reverse("today:who_looked")
MOVES = "This account opens 1 other record, which moves with it."
WHOSE = "This is the page of Sam Reed, at Riverside."


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def parent() -> Patient:
    return PatientFactory(clinic=ClinicFactory(name="Riverside"), name="Sam Reed")


@pytest.fixture
def child(parent) -> Patient:
    return PatientFactory(clinic=ClinicFactory(name="Hillside"), name="Mia Reed", user=parent.user)


@pytest.fixture
def phone(parent, as_user):
    browser = as_user(parent.user)
    browser.post(reverse("today:choose"), {"record": parent.pk})
    return browser


def close(patient: Patient) -> None:
    access.close_access(patient, because=ClosedBecause.OTHER, by=patient.clinician, now=NOW)


def test_a_wish_that_ended_with_another_page_is_said(parent, child, phone):
    addresses.ask(parent.user, address=NEW, now=NOW)
    close(child)
    told = "That has ended, because a clinic has closed another page"
    assertContains(phone.get(SETTINGS), told)
    assertContains(phone.get(SETTINGS), f"You asked to change it to {NEW}.")
    addresses.ask(parent.user, address=NEW, now=NOW + (NOW - NOW.replace(hour=8)))
    assertNotContains(phone.get(SETTINGS), told)
    ends = AddressChange.objects.values_list("end", flat=True)
    assert sorted(ends) == ["", "closed", "closed"]


def test_the_clinic_reads_how_many_records_move_and_not_whose(parent, child, as_user):
    addresses.ask(parent.user, address=NEW, now=NOW)
    seen = as_user(parent.clinician).get(page("record", parent))
    assertContains(seen, MOVES)
    for name in ("Mia", "Hillside"):
        assertNotContains(seen, name)


def test_of_the_only_record_the_clinic_reads_no_number(parent, as_user):
    addresses.ask(parent.user, address=NEW, now=NOW)
    seen = as_user(parent.clinician).get(page("record", parent))
    assertContains(seen, NEW)
    assertNotContains(seen, "This account opens")


def test_who_has_looked_says_whose_record_it_is(parent, child, phone):
    assertContains(phone.get(LOOKED), WHOSE)


def test_the_address_page_names_all_that_move(parent, child, phone):
    for words in ("Sam Reed · Riverside", "Mia Reed · Hillside"):
        assertContains(phone.get(ASK), words)


@pytest.mark.parametrize("address", [LOOKED, ASK])
def test_with_one_record_nothing_is_said_of_others(parent, phone, address):
    for words in (WHOSE, "you open these pages"):
        assertNotContains(phone.get(address), words)
