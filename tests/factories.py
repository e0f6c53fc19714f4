"""The smallest valid row of each kind. Tests add only what they are about."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from accounts.models import Clinic, Membership, User
from exercises.models import Exercise, ExerciseVersion, Kind, Signature
from exercises.phases import fitted
from patients.models import Assignment, Day, Patient
from programmes.models import Item, ItemWords, Programme, ProgrammeWords

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PASSWORD = "stretch-twice-daily"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)


class ClinicFactory(DjangoModelFactory):
    class Meta:
        model = Clinic

    name = factory.Sequence(lambda n: f"Clinic {n}")
    time_zone = "Europe/London"
    created_at = LONG_AGO


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    clinic = factory.SubFactory(ClinicFactory)
    role = Membership.Role.CLINICIAN
    created_at = LONG_AGO


class ExerciseFactory(DjangoModelFactory):
    class Meta:
        model = Exercise

    slug = factory.Sequence(lambda n: f"exercise-{n}")
    kind = Kind.STRETCH


class ExerciseVersionFactory(DjangoModelFactory):
    """Held 20–30 s, 2–3 times, 2–3 times a day, as the founding entry."""

    class Meta:
        model = ExerciseVersion

    class Params:
        is_sided = True

    exercise = factory.SubFactory(ExerciseFactory)
    number = 1
    name = factory.Sequence(lambda n: f"Stretch {n}")
    summary = "A gentle stretch."
    steps = factory.LazyFunction(lambda: ["Lie on your back.", "Straighten the knee.", "Hold."])
    phases = factory.LazyAttribute(
        lambda version: fitted(["set_up", "move", "hold"], version.steps)
    )
    side_kind = factory.LazyAttribute(lambda version: "leg" if version.is_sided else "")
    dose_kind = ExerciseVersion.DoseKind.HOLD
    hold_seconds_min, hold_seconds_max = 20, 30
    repetitions_min, repetitions_max = 2, 3
    per_day_min, per_day_max = 2, 3
    dose_basis = ExerciseVersion.DoseBasis.SOURCE
    source = "A leaflet"
    content_hash = factory.Sequence(lambda n: f"{n:064x}")
    saved_at = LONG_AGO
    published_at = LONG_AGO


class SignatureFactory(DjangoModelFactory):
    """Of a shared exercise, for a clinic."""

    class Meta:
        model = Signature

    version = factory.SubFactory(ExerciseVersionFactory)
    clinic = factory.SubFactory(ClinicFactory)
    by = factory.SubFactory(UserFactory)
    name = factory.LazyAttribute(lambda signature: signature.by.name)
    role = Membership.Role.CLINICIAN
    signed_on = LONG_AGO.date()


class ProgrammeFactory(DjangoModelFactory):
    """A draft. Give it items, then publish it through the service."""

    class Meta:
        model = Programme

    clinic = factory.SubFactory(ClinicFactory)
    title = factory.Sequence(lambda n: f"Programme {n}")
    is_template = True
    patient_id = factory.LazyAttribute(lambda made: None if made.is_template else uuid4())
    created_by = factory.SubFactory(UserFactory)
    created_at = LONG_AGO
    saved_at = LONG_AGO

    @classmethod
    def _create(cls, model_class, *args, advice="", published_at=None, **fields):
        """Its words come before it is published."""
        programme = super()._create(model_class, *args, **fields)
        if advice:
            ProgrammeWords.objects.create(programme=programme, advice=advice)
        if published_at:
            Programme.objects.filter(pk=programme.pk).update(published_at=published_at)
            programme.published_at = published_at
        return programme


class ItemFactory(DjangoModelFactory):
    class Meta:
        model = Item

    programme = factory.SubFactory(ProgrammeFactory)
    position = factory.Sequence(lambda n: n)
    exercise_version = factory.SubFactory(ExerciseVersionFactory)
    side = Item.Side.RIGHT

    @classmethod
    def _build_item(cls, model_class, **fields):
        item = model_class(**fields)
        given = {name for name in fields if name.endswith(("_min", "_max"))}
        default = item.exercise_version
        kept = {name: getattr(item, name) for name in given}
        item.copy_dose_from(default)
        for name, value in kept.items():
            setattr(item, name, value)
        for name in ("weekdays", "every_days", "dose_kind"):
            if name in fields:
                setattr(item, name, fields[name])
        return item

    @classmethod
    def _build(cls, model_class, *args, **fields):
        return cls._build_item(model_class, **fields)

    @classmethod
    def _create(cls, model_class, *args, note="", **fields):
        item = cls._build_item(model_class, **fields)
        item.save(force_insert=True)
        if note:
            ItemWords.objects.create(item=item, note=note)
        return item


def published_programme(*, items: int = 1, **fields) -> Programme:
    """A programme with so many items, published."""
    programme = ProgrammeFactory(**fields)
    for position in range(items):
        ItemFactory(programme=programme, position=position)
    Programme.objects.filter(pk=programme.pk).update(published_at=LONG_AGO)
    programme.refresh_from_db()
    return programme


class PatientFactory(DjangoModelFactory):
    """A patient who has accepted the invitation, and said what to call them."""

    class Meta:
        model = Patient

    clinic = factory.SubFactory(ClinicFactory)
    clinician = factory.LazyAttribute(lambda patient: MembershipFactory(clinic=patient.clinic).user)
    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Sam Reed {n}")
    called = factory.LazyAttribute(lambda patient: patient.name.split()[0])
    email = factory.LazyAttribute(lambda patient: patient.user.email if patient.user else "")
    time_zone = "Europe/London"
    created_at = LONG_AGO
    welcomed_at = LONG_AGO


class AssignmentFactory(DjangoModelFactory):
    """A running assignment of a published programme, without days."""

    class Meta:
        model = Assignment

    patient = factory.SubFactory(PatientFactory)
    programme = factory.LazyAttribute(
        lambda assignment: published_programme(
            clinic=assignment.patient.clinic,
            created_by=assignment.patient.clinician,
            is_template=False,
            patient_id=assignment.patient.pk,
        )
    )
    starts_on = date(2026, 3, 2)
    review_on = factory.LazyAttribute(lambda assignment: assignment.starts_on + timedelta(weeks=6))
    assigned_by = factory.LazyAttribute(lambda assignment: assignment.patient.clinician)
    assigned_at = LONG_AGO


class DayFactory(DjangoModelFactory):
    class Meta:
        model = Day

    assignment = factory.SubFactory(AssignmentFactory)
    on = date(2026, 3, 2)
    programme = factory.LazyAttribute(lambda day: day.assignment.programme)
    state = Day.State.ASKED
    asked_min, asked_max = 2, 3
