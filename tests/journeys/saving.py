"""What journeys of saving share: the notice, what the browser keeps, a sign-in in a new tab."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.factories import PASSWORD
from tests.journeys.look import Eye
from tests.journeys.people import press

DESKTOP = {"width": 1440, "height": 900}
KEPT = "Object.entries(localStorage).filter(([key]) => key.startsWith('kept:')).map(([, v]) => v)"


def look(eye: Eye, name: str) -> None:
    """htmx tells the console of each refusal, which is what this is about."""
    eye.troubles = [words for words in eye.troubles if "Response Status Error" not in words]
    eye.look(name)


def notice(page: Page):
    return page.locator("[data-not-saved]")


def open_dose(page: Page) -> None:
    """The fields of the only exercise in the builder."""
    page.locator(".dose-card__dose > summary").click()
    expect(page.get_by_label("Note for the patient")).to_be_visible()


def kept(page: Page) -> str:
    return "".join(page.evaluate(KEPT))


def sign_in(page: Page, user: User) -> None:
    """In a new tab, by the notice's own link; the tab is closed as its last page says."""
    with page.expect_popup() as opened:
        notice(page).get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("E-mail address").fill(user.email)
    tab.get_by_role("textbox", name="Password").fill(PASSWORD)
    press(tab, "Sign in")
    expect(tab.get_by_text("You can close this tab and go on where you were.")).to_be_visible()
    tab.close()


def wait_for(found: Callable[[], bool]) -> None:
    """Until what was sent has been stored."""
    for _ in range(100):
        if found():
            return
        time.sleep(0.1)
    raise AssertionError("waited in vain")
