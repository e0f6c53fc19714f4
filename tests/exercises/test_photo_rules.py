"""What the database itself refuses about photos."""

import pytest
from django.db import connection

from exercises.models import Photo, Shown
from tests.exercises.photos import draft_of, publish, with_photos
from tests.exercises.test_constraints import refused
from tests.factories import LONG_AGO, ClinicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    return with_photos(draft_of(ClinicFactory()), "Lying down", "Leg up")


def test_a_photo_without_words(shown):
    refused(lambda: Shown.objects.filter(pk=shown[0].pk).update(words=""), "shown_has_words")


def test_a_photo_twice(shown):
    again = {"version": shown[0].version, "photo": shown[0].photo, "position": 3, "words": "x"}
    refused(lambda: Shown.objects.create(**again), "shown_once")


def test_two_photos_in_one_place(shown):
    def move():
        Shown.objects.filter(pk=shown[0].pk).update(position=2)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS shown_position_once IMMEDIATE")

    refused(move, "shown_position_once")


def test_the_photos_of_what_is_published_stay(shown):
    publish(shown[0].version)
    another = Photo.objects.create(
        clinic=shown[0].photo.clinic,
        file="another.webp",
        width=1,
        height=1,
        uploaded_by=shown[0].photo.uploaded_by,
        uploaded_at=LONG_AGO,
    )
    place = {"version": shown[0].version, "photo": another, "position": 3, "words": "x"}
    refused(lambda: Shown.objects.create(**place), "shown_stays")
    refused(lambda: Shown.objects.filter(pk=shown[0].pk).update(words="y"), "shown_stays")
