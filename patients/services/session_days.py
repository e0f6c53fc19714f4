"""Of which days a session may be, and under which versions of the programme. Reads only."""

from datetime import date, datetime, time
from uuid import UUID

from patients.models import Day
from patients.schedule import DAY, NIGHT_ENDS, instant
from programmes.models import Programme


def may_still_change(day: Day, *, today: date) -> bool:
    """Whether the patient may add to a day, or change it: until the end of the next local day."""
    return today - DAY <= day.on <= today


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


def versions_in_force(day: Day) -> set[UUID]:
    """The versions under which a session of this day may be logged: those that were in force on
    the day or on the day before it.

    The day's own; and any earlier one that was not yet replaced when the day before began.
    """
    return _versions_since(day, day.on - DAY)


def _versions_since(day: Day, on: date) -> set[UUID]:
    """The day's own, and any earlier one that was not yet replaced when that date began."""
    start = instant(on, time(0), day.assignment.patient.zone)
    line = Programme.objects.published().filter(line_id=day.programme.line_id)
    versions = list(line.filter(version__lte=day.programme.version).order_by("version"))
    replaced = zip(versions, versions[1:], strict=False)
    return {day.programme_id} | {
        old.pk for old, new in replaced if new.published_at and new.published_at >= start
    }
