"""A phone that can keep passkeys: offered, added, signed in by, removed. Chromium plays the phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import CDPSession, Page, expect

import clock
from accounts.models import Letter, User
from patients.models import Day
from tests.accounts.post import code_in
from tests.factories import PatientFactory
from tests.journeys.conftest import PHONE
from tests.journeys.look import Eye
from tests.journeys.people import press
from tests.journeys.test_confirm import sixteen_minutes_pass

TOUCH = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
OFFER = "Next time without a code or password?"


@pytest.fixture
def sam(day: Day) -> User:
    patient = day.assignment.patient
    patient.welcomed_at = clock.now()
    patient.save()
    return patient.user


@pytest.fixture(autouse=True)
def at_this_address(settings, live_server) -> None:
    settings.SITE_URL = live_server.url


def can_keep_passkeys(page: Page) -> CDPSession:
    phone = page.context.new_cdp_session(page)
    phone.send("WebAuthn.enable")
    phone.number = phone.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH})[
        "authenticatorId"
    ]
    return phone


def by_code(page: Page, user: User, eye: Eye | None = None) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(user.email)
    press(page, "E-mail me a code")
    expect(page.get_by_role("heading", name="Type your code")).to_be_visible()
    letter = Letter.objects.filter(to=user.email).order_by("created_at").last()
    if eye:
        eye.look("code")
    page.locator("[name=code]").fill(code_in(letter))
    press(page, "Sign in")


def sign_out(page: Page) -> None:
    page.goto("/settings/you/")
    press(page, "Sign out")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_offered_after_a_code_added_used_and_removed(open_page, sam: User):
    eye = open_page("patient", viewport=PHONE)
    page = eye.page
    can_keep_passkeys(page)
    by_code(page, sam, eye)
    expect(page.get_by_role("heading", name=OFFER)).to_be_visible()
    eye.look("offer")
    page.get_by_role("link", name="Set it up").click()
    eye.look("add")
    press(page, "Add the passkey")
    expect(page.get_by_text("Done. Next time you can sign in without a code.")).to_be_visible()
    expect(page.get_by_role("heading", name=OFFER)).to_have_count(0)
    sign_out(page)
    eye.look("sign-in")
    press(page, "Sign in with a passkey")
    expect(page).to_have_url(re.compile("/today/$"))
    page.goto("/settings/you/")
    expect(page.get_by_text("This is set as your own.")).to_be_visible()
    eye.look("settings")
    page.goto("/settings/passkeys/")
    eye.look("list")
    page.get_by_role("link", name="Remove").click()
    press(page, "Remove it")
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    sign_out(page)
    press(page, "Sign in with a passkey")
    expect(page.get_by_text("This passkey does not open an account here.")).to_be_visible()


def test_a_phone_that_has_one_says_so(open_page, sam: User):
    page = open_page("patient", user=sam, viewport=PHONE).page
    can_keep_passkeys(page)
    for said in ("Passkeys", "Add a passkey"):
        page.goto("/settings/passkeys/add/")
        press(page, "Add the passkey")
        if said == "Passkeys":
            expect(page.get_by_role("heading", name="My phone")).to_be_visible()
    expect(page.get_by_text("has a passkey for you already.")).to_be_visible()


def test_a_phone_that_is_not_unlocked_opens_nothing(open_page, sam: User):
    page = open_page("patient", user=sam, viewport=PHONE).page
    phone = can_keep_passkeys(page)
    page.goto("/settings/passkeys/add/")
    press(page, "Add the passkey")
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()
    sign_out(page)
    locked = {"authenticatorId": phone.number, "isUserVerified": False}
    phone.send("WebAuthn.setUserVerified", locked)
    press(page, "Sign in with a passkey")
    expect(page.get_by_text("That did not work. Press the button again")).to_be_visible()
    phone.send("WebAuthn.setUserVerified", {**locked, "isUserVerified": True})
    press(page, "Sign in with a passkey")
    expect(page).to_have_url(re.compile("/today/$"))


def test_it_shows_again_who_one_is(open_page, sam: User):
    eye = open_page("patient", user=sam, viewport=PHONE)
    page = eye.page
    can_keep_passkeys(page)
    page.goto("/settings/passkeys/add/")
    press(page, "Add the passkey")
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()
    sixteen_minutes_pass()
    page.get_by_role("link", name="Remove").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    eye.look("confirm")
    press(page, "Use my passkey")
    expect(page.get_by_role("heading", name="Remove a passkey")).to_be_visible()
    eye.look("remove")


def test_a_browser_that_cannot_is_shown_nothing(open_page, sam: User):
    page = open_page("patient", viewport=PHONE).page
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto("/accounts/login/")
    expect(page.get_by_role("button", name="E-mail me a code")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    by_code(page, sam)
    expect(page.get_by_role("heading", name=OFFER)).to_be_hidden()
    page.goto("/settings/passkeys/add/")
    expect(page.get_by_text("This browser cannot make a passkey.")).to_be_visible()
    expect(page.get_by_role("button", name="Add the passkey")).to_be_hidden()


def test_another_patients_phone_opens_their_own_page(open_page, sam: User):
    other = PatientFactory(name="Ana", welcomed_at=clock.now()).user
    page = open_page("patient", user=other, viewport=PHONE).page
    can_keep_passkeys(page)
    page.goto("/settings/passkeys/add/")
    press(page, "Add the passkey")
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()
    sign_out(page)
    press(page, "Sign in with a passkey")
    expect(page).to_have_url(re.compile("/today/$"))
    page.goto("/settings/you/")
    expect(page.get_by_text(other.email).first).to_be_visible()
    expect(page.get_by_text(sam.email)).to_have_count(0)
