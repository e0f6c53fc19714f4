"""One reminder for two people, with cookies blocked and scripts off; and after "I've done it" a score."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

import clock
from outbox.models import State
from patients.models import Day, Session
from patients.schedule import local_date
from reminders import services, tasks
from tests.factories import PatientFactory
from tests.journeys.people import press, where_it_is_noon
from tests.patients.scene import running
from tests.reminders.test_silence import reminder_of


@pytest.fixture
def two(transactional_db: None) -> list[Day]:
    """Today of two children at one address, in two clinics."""
    now, zone = clock.now(), where_it_is_noon()
    first = PatientFactory(name="Ana Reed", clinic__name="Riverside", time_zone=zone)
    other = PatientFactory(name="Ben Reed", user=first.user, time_zone=zone)
    today = local_date(now, first.zone)
    return [
        running(patient=patient, starts_on=today, now=now).days.get(on=today)
        for patient in (first, other)
    ]


@pytest.fixture
def letter(two: list[Day], smtp_server, live_server, settings) -> dict[str, str]:
    """Where it leads, as received by SMTP: the links of its words, and of its head."""
    settings.SITE_URL = live_server.url
    now = clock.now()
    due = {"due_at": now, "expires_at": now + timedelta(hours=2), "planned_at": now}
    for day in two:
        reminder_of(day, **due, state=State.DUE, handed_at=None)
    tasks.deliver()
    [message] = smtp_server.messages
    html = message.get_body(("html",)).get_content()
    opened, change = re.findall(rf'href="({live_server.url}/reminders/[^"]+)"', html)
    stop = message["List-Unsubscribe"].strip("<>")
    return {"open": opened, "change": change, "stop": stop}


def keep_no_cookies(page: Page) -> list[str]:
    """As a mail program's own browser: none goes along and none is kept. Says which were offered."""
    offered: list[str] = []

    def without(route: Route) -> None:
        headers = {k: v for k, v in route.request.headers.items() if k not in {"cookie"}}
        route.continue_(headers=headers)

    page.route("**/*", without)
    page.on("response", lambda got: offered.extend(_cookies(got)))
    return offered


def _cookies(response) -> list[str]:
    return [each["value"] for each in response.headers_array() if each["name"] == "set-cookie"]


def of(page: Page, name: str):
    return page.locator("section.panel", has=page.get_by_role("heading", name=name, exact=True))


def test_each_is_ticked_off_and_stopped_without_cookie_or_script(letter, open_page, two) -> None:
    family = open_page("two", java_script_enabled=False)
    page = family.page
    offered = keep_no_cookies(page)
    page.goto(letter["open"])
    expect(of(page, "Ana").get_by_text("0 of 2–3 done")).to_be_visible()
    of(page, "Ben").get_by_role("button", name="I’ve done it").click()
    expect(page.get_by_role("heading", name="Hello Ben")).to_be_visible()
    page.locator("[name=pain]").nth(3).check()
    press(page, "Save")
    expect(page.get_by_text("Your number is saved.")).to_be_visible()
    page.get_by_role("link", name="Back to the list").click()
    expect(of(page, "Ben").get_by_text("1 of 2–3 done")).to_be_visible()
    [session] = Session.objects.all()
    assert (session.day_id, session.pain_after) == (two[1].pk, 3)

    page.goto(letter["change"])
    page.get_by_role("link", name="Ana").click()
    page.get_by_label("Not at all").check()
    press(page, "Save")
    expect(page.get_by_text("Reminders are off.")).to_be_visible()
    press(page, "Undo")
    expect(page.get_by_text("Reminders come at the usual times")).to_be_visible()

    page.goto(letter["stop"])
    press(page, "Stop reminders")
    expect(page.get_by_text("No more reminders will come for Ana and Ben.")).to_be_visible()
    assert not any(services.chosen(day.assignment.patient).is_on for day in two)
    assert offered == page.context.cookies() == []


def test_what_they_look_like(letter, open_page, two) -> None:
    family = open_page("letter")
    page = family.page
    page.goto(letter["open"])
    family.look("list")
    of(page, "Ana").get_by_role("link", name="Open").click()
    family.look("asked")
    page.get_by_role("link", name="Start now").click()
    expect(page.get_by_role("heading", name="Sign in to start")).to_be_visible()
    family.look("start")
    press(page, "I’ve done it")
    expect(page.get_by_text("How is your pain now?")).to_be_visible()
    family.look("saved")
    press(page, "Save")
    expect(page.get_by_text("Choose a number from 0 to 10.")).to_be_visible()
    family.look("no-number")
    page.locator("[name=pain]").nth(2).check()
    press(page, "Save")
    expect(page.get_by_text("Your number is saved.")).to_be_visible()
    family.look("scored")
    page.get_by_text("Your number is saved.").click()
    page.locator("[name=pain]").nth(8).check()
    press(page, "Save")
    expect(page.get_by_role("heading", name="That was too much pain. Rest now")).to_be_visible()
    family.look("much")
    page.get_by_role("link", name="Back to the list").click()
    family.look("list-after")
    page.goto(letter["change"])
    family.look("change")
    page.goto(letter["stop"])
    family.look("stop")
    press(page, "Stop reminders")
    family.look("stopped")
    assert family.troubles == []


def test_who_is_signed_in_as_somebody_else_can_still_tick_off(letter, open_page, two) -> None:
    lee = open_page("lee", user=PatientFactory(user__email="lee@example.org").user)
    lee.page.goto(letter["open"])
    of(lee.page, "Ana").get_by_role("link", name="Open").click()
    lee.page.get_by_role("link", name="Start now").click()
    expect(lee.page.get_by_text("You are signed in as lee@example.org.")).to_be_visible()
    lee.look("not-yours")
    press(lee.page, "I’ve done it")
    expect(lee.page.get_by_text("Saved. Well done.")).to_be_visible()
    assert Session.objects.get().day_id == two[0].pk
