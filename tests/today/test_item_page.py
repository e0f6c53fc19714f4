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
    SignatureFactory,
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

    def page(version, patient=None, **fields) -> str:
        plan = running({"exercise_version": version, **fields}, patient=patient)
        address = reverse("today:item", args=[items_of(plan)[0].pk])
        assert version.exercise.slug not in address
        response = as_user(plan.patient.user).get(address)
        assert response.status_code == 200
        page = " ".join(response.content.decode().split())
        # The caption of the moving figure repeats the steps for the eye alone.
        return re.sub(r'<div class="moving__steps".*?(?=<div class="moving__buttons")', "", page)

    return page


def test_all_that_is_needed_in_the_order_it_is_needed(opened, founding):
    page = opened(founding, side="left", note="Slowly, please.")
    wanted = [
        "<h1>Lying hamstring stretch</h1>",
        founding.summary,
        "Hold for 20 to 30 seconds. Do this 2 or 3 times.",
        "Left leg.",
        "2 or 3 times a day.",
        "Slowly, please.",
        *founding.steps,
        founding.feel,
        *founding.cautions,
        *("Ask first if", "you have a new hip (hip replacement)", "your leg pain flares up easily"),
        "you are pregnant",
        "Stop if it hurts",
        *("Why it may help", founding.why_for_patient),
        *("What goes well with it", founding.beside_for_patient),
        *("When to move on", founding.progress),
        "Chosen for you by",
    ]
    places = [page.index(words) for words in wanted]
    assert places == sorted(places)


def test_both_sides_are_said_as_each_leg(opened, founding):
    page = opened(founding, side="both")
    assert "Hold for 20 to 30 seconds. Do this 2 or 3 times with each leg." in page
    assert "side" not in re.search(r'<p class="patient-view__dose">(.*?)</p>', page)[1]


def test_nothing_for_clinicians_is_shown(opened, founding):
    page = opened(founding, side="left")
    for words in (founding.why[0], founding.beside, founding.on_paper, "reviewed"):
        assert words not in page
    for words in ("Where it is used", "From easier to harder", "/exercises/"):
        assert words not in page


def test_the_title_names_no_exercise(opened, founding):
    assert "<title>Exercise · Homestretch</title>" in opened(founding, side="left")


@pytest.mark.parametrize("signed", [True, False])
def test_whether_it_is_reviewed_is_for_staff(opened, signed):
    clinic, version = ClinicFactory(), ExerciseVersionFactory()
    if signed:
        SignatureFactory(version=version, clinic=clinic, name="Amira Khan")
    page = opened(version, patient=PatientFactory(clinic=clinic))
    assert "review" not in page.lower()
    assert "Amira Khan" not in page


def test_one_without_words_of_its_own_has_no_empty_headings(opened):
    page = opened(ExerciseVersionFactory())
    for words in ("Why it may help", "What goes well", "When to move on", "Ask first if"):
        assert words not in page


BOTH_LEGS = "Stop if both legs ache, go numb or go weak. If it does not pass at once, get help."


@pytest.mark.parametrize(("flexes", "is_told"), [("backward", True), ("forward", False)])
def test_bending_backwards_stops_when_both_legs_go_weak(opened, flexes, is_told):
    assert (BOTH_LEGS in opened(ExerciseVersionFactory(flexes=flexes))) is is_told


def test_a_note_is_words_never_markup(opened):
    assert "&lt;b&gt;Slowly&lt;/b&gt;" in opened(ExerciseVersionFactory(), note="<b>Slowly</b>")


def test_a_clinics_photos_come_by_way_of_the_item(as_user):
    draft = draft_of(ClinicFactory())
    shown = with_photos(draft, "One leg up")[0]
    publish(draft)
    patient = PatientFactory(clinic=draft.exercise.clinic)
    item = items_of(running({"exercise_version": draft}, patient=patient))[0]
    phone = as_user(patient.user)
    page = phone.get(reverse("today:item", args=[item.pk])).content.decode()
    address = reverse("today:item_photo", args=[item.pk, shown.photo_id])
    assert f'src="{address}" alt="One leg up"' in page
    assert phone.get(address).status_code == 200
    assert "/exercises/" not in page


def test_one_number_of_queries_for_any_exercise(as_user, founding, django_assert_num_queries):
    """Session, person, two for the roles, the records, the item and its photos; three for
    who chose it: the plan, its versions, the role of that person."""
    for version in (ExerciseVersionFactory(), founding):
        plan = running({"exercise_version": version, "side": "left"})
        phone = as_user(plan.patient.user)
        address = reverse("today:item", args=[items_of(plan)[0].pk])
        phone.get(address)  # the first page keeps whose it is
        with django_assert_num_queries(10):
            phone.get(address)
