"""One exercise in full, as its patient reads it."""

import re

import pytest
import time_machine
from django.urls import reverse

from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading
from tests.exercises.photos import draft_of, publish, with_photos
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseVersionFactory,
    PatientFactory,
    UserFactory,
)
from tests.patients.scene import NOW, items_of, running

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def founding() -> ExerciseVersion:
    loading.load(library.read(), now=LONG_AGO)
    return ExerciseVersion.objects.get(exercise__slug="lying-hamstring-stretch")


@pytest.fixture
def opened(as_user):
    """``opened(version, side="left")``: the page of an item of this exercise."""

    def page(version, **fields) -> str:
        plan = running({"exercise_version": version, **fields})
        address = reverse("patients:item", args=[items_of(plan)[0].pk])
        assert version.exercise.slug not in address
        response = as_user(plan.patient.user).get(address)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return page


def test_all_that_is_needed_in_the_order_it_is_needed(opened, founding):
    page = opened(founding, side="left", note="Slowly, please.")
    wanted = [
        "<h1>Lying hamstring stretch</h1>",
        "Hold for 20 to 30 seconds. Do this 2 or 3 times.",
        "Left leg.",
        "2 or 3 times a day.",
        "Slowly, please.",
        *founding.steps,
        founding.feel,
        *founding.cautions,
        "Stop if it hurts",
        f"Source: {founding.source}",
        "Not yet reviewed by a physiotherapist",
    ]
    places = [page.index(words) for words in wanted]
    assert places == sorted(places)


def test_both_sides_are_said_as_each_leg(opened, founding):
    page = opened(founding, side="both")
    assert "Hold for 20 to 30 seconds. Do this 2 or 3 times with each leg." in page
    assert "side" not in re.search(r'<p class="patient-view__dose">(.*?)</p>', page)[1]


def test_nothing_for_clinicians_is_shown(opened, founding):
    page = opened(founding, side="left")
    for words in ("Why it may help", "Where it is used", "From easier to harder", "/exercises/"):
        assert words not in page


def test_the_title_names_no_exercise(opened, founding):
    assert "<title>Exercise · Homestretch</title>" in opened(founding, side="left")


def test_a_signed_version_says_by_whom(opened):
    version = ExerciseVersionFactory(
        reviewed_by=UserFactory(name="Amira Khan"), reviewed_on=LONG_AGO.date()
    )
    assert "Reviewed by Amira Khan, 5 January 2026, version 1" in opened(version)


def test_a_note_is_words_never_markup(opened):
    assert "&lt;b&gt;Slowly&lt;/b&gt;" in opened(ExerciseVersionFactory(), note="<b>Slowly</b>")


def test_a_clinics_photos_come_by_way_of_the_item(as_user):
    draft = draft_of(ClinicFactory())
    shown = with_photos(draft, "One leg up")[0]
    publish(draft)
    patient = PatientFactory(clinic=draft.exercise.clinic)
    item = items_of(running({"exercise_version": draft}, patient=patient))[0]
    phone = as_user(patient.user)
    page = phone.get(reverse("patients:item", args=[item.pk])).content.decode()
    address = reverse("patients:item_photo", args=[item.pk, shown.photo_id])
    assert f'src="{address}" alt="One leg up"' in page
    assert phone.get(address).status_code == 200
    assert "/exercises/" not in page


def test_one_number_of_queries_for_any_exercise(as_user, founding, django_assert_num_queries):
    """Session, person, two for the roles, the records, the item and its photos."""
    for version in (ExerciseVersionFactory(), founding):
        plan = running({"exercise_version": version, "side": "left"})
        phone = as_user(plan.patient.user)
        address = reverse("patients:item", args=[items_of(plan)[0].pk])
        with django_assert_num_queries(7):
            phone.get(address)
