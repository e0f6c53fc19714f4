"""One patient's record with a year behind it: three sessions a day, three versions of the plan."""

import uuid
from datetime import datetime, timedelta

from accounts.models import User
from exercises import library
from exercises.models import ExerciseVersion
from exercises.services.loading import load
from patients.models import Assignment, Day, DealtWith, Patient, Session, Tick
from programmes.models import Item, Programme
from tests.bench.crowd import bulk
from tests.factories import AssignmentFactory, ItemFactory, PatientFactory, ProgrammeFactory

DAYS_BACK, DAYS_AHEAD = 365, 13
SESSIONS_A_DAY = 3
EXERCISES = 6
VERSIONS = 3  # each with one exercise more
DEALT_WITH = 8
NOTE = "The stairs are easier than they were, but getting up from the sofa still pulls."


def lay_out(clinician: User, *, now: datetime) -> Patient:
    """Everything logged but today; each seventh session hurt, each third has a note."""
    load(library.read(), now=now)
    patient = PatientFactory(clinic=clinician.clinics_as_staff().get(), clinician=clinician)
    line = _line(patient, clinician, now)
    today = now.date()
    assignment = AssignmentFactory(
        patient=patient,
        programme=line[-1],
        starts_on=today - timedelta(DAYS_BACK),
        review_on=today + timedelta(20),
        assigned_by=clinician,
        assigned_at=now - timedelta(DAYS_BACK),
    )
    days = [
        Day(
            assignment=assignment,
            on=today - timedelta(back),
            programme=line[_version_of(back)],
            state=Day.State.ASKED if back % 7 else Day.State.REST,
            asked_min=SESSIONS_A_DAY if back % 7 else None,
            asked_max=SESSIONS_A_DAY if back % 7 else None,
        )
        for back in range(-DAYS_AHEAD, DAYS_BACK + 1)
    ]
    _log(assignment, [day for day in bulk(Day, days) if day.on < today])
    _deal_with(patient, clinician, now)
    return patient


def _line(patient: Patient, by: User, now: datetime) -> list[Programme]:
    """Its versions, the oldest first."""
    line_id = uuid.uuid4()
    given = ExerciseVersion.objects.current().select_related("exercise").order_by("exercise__slug")
    exercises = list(given[:EXERCISES])
    versions = []
    for number in range(1, VERSIONS + 1):
        programme = ProgrammeFactory(
            clinic=patient.clinic,
            created_by=by,
            is_template=False,
            patient_id=patient.pk,
            line_id=line_id,
            version=number,
            advice="Twenty minutes on your feet each day do more than an hour once a week.",
        )
        for position, version in enumerate(exercises[: EXERCISES - VERSIONS + number]):
            side = Item.Side.LEFT if version.is_sided else Item.Side.NONE
            ItemFactory(programme=programme, position=position, exercise_version=version, side=side)
        Programme.objects.filter(pk=programme.pk).update(published_at=now)
        versions.append(programme)
    return versions


def _version_of(days_back: int) -> int:
    """The second came after half a year, the third a month ago."""
    return 2 if days_back <= 30 else 1 if days_back <= 180 else 0


def _log(assignment: Assignment, days: list[Day]) -> None:
    items: dict[uuid.UUID, list[Item]] = {}
    for item in Item.objects.filter(programme__in={day.programme_id for day in days}):
        items.setdefault(item.programme_id, []).append(item)
    sessions = bulk(Session, [_session(day, time) for day in days for time in (0, 1, 2)])
    ticks = [
        Tick(session=one, item=item, **_went(number, place))
        for number, one in enumerate(sessions)
        for place, item in enumerate(items[one.programme_id])
    ]
    bulk(Tick, ticks)


def _session(day: Day, time: int) -> Session:
    at = datetime.fromisoformat(f"{day.on}T08:00:00+00:00") + timedelta(hours=5 * time)
    return Session(
        assignment=day.assignment,
        day=day,
        programme_id=day.programme_id,
        client_id=uuid.uuid4(),
        performed_at=at,
        received_at=at,
        recorded_by=day.assignment.patient.user,
        pain_after=(day.on.toordinal() + time) % 5,
        effort=Session.Effort.RIGHT,
        note=NOTE if (day.on.toordinal() + time) % 3 == 0 else "",
    )


def _went(number: int, place: int) -> dict[str, object]:
    """How an exercise of a session went."""
    if (number + place) % 7 == 0:
        return {"result": Tick.Result.SKIPPED, "skip_reason": Tick.SkipReason.NO_TIME}
    if number % 7 == 0 and place == 1:
        return {"result": Tick.Result.HURT, "amount": 1, "pain": 4}
    return {"result": Tick.Result.DONE}


def _deal_with(patient: Patient, by: User, now: datetime) -> None:
    bulk(
        DealtWith,
        [
            DealtWith(
                patient=patient,
                kind="pain_high",
                reason="Last pain 7 of 10, Sun 3 May",
                how=DealtWith.How.CONTACTED,
                words="Rang: slept badly on it, goes on with the smaller range.",
                on=now.date() - timedelta(30 * number),
                by=by,
                by_name=by.name,
                at=now - timedelta(30 * number),
            )
            for number in range(1, DEALT_WITH + 1)
        ],
    )
