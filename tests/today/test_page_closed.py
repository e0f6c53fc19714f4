"""Whoever was put out reads what has happened and whom to call: signed out, and signed in again."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from patients.models import ClosedBecause, Patient, WarningSign
from patients.services import access, records
from programmes import safety
from tests.factories import ClinicFactory, MembershipFactory, PatientFactory, UserFactory
from tests.patients.scene import NOW, running

pytestmark = pytest.mark.django_db
PHONE = "+442079460958"
CALL = 'href="tel:+442079460958"'
HELP = reverse("today:help")
CLOSED = "Your clinic has closed this page. It can send you a new invitation."
PAGES = [
    *("today:today", "today:progress", "today:settings", "today:choose"),
    *("today:ask_address", "today:who_looked", "reminders:settings", "today:own_why"),
]


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient() -> Patient:
    clinic = ClinicFactory(name="Riverside", telephone=PHONE)
    return running(patient=PatientFactory(clinic=clinic, name="Sam Reed")).patient


@pytest.fixture
def former(patient):
    close(patient)
    return patient.closed_user


@pytest.fixture
def phone(patient, former, as_user) -> Client:
    """Put out, and signed in again."""
    return as_user(former)


@pytest.fixture
def elsewhere():
    """Another clinic of the same installation, in another country."""
    return ClinicFactory(
        name="Nord", country="DE", emergency_number="112", advice_number="116117", telephone=""
    )


def close(patient: Patient) -> None:
    access.close_access(patient, because=ClosedBecause.OTHER, by=patient.clinician, now=NOW)


def sign_of(patient: Patient) -> str:
    return reverse("today:warning", args=[patient.pk])


def has_all_signs(page, *, status: int = 200) -> None:
    for sign in safety.Sign:
        assertContains(page, sign.label, status_code=status)


# --- help ---


def test_help_opens_without_a_sign_in(client, patient):
    page = client.get(HELP)
    has_all_signs(page)
    assertContains(page, 'href="tel:999"')
    assertContains(page, 'href="tel:111"')
    assertContains(page, "We can’t tell your clinic from here.")
    assertContains(page, CALL)
    assertNotContains(page, "Sam")


def test_help_opens_for_whoever_was_put_out(phone, elsewhere):
    page = phone.get(HELP)
    has_all_signs(page)
    assertContains(page, CALL)
    assertNotContains(page, "Sam")
    assertNotContains(page, "tel:112")


def test_help_names_the_clinic_of_the_page_that_led_there(patient, elsewhere):
    """The sign-in, and all that the session knew, has ended by then."""
    browser = Client()
    browser.force_login(patient.user)
    there = f"{HELP}?clinic={patient.clinic_id}"
    assertContains(browser.get("/today/"), f'href="{there}"')
    close(patient)
    assertContains(browser.get(there), CALL)
    assertNotContains(browser.get(there), "tel:112")


@pytest.mark.parametrize("clinic", ["", "nonsense", "0d8cb76f-8f1a-4b61-8d0e-7c1a2b3c4d5e"])
def test_help_where_no_clinic_is_known_has_the_numbers_of_each_country(
    client, patient, elsewhere, clinic
):
    page = client.get(HELP, {"clinic": clinic})
    for number in ("999", "111", "112", "116117"):
        assertContains(page, f'href="tel:{number}"')
    assertContains(page, "Germany")
    assertContains(page, "The number of your clinic is on a letter or card from them.")
    for name in ("Riverside", "Nord", CALL):
        assertNotContains(page, name)


@pytest.mark.parametrize("others", [0, 8])
def test_help_asks_as_much_of_many_clinics(client, patient, others, django_assert_num_queries):
    ClinicFactory.create_batch(others + 2)
    with django_assert_num_queries(2):
        client.get(HELP)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_sign_that_cannot_be_told_says_what_to_do_now(
    patient, former, as_user, method, signed_in
):
    browser = as_user(former) if signed_in else Client()
    page = getattr(browser, method)(sign_of(patient))
    has_all_signs(page, status=404)
    for words in ("Get help now", 'href="tel:999"', "We can’t tell your clinic from here.", CALL):
        assertContains(page, words, status_code=404)
    assertNotContains(page, "Sam", status_code=404)
    assert not WarningSign.objects.exists()


def test_of_somebody_elses_record_nothing_is_told(patient, as_user):
    stranger = as_user(PatientFactory().user)
    known, unknown = sign_of(patient), reverse("today:warning", args=[UserFactory().pk])
    pages = [stranger.post(address) for address in (known, unknown)]
    assert [page.status_code for page in pages] == [404, 404]
    told = [re.sub(r'content="\w{64}"', "", page.content.decode()) for page in pages]
    assert told[0] == told[1]
    assert not WarningSign.objects.exists()


def test_signing_in_leads_to_help_too(client):
    assertContains(client.get(reverse("account_login")), f'href="{HELP}"')


# --- the closed page ---


def test_home_says_that_the_clinic_has_closed_the_page(phone):
    page = phone.get("/")
    for words in (CLOSED, "Riverside", CALL, f'href="{HELP}"', "Sign out"):
        assertContains(page, words)
    for words in ("team", "Sam", "Priya"):
        assertNotContains(page, words)


@pytest.mark.parametrize("name", PAGES)
def test_each_page_says_so_too(phone, name):
    page = phone.get(reverse(name))
    assertContains(page, CLOSED, status_code=404)
    assertContains(page, CALL, status_code=404)


def test_who_has_another_page_reads_which_clinic_has_closed_one(patient, as_user):
    PatientFactory(user=patient.user, name="Mia Reed")
    close(patient)
    page = as_user(patient.closed_user).get(reverse("today:choose"))
    for words in ("Mia Reed", "Riverside has closed a page that you opened here.", CALL):
        assertContains(page, words)
    assertNotContains(page, "Sam Reed")


def test_what_was_sent_after_it_is_not_promised_to_be_sent_again(patient):
    browser = Client()
    browser.force_login(patient.user)
    close(patient)
    page = browser.post(reverse("today:settings"), {"time_zone": "Asia/Tokyo"}, follow=True)
    assertContains(page, "If you are a patient and your clinic has closed the page, call them.")


def test_who_was_never_here_is_told_nothing_of_a_team(as_user):
    browser = as_user(UserFactory())
    for address, status in (("/", 200), ("/today/", 404)):
        page = browser.get(address)
        assertContains(page, "ask them which e-mail address they used", status_code=status)
        assertNotContains(page, "team", status_code=status)
        assertNotContains(page, "closed", status_code=status)


def test_staff_without_a_record_find_nothing_there(as_user):
    page = as_user(MembershipFactory().user).get("/today/")
    assertContains(page, "We could not find that page", status_code=404)


def test_once_somebody_has_the_page_the_former_one_learns_nothing_of_it(patient, former, as_user):
    patient.email = "right@example.org"
    patient.save()
    invitation = records.invite(patient, by=patient.clinician, now=NOW)
    records.accept(invitation, now=NOW)
    page = as_user(former).get("/")
    for words in ("Riverside", "right@", "closed"):
        assertNotContains(page, words)


def test_closing_again_keeps_who_was_put_out(patient, former):
    records.invite(patient, by=patient.clinician, now=NOW)
    close(patient)
    patient.refresh_from_db()
    assert patient.closed_user == former
