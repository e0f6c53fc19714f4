"""Clinics full of patients in the middle of their programmes, laid out in bulk."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Model

from accounts.models import Membership, User
from patients.models import Assignment, Day, Patient, Session, Tick
from programmes.models import Item, Programme
from tests.factories import (
    LONG_AGO,
    AssignmentFactory,
    ClinicFactory,
    ExerciseVersionFactory,
    ItemFactory,
    MembershipFactory,
    PatientFactory,
    ProgrammeFactory,
)

EXERCISES = 3
DAYS_BACK, DAYS_AHEAD = 14, 14
SESSIONS_A_DAY = 2


def gather(clinics: int, patients_each: int, *, now: datetime) -> Iterator[tuple[User, User]]:
    """Lay everything out; a clinician and one patient of each clinic."""
    versions = ExerciseVersionFactory.create_batch(EXERCISES)
    for _ in range(clinics):
        clinician = save(person())
        clinic = ClinicFactory()
        MembershipFactory(user=clinician, clinic=clinic, role=Membership.Role.LEAD)
        people = bulk(User, [person() for _ in range(patients_each)])
        patients = bulk(
            Patient,
            [
                PatientFactory.build(clinic=clinic, clinician=clinician, user=user)
                for user in people
            ],
        )
        assign(patients, versions, clinician, now)
        yield clinician, people[0]


def person() -> User:
    """An account that cannot sign in with a password: hashing one takes its time on purpose."""
    return User(email=f"{uuid.uuid4().hex}@example.org", name="Sam Reed", password="!")


def assign(patients: list[Patient], versions: list, by: User, now: datetime) -> None:
    """The same programme for all, each in a line of its own, with two weeks of sessions."""
    programmes, items = prescribe(patients, versions, by)
    Programme.objects.filter(published_at=None).update(published_at=now)
    today = now.date()
    given = [
        AssignmentFactory.build(
            patient=patient,
            programme=programme,
            starts_on=today - timedelta(DAYS_BACK),
            assigned_by=by,
        )
        for patient, programme in zip(patients, programmes, strict=True)
    ]
    days = [
        Day(
            assignment=assignment,
            on=today + timedelta(offset),
            programme=assignment.programme,
            state=Day.State.ASKED,
            asked_min=SESSIONS_A_DAY,
            asked_max=SESSIONS_A_DAY + 1,
        )
        for assignment in bulk(Assignment, given)
        for offset in range(-DAYS_BACK, DAYS_AHEAD)
    ]
    log(bulk(Day, days), {item.programme_id: item for item in items}, today=today)


def prescribe(
    patients: list[Patient], versions: list, by: User
) -> tuple[list[Programme], list[Item]]:
    """A draft for each patient, with every exercise."""
    drafts = [
        ProgrammeFactory.build(
            clinic=patient.clinic, created_by=by, is_template=False, patient_id=patient.pk
        )
        for patient in patients
    ]
    programmes = bulk(Programme, drafts)
    items = [
        ItemFactory.build(programme=programme, position=position, exercise_version=version)
        for programme in programmes
        for position, version in enumerate(versions)
    ]
    return programmes, bulk(Item, items)


def log(days: list[Day], items: dict[uuid.UUID, Item], *, today: date) -> None:
    """Every past day complete."""
    sessions = bulk(
        Session,
        [
            Session(
                assignment=day.assignment,
                day=day,
                programme=day.programme,
                client_id=uuid.uuid4(),
                performed_at=LONG_AGO,
                received_at=LONG_AGO,
                recorded_by=day.assignment.patient.user,
                pain_after=3,
            )
            for day in days
            if day.on < today
            for _ in range(SESSIONS_A_DAY)
        ],
    )
    bulk(Tick, [Tick(session=one, item=items[one.programme_id]) for one in sessions])


def save[M: Model](row: M) -> M:
    row.save()
    return row


def bulk[M: Model](model: type[M], rows: list[M]) -> list[M]:
    return model._default_manager.bulk_create(rows, batch_size=2000)
