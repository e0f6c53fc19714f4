"""The tick's statement finds everybody by an index, and the database keeps what that rests on."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from outbox.models import State
from patients.models import Patient
from reminders import channels, planning, services
from reminders.models import Reminder, Slot
from reminders.services import Choice, choose
from tests import owner
from tests.reminders.nudging import (
    AT_MORNING,
    EVENING,
    MINUTE,
    MORNING,
    ON,
    asked_day,
    looked_until,
)

pytestmark = pytest.mark.django_db


def explained() -> str:
    """The plan of a tick's statement, as the database would run it."""
    minutes = list(planning.minutes_due("Europe/London", MORNING - MINUTE, MORNING))
    sql, values = planning.statement(channels.CHANNELS[channels.EMAIL], minutes, now=MORNING)
    with connection.cursor() as cursor:
        cursor.execute(planning.BY_INDEX)
        cursor.execute(f"EXPLAIN {sql}", values)
        return "\n".join(line for [line] in cursor.fetchall())


def test_nobody_is_looked_for_in_a_whole_table():
    asked_day()
    plan = explained()
    assert not re.findall(r"Seq Scan on (?:patients|reminders|accounts_user)\w*", plan)
    # Of the usual times, the planner may begin at either end while a table is small.
    assert "slot_local_time" in plan


def test_who_came_due_is_looked_up_once():
    """Not again for each day, where statistics from before the days were written say there are none."""
    assert "CTE came_due" in explained()


def test_a_slot_follows_its_patient_to_another_zone():
    patient = asked_day().assignment.patient
    choose(patient, Choice(times=(time(9),)), by=None, now=MORNING)
    Patient.objects.filter(pk=patient.pk).update(time_zone="Asia/Tokyo")
    assert Slot.objects.get().zone == "Asia/Tokyo"


def test_a_slot_in_a_zone_of_its_own_is_refused():
    patient = asked_day().assignment.patient
    with (
        pytest.raises(IntegrityError, match="slot_in_the_zone_of_its_patient"),
        transaction.atomic(),
    ):
        Slot.objects.create(patient=patient, zone="Asia/Tokyo", position=0, at=time(9))


def test_the_wording_says_nothing_of_any_moment():
    """Worded once and run for years: only what came due, and the row's own times, may move."""
    channel = channels.CHANNELS[channels.EMAIL]
    _sql, rules = planning.rules_in_sql(channel)
    assert not [value for value in rules if isinstance(value, date)]
    _sql, values = planning.statement(channel, [], now=datetime(2030, 1, 1, tzinfo=UTC))
    assert tuple(values[13:-8]) == rules


def test_keys_are_in_order_where_the_server_makes_such():
    asked_day()
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    assert Reminder.objects.get().pk.version == (7 if connection.pg_version >= 180000 else 4)


def test_an_older_server_makes_other_keys():
    asked_day()
    looked_until(MORNING - MINUTE)
    connection.__dict__["pg_version"] = 150000
    try:
        services.tick(now=MORNING)
    finally:
        del connection.__dict__["pg_version"]
    assert Reminder.objects.get().pk.version == 4


def held_by_others(number: int) -> None:
    assignment = asked_day().assignment
    held = {
        "state": State.CLAIMED,
        "lease_until": EVENING,
        "due_at": MORNING,
        "planned_at": MORNING,
    }
    Reminder.objects.bulk_create(
        Reminder(
            patient=assignment.patient,
            assignment=assignment,
            on=ON - timedelta(days=n),
            at=AT_MORNING,
            expires_at=EVENING,
            **held,
        )
        for n in range(9, number + 9)
    )


@pytest.mark.django_db(transaction=True)
def test_a_round_is_looked_up_by_its_keys_not_among_all_that_is_held():
    """Committed, so that the planner can be told how many there are."""
    asked_day()
    held_by_others(3_000)
    owner.execute("ANALYZE reminders_reminder")
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    rows = Reminder.objects.claim(1, now=MORNING)
    with CaptureQueriesContext(connection) as captured:
        assert Reminder.objects.hand_over(rows, now=MORNING) == rows
    [stamp] = [query["sql"] for query in captured if query["sql"].startswith("UPDATE")]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {stamp}")
        plan = "\n".join(line for [line] in cursor.fetchall())
    assert "reminders_reminder_pkey on reminders_reminder" in plan
    assert "reminder_held" not in plan
    # Judged once for each row, not wherever the statement speaks of the reason.
    assert plan.count(" reminders_preference ") == 1
