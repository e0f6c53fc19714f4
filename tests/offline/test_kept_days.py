"""Today and the session of a coming day, as they are fetched to be kept."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from patients.models import Day, Patient
from patients.services import signs
from tests.factories import ClinicFactory, PatientFactory
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, log, running
from tests.patients.test_plans import new_version, verb
from tests.today.test_today_page import hidden_fields, text

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + DAY
EVENING = datetime(2026, 5, 4, 20, 0, tzinfo=UTC)
CALL = "020 7946 0958"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {"per_day_min": 1, "per_day_max": 1})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def today_of(plan, on=TOMORROW) -> str:
    return reverse("offline:day", args=[day_on(plan, on).pk])


def session_of(plan, on=TOMORROW, version=None) -> str:
    day = day_on(plan, on)
    return reverse("offline:day_session", args=[day.pk, version or day.programme_id])


def notice_of(plan) -> str:
    return reverse("offline:stopped", args=[plan.patient_id])


# --- Today


def test_today_of_tomorrow_says_tomorrows_date_and_nothing_done(phone, plan):
    log(plan)
    page = phone.get(today_of(plan))
    assertContains(page, "Tuesday 5 May")
    assertContains(page, "0 of 2–3 done today")
    assertNotContains(page, "done for today")


def test_today_itself_says_what_is_done_so_far(phone, plan):
    log(plan)
    page = phone.get(today_of(plan, TODAY))
    assertContains(page, "1 of 2–3 done today")
    assertContains(page, "done for today")


def test_it_does_what_its_day_asks_for(phone, plan):
    Day.objects.filter(pk=day_on(plan, TOMORROW).pk).update(
        state=Day.State.REST, asked_min=None, asked_max=None
    )
    assertContains(phone.get(today_of(plan)), "Today is a rest day")


def test_it_greets_by_no_hour_and_names_no_reminder(phone, plan, clock_hands):
    for at in (NOW, EVENING):
        clock_hands.move_to(at)
        page = phone.get(today_of(plan, TODAY))
        assertContains(page, f"Hello, {plan.patient.addressed_as}")
        assertNotContains(page, "Next reminder")
        for greeting in ("Good morning", "Good evening"):
            assertNotContains(page, greeting)


def test_the_week_so_far_is_shown_on_its_own_date_only(phone, plan):
    """Of the days until then nobody knows yet what will be done on them."""
    assertContains(phone.get(today_of(plan, TODAY)), "This week, Monday to Sunday")
    assertNotContains(phone.get(today_of(plan)), "This week, Monday to Sunday")


def test_yesterday_may_be_added_to_while_it_is_open(phone, plan):
    forgot = "Forgot to tick off yesterday?"
    assertContains(phone.get(today_of(plan)), forgot)
    for _each in range(3):
        log(plan)
    assertNotContains(phone.get(today_of(plan)), forgot)
    assertNotContains(phone.get(today_of(plan, TODAY)), forgot)  # it began today


def test_its_form_names_day_version_and_date(phone, plan):
    html = phone.get(today_of(plan)).content.decode()
    day = day_on(plan, TOMORROW)
    fields = hidden_fields(html)
    assert fields["programme"] == str(day.programme_id)
    assert fields["page_on"] == TOMORROW.isoformat()
    assert f'action="{reverse("today:session_log", args=[day.pk])}"' in html


def test_it_is_marked_as_kept_and_says_so_without_a_network(phone, plan):
    page = phone.get(today_of(plan))
    assertContains(page, f'data-kept-page="{NOW.isoformat()}"')
    assertContains(page, "No network. This page was kept on this phone on")
    assertNotContains(phone.get(reverse("today:today")), "data-kept-page")


def test_it_leads_to_the_session_of_its_day(phone, plan):
    day = day_on(plan, TOMORROW)
    address = reverse("today:session", args=[day.pk, day.programme_id])
    assertContains(phone.get(today_of(plan)), f'href="{address}"')


def test_it_says_whose_exercises_it_shows(phone, plan):
    for address in (today_of(plan), session_of(plan), reverse("today:today")):
        assert phone.get(address)["X-Record"] == str(plan.patient_id)


def test_of_several_records_it_says_whose_it_is(phone, plan):
    running(patient=PatientFactory(clinic=ClinicFactory(), user=plan.patient.user))
    assertContains(phone.get(today_of(plan)), f"· {plan.patient.name} ·")


# --- the session


def test_the_session_of_tomorrow_is_led_by_its_own_version(phone, plan):
    old = plan.programme_id
    log(plan)
    new_version(plan, now=NOW + HOUR)
    coming = day_on(plan, TOMORROW).programme_id
    assert coming != old
    page = phone.get(session_of(plan))
    assert page.context["page"].programme_id == coming
    assert not page.context["page"].has_changed
    assert phone.get(session_of(plan, version=old)).status_code == 404


def test_the_session_is_of_its_day_and_until_the_end_of_its_night(phone, plan):
    page = phone.get(session_of(plan))
    assertContains(page, f'data-began="{TOMORROW.isoformat()}"')
    assertContains(page, 'data-until="2026-05-06T02:00:00+00:00"')  # 03:00 in London
    assertContains(page, "data-kept-page=")
    assert len(page.context["page"].exercises) == 2


def test_a_paused_day_has_no_session(phone, plan):
    address = session_of(plan)
    verb("pause", plan, from_on=TOMORROW)
    assert phone.get(address).status_code == 404


# --- which days


@pytest.mark.parametrize("days", [-1, 4])
def test_no_other_day_is_found(phone, plan, clock_hands, days):
    there = TODAY + 3 * DAY
    clock_hands.move_to(NOW + (3 - days) * DAY)
    for address in (today_of(plan, there), session_of(plan, there)):
        assert phone.get(address).status_code == 404


@pytest.mark.parametrize("days", [0, 3])
def test_today_and_the_next_three_are(phone, plan, days):
    there = TODAY + days * DAY
    for address in (today_of(plan, there), session_of(plan, there)):
        assert phone.get(address).status_code == 200


def test_nothing_is_found_of_what_is_stopped_ended_or_not_begun(phone, plan):
    addresses = (today_of(plan), session_of(plan))
    Patient.objects.update(welcomed_at=None)
    assert {phone.get(address).status_code for address in addresses} == {404}
    Patient.objects.update(welcomed_at=NOW)
    assert {phone.get(address).status_code for address in addresses} == {200}
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    assert {phone.get(address).status_code for address in addresses} == {404}


def test_of_a_programme_that_has_ended_nothing_is_found(phone, plan):
    address = today_of(plan, TODAY)
    verb("end", plan, reason="")
    assert phone.get(address).status_code == 404


def test_nobody_else_finds_them(plan, as_user):
    other = as_user(running().patient.user)
    for address in (today_of(plan), session_of(plan), notice_of(plan)):
        assert other.get(address).status_code == 404
        assert as_user(plan.patient.clinician).get(address).status_code == 404


def test_a_day_that_is_none_is_not_found(phone):
    assert phone.get(reverse("offline:day", args=[uuid4()])).status_code == 404


# --- the notice


def test_the_notice_says_that_it_is_not_sent_yet_and_whom_to_call(phone, plan):
    clinic = plan.patient.clinic
    clinic.telephone = "+442079460958"
    clinic.save()
    page = phone.get(notice_of(plan))
    for words in (
        "Stop: no exercises for now",
        "Saved on this phone. It is not sent yet: call your clinic.",
        "Call first",
        CALL,
    ):
        assert words in text(page)
    assertContains(page, f'href="tel:{clinic.emergency_number}"')
    assert "X-Record" not in page.headers  # it is never hidden itself


@pytest.mark.parametrize("name", ["today:today", "today:progress", "today:settings"])
def test_each_page_of_a_record_holds_the_notice_for_a_sign_told_in_another_tab(phone, plan, name):
    assertContains(phone.get(reverse(name)), "<template data-if-stopped>")


def test_a_session_and_the_page_to_tell_on_hold_it_too(phone, plan):
    day = day_on(plan)
    for address in (
        reverse("today:session", args=[day.pk, day.programme_id]),
        session_of(plan),
        reverse("today:warning", args=[plan.patient_id]),
    ):
        assertContains(phone.get(address), "<template data-if-stopped>")


def test_the_servers_own_notice_needs_none_and_lets_the_phone_know(phone, plan):
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    page = phone.get(reverse("today:today"))
    assertNotContains(page, "data-if-stopped")
    assertContains(page, "data-is-stopped")


# --- queries


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.parametrize(("address", "queries"), [(today_of, 10), (session_of, 11)])
def test_queries_do_not_grow_with_the_exercises(
    as_user, django_assert_num_queries, number, address, queries
):
    plan = running(*[{}] * number)
    phone = as_user(plan.patient.user)
    phone.get(address(plan))
    with django_assert_num_queries(queries):
        phone.get(address(plan))
