"""Once another address has answered, the former one gets a last letter: the owner may read there."""

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Clinic, Letter
from patients.models import AddressChange, Patient
from patients.services import addresses
from tests.accounts.post import words_of
from tests.factories import PatientFactory
from tests.patients.scene import NOW

pytestmark = pytest.mark.django_db
NEW, OLD = "sam@example.net", "sam@example.org"
SUBJECT = "Your e-mail address has changed"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient() -> Patient:
    return PatientFactory(name="Sam Reed", user__email=OLD)


def link_after_all_agree(patient: Patient) -> str:
    addresses.ask(patient.user, address=NEW, now=NOW)
    waiting = AddressChange.objects.filter(confirmed_at=None).select_related("patient__clinician")
    while change := waiting.first():  # a clinic answers for all its records
        addresses.confirm(change, by=change.patient.clinician, now=NOW)
    [link] = [word for word in Letter.objects.get(to=NEW).text.split() if "/addresses/" in word]
    return link.removeprefix("http://testserver")


def last_letters() -> list[Letter]:
    return list(Letter.objects.filter(to=OLD, subject=SUBJECT))


@pytest.mark.parametrize(("telephone", "said"), [("+442079460958", "020 7946 0958"), ("", None)])
def test_the_former_address_is_told_once_it_has_changed(client, patient, telephone, said):
    Clinic.objects.update(telephone=telephone)
    link = link_after_all_agree(patient)
    client.get(link)
    assert last_letters() == []
    client.post(link)
    client.post(link)
    [letter] = last_letters()
    assert letter.kind == Letter.Kind.NOTICE
    for words in words_of(letter):
        assert "From now on we write to the new one" in words
        assert "Was it not you? Then call your clinic at once." in words
        assert said is None or said in words
        assert NEW not in words
        assert OLD not in words


def test_the_number_of_each_clinic_stands_there_once(client, patient):
    Clinic.objects.update(telephone="+442079460958")
    PatientFactory(user=patient.user, clinic=patient.clinic, name="Kim Reed")
    PatientFactory(user=patient.user, clinic__telephone="+442079460123")
    client.post(link_after_all_agree(patient))
    [letter] = last_letters()
    text, html = words_of(letter)
    for words in (text, html):
        assert words.count("020 7946 0958") == words.count("020 7946 0123") == 1


def test_nothing_is_written_where_the_address_did_not_change(client, patient):
    link = link_after_all_agree(patient)
    addresses.take_back(patient.user, now=NOW)
    client.post(link)
    assert last_letters() == []
    assert client.get(reverse("home")).status_code == 302
