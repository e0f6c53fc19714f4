"""Find the slots that came due, and who of them wants a reminder. Set-based.

Which local minutes have come is asked of ``patients.schedule``, zone by zone; the
database then only compares for equality. The number of statements depends on
neither patients nor zones.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import attrgetter, or_
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from outbox.models import State
from patients.models import Assignment, Day, DayQuerySet
from patients.schedule import due_local_minutes, instant
from reminders.models import Reminder
from reminders.silence import PATIENT, with_silence

logger = logging.getLogger("reminders")

GRACE = timedelta(hours=2)  # a reminder later than that is worse than none

# By the least number of sessions that the day asks for; 3 stands for more, too.
USUAL_TIMES: dict[int, tuple[time, ...]] = {
    1: (time(18, 0),),
    2: (time(8, 30), time(18, 30)),
    3: (time(8, 30), time(13, 0), time(18, 30)),
}

Zones = Mapping[str, list[tuple[date, time]]]


class Found(NamedTuple):
    """One slot of one day that came due and is not silent."""

    patient: UUID
    patient_since: datetime
    user: UUID
    assignment: UUID
    zone: str
    on: date
    slot: int
    at: time

    @property
    def due_at(self) -> datetime:
        return instant(self.on, self.at, ZoneInfo(self.zone))


def usual_times(asked_min: int) -> tuple[time, ...]:
    """When a day that asks for so many sessions reminds those who chose no times."""
    return USUAL_TIMES[min(asked_min, 3)]


def plan(after: datetime, until: datetime) -> int:
    """Write a row for each slot that came due in (after, until] and wants it; how many.

    A row that exists already stays as it is. One person gets one row at a time.
    """
    zones = _minutes_due(after, until)
    found = [*_at_usual_times(zones, until), *_at_own_times(zones, until)]
    rows = [_row(slot, now=until) for slot in _one_for_each_person(found)]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    return len(rows)


def _minutes_due(after: datetime, until: datetime) -> Zones:
    """For each zone in use, the local minutes that have come; zones without one left out."""
    running = Assignment.objects.running().filter(patient__user__isnull=False)
    names = running.order_by().values_list("patient__time_zone", flat=True).distinct()
    due = {}
    for name in names:
        try:
            due[name] = due_local_minutes(ZoneInfo(name), after, until)
        except ZoneInfoNotFoundError:
            logger.error("unknown time zone", extra={"zone": name})
    return {name: minutes for name, minutes in due.items() if minutes}


def _at_usual_times(zones: Zones, now: datetime) -> list[Found]:
    whens = [
        When(_asks_for(asked) & _is_now(places), then=Value(slot))
        for asked, times in USUAL_TIMES.items()
        for slot, at in enumerate(times)
        if (places := [(zone, on) for zone, due in zones.items() for on, t in due if t == at])
    ]
    if not whens:
        return []
    usual = ~Q(**{f"{PATIENT}__reminder_preference__has_own_times": True})
    slot = Case(*whens, default=None, output_field=IntegerField())
    days = _running(zones).filter(usual).annotate(slot=slot).filter(slot__isnull=False)
    return [
        Found._make((*row, usual_times(asked_min)[row[-1]]))
        for *row, asked_min in _speaking(days, now, "asked_min")
    ]


def _at_own_times(zones: Zones, now: datetime) -> list[Found]:
    if not zones:
        return []
    days = _running(zones).filter(**{f"{PATIENT}__reminder_preference__has_own_times": True})
    slots = days.annotate(
        slot=F(f"{PATIENT}__reminder_slots__position"), at=F(f"{PATIENT}__reminder_slots__at")
    )
    matches = (
        Q(**{f"{PATIENT}__time_zone": zone}, on=on, at__in=times)
        for zone, due in zones.items()
        for on, times in _by_date(due).items()
    )
    return [Found._make(row) for row in _speaking(slots.filter(reduce(or_, matches)), now, "at")]


def _speaking(days: DayQuerySet, now: datetime, last: str) -> QuerySet[Any]:
    """The slots that no rule silences, as tuples in the order of ``Found``."""
    everything = Reminder.objects.all()
    judged = with_silence(days, slot=F("slot"), reminders=everything, now=now)
    who = (PATIENT, f"{PATIENT}__created_at", f"{PATIENT}__user", "assignment")
    when = (f"{PATIENT}__time_zone", "on", "slot", last)
    return judged.filter(silence="").values_list(*who, *when)


def _running(zones: Zones) -> DayQuerySet:
    """Days that may speak at all, narrowed by what indexes know."""
    dates = {on for due in zones.values() for on, _at in due}
    days: DayQuerySet = Day.objects.asked().filter(assignment__ended_on=None, on__in=dates)
    return days


def _asks_for(asked: int) -> Q:
    return Q(asked_min=asked) if asked < max(USUAL_TIMES) else Q(asked_min__gte=asked)


def _is_now(places: Iterable[tuple[str, date]]) -> Q:
    return reduce(or_, (Q(**{f"{PATIENT}__time_zone": zone}, on=on) for zone, on in places))


def _by_date(due: Iterable[tuple[date, time]]) -> dict[date, list[time]]:
    times = defaultdict(list)
    for on, at in due:
        times[on].append(at)
    return times


def _one_for_each_person(found: Iterable[Found]) -> list[Found]:
    """An account with several records is nudged once; its Today page shows them all.

    Of what came due, the last speaks; at the same moment, for the record made first.
    """
    elders_last = sorted(found, key=attrgetter("patient_since", "patient"), reverse=True)
    by_moment = sorted(elders_last, key=attrgetter("due_at"))
    return list({slot.user: slot for slot in by_moment}.values())


def _row(found: Found, *, now: datetime) -> Reminder:
    """A plan good for the grace, but not past local midnight; too late is kept as a trace."""
    due_at = found.due_at
    midnight = instant(found.on + timedelta(days=1), time(), ZoneInfo(found.zone))
    expires_at = max(min(due_at + GRACE, midnight), due_at)
    late = expires_at <= now
    return Reminder(
        patient_id=found.patient,
        assignment_id=found.assignment,
        on=found.on,
        slot=found.slot,
        due_at=due_at,
        expires_at=expires_at,
        planned_at=now,
        state=State.EXPIRED if late else State.DUE,
        finished_at=now if late else None,
    )
