"""A figure on a screen: it moves until it is told not to, and tells which step it shows."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading
from tests.factories import LONG_AGO, PatientFactory
from tests.journeys.look import Eye
from tests.patients.scene import items_of, running

DETAIL = "/exercises/lying-hamstring-stretch/"
SOON = 10_000  # milliseconds: it may begin late on a busy machine
PHONE = {"width": 390, "height": 844}
TELLING = "6"  # the step of the picture at rest


@pytest.fixture
def physio(transactional_db: None) -> User:
    loading.load(library.read(), now=LONG_AGO)
    return PatientFactory().clinician


@pytest.fixture
def own_page(physio: User) -> tuple[User, str]:
    """A patient, and the address of the exercise they were given for their left leg."""
    version = ExerciseVersion.objects.get(exercise__slug="lying-hamstring-stretch")
    patient = PatientFactory(clinic=physio.clinics_as_staff().get(), clinician=physio)
    plan = running({"exercise_version": version, "side": "left"}, patient=patient)
    return patient.user, reverse("today:item", args=[items_of(plan)[0].pk])


@pytest.fixture
def opened(open_page) -> Callable[..., Page]:
    """``opened(user, address)``: the page as that person sees it, with motion unless refused."""

    def page(user: User, address: str, **options) -> Page:
        options = {"reduced_motion": "no-preference", **options}
        eye: Eye = open_page("figure", user=user, **options)
        eye.page.goto(address)
        return eye.page

    return page


def figure(page: Page) -> Locator:
    return page.locator("[data-moving]")


def button(page: Page, name: str) -> Locator:
    return figure(page).get_by_role("button", name=name)


def shapes(page: Page) -> str:
    return page.evaluate(
        """() => [...document.querySelectorAll("[data-moving] .drawing path")]
            .map((shape) => shape.getAttribute("d") + shape.getAttribute("transform")).join()"""
    )


def moves(page: Page, within: int = SOON) -> bool:
    """Whether the figure looks different at some time soon."""
    before = shapes(page)
    for _ in range(within // 250):
        page.wait_for_timeout(250)
        if shapes(page) != before:
            return True
    return False


def step(page: Page) -> str:
    """The step that is marked in the caption; in the list it is the same one."""
    told, listed = page.evaluate(
        """() => [".moving__step", ".steps > li"].map((each) =>
            [...document.querySelectorAll(`${each}[data-now]`)].map((now) => now.dataset.step))"""
    )
    assert len(told) == 1
    assert listed in ([], told)
    return told[0]


def test_a_clinician_sees_it_move_and_stops_it(opened, physio: User) -> None:
    page = opened(physio, DETAIL)
    assert moves(page)
    button(page, "Pause").click()
    assert not moves(page, 2_000)
    button(page, "Play").press("Enter")
    assert moves(page)


def test_a_patient_sees_it_move_for_their_side_with_its_letter(opened, own_page) -> None:
    page = opened(*own_page, viewport=PHONE)
    assert moves(page)
    expect(page.locator("[data-moving] .d-letter")).to_have_text("L")
    expect(page.locator("[data-moving] .drawing > g").first).to_have_attribute(
        "transform", "matrix(-1 0 0 1 320 0)"
    )


def test_caption_and_list_mark_the_step_that_is_shown(opened, physio: User) -> None:
    page = opened(physio, DETAIL, viewport=PHONE)
    assert moves(page)
    seen = {step(page)}
    for _ in range(60):
        page.wait_for_timeout(250)
        seen.add(step(page))
    assert len(seen) >= 3
    for each in page.locator("[data-now]").all():
        expect(each).to_be_visible()


def test_nothing_on_the_page_shifts_while_it_plays(opened, physio: User) -> None:
    page = opened(physio, DETAIL, viewport=PHONE)
    below = page.locator(".exercise__key")
    before = below.bounding_box()
    assert moves(page)
    page.wait_for_timeout(3_000)
    assert below.bounding_box() == before


def test_slower_is_a_switch_and_takes_longer(opened, physio: User) -> None:
    page = opened(physio, DETAIL)
    assert moves(page)
    button(page, "Slower").press("Space")
    expect(button(page, "Slower")).to_have_attribute("aria-pressed", "true")
    assert figure(page).evaluate("(figure) => figure.player.player.pace") == 0.5
    assert moves(page)
    button(page, "Slower").click()
    expect(button(page, "Slower")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("who", ["physio", "patient"])
def test_less_motion_is_none_until_asked_for(opened, physio: User, own_page, who: str) -> None:
    user, address = (physio, DETAIL) if who == "physio" else own_page
    page = opened(user, address, reduced_motion="reduce")
    assert not moves(page, 3_000)
    button(page, "Play").click()
    assert moves(page)


def test_less_motion_goes_from_step_to_step_by_buttons(opened, physio: User) -> None:
    page = opened(physio, DETAIL, reduced_motion="reduce")
    assert step(page) == TELLING
    button(page, "Step before").click()
    expect(page.locator(".moving__step[data-now]")).to_have_attribute("data-step", "5")
    status = figure(page).get_by_role("status")
    expect(status).to_contain_text("Step 5 of")
    assert not moves(page, 1_500)
    button(page, "Next step").press("Enter")
    expect(status).to_contain_text(f"Step {TELLING} of")


def test_each_press_goes_one_step_on_wherever_it_was_paused(opened, physio: User) -> None:
    page = opened(physio, DETAIL)
    assert moves(page)
    button(page, "Pause").click()
    paused = int(step(page))
    button(page, "Next step").click()
    expect(page.locator(".moving__step[data-now]")).to_have_attribute(
        "data-step", str(paused % 8 + 1)
    )
    button(page, "Play").click()
    expect(figure(page).get_by_role("status")).to_have_text("")


def test_playing_says_nothing_to_who_listens(opened, physio: User) -> None:
    page = opened(physio, DETAIL)
    assert moves(page)
    page.wait_for_timeout(2_000)
    expect(figure(page).get_by_role("status")).to_have_text("")


def test_out_of_sight_it_stands_still(opened, physio: User) -> None:
    page = opened(physio, DETAIL, viewport=PHONE)
    assert moves(page)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(500)
    assert not moves(page, 3_000)
    page.evaluate("window.scrollTo(0, 0)")
    assert moves(page)


def test_a_script_can_lead_it(opened, physio: User) -> None:
    page = opened(physio, DETAIL, reduced_motion="reduce")
    expect(button(page, "Play")).to_be_visible()
    lead = "(figure, asked) => figure.player.show(asked)"
    figure(page).evaluate(lead, {"phase": "hold", "progress": 0.25, "side": "left"})
    expect(figure(page)).to_have_attribute("data-phase", "hold")
    expect(page.locator("[data-moving] .d-letter")).to_have_text("L")
    assert figure(page).evaluate("(figure) => figure.style.getPropertyValue('--held')") == "0.250"
    expect(button(page, "Play")).not_to_be_visible()
    first = shapes(page)
    figure(page).evaluate(lead, {"phase": "move", "progress": 0.3, "side": "right"})
    expect(figure(page)).to_have_attribute("data-phase", "move")
    assert shapes(page) != first
    figure(page).evaluate("(figure) => figure.player.seek(0, 1)")
    expect(page.locator(".moving__step[data-now]")).to_have_attribute("data-step", "1")


def test_without_a_network_it_rests_and_tries_again(opened, physio: User) -> None:
    page = opened(physio, DETAIL, reduced_motion="reduce")
    page.route("**/motion/**", lambda route: route.abort())
    before = shapes(page)
    button(page, "Play").click()
    expect(button(page, "Play")).to_be_visible()
    assert shapes(page) == before
    page.unroute("**/motion/**")
    button(page, "Play").click()
    assert moves(page)
