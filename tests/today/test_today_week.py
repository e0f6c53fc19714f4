"""The week on Today: which one it is, when the check-up is, and when the next reminder comes."""

from datetime import UTC, datetime, time

import pytest
import time_machine

from patients.models import NotToday
from patients.services import sessions
from reminders import services
from reminders.services import Choice
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, log, running
from tests.patients.test_plans import verb
from tests.today.test_today_page import read

pytestmark = pytest.mark.django_db
NEXT = "Next reminder"
EVENING = NOW + 10 * HOUR  # 20:00 in London, after the last one


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def begun(plan, days: int) -> None:
    """As if it had begun so many days ago."""
    plan.starts_on, plan.review_on = TODAY - days * DAY, TODAY + (42 - days) * DAY
    plan.save()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Week 1 of 6"),
        (14, "Week 3 of 6"),
        (41, "Week 6 of 6"),
    ],
)
def test_the_week_is_counted_to_the_check_up(phone, plan, days, said):
    begun(plan, days)
    words = read(phone)
    assert said in words
    assert "Check-up planned:" in words


def test_on_the_day_of_the_check_up_it_says_so(phone, plan):
    begun(plan, 42)
    words = read(phone)
    assert "Your check-up is planned for today" in words
    assert "Week 7 " in words
    assert "Week 7 of" not in words


def test_after_the_check_up_no_false_number_stands_there(phone, plan):
    begun(plan, 50)
    words = read(phone)
    assert "Week 8 " in words
    assert "Week 8 of" not in words
    assert "Check-up planned" not in words


def test_no_week_before_the_first_day(as_user):
    words = read(as_user(running(starts_on=TODAY + 3 * DAY).patient.user))
    assert "Week" not in words


def test_the_next_reminder_is_told_with_its_time(phone):
    words = read(phone)
    assert "Next reminder: today, about 18:30" in words  # it is past 8:30


def test_at_the_end_of_the_day_the_next_one_is_tomorrow(phone, clock_hands):
    clock_hands.move_to(EVENING)
    assert "Next reminder: tomorrow, about 8:30" in read(phone)


def test_own_times_are_told(phone, plan):
    choose(plan, Choice(is_on=True, times=(time(13, 15),)))
    assert "Next reminder: today, about 13:15" in read(phone)


def test_none_is_told_while_reminders_are_off(phone, plan):
    choose(plan, Choice(is_on=False))
    assert NEXT not in read(phone)


def test_none_is_told_once_today_is_complete(phone, plan):
    for _ in range(2):
        log(plan)
    assert NEXT not in read(phone)


def test_none_is_told_under_a_pause_after_not_today_and_after_much_pain(as_user):
    paused, left_out, hurting = running(), running(), running()
    verb("pause", paused, from_on=TODAY)
    day, by = day_on(left_out), left_out.patient.user
    sessions.say_not_today(day, reason=NotToday.Reason.NO_TIME, by=by, now=NOW)
    log(hurting, pain_after=8)
    for plan in (paused, left_out, hurting):
        assert NEXT not in read(as_user(plan.patient.user))


def test_on_a_rest_day_tomorrows_is_told(as_user):
    plan = running({"weekdays": [1], "per_day_min": 1, "per_day_max": 1})
    assert "Next reminder: tomorrow, about 18:00" in read(as_user(plan.patient.user))


def test_times_are_the_patients_own(as_user, clock_hands):
    plan = running({}, {})
    plan.patient.time_zone = "Pacific/Auckland"
    plan.patient.save()
    clock_hands.move_to(datetime(2026, 5, 4, 3, 0, tzinfo=UTC))  # 15:00 there
    assert "Next reminder: today, about 18:30" in read(as_user(plan.patient.user))


def choose(plan, choice: Choice) -> None:
    services.choose(plan.patient, choice, by=plan.patient.user, now=NOW)
