"""Time zones are found by a city, and kept by their names of today."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts import zones
from accounts.models import Clinic
from accounts.words import no_zone_found
from patients.services import records
from tests.factories import PatientFactory
from tests.patients.past import NOW

FOUND = [
    ("Berlin", "Europe/Berlin"),
    (" europe/berlin ", "Europe/Berlin"),
    ("Kolkata", "Asia/Kolkata"),
    ("Calcutta", "Asia/Kolkata"),
    ("Asia/Calcutta", "Asia/Kolkata"),
    ("US/Pacific", "America/Los_Angeles"),
    ("America/New York", "America/New_York"),
    ("são paulo", "America/Sao_Paulo"),
    ("Buenos Aires", "America/Argentina/Buenos_Aires"),
    ("MÜNCHEN", "Europe/Berlin"),
    ("Mumbai", "Asia/Kolkata"),
    ("Japan", "Asia/Tokyo"),
    ("Singapore", "Asia/Singapore"),
    ("Oslo", "Europe/Oslo"),
    ("UTC", "UTC"),
    ("Etc/GMT+5", "Etc/GMT+5"),
]
REFUSED = [
    ("Germany", "“Germany” can be Europe/Berlin or Europe/Busingen. Type one of them."),
    ("Birmingham", "“Birmingham” can be Europe/London or America/Chicago. Type one of them."),
    ("Berln", "We do not know “Berln”. Did you mean Europe/Berlin"),
    ("Xyzzy", "We do not know this place. Type a big city near it"),
    ("localtime", "We do not know"),
]


@pytest.mark.parametrize(("typed", "zone"), FOUND)
def test_what_people_type_finds_a_zone(typed, zone):
    assert zones.find(typed) == zone


@pytest.mark.parametrize(("typed", "words"), REFUSED)
def test_what_is_none_or_several_is_said_in_words(typed, words):
    with pytest.raises(zones.NotFound) as refusal:
        zones.find(typed)
    assert re.search(words.split(".")[0], no_zone_found(refusal.value))


def test_every_suggestion_is_found_again():
    for name, _words in zones.choices():
        assert zones.in_words(zones.find(name)) == name


def test_old_names_are_not_suggested():
    offered = {name for name, _words in zones.choices()}
    assert "Europe/Kyiv" in offered
    for old in (
        "Asia/Calcutta",
        "US/Pacific",
        "Europe/Kiev",
        "Japan",
        "GB",
        "America/Buenos Aires",
    ):
        assert old not in offered


def _form_of_patient(cast) -> str:
    return reverse("caseload:edit", args=[cast.record.pk])


def _new_patient(cast) -> str:
    return reverse("caseload:create")


def _clinic(cast) -> str:
    return reverse("accounts:clinic", args=[cast.clinic.pk])


def _own(cast) -> str:
    return reverse("today:settings")


PAGES = [
    ("lead", _clinic),
    ("clinician", _new_patient),
    ("clinician", _form_of_patient),
    ("patient", _own),
]


@pytest.mark.parametrize(("who", "page"), PAGES, ids=lambda value: getattr(value, "__name__", ""))
def test_each_form_takes_a_city_and_keeps_what_was_typed(cast, as_user, who, page):
    client = as_user(getattr(cast, who))
    shown = client.get(page(cast))
    assertContains(shown, '<option value="Europe/Berlin">Berlin</option>')
    assertNotContains(shown, "Asia/Calcutta")
    for typed, words in REFUSED[:4]:
        response = client.post(page(cast), {"time_zone": typed})
        assert "time_zone" in response.context["form"].errors
        assertContains(response, words.split(".")[0], status_code=422)
        assertContains(response, f'value="{typed}"', status_code=422)
    empty = client.post(page(cast), {"time_zone": ""})
    assertContains(empty, "Type a city, such as Berlin.", status_code=422)


def test_the_first_run_takes_a_city(client, db):
    page = client.get(reverse("first_run"))
    assertContains(page, '<option value="Europe/Berlin">Munich</option>')
    response = client.post(reverse("first_run"), {"time_zone": "Germany"})
    assertContains(response, "can be Europe/Berlin or Europe/Busingen", status_code=422)


def test_a_patient_moves_to_a_city(cast, as_user):
    response = as_user(cast.patient).post(_own(cast), {"time_zone": "Calcutta"}, follow=True)
    assertContains(response, "Your days now follow Asia/Kolkata.")
    cast.record.refresh_from_db()
    assert cast.record.time_zone == "Asia/Kolkata"


def test_a_telephone_with_an_old_name_is_understood(cast):
    patient = PatientFactory(user=None, email="nia@example.org", clinic=cast.clinic)
    invitation = records.invite(patient, by=cast.clinician, now=NOW)
    records.accept(invitation, now=NOW, time_zone="Asia/Calcutta")
    patient.refresh_from_db()
    assert patient.time_zone == "Asia/Kolkata"


def test_a_clinic_is_started_under_the_name_of_today(db, capsys):
    call_command("start_clinic", "Hillside", "nia@example.org", time_zone="GB")
    assert Clinic.objects.get().time_zone == "Europe/London"
