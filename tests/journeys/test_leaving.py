"""Signing out with sessions that are not sent yet: sent, discarded, or not signed out at all."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from patients.models import Day, Session
from tests.journeys.look import Eye
from tests.journeys.modules import call, serve_scripts
from tests.journeys.people import press
from tests.journeys.phones import (
    on_this_phone,
    queue_of,
    tick_without_a_network,
    with_a_network,
)
from tests.journeys.saving import wait_for

PHONE = {"width": 390, "height": 844}
SECRET = "The left knee clicked."
ENDPOINT = "**/offline/sessions/"


@pytest.fixture
def eye(day: Day, open_page: Callable[..., Eye]) -> Eye:
    """Today is open, and a session of it waits on this phone."""
    eye = open_page("patient", user=day.assignment.patient.user, viewport=PHONE)
    eye.page.goto("/today/")
    tick_without_a_network(eye.page, SECRET)
    return eye


@pytest.fixture
def page(eye: Eye) -> Page:
    """Back on the network, which carries nothing of it yet: the page about oneself is open."""
    page = eye.page
    page.route(ENDPOINT, lambda route: route.abort())
    with_a_network(page)
    page.goto("/settings/you/")
    return page


def sign_out(page: Page) -> None:
    press(page, "Sign out")


def dialog(page: Page):
    return page.get_by_role("dialog", name="1 session is not sent yet")


def choose(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def is_signed_out(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def nothing_is_left(page: Page) -> None:
    left = on_this_phone(page)
    assert SECRET not in left
    assert queue_of(page) == []


def test_send_now_sends_it_and_then_signs_out(page: Page) -> None:
    sign_out(page)
    expect(dialog(page)).to_be_visible()
    page.unroute(ENDPOINT)
    choose(page, "Send now")
    is_signed_out(page)
    nothing_is_left(page)
    assert Session.objects.get().note == SECRET


def test_discard_asks_nothing_more_and_leaves_nothing(page: Page, eye: Eye) -> None:
    sign_out(page)
    expect(dialog(page)).to_be_visible()
    eye.look("unsent")
    choose(page, "Discard and sign out")
    is_signed_out(page)
    nothing_is_left(page)
    assert not Session.objects.exists()


def test_staying_changes_nothing(page: Page) -> None:
    sign_out(page)
    choose(page, "Stay signed in")
    expect(dialog(page)).to_have_count(0)
    assert SECRET in on_this_phone(page)
    sign_out(page)
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert SECRET in on_this_phone(page)


def test_by_keyboard_the_focus_stays_in_what_is_asked(page: Page) -> None:
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 session is not sent yet")).to_be_focused()
    for name in ("Send now", "Discard and sign out", "Stay signed in"):
        page.keyboard.press("Tab")
        expect(dialog(page).get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_focused()


def test_what_cannot_be_sent_now_is_said_and_stays(page: Page, eye: Eye) -> None:
    page.route(ENDPOINT, lambda route: route.fulfill(status=500, body=""))
    sign_out(page)
    choose(page, "Send now")
    asked = page.get_by_role("dialog", name="You are still signed in")
    expect(asked).to_contain_text("It is still on this phone")
    eye.troubles.clear()  # the answer that was ordered
    eye.look("not-everything-sent")
    assert SECRET in on_this_phone(page)


def test_without_a_network_nobody_signs_out_and_nothing_is_lost(page: Page, eye: Eye) -> None:
    page.context.set_offline(True)
    sign_out(page)
    choose(page, "Discard and sign out")
    expect(page.get_by_role("dialog", name="You are still signed in")).to_be_visible()
    eye.look("no-network")
    assert SECRET in on_this_phone(page)
    choose(page, "Stay signed in")
    with_a_network(page)
    page.reload()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_what_was_refused_is_shown_before(page: Page, eye: Eye, day: Day) -> None:
    day.delete()
    sign_out(page)
    page.unroute(ENDPOINT)  # not before: what waits is tried again every few seconds
    choose(page, "Send now")
    asked = page.get_by_role("dialog", name="This was not taken")
    expect(asked.get_by_text(SECRET)).to_be_visible()
    eye.look("refused")
    asked.get_by_role("button", name="Sign out").click()
    is_signed_out(page)
    nothing_is_left(page)


def test_a_warning_sign_that_waits_is_said_first(page: Page, day: Day) -> None:
    serve_scripts(page)
    sign = {"kind": "sign", "client_id": str(uuid4()), "record": str(day.assignment.patient_id)}
    call(page, "offline/queue.js", "add", sign)
    sign_out(page)
    expect(page.get_by_role("dialog", name="A warning sign is not sent yet")).to_be_visible()


def test_another_tab_keeps_nothing_either(page: Page) -> None:
    other = page.context.new_page()
    other.route(ENDPOINT, lambda route: route.abort())
    other.goto("/today/")
    sign_out(page)
    choose(page, "Discard and sign out")
    is_signed_out(page)
    other.reload()
    is_signed_out(other)
    nothing_is_left(other)


def test_with_nothing_unsent_nothing_is_asked(day: Day, open_page: Callable[..., Eye]) -> None:
    page = open_page("patient", user=day.assignment.patient.user, viewport=PHONE).page
    page.goto("/settings/you/")
    sign_out(page)
    is_signed_out(page)
    wait_for(lambda: not page.context.cookies() or "left" not in str(page.context.cookies()))
