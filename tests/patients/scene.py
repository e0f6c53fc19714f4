"""A patient with a running programme, on a Monday in May."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from exercises.models import ExerciseVersion, Shown
from patients.models import Assignment, Day, Patient, Session
from patients.services import plans, sessions
from programmes.models import Item, Programme
from tests.exercises.photos import draft_of, publish, with_photos
from tests.factories import (
    LONG_AGO,
    AssignmentFactory,
    ItemFactory,
    PatientFactory,
    ProgrammeFactory,
)

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)  # Monday, 10:00 in London
TODAY = date(2026, 5, 4)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
TWICE_OR_THRICE: dict = {}  # what ItemFactory prescribes: 2–3 times a day, every day


def template_for(patient: Patient, *items: dict) -> Programme:
    """A published template of the patient's clinic, with one item per dict of dose columns."""
    programme = ProgrammeFactory(clinic=patient.clinic, created_by=patient.clinician)
    for position, fields in enumerate(items or [TWICE_OR_THRICE], start=1):
        ItemFactory(programme=programme, position=position, **fields)
    Programme.objects.filter(pk=programme.pk).update(published_at=LONG_AGO)
    programme.refresh_from_db()
    return programme


def running(
    *items: dict, patient: Patient | None = None, starts_on: date = TODAY, now: datetime = NOW
) -> Assignment:
    """An assignment made through the service, its days laid out."""
    patient = patient or PatientFactory()
    return plans.assign(
        template_for(patient, *items),
        to=patient,
        starts_on=starts_on,
        review_on=starts_on + 42 * DAY,
        by=patient.clinician,
        now=now,
    )


def given_photo(patient: Patient) -> tuple[Item, Shown]:
    """An exercise of the clinic's own that this patient was once given, and its photo."""
    draft = draft_of(patient.clinic)
    [shown] = with_photos(draft)
    publish(draft)
    return given_before(patient, draft), shown


def given_before(patient: Patient, version: ExerciseVersion) -> Item:
    """An exercise of a programme that this patient once had."""
    programme = ProgrammeFactory(
        clinic=patient.clinic,
        created_by=patient.clinician,
        is_template=False,
        patient_id=patient.pk,
    )
    item = ItemFactory(programme=programme, exercise_version=version)
    Programme.objects.filter(pk=programme.pk).update(published_at=LONG_AGO)
    programme.refresh_from_db()
    AssignmentFactory(patient=patient, programme=programme, ended_on=TODAY)
    return item


def waiting_patient(**fields) -> Patient:
    """Invited by e-mail, not yet here."""
    return PatientFactory(user=None, email="sam@example.org", **fields)


def patient_without_email(**fields) -> Patient:
    return PatientFactory(user=None, email="", **fields)


def day_on(assignment: Assignment, on: date = TODAY) -> Day:
    return assignment.days.with_sessions_done().get(on=on)


def states(assignment: Assignment) -> dict[date, str]:
    return dict(assignment.days.order_by("on").values_list("on", "state"))


def log(assignment: Assignment, *, on: date = TODAY, now: datetime = NOW, **said) -> Session:
    """A session ticked off by the patient, or by their clinician if they have no account."""
    said.setdefault("client_id", uuid4())
    said.setdefault("by", assignment.patient.user or assignment.patient.clinician)
    return sessions.log_session(day_on(assignment, on), now=now, **said)


def ticked(session: Session) -> dict[UUID, str]:
    return dict(session.ticks.values_list("item_id", "result"))


def items_of(assignment: Assignment) -> list:
    return list(assignment.programme.items.order_by("position"))
