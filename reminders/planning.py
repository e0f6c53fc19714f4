"""Find the slots that came due, and write a row for each that is wanted: in the database.

Which local minutes have come is asked of ``patients.schedule``, zone by zone; the
database then only compares for equality, which its indexes answer, and copies what it
finds. No row passes through here, and the number of statements depends on neither
patients nor zones. See docs/adr/0016.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import connection, transaction
from django.db.models import F

from outbox import prepared
from outbox.models import State
from patients.models import Day, DayQuerySet
from patients.schedule import due_local_minutes, instant
from reminders import channels
from reminders.channels import Channel
from reminders.silence import PATIENT, without_silence

logger = logging.getLogger("reminders")

GRACE = timedelta(hours=2)  # a reminder later than that is worse than none

# By the least number of sessions that the day asks for; 3 stands for more, too.
USUAL_TIMES: dict[int, tuple[time, ...]] = {
    1: (time(18, 0),),
    2: (time(8, 30), time(18, 30)),
    3: (time(8, 30), time(13, 0), time(18, 30)),
}
MOST_ASKED = 32767
CAME = f"{PATIENT}__came_due"

# One index look-up for each zone in use, however many patients live there.
ZONES_IN_USE = """
WITH RECURSIVE zone (name) AS (
    SELECT min(time_zone) FROM patients_patient
    UNION ALL
    SELECT (SELECT min(time_zone) FROM patients_patient WHERE time_zone > zone.name)
    FROM zone WHERE zone.name IS NOT NULL
)
SELECT name FROM zone WHERE name IS NOT NULL
"""

# The table of ``models.CameDue``, for as long as one statement runs: who is found in an
# index, place by place, and has reminders on. OFFSET 0 keeps the planner from reading the
# whole table instead, which it prefers where it cannot know how few of the places have
# anybody.
CAME_DUE = """
came_due (patient_id, slot, "on", asks_from, asks_to, due_at, expires_at) AS (
    SELECT own.patient_id, own.position, "on", 1, 32767, due_at, expires_at
    FROM unnest(%s::text[], %s::date[], %s::time[], %s::timestamptz[], %s::timestamptz[])
        AS minute (zone, "on", at, due_at, expires_at)
    CROSS JOIN LATERAL (
        SELECT patient_id, position FROM reminders_slot slot
        JOIN reminders_preference choice USING (patient_id)
        WHERE slot.zone = minute.zone AND slot.at = minute.at
            AND choice.is_on AND choice.has_own_times OFFSET 0
    ) own
  UNION ALL
    SELECT patient.id, slot, "on", asks_from, asks_to, due_at, expires_at
    FROM unnest(%s::text[], %s::date[], %s::int[], %s::int[], %s::int[], %s::timestamptz[],
            %s::timestamptz[])
        AS usual (zone, "on", slot, asks_from, asks_to, due_at, expires_at)
    CROSS JOIN LATERAL (
        SELECT id FROM patients_patient WHERE time_zone = usual.zone AND NOT EXISTS (
            SELECT FROM reminders_preference choice
            WHERE choice.patient_id = patients_patient.id
                AND (choice.has_own_times OR NOT choice.is_on)
        ) OFFSET 0
    ) patient
)
"""

# A row that exists already stays as it is; one too late to be sent is kept as a trace. Keys
# in the order of time, where the server makes them, keep what is open on few pages.
WRITE = """
INSERT INTO reminders_reminder
    (id, state, attempt, doubts, reason, channel, planned_at, finished_at,
     patient_id, assignment_id, "on", slot, due_at, expires_at)
WITH {came_due}, found (patient_id, assignment_id, "on", slot, due_at, expires_at) AS ({found})
SELECT {key}, CASE WHEN expires_at > %s THEN %s ELSE %s END, 0, 0, '', %s, %s,
    CASE WHEN expires_at > %s THEN NULL ELSE %s::timestamptz END, found.*
