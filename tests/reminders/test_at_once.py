"""Two beats, four senders, many rows: real threads on a real database."""

from concurrent.futures import ThreadPoolExecutor
from itertools import batched
from threading import Barrier

import pytest
from django.db import connection

from outbox.models import State
from patients.models import Patient
from reminders import services
from reminders.models import Reminder
from tests.factories import ClinicFactory, MembershipFactory
from tests.reminders.nudging import MINUTE, MORNING, asked_day, deliver, looked_until

pytestmark = pytest.mark.django_db(transaction=True)
PATIENTS = 60


def at_once(number: int, work) -> list:
    """The same work in so many threads, all starting together."""
    start = Barrier(number)

    def in_step(_n: int):
        start.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(in_step, range(number)))


@pytest.fixture
def many_days():
    clinic = ClinicFactory()
    clinician = MembershipFactory(clinic=clinic).user
    who = {"assignment__patient__clinic": clinic, "assignment__patient__clinician": clinician}
    looked_until(MORNING - MINUTE)
    return [asked_day(**who) for _ in range(PATIENTS)]


def test_two_ticks_at_once_plan_each_slot_once(many_days):
    assert sorted(at_once(2, lambda: services.tick(now=MORNING))) == [0, PATIENTS]
    assert Reminder.objects.count() == PATIENTS


def test_four_senders_and_two_ticks_send_each_reminder_once(smtp_server, many_days):
    services.tick(now=MORNING)

    def tick_and_send() -> int:
        services.tick(now=MORNING)
        return deliver(MORNING)

    sent = at_once(4, tick_and_send)
    assert sum(sent) == PATIENTS
    addresses = [message["To"] for message in smtp_server.messages]
    assert len(addresses) == len(set(addresses)) == PATIENTS
    assert set(Reminder.objects.values_list("state", flat=True)) == {State.SENT}


def test_one_person_is_never_handed_two_at_once(many_days):
    """Two records of one account, both planned before the account was shared, two senders."""
    services.tick(now=MORNING)
    rows = Reminder.objects.claim(PATIENTS, now=MORNING)
    pairs = list(batched(rows, 2, strict=True))
    for first, second in pairs:
        Patient.objects.filter(pk=second.patient_id).update(user=first.patient.user)
    for pair in pairs:
        waiting = list(pair)
        handed = at_once(2, lambda w=waiting: Reminder.objects.hand_over([w.pop()], now=MORNING))
        assert sorted(map(bool, handed)) == [False, True]
