"""The tick: what it plans, and that running it again plans nothing more."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from outbox.models import State
from reminders import services
from reminders.models import Heartbeat, Preference, Reminder, Slot
from tests.factories import DayFactory, UserFactory
from tests.reminders.nudging import (
    AT_EVENING,
    AT_MORNING,
    EVENING,
    MINUTE,
    MORNING,
    ON,
    asked_day,
    deliver,
    looked_until,
    planned,
)

pytestmark = pytest.mark.django_db


def own_times(patient, *times: time) -> None:
    Preference.objects.create(patient=patient, has_own_times=True, changed_at=MORNING)
    for position, at in enumerate(times):
        Slot.objects.create(patient=patient, zone=patient.time_zone, position=position, at=at)


def ticks_through(day: date) -> None:
    """A tick each hour from midnight to midnight, in UTC: each makes up for the last."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    looked_until(moment - MINUTE)
    for _ in range(24):
        services.tick(now=moment)
        moment += 60 * MINUTE


def test_a_slot_that_comes_due_is_planned_once_however_often_the_tick_runs():
    day = asked_day()
    looked_until(MORNING - MINUTE)
    for _ in range(3):
        services.tick(now=MORNING)
    [reminder] = Reminder.objects.all()
    assert (reminder.patient, reminder.on, reminder.at) == (day.assignment.patient, ON, AT_MORNING)
    assert (reminder.due_at, reminder.state) == (MORNING, State.DUE)
    assert reminder.expires_at == MORNING + timedelta(hours=2)


def test_a_heartbeat_set_back_doubles_nothing():
    asked_day()
    for _ in range(2):
        looked_until(MORNING - MINUTE)
        services.tick(now=MORNING)
    assert len(planned()) == 1


@pytest.mark.parametrize(
    ("asked", "hours"),
    [(1, ["18:00"]), (2, ["08:30", "18:30"]), (3, ["08:30", "13:00", "18:30"])]
    + [(5, ["08:30", "13:00", "18:30"])],
)
def test_usual_times_follow_the_day(asked, hours):
    asked_day("UTC", asked=asked)
    ticks_through(ON)
    due = Reminder.objects.order_by("at").values_list("due_at", flat=True)
    assert [f"{at:%H:%M}" for at in due] == hours


def test_own_times_replace_the_usual_ones():
    day = asked_day("UTC")
    own_times(day.assignment.patient, time(4, 0), time(12, 15), time(22, 30))
    ticks_through(ON)
    due = Reminder.objects.order_by("at").values_list("at", "due_at")
    assert [(f"{at:%H:%M}", f"{due:%H:%M}") for at, due in due] == [
        (t, t) for t in ("04:00", "12:15", "22:30")
    ]


def test_no_times_means_no_reminders():
    own_times(asked_day("UTC").assignment.patient)
    ticks_through(ON)
    assert planned() == []


def test_own_times_are_kept_but_silent_while_reminders_are_off():
    patient = asked_day("UTC").assignment.patient
    own_times(patient, time(9))
    Preference.objects.filter(patient=patient).update(is_on=False)
    ticks_through(ON)
    assert planned() == []


def test_the_minutes_since_the_last_tick_are_made_up_for():
    asked_day()
    looked_until(MORNING - timedelta(minutes=50))
    services.tick(now=MORNING + timedelta(minutes=50))
    assert planned() == [(ON, AT_MORNING)]


def test_a_long_stop_brings_no_burst():
    asked_day(asked=3)
    looked_until(MORNING - timedelta(days=1))
    services.tick(now=EVENING)
    assert planned() == [(ON, AT_EVENING)]


def test_the_first_tick_of_an_installation_looks_back_over_the_grace():
    asked_day()
    services.tick(now=MORNING + timedelta(hours=1))
    assert planned() == [(ON, AT_MORNING)]
    assert Heartbeat.objects.get().done_until == MORNING + timedelta(hours=1)


