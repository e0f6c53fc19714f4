"""The one sheet: what it holds, how many pages it takes, and that nothing is torn apart."""

import pytest
import time_machine
from django.urls import reverse

from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading
from programmes.safety import Sign, when_to_stop
from tests.exercises.photos import draft_of, publish, with_photos
from tests.factories import LONG_AGO, ClinicFactory, PatientFactory
from tests.patients.scene import NOW, running
from tests.pdf import Read

pytestmark = pytest.mark.django_db
DEMO = ("pelvic-tilt", "heel-slide", "lying-hamstring-stretch")
FOUNDING = ("lying-hamstring-stretch", "figure-four-stretch", "tummy-tightening")
SEVEN = (*DEMO, "bridge", "cat-camel", "walking", "knee-rolls")
NOTE = "Do this one on the bed in the morning. Go slowly, and stop at the first stretch."
NEARLY_EMPTY = 60  # words
FORMS = ("compact", "long")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sheet(as_user):
    """``sheet(slugs, note=…, country=…, form=…)``: what the patient prints, read back."""
    loading.load(library.read(), now=LONG_AGO)

    def read(slugs, *, note=NOTE, country="GB", form="compact") -> Read:
        clinic = ClinicFactory(country=country, name="Riverside", telephone="+442079460958")
        versions = {v.exercise.slug: v for v in ExerciseVersion.objects.select_related("exercise")}
        items = [{"exercise_version": versions[slug], "note": note} for slug in slugs]
        patient = running(*items, patient=PatientFactory(clinic=clinic)).patient
        answer = as_user(patient.user).get(reverse("today:own_handout"), {"form": form})
        return Read(answer.content)

    return read


@pytest.mark.parametrize("country", ["GB", "US"])
@pytest.mark.parametrize("slugs", [DEMO, FOUNDING], ids=["demo", "founding"])
def test_three_exercises_with_notes_take_one_sheet(sheet, slugs, country):
    read = sheet(slugs, country=country)
    assert len(read.pages) == 1
    assert read.is_accessible


@pytest.mark.parametrize("slugs", [DEMO[:1], DEMO, SEVEN], ids=["1", "3", "7"])
@pytest.mark.parametrize("form", FORMS)
def test_no_last_page_is_nearly_empty_and_cautions_stand_with_their_exercise(sheet, slugs, form):
    read = sheet(slugs, form=form)
    assert len(read.pages) == 1 or len(read.pages[-1].split()) > NEARLY_EMPTY
    for slug in slugs:
        version = ExerciseVersion.objects.current().get(exercise__slug=slug)
        [page] = [page for page in read.pages if f". {version.name} " in page]
        for caution in version.cautions:
            assert caution in page


def test_both_forms_say_all_that_protects(sheet):
    """Stop signs, numbers, dose, side, cautions, who asks first, and who chose it."""
    for form in FORMS:
        text = sheet(DEMO, form=form, note="My own note.").text
        version = ExerciseVersion.objects.current().get(exercise__slug=DEMO[2])
        for words in (
            *(str(sign.label) for sign in Sign),
            *when_to_stop(bends_backwards=False)["lines"],
            *("Call 999", "Call 111", "020 7946 0958", "Hold for 20 to 30 seconds."),
            *("Right leg.", "My own note.", "Chosen for you by", "Ask first if"),
            *(version.steps if form == "long" else version.cues),
            *(*version.cautions, *version.ask_first_if, version.on_paper),
        ):
            assert words in text
        assert "Source" not in text


def test_a_long_note_is_never_cut(sheet):
    read = sheet(DEMO, note="Every word of this counts. " * 60)
    assert read.text.count("Every word of this counts.") == 60 * 3


@pytest.mark.parametrize(("country", "height"), [("GB", 842), ("US", 792)])
def test_the_paper_of_the_country(sheet, country, height):
    for form in FORMS:
        page = sheet(DEMO[:1], country=country, form=form).reader.pages[0]
        assert round(page.mediabox.height) == height


def test_a_photo_stands_where_nothing_is_drawn(as_user):
    patient = PatientFactory()
    draft = draft_of(patient.clinic)
    with_photos(draft, "One leg up", "Both legs up")
    publish(draft)
    running({"exercise_version": draft}, patient=patient)
    read = Read(as_user(patient.user).get(reverse("today:own_handout")).content)
    assert read.picture_words == ["One leg up"]
    assert len(read.pages) == 1


def test_rest_days_are_marked(as_user):
    plan = running({"weekdays": [0, 2, 4]})
    read = Read(as_user(plan.patient.user).get(reverse("today:own_handout")).content)
    assert read.text.count("rest rest rest rest") == 1


@pytest.mark.parametrize("page", ["today:today", "caseload:record"])
def test_both_forms_are_one_press_away(as_user, page):
    patient = running().patient
    own = page == "today:today"
    client = as_user(patient.user if own else patient.clinician)
    content = client.get(reverse(page, args=[] if own else [patient.pk])).content.decode()
    handout = reverse(*(["today:own_handout"] if own else ["caseload:handout", None, [patient.pk]]))
    assert f'href="{handout}"' in content
    assert f'href="{handout}?form=long"' in content
