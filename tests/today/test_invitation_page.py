"""The link in the invitation: one button, once, for the right person."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Letter, User
from patients.models import Invitation
from patients.services import records
from tests.factories import UserFactory
from tests.patients.scene import DAY, HOUR, NOW, running, states, waiting_patient
from tests.today.test_today_page import text

pytestmark = pytest.mark.django_db
TODAY_PAGE = reverse("today:today")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient():
    record = waiting_patient(name="Sam Reed")
    running(patient=record)
    return record


@pytest.fixture
def link(patient) -> str:
    records.invite(patient, by=patient.clinician, now=NOW)
    [address] = [word for word in Letter.objects.get().text.split() if "/invitations/" in word]
    return address.removeprefix("http://testserver")


def test_the_page_names_the_clinic_and_what_they_are_called_only(client, link, patient):
    page = client.get(link)
    words = text(page)
    assert page.status_code == 200
    assert "Hello Sam" in words
    assert patient.clinic.name in words
    for secret in ("Reed", patient.email, patient.assignments.get().programme.title):
        assert secret not in words


def test_looking_changes_nothing(client, link, patient):
    for _ in range(2):
        client.get(link)
        client.head(link)
    assert Invitation.objects.open().count() == 1
    assert not User.objects.filter(email=patient.email).exists()


def test_one_button_makes_the_account_signs_in_and_lands_on_today(client, link, patient):
    response = client.post(link, {"time_zone": "Europe/Paris"}, follow=True)
    assert response.redirect_chain[-1][0] == TODAY_PAGE
    assert "0 of 2–3 done today" in text(response)
    patient.refresh_from_db()
    assert (patient.user.email, patient.time_zone) == (patient.email, "Europe/Paris")
    assert set(states(patient.assignments.get()).values()) == {"asked"}


@pytest.mark.parametrize("said", [{}, {"time_zone": ""}, {"time_zone": "Mars/Olympus"}])
def test_without_the_browsers_zone_the_clinics_stays(client, link, patient, said):
    assert client.post(link, said)["Location"] == TODAY_PAGE
    patient.refresh_from_db()
    assert patient.time_zone == "Europe/London"


def test_the_second_press_explains_itself(client, link):
    client.post(link)
    for answer in (Client().get(link), Client().post(link)):
        assert answer.status_code == 410
        assert "This link has been used" in text(answer)


def test_expired(client, link, clock_hands, patient):
    clock_hands.shift(7 * DAY)
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert f"Ask {patient.clinic.name} to send you a new one" in text(answer)
    assert not User.objects.filter(email=patient.email).exists()


def test_revoked_by_a_newer_one(client, link, patient):
    records.invite(patient, by=patient.clinician, now=NOW + HOUR)
    answer = client.post(link)
    assert answer.status_code == 410
    assert "This link no longer works" in text(answer)


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: t.swapcase()])
def test_tampered(client, link, change):
    token = link.rstrip("/").rpartition("/")[2]
    for answer in (
        client.get(reverse("today:invitation", args=[change(token)])),
        client.post(reverse("today:invitation", args=[change(token)])),
    ):
        assert answer.status_code == 404
        assert "This link does not work" in text(answer)


def test_an_address_with_an_account_signs_in_first_and_then_accepts(client, link, patient):
    owner = UserFactory(email=patient.email)
    page = client.get(link)
    assert "Sign in as s•••@example.org" in text(page)
    assert f"{reverse('account_login')}?next={link}" in page.content.decode()
    assert client.post(link).status_code == 200  # the link alone does not sign them in
    patient.refresh_from_db()
    assert patient.user is None
    client.force_login(owner)
    assert "Open my page" in text(client.get(link))
    assert client.post(link)["Location"] == TODAY_PAGE
    patient.refresh_from_db()
    assert patient.user == owner


def test_signed_in_as_somebody_else(as_user, link, patient):
    phone = as_user(UserFactory(email="else@example.org"))
    words = text(phone.get(link))
    assert "You are signed in as else@example.org" in words
    assert "s•••@example.org" in words
    assert phone.post(link).status_code == 200
    patient.refresh_from_db()
    assert patient.user is None


def test_one_account_may_take_up_a_second_record_and_lands_on_that_one(client, link, patient):
    client.post(link)
    second = waiting_patient(name="Mia Reed", clinic=patient.clinic, clinician=patient.clinician)
    records.invite(second, by=patient.clinician, now=NOW + HOUR)
    letter = Letter.objects.latest("created_at")
    [address] = [word for word in letter.text.split() if "/invitations/" in word]
    response = client.post(address.removeprefix("http://testserver"), follow=True)
    assert "Good morning, Mia" in text(response)
