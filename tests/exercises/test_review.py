"""A named clinician signs a version: what it says, where it shows, how it is taken back."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Clinic
from exercises.models import ExerciseVersion
from exercises.services import review, writing
from tests.cast import Cast
from tests.exercises.writing_desk import of_version, published, ready_draft
from tests.factories import LONG_AGO, ExerciseVersionFactory


@pytest.fixture
def version(cast: Cast) -> ExerciseVersion:
    return published(cast.clinic, by=cast.colleague)


@time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False)
def test_signing_says_what_it_means_then_shows_who_when_and_what(as_user, cast, version):
    physio = as_user(cast.clinician)
    assertContains(physio.get("/exercises/wall-sit/"), "Not yet reviewed by a physiotherapist")
    page = physio.get(of_version(version, "review"))
    assertContains(page, "It holds for this version alone.")
    assertContains(page, "Reviewed by Priya Shah, 23 November 2026, version 1")
    version.refresh_from_db()
    assert version.reviewed_by is None  # looking is not signing
    response = physio.post(of_version(version, "review"))
    assertRedirects(response, of_version(version, "history"))
    version.refresh_from_db()
    assert (version.reviewed_by, version.reviewed_on) == (cast.clinician, date(2026, 11, 23))
    words = "Reviewed by Priya Shah, 23 November 2026, version 1"
    assertContains(physio.get(of_version(version, "history")), words)
    assertContains(physio.get("/exercises/wall-sit/"), words)
    event = AuditEvent.objects.get(action="exercise_signed")
    assert (event.actor, event.clinic, event.subject_id) == (
        cast.clinician,
        cast.clinic,
        version.pk,
    )


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/London", 23), ("Pacific/Auckland", 24), ("America/New_York", 23)]
)
def test_the_date_is_the_clinics(cast, version, zone, day):
    Clinic.objects.update(time_zone=zone)
    clinic = Clinic.objects.get(pk=cast.clinic.pk)
    now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    review.sign(version, clinic=clinic, by=cast.clinician, now=now)
    version.refresh_from_db()
    assert version.reviewed_on == date(2026, 11, day)


def test_one_signature_a_version_and_only_ones_own_is_taken_back(as_user, cast, version):
    physio, colleague = as_user(cast.clinician), as_user(cast.colleague)
    for _ in range(2):
        physio.post(of_version(version, "review"))
    assert AuditEvent.objects.filter(action="exercise_signed").count() == 1
    response = colleague.post(of_version(version, "review"), follow=True)
    assertContains(response, "Priya Shah has reviewed this version already.")
    assertNotContains(response, "Take my signature back")
    colleague.post(of_version(version, "withdraw"))
    version.refresh_from_db()
    assert version.reviewed_by == cast.clinician
    assertContains(physio.get(of_version(version, "history")), "Take my signature back")
    for _ in range(2):
        physio.post(of_version(version, "withdraw"))
    version.refresh_from_db()
    assert (version.reviewed_by, version.reviewed_on) == (None, None)
    assert AuditEvent.objects.filter(action="exercise_signature_withdrawn").count() == 1


def test_a_new_version_starts_unreviewed(as_user, cast, version):
    physio = as_user(cast.clinician)
    physio.post(of_version(version, "review"))
    draft = writing.revise(version.exercise, by=cast.clinician, now=LONG_AGO)
    writing.publish(draft, by=cast.clinician, now=LONG_AGO)
    assertContains(physio.get("/exercises/wall-sit/"), "Not yet reviewed by a physiotherapist")
    version.refresh_from_db()
    assert version.reviewed_by == cast.clinician


def test_a_draft_cannot_be_signed(as_user, cast):
    draft = ready_draft(cast.clinic, by=cast.clinician)
    physio = as_user(cast.clinician)
    assert physio.get(of_version(draft, "review")).status_code == 404
    assert physio.post(of_version(draft, "review")).status_code == 404
    with pytest.raises(review.NotSignable):
        review.sign(draft, clinic=cast.clinic, by=cast.clinician, now=LONG_AGO)


def test_an_earlier_version_and_a_shared_one_can_be_signed(as_user, cast, version):
    physio = as_user(cast.clinician)
    draft = writing.revise(version.exercise, by=cast.clinician, now=LONG_AGO)
    writing.publish(draft, by=cast.clinician, now=LONG_AGO)
    shared = ExerciseVersionFactory()
    assertContains(physio.get(of_version(shared, "review")), "every clinic here")
    for one in (version, shared):
        physio.post(of_version(one, "review"))
        one.refresh_from_db()
        assert one.reviewed_by == cast.clinician


def test_a_patient_and_another_clinic_cannot_sign(as_user, cast, version):
    for who in (cast.patient, cast.other_clinician, cast.deactivated, cast.stranger):
        assert as_user(who).post(of_version(version, "review")).status_code == 404
    version.refresh_from_db()
    assert version.reviewed_by is None
