"""A patient sees the photos of what they were given, and no others."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from exercises.models import ExerciseVersion
from tests.exercises.photos import draft_of, publish, with_photos
from tests.factories import PatientFactory
from tests.patients.scene import given_photo

pytestmark = pytest.mark.django_db


def where(item, photo_id) -> str:
    return reverse("today:item_photo", args=[item.pk, photo_id])


def test_their_own(cast, as_user):
    item, shown = given_photo(cast.record)
    response = as_user(cast.patient).get(where(item, shown.photo_id))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]


def test_not_by_the_address_for_staff(cast, as_user):
    _, shown = given_photo(cast.record)
    address = reverse("exercises:photo", args=[shown.photo_id])
    assert as_user(cast.patient).get(address).status_code == 404


def test_not_another_photo_of_the_clinic(cast, as_user):
    item, _ = given_photo(cast.record)
    [other] = with_photos(draft_of(cast.clinic))
    assert as_user(cast.patient).get(where(item, other.photo_id)).status_code == 404


def test_not_what_another_patient_was_given(cast, as_user):
    item, shown = given_photo(cast.record)
    theirs, other = given_photo(PatientFactory(clinic=cast.clinic))
    patient = as_user(cast.patient)
    assert patient.get(where(theirs, other.photo_id)).status_code == 404
    assert patient.get(where(item, other.photo_id)).status_code == 404
    assert patient.get(where(theirs, shown.photo_id)).status_code == 404


def test_the_photo_they_were_given_stays_when_the_exercise_moves_on(cast, as_user):
    item, shown = given_photo(cast.record)
    version = shown.version
    following = draft_of(cast.clinic, exercise=version.exercise, number=2)
    [newer] = with_photos(following)
    publish(following)
    patient = as_user(cast.patient)
    assert patient.get(where(item, shown.photo_id)).status_code == 200
    assert patient.get(where(item, newer.photo_id)).status_code == 404


def test_with_two_records_and_none_chosen(cast, as_user):
    """A picture cannot ask whose page it is on."""
    item, shown = given_photo(cast.record)
    PatientFactory(user=cast.patient)
    assert as_user(cast.patient).get(where(item, shown.photo_id)).status_code == 200


def test_their_page_points_to_their_own_address(cast):
    item, shown = given_photo(cast.record)
    version = ExerciseVersion.objects.prefetch_related("shown__photo").get(pk=shown.version_id)
    content = render_to_string("exercises/_photos.html", {"version": version, "own_item": item})
    assert f'src="{where(item, shown.photo_id)}"' in content
    assert "/exercises/" not in content
