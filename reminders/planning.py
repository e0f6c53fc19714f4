"""The minute's work: find the slots that came due, and write a row for each that is wanted.

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
from django.db.models import Case, F, QuerySet, Value, When

from outbox.models import State, step
from patients.models import Day
from patients.schedule import due_local_minutes, instant
from reminders.channels import CHANNELS, Channel
from reminders.models import Heartbeat, Reminder, with_what_happened
from reminders.rules import GRACE, PATIENT, RULES
from reminders.usual_times import USUAL_TIMES

logger = logging.getLogger("reminders")

NAME = "reminders"  # of the heartbeat
FOR_ONE_WORKER = 100  # reminders: more are sent by several at once
MOST_WORKERS = 8

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
# anybody. Found once, whatever the planner believes of the tables it is joined to: where it holds
# them for empty it would look up everybody again for each of their rows.
CAME_DUE = """
came_due (patient_id, slot, "on", at, asks_from, asks_to, due_at, expires_at) AS MATERIALIZED (
    SELECT own.patient_id, own.position, "on", at, 1, 32767, due_at, expires_at
    FROM unnest(%s::text[], %s::date[], %s::time[], %s::timestamptz[], %s::timestamptz[])
        AS minute (zone, "on", at, due_at, expires_at)
    CROSS JOIN LATERAL (
        SELECT patient_id, position FROM reminders_slot slot
        JOIN reminders_preference choice USING (patient_id)
        WHERE slot.zone = minute.zone AND slot.at = minute.at
            AND choice.is_on AND choice.has_own_times
            AND (choice.counts_from IS NULL OR choice.counts_from <= minute.due_at
                OR slot.at <> ALL (choice.new_times)) OFFSET 0
    ) own
  UNION ALL
    SELECT patient.id, slot, "on", at, asks_from, asks_to, due_at, expires_at
    FROM unnest(%s::text[], %s::date[], %s::time[], %s::int[], %s::int[], %s::int[],
            %s::timestamptz[], %s::timestamptz[])
        AS usual (zone, "on", at, slot, asks_from, asks_to, due_at, expires_at)
    CROSS JOIN LATERAL (
        SELECT id FROM patients_patient WHERE time_zone = usual.zone AND NOT EXISTS (
            SELECT FROM reminders_preference choice
            WHERE choice.patient_id = patients_patient.id
                AND (choice.has_own_times OR NOT choice.is_on
                    OR (choice.counts_from > usual.due_at AND usual.at = ANY (choice.new_times)))
        ) OFFSET 0
    ) patient
)
"""

# A row that exists already stays as it is; one too late to be sent is kept as a trace. Keys
# in the order of time, where the server makes them, keep what is open on few pages. An index
# is filled fastest in the order of its keys, and sorted only once everything is found: asked
# for at once, the order tempts the planner into reading all patients in it.
WRITE = """
INSERT INTO reminders_reminder
    (id, state, attempt, doubts, reason, channel, planned_at, finished_at,
     origin, patient_id, assignment_id, "on", at, due_at, expires_at)
WITH {came_due}, found (patient_id, assignment_id, "on", at, due_at, expires_at)
    AS MATERIALIZED ({found})
SELECT {key}, CASE WHEN expires_at > %s THEN %s ELSE %s END, 0, 0, '', %s, %s,
    CASE WHEN expires_at > %s THEN NULL ELSE %s::timestamptz END, %s, found.*
FROM found ORDER BY patient_id
ON CONFLICT DO NOTHING
"""


# Whoever came due is looked up, one by one, in indexes: the work grows with them and not
# with the tables. The planner cannot know how few they are and would read tables whole.
BY_INDEX = """
SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off; SET LOCAL enable_material = off;
SET LOCAL jit = off; SET LOCAL work_mem = '32MB'
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
    at: time
    slot: int
    asks_from: int
    asks_to: int
    due_at: datetime
    expires_at: datetime


