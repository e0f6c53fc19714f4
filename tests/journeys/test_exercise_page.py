"""One exercise on a screen and on paper: read without scripts, and printed whole."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading
from tests.factories import LONG_AGO, PatientFactory
from tests.journeys.look import Eye
from tests.patients.scene import items_of, running

DETAIL = "/exercises/lying-hamstring-stretch/"
A4 = rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]"
COUNTED = "() => { window.opened = 0; window.print = () => { window.opened += 1; }; }"


@pytest.fixture
def physio(transactional_db: None) -> User:
    loading.load(library.read(), now=LONG_AGO)
    return PatientFactory().clinician


@pytest.fixture
def own_page(physio: User) -> tuple[User, str]:
    """A patient, and the address of the exercise they were given for their left leg."""
    version = ExerciseVersion.objects.get(exercise__slug="lying-hamstring-stretch")
    patient = PatientFactory(clinic=physio.clinics_as_staff().get(), clinician=physio)
    item = {"exercise_version": version, "side": "left", "note": "Slowly, please."}
    plan = running(item, patient=patient)
    return patient.user, reverse("today:item", args=[items_of(plan)[0].pk])


@pytest.fixture
def opened(open_page) -> Iterator[Callable[..., Eye]]:
    """``opened(user, address)``: the page as that person sees it, with motion unless refused."""
    eyes = []

    def page(user: User, address: str, **options) -> Eye:
        motion = {"reduced_motion": "no-preference", **options}
        eyes.append(open_page("exercise", user=user, **motion))
        eyes[-1].page.goto(address)
        return eyes[-1]

    yield page
    assert [eye.troubles for eye in eyes] == [[] for _ in eyes]


@pytest.mark.parametrize("who", ["physio", "patient"])
def test_it_can_be_read_without_scripts(opened, physio: User, own_page, who: str) -> None:
    user, address = (physio, DETAIL) if who == "physio" else own_page
    page = opened(user, address, java_script_enabled=False).page
    expect(page.locator(".steps--drawn .drawing")).to_have_count(8)
    expect(page.locator(".moving .figure .drawing")).to_be_visible()
    for name in ("Pause", "Play", "Print"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


def test_the_ladder_is_climbed_by_keyboard(opened, physio: User) -> None:
    page = opened(physio, DETAIL).page
    page.get_by_role("link", name="Harder Doorway hamstring stretch").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Doorway hamstring stretch")
    expect(page.locator(".ladder [aria-current]")).to_contain_text("Doorway hamstring stretch")


@pytest.mark.parametrize("who", ["physio", "patient"])
def test_it_prints_on_two_sheets_at_most(
    opened, physio: User, own_page, who: str, tmp_path: Path
) -> None:
    user, address = (physio, DETAIL) if who == "physio" else own_page
    page = opened(user, address, color_scheme="dark").page
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for shown in (
        ".steps--drawn svg",
        ".steps--drawn p",
        ".how__mind",
        "text=Chosen for you" if who == "patient" else "text=Paul Boxcer",
    ):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (
        "button",
        ".moving",
        ".back",
        "nav",
        ".ladder",
        ".where-used",
        ".page-head__actions",
        "text=Not yet reviewed",
        "text=Who should ask first",
    ):
        for found in page.locator(hidden).all():
            expect(found).not_to_be_visible()
    for told in ("Ask first if", "Why it may help", "What goes well with it", "When to move on"):
        expect(page.get_by_text(told, exact=True).locator("visible=true")).to_have_count(1)
    assert page.evaluate(
        "[...document.querySelectorAll('.steps > li')].every("
        "(step) => getComputedStyle(step).breakInside === 'avoid')"
    )
    sheet = page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    assert 1 <= len(re.findall(A4, sheet)) <= 2


def test_a_button_opens_the_printing(opened, physio: User) -> None:
    page = opened(physio, DETAIL).page
    page.evaluate(COUNTED)
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.opened") == 1
