"""Saving who did what as a table: what is typed counts, and being asked again comes in between."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts import audit
from accounts.actions import Action
from accounts.models import AuditEvent
from tests.accounts.grave import EXPORTS
from tests.accounts.test_proof import proved
from tests.factories import PASSWORD, PatientFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
CLINIC = "/settings/trail/"
SAY_SO = "Now save the table."


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def two_patients(cast):
    other = PatientFactory(clinic=cast.clinic, clinician=cast.clinician, name="Lou Grant")
    for patient in (cast.record, other):
        audit.record_about(patient, cast.clinician, Action.PLAN_PAUSED, now=NOW - timedelta(days=1))


def saved(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode().removeprefix("\ufeff"))))[1:]


def form_of(page) -> str:
    return page.content.decode().partition('<form class="panel"')[2].partition("</form>")[0]


def press(client, page, **typed):
    """Save, with this in the fields, as a browser sends it: all of the form's own fields."""
    form = form_of(page)
    [address] = re.findall(r'<button[^>]*type="submit" formaction="([^"]+)"', form)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return client.get(address, hidden | typed)


def test_what_is_typed_and_not_shown_yet_narrows_the_table(cast, as_user, two_patients):
    client = as_user(cast.lead)
    page = client.get(CLINIC, {"what": "plan_paused"})
    assert len(saved(press(client, page, what="plan_paused"))) == 2
    rows = saved(press(client, page, what="plan_paused", patient="lou"))
    assert [row[6] for row in rows] == ["Lou Grant"]
    assertNotContains(page, '<a class="btn btn-secondary" href="/settings/trail/export/')


def test_of_which_clinic_goes_along(cast, as_user, two_patients):
    client = as_user(cast.lead)
    page = client.get(CLINIC, {"clinic": cast.clinic.pk})
    press(client, page)
    assert f'name="clinic" value="{cast.clinic.pk}"' in form_of(page)


@pytest.mark.parametrize("place", ["record", "clinic"])
def test_days_that_cannot_be_are_said_beside_the_field(cast, as_user, two_patients, place):
    record = reverse("caseload:record_trail", args=[cast.record.pk])
    url = {"record": record, "clinic": CLINIC}[place]
    client = as_user(cast.lead)
    answer = press(client, client.get(url), from_on="2026-05-02", until_on="2026-05-01")
    page = client.get(answer["Location"])
    assertContains(page, "The last day must come after the first.", status_code=422)
    assertContains(page, "2026-05-02", status_code=422)
    assert f'action="{url}"' in form_of(page).partition(">")[0]  # "Show" shows
    assert not AuditEvent.objects.filter(action__endswith="exported").exists()


@pytest.mark.parametrize("name", EXPORTS)
def test_after_is_it_you_a_page_says_now_save_it_and_one_press_does(
    name, cast, as_user, two_patients
):
    client = proved(as_user(cast.lead), minutes=16)
    path = reverse(name, kwargs=EXPORTS[name](cast))
    asked = client.get(path, {"what": "plan_paused", "who": cast.clinician.pk})["Location"]
    answer = {"confirm": "password", "confirm-password": PASSWORD}
    page = client.post(asked, answer, follow=True)
    assertContains(page, SAY_SO)
    assert page["Content-Type"].startswith("text/html")
    assert not AuditEvent.objects.filter(action__endswith="exported").exists()
    notice = page.content.decode().partition(SAY_SO)[2]
    address = unescape(re.search(r'href="([^"]+)"', notice)[1])
    assert {row[8] for row in saved(client.get(address))} == {"plan_paused"}
    assertNotContains(client.get(address.replace("export/", "")), SAY_SO)


def test_nothing_is_offered_while_what_was_chosen_cannot_be(cast, as_user, two_patients):
    client = proved(as_user(cast.lead), minutes=16)
    asked = client.get(f"{CLINIC}export/", {"from_on": "soon"})["Location"]
    answer = {"confirm": "password", "confirm-password": PASSWORD}
    page = client.post(asked, answer, follow=True)
    assertContains(page, "Write a date that exists", status_code=422)
    assertNotContains(page, SAY_SO, status_code=422)
