"""When the next reminder comes: what the page says is what planning and sending then do."""

from datetime import date, time, timedelta

import pytest

from outbox.models import State
from patients.models import Day, NotToday
from reminders import services
from reminders.next_reminder import NextReminder, next_reminder
from reminders.services import Choice
from tests.factories import DayFactory
from tests.reminders.nudging import EVENING, MORNING, ON, asked_day, do_session, looked_until
from tests.reminders.test_silence import (
    deactivate,
    forget_address,
    refused,
    reminder_of,
    tell_a_sign,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAWN = MORNING - HOUR


@pytest.fixture
def day() -> Day:
    """One of two that ask for two sessions: at 8:30 and at 18:30."""
    today = asked_day()
    DayFactory(
        assignment=today.assignment,
        programme=today.programme,
        on=ON + DAY,
        asked_min=2,
        asked_max=3,
    )
    return today


def then(day: Day, *, now=DAWN) -> NextReminder | None:
    return next_reminder(day.assignment.patient, now=now)


def at(hour: int, minute: int = 30, *, on: date = ON) -> NextReminder:
    return NextReminder(on, time(hour, minute))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (DAWN, at(8)),
        (MORNING - MINUTE, at(8)),
        (MORNING, at(18)),  # that one is on its way
        (EVENING - MINUTE, at(18)),
        (EVENING, at(8, on=ON + DAY)),
    ],
)
def test_it_is_the_first_time_still_ahead(day, now, expected):
    assert then(day, now=now) == expected


def test_own_times_are_taken(day):
    choose(day, Choice(is_on=True, times=(time(12, 0),)))
    assert then(day) == at(12, 0)


def test_a_time_that_was_used_comes_once_and_another_that_is_put_in_its_place_comes_too(day):
    looked_until(EVENING - MINUTE)
    services.tick(now=EVENING)
    assert then(day, now=EVENING + MINUTE) == at(8, on=ON + DAY)
    choose(day, Choice(is_on=True, times=(time(8, 30), time(21, 0))))
    assert then(day, now=EVENING + MINUTE) == at(21, 0)


def test_a_time_for_which_enough_is_done_is_passed_over(day):
    do_session(day)
    assert then(day) == at(18)


def test_none_comes_today_once_today_is_complete(day):
    do_session(day)
    do_session(day)
    assert then(day) == at(8, on=ON + DAY)


def test_none_comes_today_after_not_today(day):
    NotToday.objects.create(day=day, reason=NotToday.Reason.PAIN, said_at=DAWN)
    assert then(day) == at(8, on=ON + DAY)


@pytest.mark.parametrize("state", [Day.State.REST, Day.State.PAUSED, Day.State.NOT_STARTED])
def test_a_day_that_asks_for_nothing_has_none(day, state):
    Day.objects.filter(pk=day.pk).update(state=state)
    assert then(day) == at(8, on=ON + DAY)


def test_there_is_none_while_reminders_are_off_or_have_no_times(day):
    for choice in (Choice(is_on=False), Choice(is_on=True, times=())):
        choose(day, choice)
        assert then(day) is None


@pytest.mark.parametrize("trouble", [deactivate, forget_address, refused, tell_a_sign])
def test_there_is_none_where_no_mail_may_go(day, trouble):
    trouble(day)
    assert then(day) is None


def test_there_is_none_once_the_review_is_long_past(day):
    day.assignment.review_on = ON - 15 * DAY
    day.assignment.starts_on = ON - 60 * DAY
    day.assignment.save()
    assert then(day) is None


def test_there_is_none_after_an_end(day):
    day.assignment.ended_on = ON
    day.assignment.save()
    assert then(day) is None


def test_after_many_silent_days_the_fewer_reminders_are_told(day):
    before = [ON - n * DAY for n in range(1, 15)]
    for on in before:
        DayFactory(assignment=day.assignment, programme=day.programme, on=on, asked_min=2)
    reminder_of(day, on=ON, handed_at=DAWN, state=State.SENT, due_at=DAWN, expires_at=DAWN + HOUR)
    assert then(day, now=MORNING) is None


def choose(day: Day, choice: Choice) -> None:
    patient = day.assignment.patient
    services.choose(patient, choice, by=patient.user, now=DAWN)
