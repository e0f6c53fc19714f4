"""Events and programmes from before say whose record they are about, and stay as they are otherwise."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from programmes.models import Programme
from tests.factories import LONG_AGO
from tests.owner import execute, migrate, newest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old_apps():
    """The models as they were; the newest ones are back afterwards."""
    yield migrate(
        [
            ("accounts", "0009_actions_and_limits"),
            ("programmes", "0003_template_names_and_archive"),
            ("patients", "0014_patient_welcomed"),
        ]
    )
    migrate(newest())


@pytest.fixture
def old(old_apps):
    """A patient with a published programme, its first version and a draft, in the old models."""
    get = old_apps.get_model
    clinic = get("accounts", "Clinic").objects.create(name="Riverside", created_at=LONG_AGO)
    user = get("accounts", "User").objects.create(email="a@example.org", password="!")
    patient = get("patients", "Patient").objects.create(
        clinic=clinic, clinician=user, name="Sam", time_zone="Europe/London", created_at=LONG_AGO
    )
    fields = {"clinic": clinic, "created_by": user, "created_at": LONG_AGO, "saved_at": LONG_AGO}
    made = get("programmes", "Programme").objects.create
    line, own = uuid.uuid4(), {"is_template": False}
    first = made(line_id=line, version=1, title="v1", published_at=LONG_AGO, **own, **fields)
    second = made(line_id=line, version=2, title="v2", published_at=LONG_AGO, **own, **fields)
    made(title="of a record that is gone", **own, **fields)
    made(is_template=True, title="template", **fields)
    get("patients", "OneOff").objects.create(
        patient=patient, programme=made(title="one-off", **own, **fields)
    )
    assignment = get("patients", "Assignment").objects.create(
        patient=patient,
        programme=second,
        starts_on=LONG_AGO,
        review_on=LONG_AGO,
        assigned_by=user,
        assigned_at=LONG_AGO,
    )
    return patient.pk, assignment.pk, first.pk, get("accounts", "AuditEvent").objects.create


def test_old_rows_name_the_patient(old):
    patient, assignment, first_version, event = old
    about = {"assignment": assignment, "patient": patient, "programme": first_version}
    for kind, key in about.items():
        event(at=LONG_AGO, action=kind, subject_type=kind, subject_id=key)
    event(at=LONG_AGO, action="elsewhere", subject_type="exercise", subject_id=uuid.uuid4())
    migrate(newest())
    named = dict(AuditEvent.objects.values_list("action", "patient_id"))
    assert named == dict.fromkeys(about, patient) | {"elsewhere": None}
    whose = dict(Programme.objects.values_list("title", "patient_id"))
    assert whose.pop("of a record that is gone") is not None
    assert whose == {"v1": patient, "v2": patient, "one-off": patient, "template": None}
    with pytest.raises(IntegrityError, match="append-only"):
        execute("UPDATE accounts_auditevent SET action = 'forged'")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Programme.objects.filter(title="v1").update(patient_id=None)
