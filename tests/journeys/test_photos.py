"""A clinic's own photos, from a camera's file to the patient's phone."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from exercises.models import ExerciseVersion
from patients.models import Patient
from tests.exercises.photos import draft_of
from tests.factories import PatientFactory
from tests.journeys.look import Eye
from tests.patients.scene import items_of, running
from tests.pictures.files import picture_file
from tests.pictures.test_sanitiser import SVG, lying

FLAT, STEEP = "Back flat on the wall", "Knees above the ankles"


@pytest.fixture
def patient(transactional_db: None) -> Patient:
    return PatientFactory()


@pytest.fixture
def draft(patient: Patient) -> ExerciseVersion:
    return draft_of(
        patient.clinic,
        name="Wall sit",
        is_sided=False,
        position="standing",
        feel="The front of your thighs works.",
        regions=["front of thigh"],
    )


@pytest.fixture
def open_as(open_page) -> Callable[[User, str], Eye]:
    """``open_as(user, "who")``: a browser in which somebody is signed in."""
    return lambda user, who: open_page(who, user=user)


def choose(page: Page, number: int, content: bytes, words: str) -> None:
    """Fill in one row; every file is called like a photo."""
    row = page.get_by_role("group", name=f"Photo {number}", exact=True)
    file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content}
    row.locator("input[type=file]").set_input_files(file)
    row.get_by_label("What the photo shows").fill(words)


def seen(page: Page) -> list[str]:
    """The words of the photos on the page, each of which really arrived."""
    photos = page.locator("img.photo")
    for photo in photos.all():
        photo.scroll_into_view_if_needed()
        expect(photo).to_have_js_property("complete", True)
        assert photo.evaluate("image => image.naturalWidth") > 0
    return photos.evaluate_all("images => images.map(image => image.alt)")


def add_photos(physio: Eye, draft: ExerciseVersion) -> None:
    """Two photos, one refused first; turned round, worded anew and published."""
    page = physio.page
    page.goto(f"/exercises/drafts/{draft.pk}/")
    page.get_by_role("link", name="Add photos").click()
    page.get_by_role("heading", name="Photos", exact=True).wait_for()
    choose(page, 1, SVG, STEEP)
    choose(page, 2, lying("JPEG"), FLAT)
    page.get_by_role("button", name="Add photos").click()

    wrong = page.get_by_role("group", name="Photo 1", exact=True)
    expect(wrong.locator(".invalid-feedback")).to_contain_text(
        "This is not a picture that we can show"
    )
    expect(wrong.get_by_label("What the photo shows")).to_have_value(STEEP)
    assert seen(page) == [FLAT]
    physio.look("refused")
    choose(page, 1, picture_file("PNG", size=(300, 500)), STEEP)
    with page.expect_navigation():
        page.get_by_role("button", name="Add photos").click()
    expect(page.get_by_text("Photo added.")).to_be_visible()
    assert seen(page) == [FLAT, STEEP]

    page.get_by_role("button", name=f"Move up: {STEEP}").click()
    expect(page.locator("img.photo").first).to_have_attribute("alt", STEEP)
    card = page.locator(f"#photo-{draft.shown.get(words=FLAT).pk}")
    card.get_by_label("What the photo shows").fill("Turned upright")
    card.get_by_role("button", name="Save words").click()
    expect(page.get_by_text("Words saved.")).to_be_visible()
    physio.look("page")
    page.get_by_role("link", name="Wall sit").click()
    assert seen(page) == [STEEP, "Turned upright"]
    page.get_by_role("button", name="Publish").click()
    expect(page).to_have_url(re.compile(f"/exercises/{draft.exercise.slug}/"))
    assert seen(page) == [STEEP, "Turned upright"]


def test_from_a_file_to_the_patients_phone(open_as, patient: Patient, draft) -> None:
    physio = open_as(patient.clinician, "photos")
    add_photos(physio, draft)
    plan = running({"exercise_version": draft}, patient=patient)
    theirs = open_as(patient.user, "patient-photos")
    theirs.page.goto(reverse("today:item", args=[items_of(plan)[0].pk]))
    assert seen(theirs.page) == [STEEP, "Turned upright"]
    size = theirs.page.get_by_alt_text("Turned upright").evaluate(
        "image => [image.naturalWidth, image.naturalHeight]"
    )
    assert size == [40, 80]
    theirs.look("item")
    assert physio.troubles == theirs.troubles == []
