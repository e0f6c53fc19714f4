"""Where a mail server refuses us as a sender: told to the operator, never held against anybody."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AddressTrouble, Letter
from outbox import delivery
from outbox.models import State
from reminders import services
from reminders.models import Reminder
from tests.factories import UserFactory
from tests.outbox.letters import make_letter
from tests.reminders.nudging import MINUTE, MORNING, asked_day, deliver, looked_until

pytestmark = pytest.mark.django_db
REFUSALS = [
    "from 550 5.7.1 not you",
    "from 553 no",
    "rcpt 554 5.7.1 relay access denied",
    "rcpt 550 Sender verify failed",
    "550 5.7.26 unauthenticated",
]
OPERATING = "/reminders/operating/"


@pytest.fixture
def day():
    day = asked_day()
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    return day


def status() -> str:
    with pytest.raises(CommandError) as unwell:
        call_command("reminders", "status", stdout=StringIO())
    assert unwell.value.returncode == 1
    return str(unwell.value)


@pytest.mark.parametrize("behaviour", REFUSALS)
def test_nobodys_address_is_closed_and_it_goes_out_once_we_are_let_in(day, smtp_server, behaviour):
    smtp_server.behaviour = behaviour
    assert deliver(MORNING) == 0
    [reminder] = Reminder.objects.all()
    assert reminder.state == State.DUE
    assert reminder.reason.startswith("sender 55")
    assert not AddressTrouble.objects.exists()
    smtp_server.behaviour = "accept"
    assert deliver(MORNING + 2 * MINUTE) == 1
    reminder.refresh_from_db()
    assert (reminder.state, reminder.reason) == (State.SENT, "")


def test_the_operator_is_told_until_it_is_well_again(day, smtp_server, as_user, caplog):
    operator = as_user(UserFactory(is_operator=True))
    smtp_server.behaviour = "rcpt 554 5.7.1 <sam@example.org> relay access denied"
    deliver(MORNING)
    [line] = [r for r in caplog.records if r.message == "mail server refuses our sender"]
    assert (line.levelname, line.why, line.rows) == ("ERROR", "sender 554 5.7.1", 1)
    said = "The mail server refuses our sender: 554 5.7.1, for 1 message within the last hour."
    with time_machine.travel(MORNING + MINUTE / 2, tick=False):
        assert said in status()
        assertContains(operator.get(OPERATING), said)
        assertContains(operator.get(OPERATING), "Look at DEFAULT_FROM_EMAIL")
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("reminders", "status", "--json", stdout=out)
        assert json.loads(out.getvalue())["reminders"]["of_sender"] == 1
    smtp_server.behaviour = "accept"
    deliver(MORNING + 2 * MINUTE)
    looked_until(MORNING + 2 * MINUTE)
    with time_machine.travel(MORNING + 2 * MINUTE, tick=False):
        assertContains(operator.get(OPERATING), "All is well.")


def test_letters_count_too_and_for_an_hour_after_they_ran_out(smtp_server):
    make_letter(due_at=MORNING, expires_at=MORNING + 5 * MINUTE)
    smtp_server.behaviour = "from 550 no"
    for minutes in (0, 5):
        delivery.deliver(
            Letter.objects.all(),
            write=Letter.as_email,
            clock=lambda m=minutes: MORNING + m * MINUTE,
        )
    assert Letter.objects.get().state == State.EXPIRED
    for minutes, is_told in [(60, True), (66, False)]:
        now = MORNING + minutes * MINUTE
        looked_until(now)
        with time_machine.travel(now, tick=False):
            if is_told:
                assert "refuses our sender: 550, for 1 message" in status()
            else:
                call_command("reminders", "status", stdout=StringIO())


def test_a_server_that_lets_us_in_for_nothing_is_told_likewise(day, smtp_server):
    smtp_server.behaviour = "hello 554 5.7.1 your host is blocked"
    assert deliver(MORNING) == 0
    [reminder] = Reminder.objects.all()
    assert (reminder.state, reminder.reason) == (State.DUE, "sender 554 5.7.1")


@pytest.mark.parametrize(
    ("later", "to_patient", "to_staff"),
    [
        (
            timedelta(0),
            "Our mail server has not sent it yet, and tries again. Your address is fine.",
            "the mail server refuses our sender (550 5.7.1); the address is not the cause",
        ),
        (
            timedelta(hours=3),
            "Our mail server could not send it. Your address is fine.",
            "the mail server refuses our sender (550 5.7.1); the address is not the cause",
        ),
    ],
)
def test_why_it_did_not_come_is_told_as_it_is(
    day, smtp_server, as_user, later, to_patient, to_staff
):
    smtp_server.behaviour = "from 550 5.7.1 not you"
    patient = day.assignment.patient
    for moment in (MORNING, MORNING + later):
        deliver(moment)
    with time_machine.travel(MORNING + later + MINUTE / 2, tick=False):
        mine = as_user(patient.user).get(reverse("today:own_why"))
        assertContains(mine, to_patient)
        assertNotContains(mine, "Your mail service did not take it")
        theirs = as_user(patient.clinician).get(reverse("caseload:why", args=[patient.pk]))
        assertContains(theirs, to_staff)
