"""On the home screen: the browser finds nothing amiss, and the card offers it once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

import clock
from patients.models import Day
from tests.browser import ARGUMENTS, chromium
from tests.journeys.look import Eye
from tests.journeys.people import press, signed_in
from tests.patients.scene import HOUR, log

ON_AN_IPHONE = """
Object.defineProperty(navigator, "standalone", { value: false });
Object.defineProperty(navigator, "maxTouchPoints", { value: 5 });
"""
INSTALLED_THERE = 'Object.defineProperty(navigator, "standalone", { value: true });'
# What a browser does that can put a site among its apps.
OFFERS = """() => {
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  offer.prompt = async () => { window.asked = (window.asked ?? 0) + 1; };
  window.dispatchEvent(offer);
  return offer.defaultPrevented;
}"""


@pytest.fixture
def own_browser(browser: Browser, live_server, day: Day, tmp_path: Path):
    """One that keeps its data, as a patient's: in a private window nothing can be installed."""
    context: BrowserContext = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=chromium(), args=ARGUMENTS, base_url=live_server.url
    )
    yield context
    context.close()


@pytest.mark.parametrize("is_signed_in", [True, False], ids=["Today", "the sign-in"])
def test_the_browser_finds_nothing_that_keeps_it_from_the_home_screen(
    own_browser: BrowserContext, live_server, day: Day, is_signed_in: bool
) -> None:
    if is_signed_in:
        own_browser.add_cookies([signed_in(day.assignment.patient.user, live_server.url)])
    page = own_browser.new_page()
    page.goto(reverse("today:today"))
    ask = page.context.new_cdp_session(page)
    manifest = ask.send("Page.getAppManifest")
    assert manifest["url"].endswith("/manifest.webmanifest")
    assert manifest["errors"] == []
    assert ask.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}


# --- the card


@pytest.fixture
def after_a_session(open_page, day: Day) -> Callable[..., Page]:
    """``after_a_session(script)``: the page after the second one, on a phone as the script says."""
    plan, now = day.assignment, clock.now()
    log(plan, on=day.on, now=now - HOUR)
    second = log(plan, on=day.on, now=now)
    options = {"viewport": {"width": 390, "height": 844}}

    def opened(script: str = "") -> Page:
        eye: Eye = open_page("patient", user=plan.patient.user, **options)
        if script:
            eye.page.add_init_script(script)
        eye.page.goto(reverse("today:session_describe", args=[second.pk]))
        return eye.page

    return opened


def card(page: Page):
    return page.get_by_role("region", name="Put your exercises on your home screen")


def test_a_phone_that_can_do_it_itself_gets_a_button_once(after_a_session) -> None:
    page = after_a_session()
    expect(card(page)).to_be_hidden()
    assert page.evaluate(OFFERS)
    expect(card(page)).to_be_visible()
    expect(card(page).get_by_text("Share")).to_be_hidden()
    Eye(page, "patient").look("install-button")
    press(page, "Put it on my home screen")
    assert page.evaluate("window.asked") == 1
    expect(card(page)).to_be_hidden()
    page.reload()
    assert page.evaluate(OFFERS)  # nor does the browser ask by itself
    expect(card(page)).to_be_hidden()


def test_an_iphone_gets_words_once_and_they_are_put_away(after_a_session) -> None:
    page = after_a_session(ON_AN_IPHONE)
    expect(card(page)).to_contain_text("choose “Add to Home Screen”")
    expect(card(page).get_by_role("button", name="Put it on my home screen")).to_be_hidden()
    Eye(page, "patient").look("install-share")
    press(page, "No, thank you")
    expect(card(page)).to_be_hidden()
    page.reload()
    expect(page.get_by_role("heading", name="How was it?")).to_be_visible()
    expect(card(page)).to_be_hidden()


@pytest.mark.parametrize("script", ["", INSTALLED_THERE], ids=["another browser", "installed"])
def test_elsewhere_and_where_it_is_installed_there_is_none(after_a_session, script: str) -> None:
    page = after_a_session(script)
    if script:
        page.evaluate(OFFERS)
    page.wait_for_load_state("networkidle")
    expect(card(page)).to_be_hidden()


def test_installed_the_handout_leaves_the_page_where_it_is(after_a_session) -> None:
    page = after_a_session(INSTALLED_THERE)
    page.goto(reverse("today:today"))
    for name in ("Print my exercises", "Print them with every picture"):
        with page.expect_download() as saving:
            page.get_by_role("link", name=name).click()
        assert saving.value.suggested_filename == "exercises.pdf"
        assert page.url.endswith(reverse("today:today"))
