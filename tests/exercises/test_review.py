"""A named clinician signs a version for a clinic: what it says, and how it is taken back."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Clinic
from exercises.models import ExerciseVersion, Signature
from exercises.services import review, writing
from tests.cast import Cast
from tests.exercises.writing_desk import of_version, published, ready_draft
from tests.factories import LONG_AGO, ExerciseVersionFactory


@pytest.fixture
def version(cast: Cast) -> ExerciseVersion:
    return published(cast.clinic, by=cast.colleague)


def press_sign(client, version, clinic):
    return client.post(of_version(version, "review"), {"clinic": clinic.pk})


def press_withdraw(client, signature):
    return client.post(f"/exercises/signatures/{signature.pk}/withdraw/")


@time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False)
def test_signing_says_what_it_means_then_shows_who_when_and_what(as_user, cast, version):
    physio = as_user(cast.clinician)
    assertContains(physio.get("/exercises/wall-sit/"), "Not yet reviewed by a physiotherapist")
    page = physio.get(of_version(version, "review"))
    assertContains(page, "It holds for this version alone.")
    words = "Reviewed by Priya Shah, clinician, 23 November 2026, version 1"
    assertContains(page, words)
    assert not version.signatures.exists()  # looking is not signing
    response = press_sign(physio, version, cast.clinic)
    assertRedirects(response, of_version(version, "history"))
    signature = version.signatures.get()
    assert (signature.by, signature.clinic) == (cast.clinician, cast.clinic)
    assert (signature.name, signature.role) == ("Priya Shah", "clinician")
    assert signature.signed_on == date(2026, 11, 23)
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
    signature = review.sign(version, clinic=clinic, by=cast.clinician, now=now)
    assert signature.signed_on == date(2026, 11, day)


def test_one_signature_a_clinic_and_only_ones_own_is_taken_back(as_user, cast, version):
    physio, colleague = as_user(cast.clinician), as_user(cast.colleague)
    for _ in range(2):
        press_sign(physio, version, cast.clinic)
    assert AuditEvent.objects.filter(action="exercise_signed").count() == 1
    response = colleague.post(
        of_version(version, "review"), {"clinic": cast.clinic.pk}, follow=True
    )
    assertContains(response, "Priya Shah has reviewed this version already.")
    assertNotContains(response, "Take my signature back")
    signature = version.signatures.get()
    press_withdraw(colleague, signature)
    assert Signature.objects.standing().get() == signature
    assertContains(physio.get(of_version(version, "history")), "Take my signature back")
    for _ in range(2):
        press_withdraw(physio, signature)
    assert not version.signatures.standing().exists()
    assertContains(physio.get("/exercises/wall-sit/"), "Not yet reviewed by a physiotherapist")
    assert AuditEvent.objects.filter(action="exercise_signature_withdrawn").count() == 1


def test_what_was_taken_back_can_be_signed_again_by_a_colleague(as_user, cast, version):
    physio, colleague = as_user(cast.clinician), as_user(cast.colleague)
    press_sign(physio, version, cast.clinic)
    press_withdraw(physio, version.signatures.get())
    press_sign(colleague, version, cast.clinic)
    assert version.signatures.count() == 2  # the one taken back is kept
    assert version.signatures.standing().get().by == cast.colleague


def test_a_new_version_starts_unreviewed(as_user, cast, version):
    physio = as_user(cast.clinician)
    press_sign(physio, version, cast.clinic)
    draft = writing.revise(version.exercise, by=cast.clinician, now=LONG_AGO)
    writing.publish(draft, by=cast.clinician, now=LONG_AGO)
    assertContains(physio.get("/exercises/wall-sit/"), "Not yet reviewed by a physiotherapist")
    assert version.signatures.get().by == cast.clinician


def test_a_draft_cannot_be_signed(as_user, cast):
    draft = ready_draft(cast.clinic, by=cast.clinician)
    physio = as_user(cast.clinician)
    assert physio.get(of_version(draft, "review")).status_code == 404
    assert press_sign(physio, draft, cast.clinic).status_code == 404
    with pytest.raises(review.NotSignable):
        review.sign(draft, clinic=cast.clinic, by=cast.clinician, now=LONG_AGO)


def test_an_earlier_version_and_a_shared_one_can_be_signed(as_user, cast, version):
    physio = as_user(cast.clinician)
    draft = writing.revise(version.exercise, by=cast.clinician, now=LONG_AGO)
    writing.publish(draft, by=cast.clinician, now=LONG_AGO)
    for one in (version, ExerciseVersionFactory()):
        assertContains(physio.get(of_version(one, "review")), "other clinics do not")
        press_sign(physio, one, cast.clinic)
        assert one.signatures.get().by == cast.clinician


def test_a_patient_and_another_clinic_cannot_sign(as_user, cast, version):
    for who in (cast.patient, cast.other_clinician, cast.deactivated, cast.stranger):
        assert press_sign(as_user(who), version, cast.clinic).status_code == 404
    assert not version.signatures.exists()


def test_who_has_no_name_is_asked_to_write_it_first(as_user, cast, version):
    cast.clinician.name = " "
    cast.clinician.save()
    physio = as_user(cast.clinician)
    words = "Write your name in your settings first"
    page = physio.get(of_version(version, "review"))
    assertContains(page, words)
    response = physio.post(of_version(version, "review"), {"clinic": cast.clinic.pk}, follow=True)
    assertContains(response, words)
    assert not version.signatures.exists()
