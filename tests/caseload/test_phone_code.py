"""The clinician's page with a code: who sees it, how long, and what it says becomes of it."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import (
    assertContains,
    assertNotContains,
    assertRedirects,
    assertTemplateUsed,
)

from accounts.models import AuditEvent, User
from accounts.services import create_account_without_address
from patients.models import ClosedBecause, Patient, PhoneLink
from patients.services import access, phones, records
from tests.factories import MembershipFactory, PatientFactory
from tests.patients.code_shown import a_phone, address, scanned, shown
from tests.patients.scene import NOW, patient_without_email, running, waiting_patient
from tests.visible import words_of

pytestmark = pytest.mark.django_db
BUTTON = "Sign their phone in, here"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient() -> Patient:
    return patient_without_email(name="Sam Reed")


@pytest.fixture
def physio(patient, as_user) -> Client:
    return as_user(patient.clinician)


def page(name: str, patient: Patient) -> str:
    return reverse(f"caseload:{name}", args=[patient.pk])


def state(link: PhoneLink) -> str:
    return reverse("caseload:phone_state", args=[link.pk])


# --- the page with the code ---


def test_one_press_on_the_record_shows_a_code(patient, physio):
    assertContains(physio.get(page("record", patient)), BUTTON)
    assertRedirects(physio.post(page("phone", patient)), page("phone", patient))
    answer = physio.get(page("phone", patient))
    link = patient.phone_links.get()
    typed = f'testserver/phone/<wbr><span class="text-nowrap">{link.code_shown}</span>'
    assertContains(answer, typed, html=False)
    assertContains(answer, 'aria-label="The code to scan"')
    assertContains(answer, "It works once, for one phone, until 10:05.")
    assertContains(answer, 'data-seconds-left="300"')


def test_looking_makes_none(patient, physio):
    assertContains(physio.get(page("phone", patient)), "Show a code")
    assert not PhoneLink.objects.exists()


def test_a_colleague_sees_that_one_is_shown_and_not_the_code(patient, as_user):
    link = shown(patient)
    colleague = as_user(MembershipFactory(clinic=patient.clinic).user)
    answer = colleague.get(page("phone", patient))
    assertNotContains(answer, link.code_shown)
    assertContains(answer, f"{patient.clinician} is showing a code. It works until 10:05.")


def test_someone_of_another_clinic_finds_nothing(patient, as_user):
    link = shown(patient)
    stranger = as_user(MembershipFactory().user)
    assert stranger.get(page("phone", patient)).status_code == 404
    assert stranger.post(page("phone", patient)).status_code == 404
    assert stranger.post(page("take_phone_back", patient)).status_code == 404
    assert stranger.get(state(link)).status_code == 404
    assert PhoneLink.objects.open().exists()


def test_another_one_ends_the_first(patient, physio):
    physio.post(page("phone", patient))
    first = patient.phone_links.get()
    physio.post(page("phone", patient))
    assert a_phone().get(address(first)).status_code == 410


def test_taken_back_it_signs_nobody_in(patient, physio):
    link = shown(patient)
    answer = physio.post(page("take_phone_back", patient), follow=True)
    assertContains(answer, "The code is taken back. It signs nobody in.")
    assert a_phone().post(address(link)).status_code == 410


# --- it says when the phone is in ---


def test_it_waits_without_a_word(patient, physio):
    answer = physio.get(state(shown(patient)))
    assert (answer.status_code, answer.content) == (204, b"")


def test_it_tells_that_the_phone_is_in_and_which_device(patient, physio):
    link = shown(patient)
    a_phone().post(address(link))
    answer = physio.get(state(link))
    assertTemplateUsed(answer, "caseload/_phone_state.html")
    assertContains(answer, "The phone is signed in: an iPhone, at 10:00.")
    assertNotContains(answer, "Sam")
    assertContains(physio.get(page("phone", patient)), "The phone is signed in")  # without scripts


def test_it_tells_that_it_has_run_out(patient, physio, clock_hands):
    link = shown(patient)
    clock_hands.shift(phones.VALID_FOR)
    assertContains(physio.get(state(link)), "The code has run out. Nobody used it.")
    assertContains(physio.get(page("phone", patient)), "Make a new one")


# --- for whom there is none ---


def test_none_for_who_has_died(patient, physio):
    access.close_access(patient, because=ClosedBecause.DIED, by=patient.clinician, now=NOW)
    assertNotContains(physio.get(page("record", patient)), BUTTON)
    answer = physio.post(page("phone", patient), follow=True)
    assertContains(answer, "Sam Reed is noted as having died.")
    assert not PhoneLink.objects.exists()


def test_after_closing_the_address_is_asked_first(as_user):
    patient = PatientFactory()
    physio = as_user(patient.clinician)
    access.close_access(patient, because=ClosedBecause.OTHER, by=patient.clinician, now=NOW)
    assertNotContains(physio.get(page("record", patient)), BUTTON)
    answer = physio.post(page("phone", patient), follow=True)
    assertContains(answer, "Check the address and send an invitation first.")


def test_without_an_address_a_code_gives_access_again_and_says_so(patient, physio):
    scanned(patient)
    access.close_access(patient, because=ClosedBecause.LOST_PHONE, by=patient.clinician, now=NOW)
    assertContains(physio.get(page("record", patient)), BUTTON)
    answer = physio.get(page("phone", patient))
    assertContains(answer, "Access was closed on")
    assertContains(answer, "A code that is used gives access again.")
    scanned(patient)
    assert (patient.access_closed_at, patient.closed_user) == (None, None)


def test_an_account_that_opens_other_clinics_pages_is_left_alone(as_user):
    patient = PatientFactory(name="Sam Reed")
    PatientFactory(user=patient.user)
    answer = as_user(patient.clinician).post(page("phone", patient), follow=True)
    assertContains(answer, "The account of Sam Reed opens more than this clinic’s pages")


# --- how they get in, in one line ---


def test_the_record_says_how_they_get_in(as_user):
    said = {
        "Gets in by e-mail.": PatientFactory(),
        "Not in yet.": waiting_patient(),
        "Not in yet, no reminders.": patient_without_email(),
        "Gets in by phone only. No reminders.": in_by_phone(),
        "Gets in by phone only, without reminders, until": in_by_phone(email="sam@example.org"),
    }
    for words, patient in said.items():
        answer = as_user(patient.clinician).get(page("record", patient))
        seen = " ".join(words_of(answer.content.decode()))
        assert words in seen
        assert "None" not in seen


def in_by_phone(email: str = "") -> Patient:
    return PatientFactory(user=create_account_without_address(name="Sam Reed"), email=email)


def test_closing_access_signs_every_phone_out(patient, physio):
    running(patient=patient)
    first, second = scanned(patient), scanned(patient)
    assert first.get("/today/").status_code == second.get("/today/").status_code == 200
    assertContains(physio.get(page("close_access", patient)), "Every phone that was signed in")
    physio.post(page("close_access", patient), {"because": "lost_phone"})
    for phone in (first, second):
        assertRedirects(phone.get("/today/"), "/accounts/login/?next=/today/")


def test_the_trail_says_it_in_words(patient, as_user):
    scanned(patient)
    lead = MembershipFactory(clinic=patient.clinic, role="lead").user
    answer = as_user(lead).get(page("record_trail", patient))
    assertContains(answer, "showed a code that signs the patient’s phone in")
    assertContains(
        answer, "signed a phone in by a code shown in the clinic: <strong>an iPhone</strong>"
    )
    assert AuditEvent.objects.filter(action="signed_in_by_phone_link").count() == 1
    assert User.objects.filter(email=None).count() == 1


def test_an_invitation_counts_as_accepted(as_user):
    patient = waiting_patient(name="Sam Reed")
    invited = records.invite(patient, by=patient.clinician, now=NOW)
    [link] = [word for word in invited.letter.text.split() if "/invitations/" in word]
    scanned(patient)
    answer = Client().get(link.removeprefix("http://testserver"))
    assertContains(answer, "This link has been used", status_code=410)
