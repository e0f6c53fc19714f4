"""Patients in the middle of a programme, and a morning on which so many are to be reminded."""

from datetime import UTC, date, datetime, timedelta

from accounts.models import User
from patients.models import Assignment, Day, Patient
from programmes.models import Programme
from reminders.models import Heartbeat
from tests import owner
from tests.bench.crowd import bulk, person, prescribe
from tests.factories import (
    LONG_AGO,
    AssignmentFactory,
    ExerciseVersionFactory,
    MembershipFactory,
    PatientFactory,
)

ON = date(2026, 3, 30)
MORNING = datetime(2026, 3, 30, 7, 30, tzinfo=UTC)  # 8:30 in London, the first usual time
EVENING = datetime(2026, 3, 30, 17, 30, tzinfo=UTC)  # 18:30 in London, the second
MINUTE = timedelta(minutes=1)
EMPTIED = "reminders_reminder, reminders_heartbeat, patients_day, accounts_addresstrouble"


def at_least(number: int) -> None:
    """See to it that so many are there."""
    if missing := max(0, number - Assignment.objects.count()):
        gather(missing)


def gather(number: int) -> None:
    """So many records, each with a running assignment and no day yet; every fourth shares the
    account of the one before.
    """
    staff = MembershipFactory()
    people = bulk(User, [person() for _ in range(number)])
    people = [people[n - 1] if n % 4 == 3 else user for n, user in enumerate(people)]
    patients = [
        PatientFactory.build(clinic=staff.clinic, clinician=staff.user, user=user)
        for user in people
    ]
    patients = bulk(Patient, patients)
    programmes, _items = prescribe(patients, [ExerciseVersionFactory()], staff.user)
    Programme.objects.update(published_at=LONG_AGO)
    given = [
        AssignmentFactory.build(
            patient=patient, programme=programme, starts_on=ON, assigned_by=staff.user
        )
        for patient, programme in zip(patients, programmes, strict=True)
    ]
    bulk(Assignment, given)


def lay_out(number: int) -> None:
    """Nothing has happened yet; the first so many are asked for two sessions on the day."""
    owner.execute(f"TRUNCATE {EMPTIED} CASCADE")
    assignments = Assignment.objects.order_by("pk")[:number]
    asked = {"on": ON, "state": Day.State.ASKED, "asked_min": 2, "asked_max": 3}
    bulk(
        Day,
        [Day(assignment=one, programme_id=one.programme_id, **asked) for one in assignments],
    )
    before = MORNING - MINUTE
    Heartbeat.objects.create(name="reminders", beat_at=before, done_until=before)
    owner.execute("ANALYZE")