def test_past_local_midnight_is_kept_as_too_late():
    day = asked_day("UTC")
    own_times(day.assignment.patient, time(22, 30))
    looked_until(datetime(2026, 3, 30, 22, 29, tzinfo=UTC))
    services.tick(now=datetime(2026, 3, 31, 0, 5, tzinfo=UTC))
    [reminder] = Reminder.objects.all()
    assert reminder.state == State.EXPIRED
    assert reminder.expires_at == datetime(2026, 3, 31, tzinfo=UTC)


def told_at(moment: datetime) -> list[tuple[str, str]]:
    """What became of each row once all that is due has been handed over, in the order of dueness."""
    deliver(moment)
    rows = Reminder.objects.order_by("due_at", "handed_at")
    return list(rows.values_list("state", "reason"))


@pytest.mark.parametrize("number", [0, 1])
def test_a_record_gone_quiet_does_not_keep_back_the_other(smtp_server, number):
    """Of one person with two records, made in either order."""
    user = UserFactory()
    days = [asked_day(assignment__patient__user=user) for _ in range(2)]
    lively, quiet = days[number], days[1 - number]
    for back in range(1, 11):
        asked_day(assignment=quiet.assignment, on=ON - timedelta(days=back))
    gone_quiet(quiet)
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    told_at(MORNING)
    sent = Reminder.objects.get(on=ON, state=State.SENT)
    assert sent.patient == lively.assignment.patient


def gone_quiet(day) -> None:
    """Reminded yesterday, after ten days without a session."""
    at = MORNING - timedelta(days=1)
    Reminder.objects.create(
        patient=day.assignment.patient,
        assignment=day.assignment,
        on=ON - timedelta(days=1),
        at=AT_MORNING,
        state=State.SENT,
        due_at=at,
        expires_at=at,
        planned_at=at,
        handed_at=at,
    )


def test_after_a_standstill_one_person_is_told_once(smtp_server):
    day = asked_day()
    twin = asked_day(assignment__patient__user=day.assignment.patient.user)
    own_times(day.assignment.patient, time(8), time(8, 20))
    own_times(twin.assignment.patient, time(8, 10))
    looked_until(MORNING - 60 * MINUTE)
    services.tick(now=MORNING)
    assert told_at(MORNING) == [(State.SENT, "")] * 3
    assert len(smtp_server.messages) == 1


def test_a_clock_set_back_changes_nothing():
    asked_day()
    looked_until(MORNING)
    services.tick(now=MORNING - timedelta(hours=1))
    assert Heartbeat.objects.get().done_until == MORNING
    assert planned() == []


@pytest.mark.parametrize("moment", [MORNING, MORNING + MINUTE])
def test_queries_do_not_grow_with_patients(django_assert_num_queries, moment):
    """At a usual time, and at a minute that is nobody's usual time."""
    asked_day()
    # Two savepoints and their release; heartbeat found, locked, moved on; settings, zones, rows.
    statements = 10
    for more in (0, 49):
        for _ in range(more):
            asked_day()
        Reminder.objects.all().delete()
        looked_until(moment - MINUTE)
        with django_assert_num_queries(statements):
            services.tick(now=moment)
    assert len(planned()) == (50 if moment == MORNING else 0)


def test_another_time_zone_another_moment():
    asked_day("Asia/Kathmandu")  # UTC+5:45
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    assert planned() == []
    moment = datetime(2026, 3, 30, 2, 45, tzinfo=UTC)
    looked_until(moment - MINUTE)
    services.tick(now=moment)
    assert planned() == [(ON, AT_MORNING)]


def test_hands_grow_with_what_was_planned():
    assert [services.workers_for(n) for n in (0, 1, 100, 101, 100_000)] == [1, 1, 1, 2, 8]


def test_rest_days_bring_nothing():
    DayFactory(state="rest", asked_min=None, asked_max=None, on=ON)
    ticks_through(ON)
    assert planned() == []
