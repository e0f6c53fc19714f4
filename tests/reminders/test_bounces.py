"""Reminders that come back: the address is left alone, until it is known to work again."""

from datetime import timedelta

import pytest

from accounts.models import AddressTrouble, Letter
from outbox import delivery
from outbox.models import State
from outbox.outcomes import NotAccepted
from reminders import services
from reminders.models import Reminder
from tests.outbox.letters import make_letter
from tests.reminders.nudging import EVENING, MINUTE, MORNING, asked_day, deliver, looked_until

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def remind(moment) -> Reminder:
    """Plan and send what is due at this moment; the row of it."""
    looked_until(moment - MINUTE)
    services.tick(now=moment)
    deliver(moment)
    return Reminder.objects.get(due_at=moment)


def is_bounced(reminder: Reminder) -> bool:
    return (reminder.state, reminder.reason) == (State.SKIPPED, "bounced")


def test_after_a_refusal_for_good_no_further_reminder_is_tried(smtp_server):
    asked_day()
    smtp_server.behaviour = "refuse 550"
    assert remind(MORNING).state == State.FAILED
    smtp_server.behaviour = "accept"
    assert is_bounced(remind(EVENING))
    assert smtp_server.messages == []


def test_three_temporary_refusals_in_a_row_pause(smtp_server):
    day = asked_day()
    for n in (1, 2):
        asked_day(assignment=day.assignment, on=day.on + n * DAY)
    smtp_server.behaviour = "refuse 450"
    for moment in (MORNING, EVENING, MORNING + DAY):
        assert remind(moment).state == State.DUE
        Reminder.objects.update(expires_at=moment)
    smtp_server.behaviour = "accept"
    assert is_bounced(remind(EVENING + DAY))
    AddressTrouble.objects.all().delete()
    assert remind(MORNING + 2 * DAY).state == State.SENT


def test_one_that_arrives_in_between_starts_the_count_again(smtp_server):
    day = asked_day()
    for n in (1, 2):
        asked_day(assignment=day.assignment, on=day.on + n * DAY)
    for answer, moment in [
        ("refuse 450", MORNING),
        ("refuse 450", EVENING),
        ("accept", MORNING + DAY),
        ("refuse 450", EVENING + DAY),
        ("accept", MORNING + 2 * DAY),
    ]:
        smtp_server.behaviour = answer
        assert remind(moment).state in (State.SENT, State.DUE)
        Reminder.objects.update(expires_at=moment)
    assert not AddressTrouble.objects.exists()


def test_a_sign_in_code_is_tried_and_brings_reminders_back(smtp_server):
    day = asked_day()
    smtp_server.behaviour = "refuse 550"
    remind(MORNING)
    smtp_server.behaviour = "accept"
    make_letter(to=day.assignment.patient.user.email, kind=Letter.Kind.SIGN_IN)
    assert delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: MORNING) == 1
    assert remind(EVENING).state == State.SENT


def test_it_is_the_address_that_is_closed_not_the_person_beside_it(smtp_server):
    day = asked_day()
    other = asked_day()
    AddressTrouble.objects.create(
        address=other.assignment.patient.user.email,
        state=AddressTrouble.State.REFUSED,
        counted_at=MORNING,
        code="550",
    )
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    assert deliver(MORNING) == 1
    assert day.assignment.patient.reminders.get().state == State.SENT
    assert is_bounced(other.assignment.patient.reminders.get())


def test_what_another_channel_hears_tells_nothing_about_the_mailbox(smtp_server):
    asked_day()
    smtp_server.behaviour = "refuse 550"
    reminder = remind(MORNING)
    reminder.channel = "sms"
    Reminder.objects.on_accepted([reminder])
    assert AddressTrouble.objects.closed().exists()
    AddressTrouble.objects.all().delete()
    refusal = NotAccepted("550", for_good=True, of_recipient=True)
    Reminder.objects.on_refused(reminder, refusal, now=MORNING)
    assert not AddressTrouble.objects.exists()
