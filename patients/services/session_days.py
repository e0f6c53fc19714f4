"""Of which days a session may be, and under which versions of the programme. Reads only."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from patients.models import Day
from patients.schedule import DAY, NIGHT_ENDS, instant, local_date
from programmes.models import Programme

KEPT_AHEAD = 3  # days that a phone keeps from today on, to work without a network
TAKEN_FOR = timedelta(days=14)  # so long what was done without a network may be on its way


def may_still_change(day: Day, *, today: date) -> bool:
    """Whether the patient may add to a day, or change it: until the end of the next local day."""
    return today - DAY <= day.on <= today


def was_open(day: Day, *, performed_at: datetime, zones: Iterable[ZoneInfo]) -> bool:
    """Whether the patient could add to the day then, by the date in one of these zones: that of
    the record, which may have been changed since, or that of the phone.
    """
    return any(may_still_change(day, today=local_date(performed_at, zone)) for zone in zones)


def may_be_gone_through(day: Day, *, now: datetime) -> bool:
    """Whether the patient may go through a session of this day: while it lasts, and what was
    begun before midnight until ``NIGHT_ENDS`` of the next local day."""
    return instant(day.on, time(0), day.assignment.patient.zone) <= now < over_at(day)


def over_at(day: Day) -> datetime:
    """From this instant on a session of this day is not gone through any more."""
    return instant(day.on + DAY, NIGHT_ENDS, day.assignment.patient.zone)


def leads_by(day: Day) -> UUID | None:
    """The programme version by which a session of this day is led; None where none is any more:
    the day is paused, or the programme has ended."""
    is_led = day.state in {Day.State.ASKED, Day.State.REST} and day.assignment.ended_on is None
    return day.programme_id if is_led else None


def is_in_force(version_id: UUID, day: Day) -> bool:
    """Whether a session of this day may be logged under this version: one that was in force on the
    day or on the day before it.

    That is the day's own, or an earlier one that was not yet replaced when the day before began.
    """
    return _is_of(day, version_id, on=day.on - DAY)


def was_given(version_id: UUID, day: Day) -> bool:
    """Whether one may have been done under it without a network: also under what a phone was given
    for this day when it was still to come.
    """
    return _is_of(day, version_id, on=day.on - KEPT_AHEAD * DAY)


def _is_of(day: Day, version_id: UUID, *, on: date) -> bool:
    """The day's own, or an earlier one that was not yet replaced when that date began."""
    if version_id == day.programme_id:
        return True
    start = instant(on, time(0), day.assignment.patient.zone)
    line = Programme.objects.published().filter(line_id=day.programme.line_id)
    versions = list(line.filter(version__lte=day.programme.version).order_by("version"))
    replaced = zip(versions, versions[1:], strict=False)
    return version_id in {
        old.pk for old, new in replaced if new.published_at and new.published_at >= start
    }
