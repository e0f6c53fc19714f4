"""Two beats, four senders, many rows: real threads on a real database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from outbox import delivery
from outbox.models import State
from reminders import services
from reminders.models import Reminder
from tests.factories import ClinicFactory, MembershipFactory
from tests.reminders.nudging import MINUTE, MORNING, asked_day, looked_until

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
        return delivery.deliver(Reminder.objects.all(), clock=lambda: MORNING)

    sent = at_once(4, tick_and_send)
    assert sum(sent) == PATIENTS
    addresses = [message["To"] for message in smtp_server.messages]
    assert len(addresses) == len(set(addresses)) == PATIENTS
    assert set(Reminder.objects.values_list("state", flat=True)) == {State.SENT}


def test_one_person_is_never_sent_two_at_once(smtp_server):
    """Two records of one account, both planned before the account was shared."""
    first, second = asked_day(), asked_day()
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    patient = second.assignment.patient
    patient.user = first.assignment.patient.user
    patient.save()
    sent = at_once(2, _send)
    assert sum(sent) == 1
    assert len(smtp_server.messages) == 1
    states = Reminder.objects.values_list("state", "reason")
    assert set(states) == {(State.SENT, ""), (State.SKIPPED, "too_soon")}


def _send() -> int:
    return delivery.deliver(Reminder.objects.all(), clock=lambda: MORNING)