FROM found
ON CONFLICT DO NOTHING
"""


# Whoever came due is looked up, one by one, in indexes: the work grows with them and not
# with the tables. The planner cannot know how few they are and would read tables whole.
BY_INDEX = """
SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off; SET LOCAL jit = off; SET LOCAL work_mem = '32MB'
"""


class Minute(NamedTuple):
    """A local minute that has come somewhere. Converted here, so that SQL need not."""

    zone: str
    on: date
    at: time
    due_at: datetime
    expires_at: datetime


class Usual(NamedTuple):
    """The same for those who chose no times, whose day asks for so many sessions."""

    zone: str
    on: date
    slot: int
    asks_from: int
    asks_to: int
    due_at: datetime
    expires_at: datetime


def usual_times(asked_min: int) -> tuple[time, ...]:
    """When a day that asks for so many sessions reminds those who chose no times."""
    return USUAL_TIMES[min(asked_min, 3)]


def plan(after: datetime, until: datetime) -> int:
    """Write a row for each slot that came due in (after, until] and wants it; how many.

    A row that exists already stays as it is. Two of one person both get a row: the gap
    that must lie between them is a matter of when they leave.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        cursor.execute(ZONES_IN_USE)
        minutes = [m for [zone] in cursor.fetchall() for m in minutes_due(zone, after, until)]
        planned = 0
        for channel in channels.every():
            cursor.execute(*statement(channel, minutes, now=until))
            planned += cursor.rowcount
    return planned


def minutes_due(zone: str, after: datetime, until: datetime) -> Iterator[Minute]:
    """The zone's local minutes in (after, until], each with its instant and its end."""
    try:
        info = ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        logger.error("unknown time zone", extra={"zone": zone})
        return
    for on, at in due_local_minutes(info, after, until):
        due_at = instant(on, at, info)
        midnight = instant(on + timedelta(days=1), time(), info)
        yield Minute(zone, on, at, due_at, max(min(due_at + GRACE, midnight), due_at))


def statement(
    channel: Channel, minutes: Iterable[Minute], *, now: datetime
) -> tuple[str, list[Any]]:
    """The one statement that plans a channel's rows, with its parameters."""
    minutes = list(minutes)
    usual = [place for minute in minutes for place in usual_at(minute)]
    came = [*_columns(Minute, minutes), *_columns(Usual, usual)]
    found, of_rules = wording(channel)
    made = [now, State.DUE, State.EXPIRED, channel.name, now, now, now]
    values = [*came, *of_rules, *made]
    keys_in_order = cast(Any, connection).pg_version >= 180000
    key = "uuidv7()" if keys_in_order else "gen_random_uuid()"
    return WRITE.format(key=key, came_due=CAME_DUE, found=found), values


@cache
def wording(channel: Channel) -> tuple[str, tuple[Any, ...]]:
    """The rules in SQL, worded once: Django takes longer for that than a quiet tick does."""
    return prepared.worded(speaking(channel))


def usual_at(minute: Minute) -> Iterator[Usual]:
    """Which usual slots this minute is, and of which days: those who ask for so many sessions."""
    asked_by_slot = defaultdict(list)
    for asked, times in USUAL_TIMES.items():
        if minute.at in times:
            asked_by_slot[times.index(minute.at)].append(asked)
    for slot, numbers in asked_by_slot.items():
        most = MOST_ASKED if max(USUAL_TIMES) in numbers else max(numbers)
        yield Usual(minute.zone, minute.on, slot, min(numbers), most, *minute[-2:])


def speaking(channel: Channel) -> Any:
    """Of what came due, what the day itself does not silence.

    In the order of the patients' keys, in which an index is filled fastest.
    """
    slot = F(f"{CAME}__slot")
    days = without_silence(came_due().filter(channel.wanted), slot=slot).order_by(PATIENT)
    came = (f"{CAME}__slot", f"{CAME}__due_at", f"{CAME}__expires_at")
    return days.values_list(PATIENT, "assignment", "on", *came)


def came_due() -> DayQuerySet:
    """The days that ask somebody with an account for something, once for each slot that came due."""
    days: DayQuerySet = Day.objects.asked().filter(
        assignment__ended_on=None,
        on=F(f"{CAME}__on"),
        asked_min__range=(F(f"{CAME}__asks_from"), F(f"{CAME}__asks_to")),
        **{f"{PATIENT}__user__isnull": False},
    )
    return days


def _columns(shape: type[NamedTuple], rows: list[Any]) -> list[list[Any]]:
    """A list for each column, as ``unnest`` takes them."""
    return [[row[n] for row in rows] for n in range(len(shape._fields))]
