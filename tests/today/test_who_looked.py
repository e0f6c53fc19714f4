"""The patient sees who has looked, as what, on which days, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertNotContains

from accounts import audit
from accounts.actions import Action
from accounts.models import AuditEvent
from tests.factories import PatientFactory, UserFactory
from tests.patients.scene import running

pytestmark = pytest.mark.django_db
URL = "/settings/you/looked/"
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def page(cast, as_user):
    return lambda: as_user(cast.patient).get(URL)


def looked(cast, by, *days, action=Action.RECORD_READ):
    for ago in days:
        audit.record_about(cast.record, by, action, now=NOW - timedelta(days=ago))


def test_people_with_their_role_and_their_days(cast, as_user, page):
    with time_machine.travel(NOW - timedelta(days=3), tick=False):
        as_user(cast.clinician).get(f"/patients/{cast.record.pk}/")
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        as_user(cast.clinician).get(f"/patients/{cast.record.pk}/")
        as_user(cast.clinician).get(f"/patients/{cast.record.pk}/edit/")
    assertContains(page(), "Priya Shah")
    assertContains(page(), "Clinician")
    assertContains(page(), "Looked at your record on 2 days, last on 3 May 2026.")


def test_one_day_is_said_as_one(cast, page):
    looked(cast, cast.colleague, 2)
    assertContains(page(), "Looked at your record on 2 May 2026.")


def test_printing_changing_and_a_list_are_said_apart(cast, page):
    looked(cast, cast.colleague, 1, 2, action=Action.RECORD_LISTED)
    looked(cast, cast.colleague, 3, action=Action.RECORD_PRINTED)
    looked(cast, cast.colleague, 4, action=Action.PLAN_PAUSED)
    for words in (
        "Saw your name in a list on 2 days, last on 3 May 2026.",
        "Printed it or saved it on 1 May 2026.",
        "Changed something on 30 April 2026.",
    ):
        assertContains(page(), words)
    assertNotContains(page(), "paused")  # what was changed stands on the patient's own pages


def test_somebody_without_a_name_or_a_role_is_told_all_the_same(cast, page):
    looked(cast, UserFactory(name=""), 1)
    assertContains(page(), "Somebody without a name")
    assertContains(page(), "From your clinic")
    assertContains(page(), "<dd>looked at your record</dd>", html=True)


def test_the_days_are_those_of_the_patient(cast, page):
    cast.record.time_zone = "Pacific/Auckland"
    cast.record.save()
    audit.record_about(
        cast.record, cast.clinician, Action.RECORD_READ, now=datetime(2026, 5, 1, 13, tzinfo=UTC)
    )
    assertContains(page(), "Looked at your record on 2 May 2026.")


def test_neither_oneself_nor_who_was_refused_nor_nobody(cast, page):
    looked(cast, cast.patient, 1, action=Action.SESSION_LOGGED)
    looked(cast, cast.other_clinician, 1, action=Action.PERMISSION_REFUSED)
    looked(cast, None, 1, action=Action.REMINDERS_STOPPED)
    assert page().context["people"] == []
    assertContains(page(), "Nobody has looked yet")


def test_of_twelve_months(cast, page):
    looked(cast, cast.colleague, 366)
    looked(cast, cast.clinician, 364)
    assert [person.name for person in page().context["people"]] == ["Priya Shah"]


def test_nobody_elses_record(cast, page):
    other = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
    audit.record_about(other, cast.clinician, Action.RECORD_READ, now=NOW)
    assert page().context["people"] == []


def test_of_several_records_the_one_that_was_chosen(cast, as_user):
    child = PatientFactory(user=cast.patient, clinic=cast.clinic, clinician=cast.clinician)
    audit.record_about(child, cast.colleague, Action.RECORD_READ, now=NOW)
    parent = as_user(cast.patient)
    parent.post("/today/choose/", {"record": child.pk})
    assert [p.name for p in parent.get(URL).context["people"]] == [cast.colleague.name]
    parent.post("/today/choose/", {"record": cast.record.pk})
    assert parent.get(URL).context["people"] == []


def test_looking_at_ones_own_record_is_not_written_down(cast, as_user):
    cast.assignment.delete()
    running(patient=cast.record)
    own = as_user(cast.patient)
    for address in ("/today/", "/progress/", URL, "/settings/you/"):
        assert own.get(address).status_code == 200
    assertContains(own.get("/settings/you/"), URL)
    assert not AuditEvent.objects.filter(actor=cast.patient).exists()


def test_queries_do_not_grow(cast, as_user, django_assert_num_queries):
    own = as_user(cast.patient)
    own.get(URL)  # from here on the session knows which record is open
    for many in (1, 30):
        for ago in range(many):
            looked(cast, cast.colleague, ago)
            looked(cast, cast.clinician, ago)
        with django_assert_num_queries(6):
            own.get(URL)
