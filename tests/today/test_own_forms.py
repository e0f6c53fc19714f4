"""How a session felt, settings and help: what patients type, choose and read."""

import re

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from patients.models import Patient
from patients.services import sessions
from tests.factories import PatientFactory
from tests.patients.scene import DAY, NOW, TODAY, log, running
from tests.today.test_today_page import text

pytestmark = pytest.mark.django_db
TODAY_PAGE, SETTINGS = reverse("today:today"), reverse("today:settings")
HELP = reverse("today:help")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running()


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def describe(phone, session, **said):
    return phone.post(reverse("today:session_describe", args=[session.pk]), said)


# --- how it felt ---


def test_everything_may_be_said(phone, plan):
    session = log(plan)
    response = describe(phone, session, pain_after="0", effort="hard", note="Łódź 💪\nStiff")
    assert response["Location"] == TODAY_PAGE
    session.refresh_from_db()
    assert (session.pain_after, session.effort) == (0, "hard")
    assert session.note == "Łódź 💪\nStiff"


def test_nothing_is_called_optional_where_everything_is(phone, plan):
    page = phone.get(reverse("today:session_describe", args=[log(plan).pk]))
    assert "Say what you like, and leave out the rest." in text(page)
    assert "optional" not in text(page)


def test_and_everything_left_out(phone, plan):
    session = log(plan)
    assert describe(phone, session)["Location"] == TODAY_PAGE
    session.refresh_from_db()
    assert (session.pain_after, session.effort, session.note) == (None, "", "")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"pain_after": "11"}, "Choose a number from 0 to 10."),
        ({"pain_after": "-1"}, "Choose a number from 0 to 10."),
        ({"pain_after": "x"}, "Choose a number from 0 to 10."),
        ({"pain_after": "3.5"}, "Choose a number from 0 to 10."),
        ({"pain_after": "9" * 400}, "Choose a number from 0 to 10."),
        ({"effort": "impossible"}, "Choose one of the three."),
        ({"note": "x" * 1001}, "Use 1,000 letters at most: these are 1,001."),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(phone, plan, said, error):
    session = log(plan)
    typed = {"pain_after": "4", "note": "Typed <b>words</b>"} | said
    response = describe(phone, session, **typed)
    assert response.status_code == 422
    html = response.content.decode()
    assert error in html
    assert typed["note"][:20].replace("<", "&lt;").replace(">", "&gt;") in html
    if typed["pain_after"] == "4":
        assert re.search(r'value="4"[^>]*checked', html)
    session.refresh_from_db()
    assert (session.pain_after, session.note) == (None, "")


def test_a_note_of_just_a_thousand_characters(phone, plan):
    session = log(plan)
    assert describe(phone, session, note="ż" * 1000).status_code == 302


@pytest.mark.parametrize(("pain", "advised"), [("5", False), ("6", True), ("10", True)])
def test_high_pain_leads_to_calm_advice_and_changes_no_plan(phone, plan, pain, advised):
    before = list(plan.days.values_list())
    describe(phone, log(plan), pain_after=pain)
    words = text(phone.get(TODAY_PAGE))
    assert ("That was too much pain. Rest now" in words) is advised
    assert list(plan.days.values_list()) == before


def test_the_advice_goes_with_the_session_that_called_for_it(phone, plan):
    session = log(plan)
    describe(phone, session, pain_after="9")
    sessions.undo_session(session, by=plan.patient.user, now=NOW)
    assert "a lot of pain" not in text(phone.get(TODAY_PAGE))


def test_too_late_to_describe_or_undo(phone, plan, clock_hands):
    session = log(plan)
    clock_hands.shift(2 * DAY)
    page = text(phone.get(reverse("today:session_describe", args=[session.pk])))
    assert "That day is over" in page
    assert "Undo" not in page
    late = describe(phone, session, pain_after="0", effort="hard", note="Late <b>words</b>")
    assert late.status_code == 422
    words = "Not saved This is what you sent. You can copy it and give it to your clinic."
    assert f"{words} Pain 0 of 10 How it felt too hard Note Late" in text(late)
    assert "Late &lt;b&gt;words" in late.content.decode()
    undone = phone.post(reverse("today:session_undo", args=[session.pk]), follow=True)
    assert "Your clinic can still change it for you" in text(undone)
    session.refresh_from_db()
    assert (session.note, session.undone_at) == ("", None)


# --- settings ---


def test_settings_say_who_and_lead_on(phone, plan):
    page = phone.get(SETTINGS)
    words = text(page)
    assert plan.patient.name in words
    assert plan.patient.user.email in words
    for name in ("reminders:settings", "account_change_password", "account_logout"):
        assert reverse(name) in page.content.decode()


def test_the_time_zone_is_changed_through_the_service(phone, plan):
    assert phone.post(SETTINGS, {"time_zone": "Asia/Tokyo"})["Location"] == SETTINGS
    plan.patient.refresh_from_db()
    assert plan.patient.time_zone == "Asia/Tokyo"
    assert max(plan.days.values_list("on", flat=True)) == TODAY + 14 * DAY


