"""Every zone of the IANA database, over each change of its clocks in 2026 and 2027.

Must hold: each chosen time of each local day comes due once, at the instant that RFC 5545
gives it: a time that the clocks skip counts by the offset before, one that comes twice
the first time. What should come is looked up minute by minute, without the product's own
arithmetic. Zones whose clocks do the same in these years are one course.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from django.db import connection, transaction

from outbox.models import State
from patients.models import Assignment, Day, Patient
from patients.schedule import due_local_minutes
from reminders import services
from reminders.models import EARLIEST, LATEST, Heartbeat, Preference, Reminder, Slot
from tests.bench.crowd import bulk
from tests.faults import people
from tests.faults.stage import Stage
from tests.faults.tally import Tally

NAME = "every zone, each change"
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
GLANCE, MINUTE = timedelta(hours=6), timedelta(minutes=1)
CLOSE, NEAR, AROUND = timedelta(hours=4), timedelta(hours=20), timedelta(hours=21)
TIMES = (EARLIEST, time(13), LATEST)

type Wall = tuple[date, time]


class Course(NamedTuple):
    """What the clocks do, and the zones that do it."""

    changes: tuple[datetime, ...]
    zones: list[str]


def run(stage: Stage) -> tuple[Tally, str]:
    every, counted = courses(), Tally()
    people.at_least(len(available_timezones()) if stage.is_long else len(every))
    for course in every:
        counted += minutes(course)
    with stage.moment.stopped():
        people.lay_out(0)
        for changes in weekends(every, is_long=stage.is_long):
            counted += slots(changes, stage.chance)
    zones = sum(len(course.zones) for course in every)
    changing = sum(bool(course.changes) for course in every)
    return counted, f"{zones} zones, {len(every)} courses, {changing} with changes"


def courses() -> list[Course]:
    """The same offsets at the same moments are the same course."""
    found = defaultdict(list)
    for name in sorted(available_timezones()):
        found[offsets(ZoneInfo(name))].append(name)
    return [Course(tuple(at for at, _ in steps[1:]), zones) for steps, zones in found.items()]


def offsets(zone: ZoneInfo) -> tuple[tuple[datetime, timedelta], ...]:
    """From when which offset holds, to the minute."""
    steps, at = [(FIRST, offset(FIRST, zone))], FIRST
    while at < LAST:
        if offset(at + GLANCE, zone) != steps[-1][1]:
            minute = next(m for m in every_minute(at, GLANCE) if offset(m, zone) != steps[-1][1])
            steps.append((minute, offset(minute, zone)))
        at += GLANCE
    return tuple(steps)


def offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def every_minute(start: datetime, length: timedelta) -> Iterator[datetime]:
    return (start + n * MINUTE for n in range(1, int(length / MINUTE) + 1))


def instants(zone: ZoneInfo, around: datetime) -> dict[Wall, datetime]:
    """When each local minute around a change comes due, by looking at the clock on the wall."""
    before = offset(around - MINUTE, zone)
    skipped_until = around + offset(around, zone) - before
    seen: dict[Wall, datetime] = {}
    for at in every_minute(around - AROUND, 2 * AROUND):
        seen.setdefault(wall(at, offset(at, zone)), at)
        if around <= at < skipped_until:
            seen.setdefault(wall(at, before), at)
    return seen


def wall(at: datetime, by: timedelta) -> Wall:
    local = (at + by).replace(tzinfo=None)
    return local.date(), local.time()


def minutes(course: Course) -> Tally:
    """Every minute of some hours around each change; of a course without one, around a midnight."""
    zone, counted = ZoneInfo(course.zones[0]), Tally()
    for around in course.changes or (FIRST,):
        came = defaultdict(list)
        for at in every_minute(around - CLOSE, 2 * CLOSE):
            for minute in due_local_minutes(zone, at - MINUTE, at):
                came[minute].append(at)
        known = instants(zone, around)
        expected = {minute: at for minute, at in known.items() if abs(at - around) < CLOSE}
        counted += Tally(
            duplicate=sum(len(times) - 1 for times in came.values()),
            lost=len(expected.keys() - came.keys()),
            wrong=sum(known.get(minute) != times[0] for minute, times in came.items()),
        )
    return counted


def weekends(every: list[Course], *, is_long: bool) -> list[dict[str, datetime]]:
    """Zones and their moments of change, those of one date together.

    The short form takes one zone of each course, and the first of the two years.
    """
    together: dict[date, dict[str, datetime]] = defaultdict(dict)
    for course in every:
        for moment in course.changes:
            if not is_long and moment.year > FIRST.year:
                break
            names = course.zones if is_long else course.zones[:1]
            together[moment.date()] |= dict.fromkeys(names, moment)
    return list(together.values())


def slots(changes: dict[str, datetime], chance: random.Random) -> Tally:
    """A patient in each of these zones, with three times a day; planned in steps of all lengths."""
    with transaction.atomic():
        patients = settle(list(changes), min(changes.values()).date())
        tick_through(min(changes.values()) - NEAR, max(changes.values()) + NEAR, chance)
        counted = Tally()
        for patient in patients:
            counted += compared(patient, changes[patient.time_zone])
        transaction.set_rollback(True)
    return counted


def settle(names: list[str], around: date) -> list[Patient]:
    """They live there, have chosen their times, and are asked for something every day."""
    assignments = Assignment.objects.select_related("patient").order_by("pk")[: len(names)]
    patients = [assignment.patient for assignment in assignments]
    Assignment.objects.update(review_on=LAST.date())
    for patient, name in zip(patients, names, strict=True):
        patient.time_zone = name
    Patient.objects.bulk_update(patients, ["time_zone"])
    chosen = {"has_own_times": True, "changed_at": FIRST}
    bulk(Preference, [Preference(patient=patient, **chosen) for patient in patients])
    times = [
        Slot(patient=patient, zone=patient.time_zone, position=position, at=at)
        for patient in patients
        for position, at in enumerate(TIMES)
    ]
    bulk(Slot, times)
    dates = [around + timedelta(days) for days in range(-3, 4)]
    asked = {"state": Day.State.ASKED, "asked_min": 3, "asked_max": 3}
    days = [
        Day(assignment=one, programme_id=one.programme_id, on=on, **asked)
        for one in assignments
        for on in dates
    ]
    bulk(Day, days)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return patients


def tick_through(now: datetime, end: datetime, chance: random.Random) -> None:
    first = {"beat_at": now, "done_until": now}
    Heartbeat.objects.update_or_create(name="reminders", defaults=first)
    while now < end:
        now = min(now + chance.randint(1, 119) * MINUTE, end)
        services.tick(now=now)


def compared(patient: Patient, around: datetime) -> Tally:
    """The rows that there are against those that there should be."""
    known = instants(ZoneInfo(patient.time_zone), around)
    expected = {
        (on, at): moment
        for (on, at), moment in known.items()
        if at in TIMES and around - NEAR < moment <= around + NEAR
    }
    near = (around - NEAR + MINUTE, around + NEAR)
    rows = Reminder.objects.filter(patient=patient, due_at__range=near)
    found = {(row.on, row.at): row.due_at for row in rows}
    return Tally(
        planned=len(rows),
        duplicate=len(rows) - len(found),
        lost=len(expected.keys() - found.keys()),
        wrong=sum(expected.get(slot) != moment for slot, moment in found.items()),
        expired=sum(row.state == State.EXPIRED for row in rows),
    )
