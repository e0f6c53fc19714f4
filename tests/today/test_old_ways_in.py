"""Once access is closed, nothing that opened the account before opens it afterwards."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.models import User
from accounts.services import account_for
from patients.models import ClosedBecause, Patient
from patients.services import access, records
from tests.accounts.post import code_in, link_in, newest_letter_to
from tests.clients import is_signed_in
from tests.factories import PASSWORD, MembershipFactory, PatientFactory
from tests.patients.scene import HOUR, NOW

pytestmark = pytest.mark.django_db
SIGN_IN, NEW = "/accounts/login/", "walks by the river"
REASONS = [ClosedBecause.LOST_PHONE, ClosedBecause.WRONG_PERSON]


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient() -> Patient:
    return PatientFactory(name="Sam Reed")


def close(patient: Patient, because=ClosedBecause.LOST_PHONE) -> None:
    access.close_access(patient, because=because, by=patient.clinician, now=NOW)


def taken_up_again(patient: Patient) -> User:
    records.invite(patient, by=patient.clinician, now=NOW + HOUR)
    invitation = patient.invitations.open().get()
    owner = account_for(invitation.address)
    return records.accept(invitation, now=NOW + HOUR, user=owner)


def by_password(user: User) -> Client:
    client = Client()
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    return client


def test_the_old_password_opens_nothing_once_the_owner_is_back(patient, clock_hands):
    account = patient.user
    assert is_signed_in(by_password(account))
    close(patient)
    assert taken_up_again(patient) == account
    clock_hands.shift(HOUR)
    assert not is_signed_in(by_password(account))


def test_a_link_for_a_new_password_mailed_before_opens_nothing(patient, client):
    account = patient.user
    client.post("/accounts/password/reset/", {"email": account.email})
    link = link_in(newest_letter_to(account.email), "/key/")
    close(patient)
    taken_up_again(patient)
    assertContains(client.get(link), "This link no longer works")


def test_the_same_link_of_somebody_who_never_had_a_password(patient, client):
    account = patient.user
    account.set_unusable_password()
    account.save()
    client.post("/accounts/password/reset/", {"email": account.email})
    link = link_in(newest_letter_to(account.email), "/key/")
    close(patient)
    assertContains(client.get(link), "This link no longer works")


def test_the_owner_signs_in_by_code_and_may_choose_a_new_password(patient, client, clock_hands):
    account = patient.user
    close(patient)
    taken_up_again(patient)
    clock_hands.shift(2 * HOUR)
    client.post(SIGN_IN, {"login": account.email, "way": "code"})
    code = code_in(newest_letter_to(account.email))
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.post("/accounts/password/set/", {"password1": NEW}).status_code == 302
    account.refresh_from_db()
    assert account.check_password(NEW)


def works_elsewhere(user: User) -> None:
    MembershipFactory(user=user)


def has_another_record(user: User) -> None:
    PatientFactory(user=user)


@pytest.mark.parametrize("because", REASONS)
@pytest.mark.parametrize("more", [works_elsewhere, has_another_record])
def test_whoever_has_more_keeps_the_password_but_not_the_lost_phone(patient, more, because):
    account = patient.user
    more(account)
    phone = by_password(account)
    close(patient, because)
    signed_in = phone.get("/settings/").status_code == 200
    assert signed_in == (because != ClosedBecause.LOST_PHONE)
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_the_page_that_closes_says_so_first(patient, as_user):
    page = as_user(patient.clinician).get(reverse("caseload:close_access", args=[patient.pk]))
    assertContains(page, "Their password stops working too.")
    assertContains(page, "After a lost phone they are signed out everywhere")
