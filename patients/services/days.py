"""Lay out days: one row per local date of a running assignment, 14 days ahead.

Idempotent. A future day without a session may be laid again, a day with one and
the past never; today only when a verb says so. Every writer of an assignment's
days and sessions locks the assignment first, so that they take turns.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import batched
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from accounts.kept_query import KeptQuery
from patients.models import Assignment, Day, Pause
from patients.schedule import DAY, DAYS_AHEAD, Paused, Plan, dates_ahead, local_date

BATCH = 500  # assignments in one transaction


def lock(assignment: Assignment) -> Assignment:
    """The assignment as it is now, nobody else's until the transaction ends.

    What belongs to it is read when it is asked for, not in one join with it: a join
    would still look for the programme that was in force before we waited.
    """
    return Assignment.objects.select_for_update().get(pk=assignment.pk)


def today_of(assignment: Assignment, *, now: datetime) -> date:
    """The patient's local date."""
    return local_date(now, assignment.patient.zone)


@transaction.atomic
def lay_out_days(assignment: Assignment, *, now: datetime, today_too: bool = False) -> None:
    """Make the next 14 days ask for what the plan now asks for.

    Today is laid if it has no row yet, and laid again only with ``today_too``.
    """
    current = lock(assignment)
    if current.ended_on is not None:
        return
    today = today_of(current, now=now)
    kept = _kept_as_they_are(current, today=today, today_too=today_too)
    dates = [on for on in dates_ahead(today=today, starts_on=current.starts_on) if on not in kept]
    Day.objects.bulk_create(
        _rows(current, dates),
        update_conflicts=True,
        unique_fields=["assignment", "on"],
        update_fields=["programme", "state", "asked_min", "asked_max"],
    )


def _kept_as_they_are(assignment: Assignment, *, today: date, today_too: bool) -> set[date]:
    """Future dates with a session, an undone one too; today unless it is to be laid again."""
    days = assignment.days.filter(on__gt=today, sessions__isnull=False)
    kept = set(days.values_list("on", flat=True))
    if not today_too and assignment.days.filter(on=today).exists():
        kept.add(today)
    return kept


def _rows(assignment: Assignment, dates: Iterable[date]) -> list[Day]:
    plan = plan_of(assignment)
    return [_row(assignment, plan, on) for on in dates]


def _row(assignment: Assignment, plan: Plan, on: date) -> Day:
    state, per_day = plan.asks(on)
    return Day(
        assignment=assignment,
        on=on,
        programme_id=assignment.programme_id,
        state=state,
        asked_min=per_day and per_day.min,
        asked_max=per_day and per_day.max,
    )


def plan_of(assignment: Assignment) -> Plan:
    """What the calendar needs to know of an assignment."""
    return Plan(
        starts_on=assignment.starts_on,
        doses=[item.numbers for item in assignment.programme.items.all()],
        pauses=[Paused(pause.from_on, pause.until_on) for pause in assignment.pauses.all()],
        has_begun=not (assignment.patient.is_waiting or assignment.patient.has_died),
    )


def lay_out_all_days(*, now: datetime) -> int:
    """Add the days that running assignments still lack up to 14 days ahead; how many there were.

    Days that exist are left alone. Dates that passed while nothing ran are not
    made up for: nobody was asked for anything on them.
    """
    return sum(
        _add_missing(keys, now=now) for keys in batched(_running_short(now), BATCH, strict=False)
    )


def _running_short(now: datetime) -> list[UUID]:
    """Running assignments whose last day is less than 14 days ahead."""
    rows = (
        Assignment.objects.running()
        .annotate(last_on=Max("days__on"))
        .values_list("pk", "patient__time_zone", "last_on")
    )
    ahead = DAYS_AHEAD * DAY
    return [
        pk
        for pk, zone, last_on in rows
        if last_on is None or last_on < local_date(now, ZoneInfo(zone)) + ahead
    ]


@transaction.atomic
def _add_missing(keys: Iterable[UUID], *, now: datetime) -> int:
    locked = Assignment.objects.running().filter(pk__in=list(keys)).select_for_update()
    assignments = list(
        locked.prefetch_related("patient", "programme__items", "pauses").order_by("pk")
    )
    recent = Day.objects.filter(assignment__in=list(keys), on__gte=now.date() - 2 * DAY)
    there = set(recent.values_list("assignment", "on"))
    rows = []
    for assignment in assignments:
        today = today_of(assignment, now=now)
        dates = dates_ahead(today=today, starts_on=assignment.starts_on)
        rows += _rows(assignment, [on for on in dates if (assignment.pk, on) not in there])
    return len(Day.objects.bulk_create(rows))


def excuse(assignment: Assignment, dates: Iterable[date]) -> None:
    """Ask for nothing on these dates after all, except where the minimum is already reached."""
    days = assignment.days.filter(
        on__in=list(dates), state__in=[Day.State.ASKED, Day.State.REST]
    ).with_sessions_done()
    short = [day.pk for day in days if day.asked_min is None or day.sessions_done < day.asked_min]
    assignment.days.filter(pk__in=short).update(state=Day.State.PAUSED)


def restate(assignment: Assignment, on: date) -> None:
    """Set a date's state again, under the numbers and the version that it has."""
    day = assignment.days.filter(on=on).first()
    if day is None:
        return
    day.state = plan_of(assignment).state_of(on, day.asked)
    day.save(update_fields=["state"])


TOLD_ON: KeptQuery[UUID] = KeptQuery(
    lambda assignment, on: Pause.objects.filter(
        assignment=assignment, from_on=on, because_of__isnull=False
    ).values_list("pk", flat=True),
    assignment=UUID,
    on=date,
)


def settle_told_on(assignment: Assignment, on: date) -> None:
    """Set again the state of a date on which a warning sign was told: excused, unless what was
    done before reached its minimum. Some of that may come late, or be taken back.
    """
    if not TOLD_ON(assignment=assignment.pk, on=on):
        return
    day = assignment.days.with_sessions_done().filter(on=on, asked_min__isnull=False).first()
    if day is None or day.state not in {Day.State.ASKED, Day.State.PAUSED}:
        return
    day.state = Day.State.ASKED if day.is_enough else Day.State.PAUSED
    day.save(update_fields=["state"])
