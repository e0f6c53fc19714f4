"""The screen of a guided session: every state of it, on every screen, by touch, keyboard and ear."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading
from patients.models import Assignment, Patient
from tests import pseudo
from tests.factories import LONG_AGO
from tests.journeys.guided import COUNT, PHONE, Guided, address
from tests.journeys.look import Eye
from tests.journeys.session_states import GOING_ON, show, states
from tests.journeys.test_guided_session import EVENING, begun
from tests.journeys.test_long_words import TOO_WIDE
from tests.journeys.test_phone_targets import TOO_SMALL

__all__ = ["begun"]
SIZES = [(390, 844), (390, 664), (320, 568), (844, 390), (1440, 900)]
DOSE = {"side": "both", "repetitions_min": 1, "repetitions_max": 2}
NOTE = "Only as far as the knee allows."
LARGE = "document.documentElement.style.fontSize = '200%'"
# Buttons, links and summaries of which some part is not on the screen, or under another one.
OUT_OF_SIGHT = """(which) => [...document.querySelectorAll(which)]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const isOver = one.contains(document.elementFromPoint(x, y));
        return !isOver || left < 0 || top < 0 || right > innerWidth || bottom > innerHeight + 0.5;
    })
    .map((one) => one.outerHTML.slice(0, 120))"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def plan(begun) -> Assignment:
    """Two exercises of the library, the first for both legs."""
    loading.load(library.read(), now=LONG_AGO)
    slugs = ["lying-hamstring-stretch", "bridge"]
    versions = [ExerciseVersion.objects.get(exercise__slug=slug) for slug in slugs]
    doses = [DOSE if version.is_sided else {} for version in versions]
    return begun(
        *({**dose, "exercise_version": v} for dose, v in zip(doses, versions, strict=True))
    )


@pytest.fixture
def screen(plan, open_page) -> Iterator[Callable[..., tuple[Eye, Guided]]]:
    """``screen(**options)``: who looks at it, and the session."""

    def opened(**options) -> tuple[Eye, Guided]:
        eye = open_page("session", user=plan.patient.user, **{**PHONE, **options})
        return eye, Guided(eye.page, EVENING).open(address(plan))

    return opened


def of_size(width: int, height: int) -> dict[str, dict[str, int]]:
    return {"viewport": {"width": width, "height": height}}


def button(led: Guided, name: str) -> Locator:
    return led.page.get_by_role("button", name=name, exact=True)


def small_ones(page: Page) -> list[str]:
    return page.evaluate(TOO_SMALL.replace("() => [", "() => { return [", 1) + "}")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_buttons_of_every_state_are_on_the_screen(screen, size) -> None:
    page = screen(**of_size(*size))[0].page
    wrong = {}
    for state, what in states():
        name = show(page, state, what)
        always = ".session__help a, .session__leave"
        own = ", [data-press]" if state in GOING_ON else ", .session__panel .btn-primary"
        wrong[name] = page.evaluate(OUT_OF_SIGHT, always + own) + small_ones(page)
        assert page.evaluate(SIDEWAYS) <= 0, name
        for one in (".session__help a", ".session__leave"):
            assert page.locator(one).filter(visible=True).count() == 1, name
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=str)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_can_be_read_by_everybody(plan, open_page, size, scheme) -> None:
    options = {**PHONE, **of_size(*size), "color_scheme": scheme}
    eye = open_page("session", user=plan.patient.user, **options)
    eye.page.goto(address(plan))
    expect(eye.page.locator("[data-session]")).to_have_attribute("data-state", "ready")
    for state, what in states():
        name = show(eye.page, state, what)
        eye.check(f"session-{name.replace(' ', '-')}-{size[0]}-{scheme}", scheme=scheme)


@pytest.mark.parametrize("size", [(390, 844), (320, 568)], ids=str)
def test_with_letters_twice_as_large_nothing_covers_what_to_do(screen, size) -> None:
    page = screen(**of_size(*size))[0].page
    page.evaluate(LARGE)
    for state, what in states():
        name = show(page, state, what)
        assert page.evaluate(SIDEWAYS) <= 0, name
        seen = page.locator(".session__cue, .session__panel h2").filter(visible=True)
        if seen.count():
            above, foot = seen.first.bounding_box(), page.locator(".session__foot").bounding_box()
            assert above["y"] + above["height"] <= foot["y"], name
        for cue in page.locator(".session__cue-words").filter(visible=True).all():
            assert cue.bounding_box()["width"] > 200, f"{name}: it breaks within a word"


def test_a_keyboard_is_enough(screen) -> None:
    _eye, led = screen()
    keys, root = led.page.keyboard, led.root
    keys.press("Space")
    led.is_in("count")
    expect(button(led, "Pause")).to_be_focused()
    led.after(COUNT + 1)
    keys.press("Space")
    led.is_in("paused")
    expect(button(led, "Go on")).to_be_focused()
    for name, heading in {
        "This hurts": "How much does it hurt?",
        "Skip": "Leave this out?",
    }.items():
        button(led, name).focus()
        keys.press("Enter")
        expect(led.page.get_by_role("heading", name=heading)).to_be_focused()
        keys.press("Escape")
        led.is_in("count").after(COUNT)
        expect(button(led, "Pause")).to_be_focused()
        keys.press("Enter")
        led.is_in("paused")
    button(led, "End").focus()
    keys.press("Enter")
    keys.press("Tab")
    expect(button(led, "End here")).to_be_focused()
    keys.press("Escape")
    expect(root).to_have_attribute("data-state", "count")


@pytest.mark.parametrize("width", [390, 320])
def test_words_a_third_longer_fit_every_state(speak, plan, screen, width) -> None:
    Patient.objects.update(language=pseudo.CODE)
    page = screen(**of_size(width, 844))[0].page
    wide = {show(page, *state): page.evaluate(TOO_WIDE) for state in states()}
    assert {name: found for name, found in wide.items() if found} == {}
