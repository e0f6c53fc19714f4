"""A session's page while its script is on the way, and where the script never comes."""

import re

from playwright.sync_api import Page, Route, expect

from tests.journeys.guided import PHONE, address
from tests.journeys.test_guided_session import ONE, begun

__all__ = ["begun"]
SCRIPT = re.compile(r"/session[^/]*\.js(\?|$)")
MOVING = {**PHONE, "reduced_motion": "no-preference"}


def waits(page: Page) -> bool:
    """Whether it is one of the pages that are seen a moment later."""
    hides = """() => document.querySelector("[data-session]").getAnimations().some((animation) =>
        animation.effect.getKeyframes().every(({ visibility }) => visibility === "hidden"))"""
    return page.evaluate(hides)


def test_nothing_is_shown_that_the_script_is_about_to_move(begun, open_page) -> None:
    plan = begun(ONE)
    page = open_page("opens", user=plan.patient.user, **MOVING).page
    held: list[Route] = []
    page.route(SCRIPT, lambda route: held.append(route))
    page.goto(address(plan), wait_until="commit")
    page.wait_for_selector("[data-session]", state="attached")
    assert waits(page)
    held[0].continue_()
    expect(page.locator("[data-session]")).to_have_attribute("data-state", "ready")
    assert not waits(page)
    expect(page.get_by_role("button", name="I’m ready")).to_be_visible()


def test_where_the_script_never_comes_the_exercises_are_pages(begun, open_page) -> None:
    plan = begun(ONE)
    page = open_page("opens", user=plan.patient.user, **MOVING).page
    page.route(SCRIPT, lambda route: route.abort())
    page.goto(address(plan))
    expect(page.get_by_role("link", name="Next")).to_be_visible()