@transaction.atomic
def tick(*, now: datetime) -> int:
    """Plan every reminder that came due since the last tick; how many rows were written.

    The heartbeat's row is held meanwhile, so that of two ticks at once the second
    finds nothing left to do. After a stop longer than the grace the minutes before
    it are not made up for: nobody wants this morning's reminders tonight.
    """
    beat = _held_heartbeat(now)
    missed = now - GRACE - beat.done_until
    if missed > timedelta(0):
        minutes = int(missed.total_seconds() // 60)
        logger.warning("minutes without a tick", extra={"minutes": minutes})
    return _plan_since(beat, now)


@transaction.atomic
def tick_of_the_past(*, now: datetime) -> int:
    """The same for made-up days, whose ticks lie hours apart on purpose: no minute is missed."""
    return _plan_since(_held_heartbeat(now), now)


def _held_heartbeat(now: datetime) -> Heartbeat:
    first = {"beat_at": now, "done_until": now - GRACE}
    Heartbeat.objects.get_or_create(name=NAME, defaults=first)
    return Heartbeat.objects.select_for_update().get(name=NAME)


def _plan_since(beat: Heartbeat, now: datetime) -> int:
    planned = plan(max(beat.done_until, now - GRACE), now)
    beat.beat_at = now
    beat.done_until = max(beat.done_until, now)
    beat.save(update_fields=["beat_at", "done_until"])
    return planned


def workers_for(planned: int) -> int:
    """How many delivery tasks to start: always one, which also heals what died."""
    return min(max(1, -(-planned // FOR_ONE_WORKER)), MOST_WORKERS)


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
        for channel in CHANNELS.values():
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
    found, of_rules = rules_in_sql(channel)
    in_time, too_late = step(None, State.DUE), step(None, State.EXPIRED)
    made = [now, in_time, too_late, channel.name, now, now, now, Reminder.Origin.CHOSEN]
    values = [*came, *of_rules, *made]
    keys_in_order = cast(Any, connection).pg_version >= 180000
    key = "uuidv7()" if keys_in_order else "gen_random_uuid()"
    return WRITE.format(key=key, came_due=CAME_DUE, found=found), values


@cache
def rules_in_sql(channel: Channel) -> tuple[str, tuple[Any, ...]]:
    """The rules that planning asks, as SQL: kept, for Django takes longer to write it than a tick to run."""
    sql, parameters = wanted(channel).query.sql_with_params()
    return sql, tuple(parameters)


def usual_at(minute: Minute) -> Iterator[Usual]:
    """Which usual slots this minute is, and of which days: those who ask for so many sessions."""
    asked_by_slot = defaultdict(list)
    for asked, times in USUAL_TIMES.items():
        if minute.at in times:
            asked_by_slot[times.index(minute.at)].append(asked)
    for slot, numbers in asked_by_slot.items():
        most = MOST_ASKED if max(USUAL_TIMES) in numbers else max(numbers)
        yield Usual(minute.zone, minute.on, minute.at, slot, min(numbers), most, *minute[-2:])


def wanted(channel: Channel) -> QuerySet[Any, Any]:
    """Of the slots that came due those that no rule about the day itself silences.

    Whether somebody was reminded lately, has gone quiet or cannot be reached takes longer
    to find out and holds for few: that is left to the hand-over, which asks everything.
    """
    days = with_what_happened(came_due(channel)).annotate(slot=F(f"{CAME}__slot"))
    # Looked up row by row: as conditions of their own, the server might join whole tables.
    whens = [When(rule.condition, then=Value(True)) for rule in RULES if rule.is_planned_by]
    judged = days.annotate(is_silent=Case(*whens, default=Value(False))).filter(is_silent=False)
    columns = (PATIENT, "assignment", "on", f"{CAME}__at", f"{CAME}__due_at", f"{CAME}__expires_at")
    found: QuerySet[Any, Any] = judged.order_by().values_list(*columns)
    return found


def came_due(channel: Channel) -> Any:
    """The days that ask somebody with an account for something, once for each slot that came due."""
    return Day.objects.asked().filter(
        channel.wanted,
        assignment__ended_on=None,
        on=F(f"{CAME}__on"),
        asked_min__range=(F(f"{CAME}__asks_from"), F(f"{CAME}__asks_to")),
        **{f"{PATIENT}__user__isnull": False},
    )


def _columns(shape: type[NamedTuple], rows: list[Any]) -> list[list[Any]]:
    """A list for each column, as ``unnest`` takes them."""
    return [[row[n] for row in rows] for n in range(len(shape._fields))]
