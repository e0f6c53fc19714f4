"""Whatever somebody chooses, and whenever: a time that lay ahead leads to a letter, or to a reason."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.services import NotPossible
from outbox.models import State
from patients.models import Assignment, Day
from reminders import services, words
from reminders.explanations import Explanations, NoRow
from reminders.models import MAY_HAVE_LEFT, Reminder
from reminders.reminder_page import Answer
from reminders.rules import LEAST_GAP
from reminders.services import Choice, Later
from tests.reminders.nudging import ON, asked_day, deliver, do_session, looked_until
from tests.reminders.test_changed_times import at

pytestmark = pytest.mark.django_db
QUARTER, GAP = timedelta(minutes=15), timedelta(hours=2)
STARTS, ENDS = at(4), at(23, 45)
UNEXPLAINED = {NoRow.UNKNOWN, NoRow.CHANGED}


@st.composite
def choices(draw) -> Choice:
    """As the form takes them: none, the usual ones, or up to three at least two hours apart."""
    if draw(st.booleans()):
        return Choice(is_on=draw(st.booleans()))
    quarters = draw(st.lists(st.integers(16, 90), min_size=1, max_size=3, unique=True))
    times = sorted(time(number // 4, number % 4 * 15) for number in quarters)
    apart = [times[0]]
    for one in times[1:]:
        if at(one.hour, one.minute) - at(apart[-1].hour, apart[-1].minute) >= GAP:
            apart.append(one)
    return Choice(times=tuple(apart))


EVENTS = st.dictionaries(
    st.integers(0, 78),  # quarters of an hour since 4:00
    st.one_of(choices(), st.just("later"), st.just("session"), st.just("stop")),
    max_size=6,
)


@given(events=EVENTS, asked=st.integers(1, 3), late=st.sampled_from([0, 1, 9]))
@settings(max_examples=6)
def test_a_time_ahead_leads_to_a_letter_or_a_reason(smtp_server, events, asked, late):
    Assignment.objects.update(ended_on=ON)  # that of the example before
    day = asked_day(asked=asked)
    expected = live(day, events, late=timedelta(minutes=late))
    left = day.assignment.patient.reminders.filter(state__in=MAY_HAVE_LEFT).order_by("handed_at")
    gone = list(left.values_list("handed_at", flat=True))
    assert all(later - earlier >= LEAST_GAP for earlier, later in pairwise(gone))
    lines = [one for one in Explanations(day.assignment.patient, ENDS).lines if one.on == ON]
    assert expected <= {line.at for line in lines}
    assert not [line for line in lines if line.why in UNEXPLAINED and not line.row]
    assert not [line for line in lines if line.row and line.row.state == State.DUE]
    for line in lines:
        assert words.for_staff(line, day.assignment.patient)
        assert words.for_patient(line, day.assignment.patient)


def live(day: Day, events: dict, *, late: timedelta) -> set[time]:
    """The day, quarter by quarter. The times that lay ahead when they were in force to the end."""
    patient, now, choice = day.assignment.patient, STARTS, Choice()
    looked_until(now)
    due: set[time] = set()
    for number in range(79):
        now = STARTS + number * QUARTER
        services.tick(now=now)
        if Reminder.objects.filter(state=State.DUE).exists():
            deliver(now + late)
        wall = (now + timedelta(hours=1)).time()
        if choice.is_on and wall in choice.at(day.asked_min):
            due.add(wall)
        # A minute before the next quarter: so that nothing is chosen as it comes.
        then = now + timedelta(minutes=14)
        match events.get(number):
            case Choice() as chosen:
                choice = services.choose(patient, chosen, by=None, now=then)
            case "stop":
                services.stop(patient, by=None, now=then)
                choice = services.chosen(patient)
            case "session":
                do_session(day)
            case "later":
                due |= ask_for_one_more(patient, then)
    return due


def ask_for_one_more(patient, now: datetime) -> set[time]:
    row = Reminder.objects.filter(patient=patient, state=State.SENT).last()
    times = Later(Answer(row, now)).times if row else []
    with suppress(NotPossible):
        if row and times:
            return {services.remind_later(row, at=times[0], now=now).at}
    return set()
