"""What the database itself refuses of a signature, whoever asks. One test for each rule."""

import pytest
from django.db import connection

from exercises.models import Exercise, ExerciseVersion, Signature
from tests.exercises.test_constraints import refused
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseVersionFactory,
    SignatureFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def delete_for_good(model, **which) -> None:
    """With what is otherwise looked at when the transaction ends."""
    model.objects.filter(**which).delete()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_signature_one_standing():
    first = SignatureFactory()
    again = {"version": first.version, "clinic": first.clinic}
    refused(lambda: SignatureFactory(**again), "signature_one_standing")
    SignatureFactory(version=first.version)  # another clinic's
    SignatureFactory(clinic=first.clinic)  # of another version
    Signature.objects.filter(pk=first.pk).update(withdrawn_at=LONG_AGO)
    SignatureFactory(**again)


def test_signature_has_a_name():
    for name in ("", " "):
        refused(lambda name=name: SignatureFactory(name=name), "signature_has_a_name")


def test_signature_role_is_known():
    refused(lambda: SignatureFactory(role="surgeon"), "signature_role_is_known")


def test_signature_of_published():
    draft = ExerciseVersionFactory(published_at=None)
    refused(lambda: SignatureFactory(version=draft), "signature_of_published")


def test_signature_of_own_or_shared():
    own = ExerciseVersionFactory(exercise__clinic=ClinicFactory())
    refused(lambda: SignatureFactory(version=own), "signature_of_own_or_shared")
    SignatureFactory(version=own, clinic=own.exercise.clinic)


@pytest.mark.parametrize(
    "change",
    [
        lambda: {"name": "Another"},
        lambda: {"role": "lead"},
        lambda: {"signed_on": LONG_AGO.date().replace(day=1)},
        lambda: {"by": UserFactory()},
        lambda: {"clinic": ClinicFactory()},
        lambda: {"version": ExerciseVersionFactory()},
        lambda: {"name": "Another", "withdrawn_at": LONG_AGO},
    ],
)
def test_signature_stays(change):
    rows, changes = Signature.objects.filter(pk=SignatureFactory().pk), change()
    refused(lambda: rows.update(**changes), "signature_stays")


def test_what_is_taken_back_stays_taken_back():
    rows = Signature.objects.filter(pk=SignatureFactory(withdrawn_at=LONG_AGO).pk)
    refused(lambda: rows.update(withdrawn_at=None), "signature_stays")


def test_signature_is_not_deleted_while_its_version_is_there():
    signature = SignatureFactory()
    refused(lambda: delete_for_good(Signature, pk=signature.pk), "signature_stays")
    delete_for_good(Exercise, pk=signature.version.exercise_id)
    assert not Signature.objects.exists()
    assert not ExerciseVersion.objects.exists()
