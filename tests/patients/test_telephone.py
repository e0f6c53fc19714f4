"""A patient's own telephone: typed, kept, rung after a warning sign, seen by the clinic only."""

import logging

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEvent, Letter
from patients.models import Patient
from patients.services import signs
from tests.accounts.test_telephone import REFUSED
from tests.caseload.test_record_pages import NEW, typed
from tests.patients.forms_sent import page, refused
from tests.patients.past import NOW

KEPT = "+442079460112"
LINK = 'href="tel:+442079460112"'
SHOWN = "020 7946 0112"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def physio(cast, as_user):
    return as_user(cast.clinician)


@pytest.fixture
def record(cast):
    cast.record.telephone = KEPT
    cast.record.save()
    return cast.record


@pytest.mark.parametrize(("said", "kept"), [(SHOWN, KEPT), ("+44 20 7946 0112", KEPT), ("", "")])
@pytest.mark.parametrize("form", ["new", "edit"])
def test_it_is_kept_as_every_phone_dials_it(cast, physio, form, said, kept):
    address = NEW if form == "new" else page("edit", cast.record)
    assert physio.post(address, typed(cast, telephone=said)).status_code == 302
    assert Patient.objects.get(name="Lena Wolf").telephone == kept


def test_it_is_read_in_the_clinics_country(cast, physio):
    cast.clinic.country = "DE"
    cast.clinic.save()
    physio.post(NEW, typed(cast, telephone="030 901820"))
    assert Patient.objects.get(name="Lena Wolf").telephone == "+4930901820"


BAD = [said for said, country, _ in REFUSED if country == "GB"]


@pytest.mark.parametrize("said", [*BAD, "999", "111"], ids=ascii)
@pytest.mark.parametrize("form", ["new", "edit"])
def test_what_is_no_number_is_refused_and_kept_in_the_form(cast, physio, form, said):
    address = NEW if form == "new" else page("edit", cast.record)
    response = physio.post(address, typed(cast, telephone=said))
    refused(response, "telephone", "")
    assert response.context["form"]["telephone"].value() == said
    assertContains(response, 'value="lena@example.org"', status_code=422)
    assert not Patient.objects.filter(name="Lena Wolf").exists()


def test_too_long_is_refused(cast, physio):
    refused(physio.post(NEW, typed(cast, telephone="9" * 5000)), "telephone", "40 letters at most")


def test_the_record_has_it_as_a_link_and_the_form_as_it_is_written(physio, record):
    assertContains(physio.get(page("record", record)), LINK)
    assertContains(physio.get(page("edit", record)), f'value="{SHOWN}"')


def test_a_record_without_one_has_no_empty_link(cast, physio):
    assertNotContains(physio.get(page("record", cast.record)), "tel:")


def test_after_a_warning_sign_the_box_says_whom_to_ring(cast, physio, record):
    signs.tell(record, by=cast.patient, now=NOW)
    words = f'Ring: <a class="fw-semibold" {LINK}>{SHOWN}</a>'
    assertContains(physio.get(page("record", record)), f'<p class="mb-1">{words}</p>', html=True)


def test_who_notes_the_check_has_the_number_too(cast, physio, record):
    sign = signs.tell(record, by=cast.patient, now=NOW)
    address = reverse("caseload:check_sign", args=[record.pk, sign.pk])
    assertContains(physio.get(address), LINK)


def test_without_a_number_the_box_says_nothing_of_ringing(cast, physio):
    signs.tell(cast.record, by=cast.patient, now=NOW)
    assertNotContains(physio.get(page("record", cast.record)), "Ring:")


@pytest.mark.parametrize("name", ["today", "help", "progress", "settings", "own_handout"])
def test_no_page_of_patients_shows_it(cast, as_user, record, name):
    for who in (cast.patient, cast.other_patient):
        content = as_user(who).get(reverse(f"today:{name}")).content
        assert SHOWN.encode() not in content
        assert KEPT.encode() not in content


def test_it_is_in_no_log_no_letter_and_no_audit(cast, physio, caplog):
    caplog.set_level(logging.DEBUG)
    physio.post(NEW, typed(cast, telephone=SHOWN))
    physio.post(NEW, typed(cast, telephone=f"{SHOWN} x1"))
    record = Patient.objects.get(name="Lena Wolf")
    assert Letter.objects.exists()
    trail = [str(row) for model in (Letter, AuditEvent) for row in model.objects.values()]
    trail += [entry.getMessage() for entry in caplog.records if entry.name != "django.db.backends"]
    assert record.telephone == KEPT
    assert not any("79460112" in line.replace(" ", "") for line in trail)
