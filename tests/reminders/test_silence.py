"""Every reason to stay silent: when planning, and again at the moment of sending."""

from datetime import timedelta

import pytest

from accounts.models import AddressTrouble
from outbox.models import State
from patients.models import Day, NotToday, Patient, Tick
from patients.services import sessions, signs
from reminders import services
from reminders.models import Preference, Reminder
from reminders.rules import RULES, Reason
from reminders.usual_times import usual_times
from tests.factories import UserFactory
from tests.reminders.nudging import (
    AT_EVENING,
    AT_MORNING,
    EVENING,
    MINUTE,
    MORNING,
    ON,
    asked_day,
    deliver,
    do_session,
    looked_until,
    planned,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def once(day):
    do_session(day)


def twice(day):
    do_session(day)
    do_session(day)


def switch_off(day):
    Preference.objects.create(patient=day.assignment.patient, is_on=False, changed_at=MORNING)


def forget_address(day):
    Patient.objects.filter(pk=day.assignment.patient_id).update(email="")


def deactivate(day):
    user = day.assignment.patient.user
    user.is_active = False
    user.save()


def refused(day):
    close(day, state=AddressTrouble.State.REFUSED)


def refused_for_a_while(day):
    close(day, state=AddressTrouble.State.PAUSED, refusals=3)


def close(day, **fields):
    address = day.assignment.patient.user.email
    AddressTrouble.objects.create(address=address, counted_at=MORNING, code="550", **fields)


def no_account(day):
    Patient.objects.filter(pk=day.assignment.patient_id).update(user=None)


def end(day):
    day.assignment.ended_on = ON
    day.assignment.save()


def let_review_pass(day):
    day.assignment.starts_on = ON - 30 * DAY
    day.assignment.review_on = ON - 15 * DAY
    day.assignment.save()


def tell_a_sign(day):
    signs.tell(day.assignment.patient, by=day.assignment.patient.user, now=MORNING)


def sign_checked(day):
    """Checked, but the pause stays until somebody resumes."""
    tell_a_sign(day)
    sign = day.assignment.patient.warning_signs.get()
    by = day.assignment.patient.clinician
    signs.check(sign, note="All well", goes_on=False, by=by, now=MORNING)


def say_not_today(day):
    reason, by = NotToday.Reason.NO_TIME, day.assignment.patient.user
    sessions.say_not_today(day, reason=reason, by=by, now=MORNING)


def do_it_with_much_pain(day):
    do_session(day, pain_after=6)


def stop_it_because_it_hurts(day):
    do_session(day, result=Tick.Result.HURT)


def change_state(state):
    def change(day):
        Day.objects.filter(pk=day.pk).update(state=state)

    return change


def remove(day):
    day.delete()


def remind_just_now(day):
    """Another letter to them, so lately that the gap after it ends too late for this evening's."""
    reminder_of(day, handed_at=EVENING + 15 * MINUTE, at=AT_MORNING)


def reminder_of(day, **fields):
    defaults = {
        "patient": day.assignment.patient,
        "assignment": day.assignment,
        "on": day.on,
        "at": AT_MORNING,
        "due_at": MORNING,
        "expires_at": MORNING + timedelta(hours=2),
        "planned_at": MORNING,
        "state": State.SENT,
        "handed_at": MORNING,
    }
    return Reminder.objects.create(**(defaults | fields))


# What has happened by 18:30, the second slot of a day that asks for 2 sessions.
SILENT = [
    (twice, "complete"),
    (switch_off, "switched_off"),
    (forget_address, "no_address"),
    (deactivate, "no_address"),
    (no_account, "no_address"),
    (refused, "bounced"),
    (refused_for_a_while, "bounced"),
    (end, "ended"),
    (let_review_pass, "review_overdue"),
    (change_state("paused"), "paused"),
    (change_state("not_started"), "not_started"),
    (change_state("rest"), "rest_day"),
    (tell_a_sign, "warning_sign"),
    (sign_checked, "paused"),
    (say_not_today, "not_today"),
    (do_it_with_much_pain, "much_pain"),
    (stop_it_because_it_hurts, "hurt"),
    (remind_just_now, "too_soon"),
    (remove, "no_day"),
]


# These need more than one thing to happen; each has tests of its own.
ELSEWHERE = {Reason.ON_TRACK, Reason.BACKED_OFF, Reason.ACCESS_CLOSED}


def test_every_rule_has_a_row_in_the_table_or_a_test_of_its_own():
    in_table = {reason for _happened, reason in SILENT}
    assert {rule.reason for rule in RULES} - ELSEWHERE <= in_table
    assert not ELSEWHERE & in_table


def tick_at(moment):
    looked_until(moment - MINUTE)
    return services.tick(now=moment)


# What the plan leaves to the hand-over: it takes longer to find out, and holds for few.
NOT_LOOKED_UP = ("too_soon", "bounced")


def is_planned(happened, reason) -> bool:
    return reason in NOT_LOOKED_UP or happened is deactivate


@pytest.mark.parametrize(("happened", "reason"), SILENT, ids=lambda v: getattr(v, "__name__", v))
def test_not_planned(smtp_server, happened, reason):
    happened(asked_day())
    assert tick_at(EVENING) == int(is_planned(happened, reason))
    assert deliver(EVENING) == 0
    rows = Reminder.objects.filter(at=AT_EVENING).values_list("state", "reason")
    assert list(rows) == [(State.SKIPPED, reason)] * is_planned(happened, reason)
    assert smtp_server.received == []


@pytest.mark.parametrize(("happened", "reason"), SILENT, ids=lambda v: getattr(v, "__name__", v))
def test_not_sent_though_planned(smtp_server, happened, reason):
    day = asked_day()
    assert tick_at(EVENING) == 1
    happened(day)
    assert deliver(EVENING) == 0
    reminder = Reminder.objects.get(at=AT_EVENING)
    assert (reminder.state, reminder.reason) == (State.SKIPPED, reason)
    assert smtp_server.received == []


@pytest.mark.parametrize(
    ("asked", "done", "spoken"),
    [
        (1, 0, [0]),
        (1, 1, []),
        (2, 0, [0, 1]),
        (2, 1, [1]),
        (2, 2, []),
        (3, 0, [0, 1, 2]),
        (3, 1, [1, 2]),
        (3, 2, [2]),
        (3, 3, []),
        (4, 3, []),  # three done at the third slot: on track, though one is left
    ],
)
def test_on_track_is_silent(asked, done, spoken):
    """Sessions done before the day's first slot, and the slots that speak all the same."""
    day = asked_day(asked=asked)
    for _ in range(done):
        do_session(day)
    looked_until(MORNING - MINUTE)
    for minutes in range(0, 11 * 60, 30):
        services.tick(now=MORNING + timedelta(minutes=minutes))
    assert [at for _on, at in planned()] == [usual_times(asked)[n] for n in spoken]


@pytest.mark.parametrize(
    ("fields", "result"),
    [({"undone_at": MORNING}, Tick.Result.DONE), ({}, Tick.Result.SKIPPED)],
)
def test_a_session_undone_or_all_skipped_does_not_count(fields, result):
    day = asked_day()
    do_session(day, result=result, **fields)
    assert tick_at(MORNING) == 1


def test_someone_who_does_it_all_gets_no_mail_at_all(smtp_server):
    day = asked_day()
    do_session(day)
    tick_at(MORNING)
    do_session(day)
    tick_at(EVENING)
    assert deliver(EVENING) == 0
    assert not Reminder.objects.exists()


def sent_at(moment) -> int:
    """How many are sent of what comes due at this moment."""
    tick_at(moment)
    return deliver(moment)


def test_two_hours_are_enough_though_the_first_left_late(smtp_server):
    day = asked_day()
    reminder_of(day, handed_at=EVENING - timedelta(hours=2) + 5 * MINUTE)
    assert sent_at(EVENING) == 1


def test_told_of_a_sign_it_is_silent_though_the_day_asks():
    """Not by the pause alone: a programme assigned before that would still ask."""
    day = asked_day()
    tell_a_sign(day)
    Day.objects.update(state=Day.State.ASKED)
    assert tick_at(MORNING) == 0


def test_not_today_is_for_that_day_only():
    day = asked_day()
    say_not_today(day)
    asked_day(assignment=day.assignment, on=ON + DAY)
    assert tick_at(EVENING) == 0
    assert tick_at(MORNING + DAY) == 1


def days_before(day, number, *, state=Day.State.ASKED):
    for n in range(1, number + 1):
        asked_day(assignment=day.assignment, on=ON - n * DAY, state=state)


@pytest.mark.parametrize(
    ("silent", "last_reminded", "speaks"),
    [
        (9, 1, True),  # as every day
        (10, 1, False),  # from now on weekly
        (10, 6, False),
        (10, 7, True),
        (29, 7, True),
        (30, 7, False),  # from now on each fortnight
        (30, 13, False),
        (30, 14, True),
        (30, None, True),
    ],
)
def test_back_off_after_silent_days(smtp_server, silent, last_reminded, speaks):
    day = asked_day()
    days_before(day, silent)
    if last_reminded:
        on = ON - last_reminded * DAY
        handed_at = MORNING - last_reminded * DAY
        reminder_of(day, on=on, handed_at=handed_at)
    assert sent_at(MORNING) == int(speaks)
    assert Reminder.objects.get(on=ON).reason == ("" if speaks else "backed_off")


def test_a_session_ends_the_back_off(smtp_server):
    day = asked_day()
    days_before(day, 12)
    reminder_of(day, on=ON - DAY, handed_at=MORNING - DAY)
    do_session(day.assignment.days.get(on=ON - DAY))
    assert sent_at(MORNING) == 1


def test_paused_days_are_not_silent_days(smtp_server):
    day = asked_day()
    days_before(day, 12, state=Day.State.PAUSED)
    reminder_of(day, on=ON - DAY, handed_at=MORNING - DAY)
    assert sent_at(MORNING) == 1


def test_once_backed_off_one_slot_a_day(smtp_server):
    day = asked_day()
    days_before(day, 10)
    assert [sent_at(MORNING), sent_at(EVENING)] == [1, 0]


def test_somebody_elses_sessions_do_not_count():
    asked_day()
    other = asked_day(assignment__patient__user=UserFactory())
    twice(other)
    assert tick_at(MORNING) == 1
