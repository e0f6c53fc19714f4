"""A guided session for who does not look at it, or sees no movement, or has no scripts."""

import re

from playwright.sync_api import Locator, Page, expect

from patients.results import Went
from tests.journeys.guided import BACK, COUNT, MOVE, PHONE, address, went
from tests.journeys.test_session_screen import begun, plan, screen

__all__ = ["begun", "plan", "screen"]
SAID = """() => {
    const place = document.querySelector("[data-announce]");
    window.said = [];
    new MutationObserver(() => place.textContent && window.said.push(place.textContent))
        .observe(place, { childList: true, characterData: true, subtree: true });
}"""
SHAPES = """() => [...document.querySelectorAll("[data-current] [data-moving] .drawing path")]
    .map((shape) => shape.getAttribute("d") + shape.getAttribute("transform")).join()"""
SHARE = "document.querySelector('[data-session]').style.getPropertyValue('--share')"


def test_each_phase_is_announced_once_and_no_second_is(screen) -> None:
    _eye, led = screen()
    led.page.evaluate(SAID)
    led.press("ready").after(COUNT + MOVE + 20 + BACK)
    assert led.page.evaluate("window.said") == [
        "Get ready.",
        "Right leg: Move slowly.",
        "Hold for 20 seconds.",
        "And back.",
        "One more? Press One more, or wait.",
    ]
    status = led.page.get_by_role("status").filter(has_text="One more?")
    expect(status).to_have_count(1)


def test_what_is_heard_of_a_state_is_what_can_be_done_in_it(screen) -> None:
    _eye, led = screen()
    led.press("ready").after(COUNT + 1)
    heard = led.page.locator("main").aria_snapshot()
    for name in ("Pause", "Back", "Skip", "This hurts", "End"):
        assert f'button "{name}"' in heard, name
    assert 'link "Need help or feeling worse?"' in heard
    assert "I’m ready" not in heard
    assert not re.search(r': "?\d+"?$', heard, re.MULTILINE)  # no seconds
    figure = led.page.get_by_role("img").filter(visible=True)
    expect(figure).to_have_accessible_name(re.compile("knee"))
    led.press("hurt")
    heard = led.page.locator("main").aria_snapshot()
    assert 'heading "How much does it hurt?" [level=2]' in heard
    for name in ("0 ?, no pain", "3 ?, mild", "6 ?, moderate", "10 ?, severe"):
        assert re.search(f'button "{name}"', heard), name


def test_with_less_motion_each_phase_is_a_still_and_the_ring_goes_in_steps(screen) -> None:
    _eye, led = screen(reduced_motion="reduce")
    led.press("ready")
    led.page.locator("[data-current] [data-moving]").evaluate("(one) => one.player.load().then()")
    led.after(COUNT + 0.2)
    still, share = led.page.evaluate(SHAPES), led.page.evaluate(SHARE)
    led.after(0.6)
    assert led.page.evaluate(SHARE) == share
    led.after(2)
    assert led.page.evaluate(SHARE) > share
    assert led.page.evaluate(SHAPES) == still
    led.after(MOVE - 2.8 + 20 + 1)
    assert led.page.evaluate(SHAPES) != still


def shown(page: Page) -> Locator:
    """The part of the session that is on the page."""
    return page.locator(".session__exercise, .session__end").filter(visible=True)


def test_without_scripts_exercises_are_pages_with_a_form_at_the_end(plan, open_page) -> None:
    eye = open_page("no scripts", user=plan.patient.user, java_script_enabled=False, **PHONE)
    page = eye.page
    page.goto(address(plan))
    expect(shown(page)).to_have_count(1)
    expect(page.get_by_text("Exercise 1 of 2")).to_be_visible()
    expect(page.get_by_role("link", name="Today")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Exercise 2 of 2")).to_be_visible()
    expect(shown(page)).to_have_count(1)
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_text("Exercise 1 of 2")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Exercise 2 of 2")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", name="How did it go?")).to_be_visible()
    expect(page.locator("[data-press]").filter(visible=True)).to_have_count(0)
    page.get_by_role("button", name="Save this session").click()
    expect(page).to_have_url(re.compile("/today/sessions/"))
    assert went() == [Went("done"), Went("done")]
    assert eye.troubles == []