@pytest.mark.parametrize(
    "zone", ["", "Mars/Olympus", "Europe", "../../etc/passwd", "-1", "x" * 5000, "Łódź"]
)
def test_a_time_zone_that_is_none(phone, plan, zone):
    response = phone.post(SETTINGS, {"time_zone": zone})
    assert response.status_code == 422
    words = "Type a city, such as Berlin." if not zone or len(zone) > 64 else "We do not know"
    assert words in text(response)
    plan.patient.refresh_from_db()
    assert plan.patient.time_zone == "Europe/London"


def test_a_zone_with_an_old_name_is_sent_back_as_its_name_of_today(as_user):
    record = PatientFactory(time_zone="Japan")
    page = as_user(record.user)
    assert 'value="Japan"' in page.get(SETTINGS).content.decode()
    page.post(SETTINGS, {"time_zone": "Japan"})
    record.refresh_from_db()
    assert record.time_zone == "Asia/Tokyo"


# --- what to call them ---


def test_what_to_call_me_is_said_in_the_settings_and_stands_in_the_greeting(phone, plan):
    response = phone.post(
        SETTINGS, {"called": " Mrs\tReed ", "time_zone": "Europe/London"}, follow=True
    )
    assert "Saved." in text(response)
    assert "Your days now follow" not in text(response)
    assert 'value="Mrs Reed"' in response.content.decode()
    assert "Good morning, Mrs Reed" in text(phone.get(TODAY_PAGE))
    [event] = AuditEvent.objects.filter(action="called_changed")
    assert (event.actor, event.subject_id) == (plan.patient.user, plan.patient.pk)


@pytest.mark.parametrize("name", ["Weber, Ana", "Mrs Jones", "陳 大文"])
def test_left_empty_the_greeting_is_the_whole_name(phone, plan, name):
    Patient.objects.filter(pk=plan.patient.pk).update(name=name)
    assert phone.post(SETTINGS, {"called": "", "time_zone": "Europe/London"}).status_code == 302
    assert f"Good morning, {name}" in text(phone.get(TODAY_PAGE))


def test_saving_it_as_it_is_writes_nothing_down(phone, plan):
    phone.post(SETTINGS, {"called": plan.patient.called, "time_zone": "Europe/London"})
    assert not AuditEvent.objects.filter(action="called_changed").exists()


def test_the_button_for_the_phones_time_zone_leaves_it_as_it_is(phone, plan):
    phone.post(SETTINGS, {"time_zone": "Asia/Tokyo"})
    plan.patient.refresh_from_db()
    assert (plan.patient.called, plan.patient.time_zone) == ("Sam", "Asia/Tokyo")


def test_too_long_to_be_called(phone, plan):
    typed = {"called": "x" * 61, "time_zone": "Asia/Tokyo"}
    response = phone.post(SETTINGS, typed)
    assert response.status_code == 422
    assert "Use 60 letters at most: these are 61." in text(response)
    assert 'value="Asia/Tokyo"' in response.content.decode()
    plan.patient.refresh_from_db()
    assert (plan.patient.called, plan.patient.time_zone) == ("Sam", "Europe/London")
    assert phone.post(SETTINGS, {**typed, "called": "x" * 60}).status_code == 302


def test_of_two_children_each_is_called_as_their_own_record_says(phone, plan):
    other = PatientFactory(user=plan.patient.user, name="Weber, Mia", called="")
    page = {"called": "Mimi", "time_zone": "Europe/London"}
    phone.post(reverse("today:choose"), {"record": other.pk})
    phone.post(SETTINGS, page)
    for record, called in ((other, "Mimi"), (plan.patient, "Sam")):
        record.refresh_from_db()
        assert record.called == called


# --- help ---


def test_help_shows_the_clinics_own_numbers_and_that_nobody_watches(phone, plan):
    clinic = plan.patient.clinic
    clinic.country, clinic.emergency_number, clinic.advice_number = "DE", "112", "116117"
    clinic.save()
    page = phone.get(HELP)
    words = text(page)
    assert "Nobody watches this app in real time" in words
    assert "Call 112" in words
    assert 'href="tel:116117"' in page.content.decode()
    assert "Call 116 117" in words
    assert clinic.name in words
    assert "999" not in words
    for flag in ("genitals", "both legs", "toilet", "fever", "weight loss", "chest pain"):
        assert flag in words


def test_help_needs_no_choice_between_records(phone, plan):
    other = PatientFactory(user=plan.patient.user)
    words = text(phone.get(HELP))
    assert plan.patient.clinic.name in words
    assert other.clinic.name in words


def test_a_phone_that_says_an_older_name_is_not_taken_for_a_traveller(phone, plan):
    phone.post(SETTINGS, {"time_zone": "Kolkata"})
    page = phone.get(SETTINGS).content.decode()
    assert 'data-other-time-zone="Asia/Kolkata Asia/Calcutta"' in page
