"""A phone whose page was closed, or whose account was deactivated, is told so by its mark alone."""

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts import services
from accounts.devices import SALT
from accounts.models import User
from accounts.not_saved import person_id
from patients.models import ClosedBecause, Patient
from patients.services import access
from tests.accounts.test_devices import COOKIE, used_before
from tests.factories import LONG_AGO, ClinicFactory, MembershipFactory, PatientFactory, UserFactory

pytestmark = pytest.mark.django_db
RIVERSIDE = {"name": "Riverside", "number": "020 7946 0958", "href": "tel:+442079460958"}
OF_A_PHONE = "/offline/anything/"
SAID = "Your clinic has closed your page here."


@pytest.fixture
def patient() -> Patient:
    clinic = ClinicFactory(name="Riverside", telephone="+442079460958")
    return PatientFactory(clinic=clinic)


def close(patient: Patient) -> None:
    access.close_access(patient, because=ClosedBecause.OTHER, by=patient.clinician, now=LONG_AGO)


def phone_of(*users: User) -> Client:
    """In which they have signed in before; nobody is now."""
    return used_before(*users)


def asked(client: Client, address: str = "", **headers: str) -> HttpResponse:
    return client.get(address or reverse("accounts:who"), headers=headers)


@pytest.mark.parametrize("address", ["/who/", OF_A_PHONE])
def test_a_closed_page_is_said_with_whom_to_call(patient, address) -> None:
    phone = phone_of(patient.user)
    close(patient)
    address = "" if address == "/who/" else address
    for headers in ({}, {"X-Background": "offline", "X-Person": person_id(patient.closed_user)}):
        answer = asked(phone, address, **headers)
        assert (answer.status_code, answer["X-Not-Saved"]) == (410, "closed")
        assert answer.json()["clinic"] == RIVERSIDE
        assert answer["X-Signed-In"] == "nobody"


def test_a_phone_that_was_signed_in_until_then_is_told_at_once(patient) -> None:
    """No sign-out before: the session is gone, and the mark is what is left."""
    phone = Client()
    phone.force_login(patient.user)
    phone.get("/settings/")
    close(patient)
    assert asked(phone).status_code == 410


def test_posts_of_a_worker_get_the_same_answer(patient) -> None:
    phone = phone_of(patient.user)
    close(patient)
    answer = phone.post(OF_A_PHONE, "{}", content_type="application/json")
    assert answer.status_code == 410


def test_a_deactivated_account_is_closed_and_names_no_clinic(patient) -> None:
    phone = phone_of(patient.user)
    User.objects.filter(pk=patient.user_id).update(is_active=False)
    answer = asked(phone)
    assert answer.status_code == 410
    assert answer.json() == {"person": "", "is_gone": True}


def test_who_has_left_the_team_is_closed(cast) -> None:
    phone = phone_of(cast.colleague)
    services.deactivate(cast.colleague.memberships.get(), by=cast.lead, now=LONG_AGO)
    assert asked(phone).status_code == 410


def test_strangers_get_what_they_always_got(patient) -> None:
    close(patient)
    for stranger in (Client(), phone_of(UserFactory()), phone_of(PatientFactory().user)):
        assert asked(stranger).json()["person"] == ""
        assert asked(stranger, OF_A_PHONE).status_code == 404
        assert asked(stranger, **{"X-Person": "0" * 32, "X-Background": "1"}).status_code == 401


def test_who_has_another_page_or_works_in_a_clinic_signs_in_as_usual(patient) -> None:
    phone = phone_of(patient.user)
    PatientFactory(user=patient.user)
    close(patient)
    assert asked(phone).status_code == 200
    worker = MembershipFactory().user
    other = PatientFactory(user=worker)
    phone = phone_of(worker)
    close(other)
    assert asked(phone).status_code == 200


def test_an_operator_who_has_left_the_team_signs_in_as_usual(cast) -> None:
    phone = phone_of(cast.colleague)
    services.deactivate(cast.colleague.memberships.get(), by=cast.lead, now=LONG_AGO)
    User.objects.filter(pk=cast.colleague.pk).update(is_operator=True)
    assert asked(phone).status_code == 200


def test_on_a_shared_phone_nobody_learns_it_in_anothers_place(patient) -> None:
    neighbour = PatientFactory().user
    phone = phone_of(patient.user, neighbour)
    close(patient)
    assert asked(phone).status_code == 200
    as_neighbour = {"X-Background": "1", "X-Person": person_id(neighbour)}
    assert asked(phone, **as_neighbour).status_code == 401
    as_patient = {"X-Background": "1", "X-Person": person_id(patient.closed_user)}
    assert asked(phone, **as_patient).status_code == 410
    assertNotContains(phone.get(reverse("account_login")), SAID)


def test_whoever_signs_in_on_that_phone_is_not_held_up(patient) -> None:
    phone = phone_of(patient.user)
    close(patient)
    phone.force_login(PatientFactory().user)
    assert asked(phone).status_code == 200


def test_the_sign_in_page_says_who_closed_it_and_whom_to_ring(patient) -> None:
    phone = phone_of(patient.user)
    close(patient)
    page = phone.get(reverse("account_login"))
    assertContains(page, SAID)
    assertContains(page, "020 7946 0958")
    assertNotContains(Client().get(reverse("account_login")), SAID)


def test_invited_anew_it_is_closed_no_more(patient) -> None:
    phone = phone_of(patient.user)
    close(patient)
    patient.user, patient.closed_user = patient.closed_user, None
    patient.access_closed_at, patient.access_closed_by = None, None
    patient.access_closed_because = ""
    patient.save()
    assert asked(phone).status_code == 200


def test_the_mark_names_nobody_and_is_another_on_each_device(patient) -> None:
    marks = []
    for phone in (phone_of(patient.user), phone_of(patient.user)):
        said = signing.loads(phone.cookies[COOKIE].value, salt=SALT)
        assert patient.user.pk.hex not in str(said)
        marks += said[-1]
    assert len(set(marks)) == 2


def test_a_mark_that_was_moved_to_another_device_is_worth_nothing(patient) -> None:
    number, marks, sealed = signing.loads(phone_of(patient.user).cookies[COOKIE].value, salt=SALT)
    close(patient)
    phone = Client()
    phone.cookies[COOKIE] = signing.dumps(["another", marks, sealed], salt=SALT)
    assert asked(phone).status_code == 200


def test_a_mark_from_before_there_were_any_still_opens_the_page(patient) -> None:
    phone = Client()
    phone.cookies[COOKIE] = signing.dumps(["number", ["mark"]], salt=SALT)
    assert asked(phone).status_code == 200


def test_it_is_known_after_the_secret_key_was_changed(patient, settings) -> None:
    phone = phone_of(patient.user)
    close(patient)
    settings.SECRET_KEY, old = "another" * 8, settings.SECRET_KEY
    settings.SECRET_KEY_FALLBACKS = [old]
    assert asked(phone).status_code == 410


def test_without_a_device_it_costs_no_query(patient, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        Client().get(reverse("account_login"))
