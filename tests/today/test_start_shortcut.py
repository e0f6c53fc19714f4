"""The shortcut "Start" of the installed app: to the session of today, else to Today."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from patients.models import NotToday
from patients.services import sessions
from tests.factories import PatientFactory
from tests.patients.scene import DAY, NOW, TODAY, day_on, log, running
from tests.today.test_today_page import TODAY_PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {})


def led_to(client) -> str:
    return client.get(reverse("today:start"))["Location"]


def test_it_opens_the_session_of_today(plan, as_user):
    day = day_on(plan)
    client = as_user(plan.patient.user)
    assertRedirects(
        client.get(reverse("today:start")),
        reverse("today:session", args=[day.pk, day.programme_id]),
    )


def test_a_second_session_that_the_day_asks_for_too(plan, as_user):
    log(plan, now=NOW - DAY / 24)
    assert "/session/" in led_to(as_user(plan.patient.user))


def test_after_enough_sessions_it_opens_today(plan, as_user):
    for _time in range(2):
        log(plan)
    assert led_to(as_user(plan.patient.user)) == TODAY_PAGE


def test_after_much_pain_it_opens_today(plan, as_user):
    log(plan, pain_after=9)
    assert led_to(as_user(plan.patient.user)) == TODAY_PAGE


def test_after_not_today_it_opens_today(plan, as_user):
    user = plan.patient.user
    sessions.say_not_today(day_on(plan), reason=NotToday.Reason.PAIN, by=user, now=NOW)
    assert led_to(as_user(user)) == TODAY_PAGE


def test_before_the_first_day_it_opens_today(as_user):
    plan = running({}, starts_on=TODAY + 2 * DAY)
    assert led_to(as_user(plan.patient.user)) == TODAY_PAGE


def test_with_several_records_it_opens_today_which_says_whose_page_it_is(plan, as_user):
    PatientFactory(user=plan.patient.user)
    client = as_user(plan.patient.user)
    client.post(reverse("today:choose"), {"record": plan.patient.pk})
    assert led_to(client) == TODAY_PAGE


def test_signed_out_it_asks_to_sign_in_and_goes_on_from_there(client):
    assert led_to(client) == f"{reverse('account_login')}?next={reverse('today:start')}"
