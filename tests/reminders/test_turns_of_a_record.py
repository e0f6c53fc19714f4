"""A record moves, is corrected and is asked a favour at the same moment: everybody waits in one order."""

from contextlib import suppress
from datetime import time

import pytest
from django.db import transaction

from accounts.services import NotPossible
from patients.models import Patient
from patients.services import records
from reminders import services
from reminders.models import Reminder
from tests.at_once import all_at_once
from tests.reminders.nudging import MINUTE, MORNING, asked_day, looked_until
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
ZONES = ["Asia/Tokyo", "Europe/Lisbon", "America/Lima"]


@pytest.fixture
def reminder():
    looked_until(MORNING - MINUTE)
    return reminder_of(asked_day())


def move(of: Reminder, n: int) -> None:
    record = Patient.objects.get(pk=of.patient_id)
    services.follow_zone(record, time_zone=ZONES[n % 3], by=record.user, now=MORNING + n * MINUTE)


@transaction.atomic
def save_settings(of: Reminder, n: int) -> None:
    """As its page does: the form is compared with the record while nobody else changes it."""
    records.take_turn(of.patient_id)
    move(of, n)


def ask_for_later(of: Reminder, _n: int) -> None:
    with suppress(NotPossible):  # a record that has moved may have no such time
        services.remind_later(Reminder.objects.get(pk=of.pk), at=time(15), now=MORNING)


@pytest.mark.parametrize("other", [save_settings, ask_for_later])
def test_nobody_waits_for_somebody_who_waits_for_them(reminder, other):
    for start in range(0, ROUNDS * 6, 6):
        came = all_at_once(lambda n, start=start: (move, other)[n % 2](reminder, start + n))
        assert came == [None] * len(came)
