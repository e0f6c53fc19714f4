"""Today asks whether to follow the time zone of a phone; the answer moves the record it was asked for."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from patients.models import ZoneChange
from reminders.services.zones import SOON
from tests.factories import PatientFactory
from tests.patients.scene import DAY, NOW, running

pytestmark = pytest.mark.django_db

TODAY_PAGE, SETTINGS = reverse("today:today"), reverse("today:settings")


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def patient():
    return running(patient=PatientFactory(name="Sam Reed"), now=NOW - DAY).patient


@pytest.fixture
def phone(patient, as_user):
    return as_user(patient.user)


def follow(record) -> str:
    return reverse("today:follow_zone", args=[record.pk])


def zone_of(patient) -> str:
    patient.refresh_from_db()
    return patient.time_zone


def test_the_page_carries_the_question_hidden_until_a_script_asks_it(phone):
    page = phone.get(TODAY_PAGE)
    assertContains(page, 'data-travel="Europe/London')
    section = page.content.decode().partition("data-travel=")[2].partition(">")[0]
    assert "hidden" in section
    assert 'data-city="London"' in section
    assert "data-name" not in section


def test_yes_moves_the_record_says_when_the_next_reminder_comes_and_leads_back(phone, patient):
    answer = phone.post(follow(patient), {"time_zone": "Asia/Tokyo"}, follow=True)
    assert zone_of(patient) == "Asia/Tokyo"
    words = " ".join(answer.text.split())
    assert "Your days and reminders now go by the time in Tokyo." in words
    bar = words.partition("undo-bar")[2].partition("</form>")[0]
    assert "Next reminder: today, about 18:30" in bar
    assert "Go back to London" in bar
    assert 'name="time_zone" value="Europe/London"' in bar
    event = AuditEvent.objects.get(action="time_zone_changed")
    assert (event.actor, event.subject_id) == (patient.user, patient.pk)


def test_what_the_clock_has_passed_is_named_as_the_next_one(phone, patient):
    """At 13:00 in London it is 21:00 in Tokyo: 18:30 is past there, and comes soon."""
    with time_machine.travel(datetime(2026, 5, 5, 12, 0, tzinfo=UTC), tick=False):
        answer = phone.post(follow(patient), {"time_zone": "Asia/Tokyo"}, follow=True)
        assertContains(answer, "Next reminder: today, about 21:10")


def test_going_back_is_the_same_press_the_other_way_round(phone, patient):
    phone.post(follow(patient), {"time_zone": "Asia/Tokyo"})
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        answer = phone.post(follow(patient), {"time_zone": "Europe/London"}, follow=True)
    assert zone_of(patient) == "Europe/London"
    assertContains(answer, "Go back to Tokyo")


def test_the_way_back_is_offered_for_a_few_minutes_and_for_the_last_move_only(phone, patient):
    first = phone.post(follow(patient), {"time_zone": "Asia/Tokyo"}).url
    assertContains(phone.get(first), "undo-bar")
    with time_machine.travel(NOW + SOON, tick=False):
        assertNotContains(phone.get(first), "undo-bar")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        phone.post(follow(patient), {"time_zone": "Europe/Paris"})
        assertNotContains(phone.get(first), "undo-bar")


@pytest.mark.parametrize("moved", ["", "x", "0" * 32, "5e0b8a4c-7bd1-4a43-8f0b-1d0a6ecbd2aa"])
def test_an_address_that_names_no_move_is_today_as_ever(phone, moved):
    answer = phone.get(TODAY_PAGE, {"moved": moved})
    assert answer.status_code == 200
    assertNotContains(answer, "undo-bar")


def test_the_zone_it_has_already_changes_nothing(phone, patient):
    assertRedirects(phone.post(follow(patient), {"time_zone": "Europe/London"}), TODAY_PAGE)
    assert not ZoneChange.objects.exists()


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "x" * 500, "Factory"])
def test_a_zone_that_we_do_not_know_is_refused_beside_the_field_in_the_settings(
    phone, patient, zone
):
    answer = phone.post(follow(patient), {"time_zone": zone})
    assert answer.status_code == 422
    assertContains(answer, 'aria-invalid="true"', status_code=422)
    assert zone_of(patient) == "Europe/London"


def test_an_old_name_is_taken_for_the_one_of_today(phone, patient):
    phone.post(follow(patient), {"time_zone": "Asia/Calcutta"})
    assert zone_of(patient) == "Asia/Kolkata"


def test_of_several_records_only_the_one_that_was_asked_about_moves(phone, patient):
    child = PatientFactory(user=patient.user, name="Ana Reed")
    phone.post(reverse("today:choose"), {"record": child.pk})
    page = phone.get(TODAY_PAGE)
    assertContains(page, 'data-name="Ana Reed"')
    answer = phone.post(follow(child), {"time_zone": "Asia/Tokyo"}, follow=True)
    assertContains(answer, "The days and reminders of Ana Reed now go by the time in Tokyo.")
    assert (zone_of(child), zone_of(patient)) == ("Asia/Tokyo", "Europe/London")


def test_a_page_to_keep_does_not_ask(phone, patient):
    day = patient.assignments.get().days.get(on=NOW.date())
    kept = phone.get(reverse("offline:day", args=[day.pk]))
    assert kept.status_code == 200
    assertNotContains(kept, "data-travel")


def test_the_settings_know_how_to_be_asked_again(phone):
    page = phone.get(SETTINGS)
    assertContains(page, "data-travel-again")
    assertContains(page, 'name="time_zone"')  # and without scripts, the zone is set here


def test_the_settings_keep_times_too(phone, patient):
    with time_machine.travel(datetime(2026, 5, 5, 17, 0, tzinfo=UTC), tick=False):
        phone.post(SETTINGS, {"time_zone": "Europe/Paris"})  # 18:30 is past there
    [kept] = patient.reminders.all()
    assert (kept.origin, kept.due_at.hour, kept.due_at.minute) == ("old_clock", 17, 30)
