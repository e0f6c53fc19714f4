"""The tasks: they carry nothing, and each is as good the second time as the first."""

import pytest
from django.test import override_settings

import clock
from config.celery_app import app
from outbox.models import State
from reminders import tasks
from reminders.models import Reminder
from tests.reminders.nudging import MINUTE, MORNING, asked_day, looked_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_the_morning():
    """The product's clock, moved to half past eight in London."""
    with override_settings(CLOCK_OFFSET=round((MORNING - clock.now()).total_seconds()) + 1):
        yield


def test_tick_plans_and_rings_for_a_sender_with_empty_hands(in_the_morning, broker_alone):
    asked_day()
    looked_until(MORNING - MINUTE)
    with app.connection_for_write() as connection, connection.SimpleQueue("reminders") as queue:
        queue.clear()
        tasks.tick()
        message = queue.get(timeout=10)
        message.ack()
    assert message.headers["task"] == "reminders.tasks.deliver"
    assert (message.headers["argsrepr"], message.headers["kwargsrepr"]) == ("()", "{}")
    assert Reminder.objects.get().state == State.DUE


def test_deliver_sends_once(in_the_morning, smtp_server):
    asked_day()
    looked_until(MORNING - MINUTE)
    for _ in range(2):
        tasks.tick()
        tasks.deliver()
    assert Reminder.objects.get().state == State.SENT
    assert len(smtp_server.messages) == 1
