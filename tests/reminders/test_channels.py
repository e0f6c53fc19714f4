"""A second channel, made here: through plan, claim, hand-over and outcome, without a new table."""

from collections.abc import Iterator
from typing import Self

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import Q

from accounts.models import AddressTrouble
from outbox.models import State
from outbox.outcomes import NotAccepted
from reminders import channels, services
from reminders.models import Reminder
from tests.reminders import nudging
from tests.reminders.nudging import (
    AT_EVENING,
    EVENING,
    MINUTE,
    MORNING,
    asked_day,
    do_session,
    looked_until,
)

pytestmark = pytest.mark.django_db
DOVES = "doves"


class Doves:
    """Carries notes two at a time, and keeps what it carried."""

    at_once = 2

    def __init__(self) -> None:
        self.carried: list[str] = []
        self.answer: NotAccepted | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def open(self, number: int) -> None:
        assert number <= self.at_once

    def send(self, messages: list[str]) -> list[NotAccepted | None]:
        self.carried += messages
        return [self.answer for _ in messages]


@pytest.fixture
def doves() -> Iterator[Doves]:
    """For whoever has no e-mail address on record, and for people called Noah."""
    flock = Doves()
    channel = channels.Channel(
        name=DOVES,
        write=lambda reminder, now: f"{reminder.patient.addressed_as}: {reminder.at:%H:%M}",
        transport=lambda: flock,
        wanted=Q(assignment__patient__email="") | Q(assignment__patient__name__startswith="Noah"),
    )
    channels.register(channel)
    yield flock
    del channels.CHANNELS[DOVES]


def tick(moment=MORNING) -> int:
    looked_until(moment - MINUTE)
    return services.tick(now=moment)


def deliver(moment=MORNING) -> int:
    return nudging.deliver(moment, by=DOVES)


def test_only_those_who_want_it_are_reminded_by_it(doves):
    asked_day()
    noah = asked_day(assignment__patient__name="Noah Ark")
    shy = asked_day(assignment__patient__name="Ada Reed", assignment__patient__email="")
    assert tick() == 4, "two by e-mail, two by dove"
    planned = set(Reminder.objects.values_list("patient", "channel"))
    assert (noah.assignment.patient_id, "email") in planned
    assert (noah.assignment.patient_id, DOVES) in planned
    assert (shy.assignment.patient_id, "email") not in planned
    assert deliver() == 2
    assert sorted(doves.carried) == ["Ada: 08:30", "Noah: 08:30"]
    sent = Reminder.objects.filter(state=State.SENT)
    assert {reminder.channel for reminder in sent} == {DOVES}


def test_each_slot_once_by_each_channel(doves):
    asked_day(assignment__patient__name="Noah Ark")
    assert [tick(), tick()] == [2, 0]
    assert [deliver(), deliver()] == [1, 0]
    assert len(doves.carried) == 1


def test_the_rules_of_silence_hold_at_the_last_moment(doves):
    day = asked_day(assignment__patient__name="Noah Ark")
    tick()
    for _ in range(2):
        do_session(day)
    assert deliver() == 0
    kept_back = Reminder.objects.get(channel=DOVES)
    assert (kept_back.state, kept_back.reason) == (State.SKIPPED, "complete")
    assert doves.carried == []


def test_the_gap_between_two_is_kept_within_a_channel(smtp_server, doves):
    asked_day(assignment__patient__name="Noah Ark")
    tick()
    assert nudging.deliver(MORNING) == 1
    assert deliver() == 1, "an e-mail of the same minute does not keep the dove back"
    Reminder.objects.update(handed_at=EVENING - 30 * MINUTE)
    assert tick(EVENING) == 2
    assert [nudging.deliver(EVENING), deliver(EVENING)] == [0, 0]
    assert set(Reminder.objects.filter(at=AT_EVENING).values_list("reason", flat=True)) == {
        "too_soon"
    }


def test_a_refusal_is_kept_in_the_row(doves):
    asked_day(assignment__patient__name="Noah Ark")
    tick()
    doves.answer = NotAccepted("too_windy", for_good=True)
    assert deliver() == 0
    refused = Reminder.objects.get(channel=DOVES)
    assert (refused.state, refused.reason) == (State.FAILED, "too_windy")


def test_more_than_can_be_carried_at_once_go_one_round_after_another(doves):
    for number in range(5):
        asked_day(assignment__patient__name=f"Noah {number}")
    tick()
    assert deliver() == 5


def test_a_dove_that_arrives_says_nothing_about_a_mailbox(doves):
    day = asked_day(assignment__patient__name="Noah Ark")
    address = day.assignment.patient.user.email
    refusal = NotAccepted("550", for_good=True, of_recipient=True)
    AddressTrouble.objects.note_refusal(address, refusal, now=MORNING)
    tick()
    assert deliver() == 1
    assert AddressTrouble.objects.closed().of(address).exists()


def test_a_name_is_checked_by_the_registry_and_needs_no_migration(doves):
    field = Reminder._meta.get_field("channel")
    field.clean(DOVES, None)
    with pytest.raises(ValidationError, match="pigeons"):
        field.clean("pigeons", None)
    call_command("makemigrations", "reminders", check=True, dry_run=True, verbosity=0)
