"""The finish: how far the day is, what is true of the programme, and calm after pain."""

import re

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from patients.results import Went
from patients.services import days, sessions
from tests.patients.scene import DAY, HOUR, NOW, TODAY, items_of, log, running
from tests.patients.test_plans import verb
from tests.today.test_today_page import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    """In its third week of six; two or three times a day."""
    plan = running({}, {}, starts_on=TODAY - 15 * DAY, now=NOW - 15 * DAY)
    days.lay_out_days(plan, now=NOW - DAY, today_too=True)
    return plan


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def finish(phone, session):
    return phone.get(reverse("today:session_describe", args=[session.pk]))


def hurt(plan, **said):
    """A session in which the first exercise hurt and the second went well."""
    first, second = items_of(plan)
    return log(plan, results={first.pk: Went("hurt", amount=1, **said), second.pk: Went("done")})


# --- the ring and the week


def arcs(page) -> dict[str, str]:
    """Each part of the ring: how long it is, of how much."""
    found = re.findall(
        r'class="ring__(\w+)"[^>]*stroke-dasharray="([\d ]+)"', page.content.decode()
    )
    return dict(found)


def test_two_of_two_today_in_week_three_of_six(phone, plan):
    log(plan)
    page = finish(phone, log(plan, now=NOW + HOUR))
    assert "2 of 2–3 today Week 3 of 6" in text(page)
    assert arcs(page) == {"done": "1 2", "new": "1 2"}
    assertContains(page, "ring--fills")


def test_the_first_one_fills_the_first_half(phone, plan):
    assert arcs(finish(phone, log(plan))) == {"new": "1 2"}


def test_one_more_than_the_least_leaves_it_full(phone, plan):
    *_before, third = (log(plan, now=NOW + n * HOUR) for n in range(3))
    assert arcs(finish(phone, third)) == {"done": "2 2"}


def test_it_fills_once_and_not_at_every_look(phone, plan, clock_hands):
    session = log(plan)
    clock_hands.shift(2 * HOUR / 60)
    assertNotContains(finish(phone, session), "ring--fills")


def test_after_the_check_up_no_number_of_weeks_is_made_up(plan, as_user, clock_hands):
    days.lay_out_days(plan, now=NOW + 28 * DAY, today_too=True)
    clock_hands.shift(28 * DAY)
    session = log(plan, on=TODAY + 28 * DAY, now=NOW + 28 * DAY)
    words = text(finish(as_user(plan.patient.user), session))
    assert "1 of 2–3 today Week 7" in words
    assert "Week 7 of" not in words


def test_yesterdays_is_not_called_todays(phone, plan, clock_hands):
    session = log(plan)
    clock_hands.shift(DAY)
    words = text(finish(phone, session))
    assert "1 of 2–3 that day" in words
    assert "today Week" not in words


def test_a_day_that_asks_for_nothing_has_no_ring(phone, plan):
    verb("pause", plan, from_on=TODAY, until_on=TODAY)
    page = finish(phone, log(plan))
    assertNotContains(page, 'class="ring')
    assertContains(page, "so this one is extra")


# --- what is true


def test_pain_that_went_down_since_the_beginning_is_told(phone, plan):
    for n in range(3):
        log(plan, on=TODAY - 14 * DAY, now=NOW - 14 * DAY + n * HOUR, pain_after=5)
    for n in range(2):
        log(plan, now=NOW - (n + 1) * HOUR, pain_after=3)
    session = log(plan)
    assertNotContains(finish(phone, session), "since you began")
    by = plan.patient.user
    sessions.describe_session(session, pain_after=3, effort="", note="", by=by, now=NOW)
    page = finish(phone, session)
    assertContains(page, "Well done")
    assertContains(page, "Pain 5 → 3 since you began")
    assertContains(page, "Your pain has gone down from 5 to 3 since you began")


def before(plan, number: int) -> None:
    """So many sessions yesterday."""
    for n in range(number):
        log(plan, on=TODAY - DAY, now=NOW - DAY + n * HOUR / 4)


def test_the_tenth_session_is_told(phone, plan):
    before(plan, 9)
    tenth, eleventh = (log(plan, now=NOW + n * HOUR / 4) for n in range(2))
    assertContains(finish(phone, tenth), "Your 10th session")
    assertNotContains(finish(phone, eleventh), "th session")


def test_beyond_the_most_that_is_asked_nothing_is_celebrated(phone, plan):
    before(plan, 6)
    *_some, tenth = (log(plan, now=NOW + n * HOUR / 4) for n in range(4))
    page = finish(phone, tenth)
    assertContains(page, "More is not better, so please rest now.")
    assertNotContains(page, "10th session")


def test_of_what_was_missed_nothing_is_said(phone, plan):
    """Two weeks without a single session, and then one."""
    words = text(finish(phone, log(plan))).lower()
    for shame in ("missed", "streak", "in a row", "days ago", "only", "last time", "!"):
        assert shame not in words


# --- after pain


def test_much_pain_at_one_exercise_is_much_pain_whatever_it_is_now(phone, plan):
    before(plan, 8)
    log(plan, now=NOW - HOUR)
    page = finish(phone, hurt(plan, pain=6))
    for calm in ("That was too much pain. Rest now", "Session saved"):
        assertContains(page, calm)
    for praise in ("Well done", "10th session", "The day is complete", "ring--fills"):
        assertNotContains(page, praise)
    by, [session] = plan.patient.user, plan.sessions.newest_first()[:1]
    sessions.describe_session(session, pain_after=1, effort="", note="", by=by, now=NOW)
    assertContains(finish(phone, session), "That was too much pain. Rest now")
    assertContains(phone.get(reverse("today:today")), "That was too much pain. Rest now")


@pytest.mark.parametrize("said", [{}, {"pain": 0}, {"pain": 5}])
def test_what_hurt_a_little_is_left_out_for_today_and_says_so(phone, plan, said):
    session = hurt(plan, **said)
    first, _second = items_of(plan)
    words = f"{first} hurt, so we leave it out for the rest of today."
    page = finish(phone, session)
    assertContains(page, words)
    assertNotContains(page, "too much pain")
    assert sessions.hurt_on(session.day) == {first.pk}


def test_of_yesterday_nothing_is_left_out_today(phone, plan, clock_hands):
    session = hurt(plan, pain=4)
    clock_hands.shift(DAY)
    assertNotContains(finish(phone, session), "for the rest of today")


@pytest.mark.parametrize("went", [Went("skipped", skip_reason="too_hard"), Went("hurt", pain=3)])
def test_where_nothing_was_done_nobody_is_praised_or_blamed(phone, plan, went):
    session = log(plan, results={item.pk: went for item in items_of(plan)}, pain_after=3)
    page = finish(phone, session)
    assertContains(page, "Nothing was done this time, so it does not count. That is fine")
    assertContains(page, "0 of 2–3 today")
    assertNotContains(page, "Well done")
    assert arcs(page) == {}
