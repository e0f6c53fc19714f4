"""The morning after: how yesterday's session is spoken of, and pages that renew themselves."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from patients.models import Session
from tests.factories import PatientFactory
from tests.patients.scene import NOW, TODAY, log, running
from tests.today.test_today_page import TODAY_PAGE, one_tap, text
from tests.today.test_which_day import MORNING_AFTER, YESTERDAY, choose

pytestmark = pytest.mark.django_db
BEFORE_MIDNIGHT = datetime(2026, 5, 4, 22, 40, tzinfo=UTC)  # 23:40 in London


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


@pytest.fixture
def stale(phone, clock_hands):
    """The button of yesterday's page, this morning."""
    form = one_tap(phone)
    clock_hands.move_to(MORNING_AFTER)
    return form


# --- how yesterday's session is spoken of ---

PAIN_NOW, PAIN_THEN = "How is your pain now?", "How was your pain afterwards?"


def described(phone, session):
    return phone.get(reverse("today:session_describe", args=[session.pk]))


def test_today_is_asked_how_the_pain_is_now(phone, plan):
    words = text(described(phone, log(plan)))
    assert PAIN_NOW in words
    assert PAIN_THEN not in words


def test_yesterday_is_not_asked_how_the_pain_is_now(phone, plan, stale):
    words = text(phone.get(choose(phone, phone.post(*stale), YESTERDAY)["Location"]))
    assert "Ticked off for Monday 4 May." in words
    assert PAIN_THEN in words
    assert PAIN_NOW not in words


def test_a_mistake_about_yesterday_comes_back_in_the_past_too(phone, plan, clock_hands):
    session = log(plan)
    clock_hands.move_to(MORNING_AFTER)
    address = reverse("today:session_describe", args=[session.pk])
    words = text(phone.post(address, {"pain_after": "11", "note": "Typed"}))
    assert PAIN_THEN in words
    assert PAIN_NOW not in words
    assert "Typed" in words


@pytest.mark.parametrize(
    ("number", "advice"), [(3, "Now give your body a rest."), (4, "so please rest now.")]
)
def test_yesterday_is_not_told_to_rest_now(phone, plan, clock_hands, number, advice):
    for _ in range(number):
        session = log(plan)
    assert advice in text(described(phone, session))
    clock_hands.move_to(MORNING_AFTER)
    assert advice not in text(described(phone, session))


def test_what_was_typed_about_yesterday_is_kept_until_the_end_of_today(phone, plan, clock_hands):
    session = log(plan)
    clock_hands.move_to(MORNING_AFTER)
    address = reverse("today:session_describe", args=[session.pk])
    assert phone.post(address, {"pain_after": "3", "note": "Slept well"}).status_code == 302
    session.refresh_from_db()
    assert (session.pain_after, session.note) == (3, "Slept well")


# --- pages that renew themselves ---

ENDS_IN = re.compile(r'<body[^>]*\sdata-day-ends-in="(\d+)"')


@pytest.mark.parametrize("page", ["today:today", "today:progress", "today:own_why"])
def test_a_page_about_the_day_says_how_long_it_is_true(phone, clock_hands, page):
    clock_hands.move_to(BEFORE_MIDNIGHT)
    [left] = ENDS_IN.findall(phone.get(reverse(page)).content.decode())
    assert int(left) == 20 * 60


def test_the_page_after_a_session_says_it_too_unless_it_answers_a_form(phone, plan, clock_hands):
    session = log(plan)
    assert ENDS_IN.search(described(phone, session).content.decode())
    address = reverse("today:session_describe", args=[session.pk])
    refused = phone.post(address, {"pain_after": "11"})
    assert not ENDS_IN.search(refused.content.decode())


def test_a_question_is_never_fetched_again_by_itself(phone, stale):
    assert not ENDS_IN.search(phone.post(*stale).content.decode())


def test_the_page_ends_by_the_patients_clock_not_by_the_servers(as_user, clock_hands):
    patient = PatientFactory(time_zone="Pacific/Kiritimati")
    plan = running(patient=patient, starts_on=TODAY, now=NOW)
    clock_hands.move_to(datetime(2026, 5, 4, 9, 0, tzinfo=UTC))  # 23:00 there
    html = as_user(plan.patient.user).get(TODAY_PAGE).content.decode()
    assert ENDS_IN.findall(html) == ["3600"]


def test_staff_who_record_for_a_date_are_not_asked(plan, as_user, clock_hands):
    clock_hands.move_to(MORNING_AFTER)
    address = reverse("caseload:record_session", args=[plan.patient_id])
    fields = {"on": "2026-05-04", "client_id": "0" * 32, "pain_after": "", "effort": ""}
    response = as_user(plan.patient.clinician).post(address, fields)
    assert response.status_code == 302
    assert Session.objects.get().day.on == TODAY


def test_words_about_a_session_that_was_taken_back_meanwhile_are_not_lost(phone, plan):
    session = log(plan)
    undo = reverse("today:session_undo", args=[session.pk])
    assert phone.post(undo).status_code == 302
    address = reverse("today:session_describe", args=[session.pk])
    response = phone.post(address, {"note": "Stiff all morning"})
    assert response.status_code == 422
    words = text(response)
    assert "This session was taken back." in words
    assert "Note Stiff all morning" in words
