"""One account, several records: what is due together leaves as one letter, and never two too soon."""

from datetime import datetime, time, timedelta

import pytest
from django.conf import settings

from accounts.models import AddressTrouble
from outbox.models import LEASE, State
from patients.models import Day
from reminders import services
from reminders.models import Preference, Reminder
from reminders.rules import LEAST_GAP
from tests.factories import DayFactory
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
)
from tests.reminders.test_tick import own_times

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def of_account(day: Day, **fields) -> Day:
    """A day of another record of the same account."""
    return asked_day(assignment__patient__user=day.assignment.patient.user, **fields)


@pytest.fixture
def twins(db: None) -> list[Day]:
    first = asked_day(assignment__patient__name="Ana Weber")
    return [first, of_account(first, assignment__patient__name="Ben Weber")]


def send(moment: datetime) -> int:
    """Plan and send what comes due at this moment; how many letters were accepted."""
    looked_until(moment - MINUTE)
    services.tick(now=moment)
    return deliver(moment)


def states() -> list[tuple[str, str]]:
    return list(Reminder.objects.order_by("due_at", "pk").values_list("state", "reason"))


def test_what_is_due_together_leaves_as_one_letter(twins, smtp_server):
    assert send(MORNING) == 1
    assert states() == [(State.SENT, "")] * 2
    [letter] = set(Reminder.objects.values_list("letter", flat=True))
    assert Reminder.objects.filter(pk=letter).exists()
    assert smtp_server.messages[0]["Message-ID"] == f"<{letter}@{settings.MESSAGE_ID_DOMAIN}>"
    assert len(smtp_server.messages) == 1


def test_it_counts_for_each_record_and_a_letter_of_one_names_no_other(twins, smtp_server):
    do_session(twins[1])
    assert send(MORNING) == 1
    alone = Reminder.objects.get()
    assert (alone.patient, alone.letter) == (twins[0].assignment.patient, None)


def test_a_record_that_is_silent_by_then_is_left_out(twins, smtp_server):
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    do_session(twins[0])
    assert deliver(MORNING) == 1
    assert sorted(states()) == [(State.SENT, ""), (State.SKIPPED, "on_track")]
    assert Reminder.objects.get(state=State.SENT).letter is None


def test_what_falls_due_within_the_gap_leaves_when_it_ends(twins, smtp_server):
    own_times(twins[1].assignment.patient, time(9, 0))
    assert send(MORNING) == 1
    assert send(MORNING + 30 * MINUTE) == 0
    waiting = Reminder.objects.get(at=time(9, 0))
    assert (waiting.state, waiting.reason) == (State.DUE, "too_soon")
    assert waiting.retry_at == MORNING + LEAST_GAP
    assert deliver(MORNING + LEAST_GAP - MINUTE) == 0
    assert deliver(MORNING + LEAST_GAP) == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason, waiting.letter) == (State.SENT, "", None)


def test_it_joins_what_is_due_by_then(twins, smtp_server):
    third = of_account(twins[0])
    own_times(twins[1].assignment.patient, time(9, 0))
    own_times(third.assignment.patient, time(10, 20))  # the minute in which the gap ends
    assert [send(MORNING), send(MORNING + 30 * MINUTE), send(MORNING + LEAST_GAP)] == [1, 0, 1]
    late = Reminder.objects.filter(at__in=[time(9, 0), time(10, 20)])
    assert set(late.values_list("letter", "state")) == {(late.order_by("due_at")[0].pk, State.SENT)}


def test_where_the_gap_ends_too_late_it_says_so(twins, smtp_server):
    own_times(twins[0].assignment.patient, time(22, 15))
    own_times(twins[1].assignment.patient, time(22, 30))
    late = MORNING + timedelta(hours=13, minutes=45)
    assert [send(late), send(late + 15 * MINUTE)] == [1, 0]
    kept_back = Reminder.objects.get(at=time(22, 30))
    assert (kept_back.state, kept_back.reason) == (State.SKIPPED, "too_soon"), "midnight is nearer"


def test_what_waits_is_asked_again_before_it_leaves(twins, smtp_server):
    own_times(twins[1].assignment.patient, time(9, 0))
    assert [send(MORNING), send(MORNING + 30 * MINUTE)] == [1, 0]
    Preference.objects.filter(patient=twins[1].assignment.patient).update(is_on=False)
    assert deliver(MORNING + LEAST_GAP) == 0
    assert Reminder.objects.get(at=time(9, 0)).reason == "switched_off"


def test_what_another_worker_has_claimed_joins_and_leaves_once(twins, smtp_server):
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    taken = Reminder.objects.filter(patient=twins[1].assignment.patient)
    [elsewhere] = taken.claim(1, now=MORNING)
    assert deliver(MORNING) == 1
    assert states() == [(State.SENT, "")] * 2
    assert Reminder.objects.all().hand_over([elsewhere], now=MORNING) == [], (
        "it is no longer theirs"
    )
    assert not Reminder.objects.filter(lease_until__gt=MORNING + LEASE).exists()


def test_a_refusal_is_that_of_all_it_names(twins, smtp_server):
    smtp_server.behaviour = "refuse 550"
    assert send(MORNING) == 0
    assert states() == [(State.FAILED, "550")] * 2
    assert AddressTrouble.objects.count() == 1


def test_a_letter_put_off_by_the_server_is_put_off_whole(twins, smtp_server):
    smtp_server.behaviour = "refuse 451"
    assert send(MORNING) == 0
    assert states() == [(State.DUE, "451")] * 2
    smtp_server.behaviour = "accept"
    assert deliver(MORNING + 2 * MINUTE) == 1
    assert states() == [(State.SENT, "")] * 2


def test_a_fortnight_of_two_siblings(smtp_server):
    """A parent with two children: each gets what it is asked for, as a child of its own account."""
    first = asked_day(asked=2)
    second = of_account(first, asked=2)
    own_times(second.assignment.patient, time(9, 0), time(18, 30))
    for n in range(1, 14):
        for day in (first, second):
            DayFactory(assignment=day.assignment, on=ON + n * DAY, asked_min=2, asked_max=3)
    for n in range(14):
        for minutes in (0, 30, 110, 600, 630, 710):
            send(MORNING + n * DAY + minutes * MINUTE)
        for day in Day.objects.filter(on=ON + n * DAY):
            do_session(day)
    sent = Reminder.objects.filter(state=State.SENT)
    for day in (first, second):
        assert sent.filter(patient=day.assignment.patient).count() == 28
    letters = sorted(sent.order_by("handed_at").values_list("handed_at", flat=True).distinct())
    assert len(letters) == 14 * 3 == len(smtp_server.messages), "the evening's is one for both"
    assert all(
        later - earlier >= LEAST_GAP for earlier, later in zip(letters, letters[1:], strict=False)
    )
    assert sent.filter(at=AT_EVENING, letter=None).count() == 0
    assert sent.filter(at=AT_MORNING).exclude(letter=None).count() == 0
    assert EVENING in letters
