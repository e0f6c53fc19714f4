"""Sessions that the clinic records for a patient, and takes back."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from patients.models import Session
from tests.factories import MembershipFactory, PatientFactory
from tests.patients.forms_sent import page, refused
from tests.patients.past import NOW, TODAY, session_on


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def told(**changes) -> dict:
    return {"on": "2026-05-03", "client_id": uuid4(), **changes}


def test_record_a_session_of_an_earlier_day(cast, physio, free, given):
    values = told(pain_after="4", effort="hard", note="Seen in the clinic")
    response = physio.post(page("record_session", free), values, follow=True)
    session = Session.objects.get()
    assert session.source == Session.Source.STAFF
    assert (session.recorded_by, session.pain_after) == (cast.clinician, 4)
    assert session.performed_at.isoformat() == "2026-05-03T11:00:00+00:00"  # noon in London
    assertContains(response, "Session recorded.")
    assertContains(response, "recorded by Priya Shah")
    assertContains(response, "Seen in the clinic")


def test_a_session_sent_twice_is_one_session(physio, free, given):
    values = told()
    for _ in range(2):
        assert physio.post(page("record_session", free), values).status_code == 302
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("on", "", "Choose a date."),
        ("on", "31/02/2026", "Write a date that exists"),
        ("on", "2026-05-05", "Choose today or an earlier day."),
        ("on", "2026-05-02", "The programme was not running on that day."),
        ("on", "0001-01-01", "The programme was not running on that day."),
        ("pain_after", "11", "Choose a number from 0 to 10."),
        ("pain_after", "-1", "Choose a number from 0 to 10."),
        ("pain_after", "x", "Choose a number from 0 to 10."),
        ("effort", "fun", "Select a valid choice"),
        ("note", "x" * 1001, "1,000 letters at most"),
    ],
)
def test_wrong_sessions(physio, free, given, field, typed, words):
    response = physio.post(page("record_session", free), told(**{field: typed}))
    refused(response, field, words)
    assert response.context["form"][field].value() == typed
    assert not Session.objects.exists()


@pytest.mark.parametrize("key", ["", "7", "\x00"])
def test_a_session_needs_the_key_that_its_page_made(physio, free, given, key):
    response = physio.post(page("record_session", free), told(client_id=key))
    assert response.status_code == 422
    assert not Session.objects.exists()


def test_take_back_what_was_recorded_by_mistake(physio, free, given):
    response = physio.post(page("record_session", free), told(), follow=True)
    session = Session.objects.get()
    undo = reverse("caseload:take_back", args=[free.pk, session.pk])
    assertContains(response, f'action="{undo}"')
    response = physio.post(undo, follow=True)
    assertContains(response, "The session is taken back.")
    assertNotContains(response, f'action="{undo}"')
    session.refresh_from_db()
    assert session.undone_at == NOW


def test_a_patients_own_session_is_not_the_clinics_to_take_back(cast, physio):
    session = session_on(cast.day)
    undo = reverse("caseload:take_back", args=[cast.record.pk, session.pk])
    assertNotContains(physio.get(page("record", cast.record)), undo)
    assert physio.post(undo).status_code == 404
    other = reverse("caseload:take_back", args=[PatientFactory().pk, session.pk])
    assert physio.post(other).status_code == 404


def test_an_old_entry_about_oneself_is_for_a_colleague_to_take_back(free, given, as_user):
    """Who is clinician and patient meets the patient's limits on their own record."""
    MembershipFactory(user=free.user, clinic=free.clinic)
    session = session_on(given.days.get(on=TODAY), source=Session.Source.STAFF)
    undo = reverse("caseload:take_back", args=[free.pk, session.pk])
    with time_machine.travel(NOW + timedelta(3), tick=False):
        response = as_user(free.user).post(undo, follow=True)
    assertContains(response, "That day is over.")
    session.refresh_from_db()
    assert session.undone_at is None
