"""An open page asks who is signed in, and whether the record that it shows is still theirs."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.not_saved import person_id
from patients.models import ClosedBecause
from patients.services import access
from tests.factories import LONG_AGO, ClinicFactory, PatientFactory

pytestmark = pytest.mark.django_db
RIVERSIDE = {"name": "Riverside", "number": "020 7946 0958", "href": "tel:+442079460958"}


@pytest.fixture
def patient():
    clinic = ClinicFactory(name="Riverside", telephone="+442079460958")
    return PatientFactory(clinic=clinic)


def asked(client: Client, record, person: str) -> dict:
    sent = {"record": record, "person": person}
    return client.get(reverse("accounts:who"), sent).json()


def put_out(patient):
    access.close_access(patient, because=ClosedBecause.OTHER, by=patient.clinician, now=LONG_AGO)
    return patient.closed_user


def test_of_a_record_that_is_theirs_nothing_is_said(patient, as_user):
    answer = asked(as_user(patient.user), patient.pk, person_id(patient.user))
    assert answer["person"] == person_id(patient.user)
    assert "is_gone" not in answer


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_page_of_a_closed_record_learns_which_clinic_closed_it(patient, as_user, signed_in):
    former = put_out(patient)
    client = as_user(former) if signed_in else Client()
    answer = asked(client, patient.pk, person_id(former))
    assert (answer["is_gone"], answer["clinic"]) == (True, RIVERSIDE)


def test_without_a_number_only_the_name_is_said(patient):
    patient.clinic.telephone = ""
    patient.clinic.save()
    answer = asked(Client(), patient.pk, person_id(put_out(patient)))
    assert answer["clinic"] == {"name": "Riverside", "number": "", "href": ""}


@pytest.mark.parametrize("record", ["", "nonsense", "0d8cb76f-8f1a-4b61-8d0e-7c1a2b3c4d5e"])
def test_who_names_no_record_learns_nothing(patient, record):
    answer = asked(Client(), record, person_id(put_out(patient)))
    assert not {"is_gone", "clinic"} & answer.keys()


@pytest.mark.parametrize("person", ["", "0" * 32])
def test_who_names_another_person_learns_nothing(patient, person):
    put_out(patient)
    assert not {"is_gone", "clinic"} & asked(Client(), patient.pk, person).keys()


def test_of_another_record_of_theirs_that_was_closed(patient, as_user):
    """A parent's page goes on; the child's was closed."""
    child = PatientFactory(user=patient.user, clinic=patient.clinic)
    former = put_out(child)
    client = as_user(former)
    assert asked(client, child.pk, person_id(former))["clinic"] == RIVERSIDE
    assert "is_gone" not in asked(client, patient.pk, person_id(former))


def test_once_somebody_else_has_it_no_clinic_is_named(patient, as_user):
    former, owner = put_out(patient), PatientFactory().user
    patient.user, patient.closed_user, patient.access_closed_at = owner, None, None
    patient.access_closed_by, patient.access_closed_because = None, ""
    patient.save()
    answer = asked(as_user(former), patient.pk, person_id(former))
    assert answer["is_gone"]
    assert "clinic" not in answer
