"""What has happened so far, written down as rows: faster than living through it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from patients.models import Assignment, Day, Patient, Session, Tick
from tests.factories import AssignmentFactory, DayFactory, PatientFactory

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)  # Monday, 10:00 in London
TODAY = date(2026, 5, 4)


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def with_plan(*, weeks: int = 4, patient: Patient | None = None, **fields) -> Assignment:
    """A running assignment since so many weeks, without days; review in six weeks."""
    fields.setdefault("starts_on", ago(weeks * 7))
    fields.setdefault("review_on", TODAY + timedelta(weeks=6))
    return AssignmentFactory(patient=patient or PatientFactory(), **fields)


def lay(
    assignment: Assignment,
    on: date,
    *,
    done: int = 0,
    pain: Iterable[int] | int | None = None,
    state: str = Day.State.ASKED,
    asked: tuple[int, int] = (2, 3),
) -> Day:
    """A day and its sessions; ``pain`` is that of every session, or one score for each."""
    low, high = asked if state != Day.State.REST else (None, None)
    day = DayFactory(assignment=assignment, on=on, state=state, asked_min=low, asked_max=high)
    scores = list(pain) if isinstance(pain, Iterable) else [pain] * done
    for number in range(done):
        session_on(day, hour=8 + number, pain_after=scores[number])
    return day


def session_on(day: Day, *, hour: int = 8, result: str = Tick.Result.DONE, **fields) -> Session:
    """One session with a single item, at an hour of UTC."""
    at = datetime.combine(day.on, time(hour), tzinfo=UTC)
    patient = day.assignment.patient
    session = Session.objects.create(
        assignment=day.assignment,
        day=day,
        programme=day.programme,
        client_id=uuid4(),
        performed_at=at,
        received_at=at,
        recorded_by=fields.pop("recorded_by", patient.user or patient.clinician),
        **fields,
    )
    Tick.objects.create(session=session, item=day.programme.items.first(), result=result)
    return session


def lay_days(assignment: Assignment, days_ago: Iterable[int], **what) -> None:
    for back in days_ago:
        lay(assignment, ago(back), **what)
