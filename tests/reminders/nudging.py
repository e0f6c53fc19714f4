"""Days that ask for something, sessions that answer, and a heartbeat to start from."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

from patients.models import Day, Session, Tick
from reminders import tasks
from reminders.channels import CHANNELS, EMAIL
from reminders.models import Heartbeat, Reminder
from tests.factories import DayFactory

ON = date(2026, 3, 30)  # a Monday, the day after the clocks went forward in London
MORNING = datetime(2026, 3, 30, 7, 30, tzinfo=UTC)  # 8:30 in London
EVENING = datetime(2026, 3, 30, 17, 30, tzinfo=UTC)  # 18:30 in London
AT_MORNING, AT_NOON, AT_EVENING = time(8, 30), time(13), time(18, 30)
MINUTE = timedelta(minutes=1)


def asked_day(zone: str = "Europe/London", *, asked: int = 2, **fields) -> Day:
    """A day of a patient who asked for nothing special."""
    defaults = {
        "on": ON,
        "asked_min": asked,
        "asked_max": asked + 1,
        "assignment__patient__time_zone": zone,
        "assignment__starts_on": ON,
    }
    return DayFactory(**(defaults | fields))


def do_session(day: Day, result: str = Tick.Result.DONE, **fields) -> Session:
    at = datetime(day.on.year, day.on.month, day.on.day, 7, tzinfo=UTC)
    session = Session.objects.create(
        assignment=day.assignment,
        day=day,
        programme=day.programme,
        client_id=uuid.uuid4(),
        performed_at=at,
        received_at=at,
        recorded_by=day.assignment.patient.user,
        **fields,
    )
    Tick.objects.create(session=session, item=day.programme.items.first(), result=result)
    return session


def looked_until(moment: datetime) -> Heartbeat:
    """The last tick was then."""
    beat, _is_new = Heartbeat.objects.update_or_create(
        name="reminders", defaults={"beat_at": moment, "done_until": moment}
    )
    return beat


def planned() -> list[tuple[date, time]]:
    return list(Reminder.objects.order_by("on", "at").values_list("on", "at"))


def deliver(now: datetime, *, by: str = EMAIL) -> int:
    """Send what is due by then; how many were accepted."""
    return tasks.deliver_by(CHANNELS[by], clock=lambda: now)
