"""The library's pages: who may read them, what they show, and what they cost."""

import pytest
from django.test import Client
from django.urls import reverse

from exercises import library
from exercises.services import loading
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseFactory,
    ExerciseVersionFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/exercises/"
FOUNDING = "/exercises/lying-hamstring-stretch/"


@pytest.fixture
def shipped():
    loading.load(library.read(), now=LONG_AGO)


@pytest.fixture
def staff(as_user):
    return as_user(MembershipFactory().user)


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("address", [LIST, FOUNDING])
def test_who_may_read(shipped, cast, as_user, address):
    response = Client().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    for person in (cast.patient, cast.deactivated, cast.stranger):
        assert as_user(person).get(address).status_code == 404
    for person in (cast.clinician, cast.lead, cast.other_clinician):
        assert as_user(person).get(address).status_code == 200


def test_a_page_is_only_read(staff, shipped):
    assert staff.post(LIST).status_code == 405
    assert staff.post(FOUNDING).status_code == 405


def test_another_clinics_exercise_is_nowhere(staff, shipped):
    ExerciseVersionFactory(
        name="Secret move", exercise__slug="secret", exercise__clinic=ClinicFactory()
    )
    assert staff.get("/exercises/secret/").status_code == 404
    assert "Secret move" not in text(staff.get(LIST))


def test_a_clinics_own_exercise_stands_in_place_of_the_shared_one(as_user, shipped):
    membership = MembershipFactory()
    own = ExerciseFactory(slug="lying-hamstring-stretch", clinic=membership.clinic)
    ExerciseVersionFactory(exercise=own, name="Our hamstring stretch")
    client = as_user(membership.user)
    assert "Our hamstring stretch" in text(client.get(FOUNDING))
    listed = text(client.get(LIST))
    assert "Our hamstring stretch" in listed
    assert "Lying hamstring stretch" not in listed
    assert "Our hamstring stretch" in text(client.get("/exercises/doorway-hamstring-stretch/"))
    assert "Doorway hamstring stretch" in text(client.get(FOUNDING))
    assert "Lying hamstring stretch" in text(as_user(MembershipFactory().user).get(FOUNDING))


def test_an_archived_exercise_is_no_longer_offered(staff):
    ExerciseVersionFactory(exercise__slug="gone", exercise__archived_at=LONG_AGO)
    assert staff.get("/exercises/gone/").status_code == 404
    assert "The library is empty" in text(staff.get(LIST))
