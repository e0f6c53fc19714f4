"""The page that a phone opens by the code shown in the clinic."""

import pytest
import time_machine
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from accounts.sessions import PROVED
from patients.models import Patient, PhoneLink
from patients.services import phones, records
from tests.factories import PatientFactory, UserFactory
from tests.patients.code_shown import a_phone, address, scanned, shown
from tests.patients.scene import NOW, patient_without_email, running, waiting_patient

pytestmark = pytest.mark.django_db
CALL = '<a class="fw-semibold text-nowrap" href="tel:+442079460958">020 7946 0958</a>'


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient() -> Patient:
    patient = patient_without_email(name="Sam Reed", clinic__name="Riverside")
    patient.clinic.telephone = "+442079460958"
    patient.clinic.save()
    running(patient=patient)
    return patient


def test_it_says_whose_exercises_and_by_which_clinic(patient):
    answer = a_phone().get(address(shown(patient)))
    assertContains(answer, "Open the exercises of Sam on this phone?")
    assertContains(answer, "Riverside has made this page.")
    assertContains(answer, "On another phone, your clinic shows you a new code.")
    assertNotContains(answer, "Reed")


def test_looking_changes_nothing(patient):
    link, phone = shown(patient), a_phone()
    phone.get(address(link))
    phone.head(address(link))
    assert PhoneLink.objects.get().used_at is None
    assert phone.get("/today/").status_code == 302
    assert User.objects.filter(email=None).count() == 0


def test_the_button_opens_today(patient):
    phone = a_phone()
    answer = phone.post(address(shown(patient)), {"time_zone": "Europe/Berlin"}, follow=True)
    assertContains(answer, "You are signed in on this phone.")
    patient.refresh_from_db()
    assert patient.time_zone == "Europe/Berlin"
    assert patient.user is not None
    assert patient.user.email is None
    assertContains(phone.get("/settings/you/"), "Sam Reed")


def test_a_second_press_says_that_it_has_been_used(patient):
    link, phone = shown(patient), a_phone()
    phone.post(address(link))
    answer = a_phone().post(address(link))
    assertContains(answer, "This code has been used", status_code=410)
    assertContains(answer, "Was it not you? Then tell your clinic at once.", status_code=410)
    assertContains(answer, CALL, status_code=410, html=True)
    assertNotContains(phone.get(address(link)), "Was it not you?", status_code=410)


def test_one_that_has_run_out_says_so(patient, clock_hands):
    link = shown(patient)
    clock_hands.shift(phones.VALID_FOR)
    answer = a_phone().post(address(link))
    assertContains(answer, "A code works for 5 minutes.", status_code=410)


def test_one_that_was_taken_back_says_so(patient):
    link = shown(patient)
    phones.take_back(patient, by=patient.clinician, now=NOW)
    assertContains(a_phone().post(address(link)), "Scan the newest.", status_code=410)


def test_an_unknown_one_says_so(db):
    answer = a_phone().get("/phone/BCDF-GHJK-MNPQ/")
    assertContains(answer, "We do not know this code", status_code=404)


def test_who_else_is_signed_in_there_signs_out_first(patient, as_user):
    link = shown(patient)
    answer = as_user(UserFactory(name="Mia Reed")).get(address(link))
    assertContains(answer, "On this phone Mia Reed is signed in. Sign out first.")
    assert as_user(UserFactory()).post(address(link)).status_code == 200
    assert PhoneLink.objects.open().exists()


def test_the_clinician_who_scans_it_alone_is_told_to_sign_out(patient, as_user):
    link = shown(patient)
    answer = as_user(patient.clinician).post(address(link))
    assertContains(answer, "Sign out first.")
    assert PhoneLink.objects.open().exists()


def test_who_is_signed_in_already_uses_it_and_stays_in(patient):
    phone = scanned(patient)
    link = shown(patient)
    assertRedirects(phone.post(address(link)), "/today/", fetch_redirect_response=False)
    link.refresh_from_db()
    assert link.used_by == patient.user


def test_an_address_that_has_an_account_leads_to_its_sign_in(db, as_user):
    patient = waiting_patient()
    owner = UserFactory(email=patient.email)
    there = address(shown(patient))
    assertContains(a_phone().get(there), "Sign in as s•••@example.org")
    assert a_phone().post(there).status_code == 200
    assertRedirects(as_user(owner).post(there), "/today/", fetch_redirect_response=False)
    patient.refresh_from_db()
    assert patient.user == owner


def test_a_record_of_another_clinic_signs_out_the_phones_that_one_has_signed_in(db, as_user):
    """Or whoever scanned it there, perhaps no patient, would see this clinic's record, too."""
    patient = PatientFactory()
    signed_in = scanned(patient)
    assert signed_in.get("/today/").status_code == 200
    own, elsewhere = as_user(patient.user), waiting_patient()
    records.edit_patient(
        elsewhere, name="Sam Reed", email=patient.user.email, telephone="", year_of_birth=None,
        clinician=elsewhere.clinician, time_zone="UTC", by=elsewhere.clinician, now=NOW,
    )  # fmt: skip
    letter = records.invite(elsewhere, by=elsewhere.clinician, now=NOW).letter
    [link] = [word for word in letter.text.split() if "/invitations/" in word]
    assertRedirects(own.post(link.removeprefix("http://testserver")), "/today/")
    assert signed_in.get("/today/").status_code == 302
    assert own.get("/today/").status_code == 200


def test_with_an_address_it_is_shown_so_that_a_slip_is_seen(db):
    answer = a_phone().get(address(shown(waiting_patient())))
    assertContains(answer, "we send a code to s•••@example.org. Is that not yours?")


def test_it_is_no_proof_of_who_holds_the_phone_where_a_code_by_mail_is(db):
    """Or whoever works in the clinic could choose a password for the account."""
    phone = scanned(PatientFactory())
    assert PROVED not in phone.session
    assert phone.get("/settings/you/address/")["Location"].startswith("/accounts/confirm/")


def test_without_a_sign_in_nothing_of_the_page_is_kept_by_proxies(patient):
    answer = a_phone().get(address(shown(patient)))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "strict-origin"


def test_a_form_of_another_site_signs_nobody_in(patient):
    link, phone = shown(patient), Client(enforce_csrf_checks=True)
    assert phone.post(address(link)).status_code == 403
    assert PhoneLink.objects.open().exists()
