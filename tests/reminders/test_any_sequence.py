"""One account with several records, whatever happens to each, in whatever order, over two days.

Choosing times, finishing sessions, asking for one more, stopping, moving to another zone: never are
two letters closer than the gap, and each time that lay ahead leads to a letter or to a reason.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts.services import NotPossible
from outbox.models import State
from patients.models import Assignment, Patient
from patients.schedule import instant, local_date
from reminders import services
from reminders.explanations import Explanations
from reminders.models import MAY_HAVE_LEFT, Reminder
from reminders.reminder_page import Answer
from reminders.rules import LEAST_GAP
from reminders.services import Choice, Later
from tests.factories import DayFactory, UserFactory
from tests.reminders.nudging import ON, asked_day, deliver, do_session, looked_until
from tests.reminders.test_any_times import UNEXPLAINED, choices

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)
BEGINS, QUARTERS = datetime(2026, 3, 30, 3, tzinfo=UTC), 2 * 96
ZONES = ["Europe/London", "Asia/Tokyo", "America/New_York", "Asia/Kathmandu"]
DATES = [ON + timedelta(days=n) for n in range(-1, 4)]

HAPPENS = st.one_of(
    choices(), st.sampled_from(["session", "later", "stop"]), st.sampled_from(ZONES)
)
EVENTS = st.dictionaries(
    st.tuples(st.integers(0, QUARTERS - 1), st.integers(0, 2)), HAPPENS, max_size=9
)


@dataclass
class Life:
    """One record, and the times of it that have come while they were in force."""

    patient: Patient
    assignment: Assignment
    choice: Choice = field(default_factory=Choice)
    came: set[tuple[date, time]] = field(default_factory=set)

    @property
    def zone(self) -> ZoneInfo:
        return self.patient.zone

    def times_between(self, after: datetime, until: datetime, zone: ZoneInfo) -> set:
        if not self.choice.is_on:
            return set()
        days = self.assignment.days.asked().filter(on__in=DATES).values_list("on", "asked_min")
        every = {(on, at) for on, asked in days for at in self.choice.at(asked)}
        return {(on, at) for on, at in every if after < instant(on, at, zone) <= until}

    def happen(self, what: Choice | str, now: datetime) -> None:
        match what:
            case Choice():
                self.choice = services.choose(self.patient, what, by=None, now=now)
            case "stop":
                services.stop_record(self.patient, by=None, now=now)
                self.choice = services.chosen(self.patient)
            case "session":
                on = local_date(now, self.zone)
                for day in self.assignment.days.filter(on=on):
                    do_session(day)
            case "later":
                self._ask_for_one_more(now)
            case str(zone):
                self._move(zone, now)

    def _ask_for_one_more(self, now: datetime) -> None:
        row = Reminder.objects.filter(patient=self.patient, state=State.SENT).last()
        times = Later(Answer(row, now)).times if row else []
        with suppress(NotPossible):
            if row and times:
                row = services.remind_later(row, at=times[0], now=now)
                self.came.add((row.on, row.at))

    def _move(self, zone: str, now: datetime) -> None:
        """What the new clock has passed, and the old one had not."""
        ahead = self.times_between(now, now + timedelta(days=2), self.zone)
        services.follow_zone(self.patient, time_zone=zone, by=self.patient.user, now=now)
        self.patient.refresh_from_db()
        self.came |= {one for one in ahead if instant(*one, self.zone) <= now}


def lives(number: int) -> list[Life]:
    user, found = UserFactory(), []
    for asked in range(1, number + 1):
        day = asked_day(asked=asked, assignment__patient__user=user, assignment__starts_on=DATES[0])
        for on in DATES:
            if on != ON:
                DayFactory(assignment=day.assignment, on=on, asked_min=asked, asked_max=asked + 1)
        found.append(Life(day.assignment.patient, day.assignment))
    return found


@given(events=EVENTS, late=st.sampled_from([0, 3]))
@example(
    events={(30, 0): "Asia/Tokyo", (31, 1): Choice(times=(time(21),)), (90, 2): "later"}, late=0
)
@example(events={(60, 0): "Asia/Tokyo", (64, 0): "Europe/London", (70, 1): "stop"}, late=3)
@settings(max_examples=4)
def test_never_two_letters_too_soon_and_no_time_without_a_word(smtp_server, events, late):
    Assignment.objects.update(ended_on=DATES[0])  # those of the example before
    records = lives(3)
    play(records, events, late=timedelta(minutes=late))
    ends = BEGINS + QUARTERS * QUARTER
    rows = Reminder.objects.filter(patient__user=records[0].patient.user)
    left = rows.filter(state__in=MAY_HAVE_LEFT).values_list("handed_at", flat=True)
    letters = left.distinct().order_by("handed_at")
    assert all(later - earlier >= LEAST_GAP for earlier, later in pairwise(letters))
    for record in records:
        lines = [line for line in Explanations(record.patient, ends).lines if line.on >= ON]
        assert record.came - {(line.on, line.at) for line in lines} == set()
        assert [line for line in lines if line.why in UNEXPLAINED and not line.row] == []
        waiting = [line for line in lines if line.row and line.row.state == State.DUE]
        assert [one for one in waiting if one.row.expires_at <= ends] == []


def play(records: list[Life], events: dict, *, late: timedelta) -> None:
    """Quarter by quarter: what comes due, leaves; a minute before the next one, what happens."""
    looked_until(BEGINS)
    before = BEGINS
    for number in range(QUARTERS):
        now = BEGINS + number * QUARTER
        services.tick(now=now)
        if Reminder.objects.filter(state=State.DUE, due_at__lte=now).exists():
            deliver(now + late)
        for which, record in enumerate(records):
            record.came |= record.times_between(before, now, record.zone)
            if what := events.get((number, which)):
                record.happen(what, now + timedelta(minutes=14))
        before = now
