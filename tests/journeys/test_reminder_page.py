"""The reminder as it arrived, in a mail program's narrow window, and the page behind its button."""

from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import clock
from outbox.models import State
from patients.models import Day, NotToday, Session
from reminders import tasks
from tests.journeys.look import RULES, SCHEMES, SHOTS
from tests.journeys.people import press
from tests.reminders.test_silence import reminder_of

LETTER_WIDTHS = (320, 480)


@pytest.fixture
def letter(day: Day, smtp_server, live_server, settings) -> EmailMessage:
    """Received by SMTP; its links lead to the server of this test."""
    settings.SITE_URL = live_server.url
    now = clock.now()
    reminder_of(
        day,
        due_at=now,
        expires_at=now + timedelta(hours=2),
        planned_at=now,
        state=State.DUE,
        handed_at=None,
    )
    tasks.deliver()
    [message] = smtp_server.messages
    return message


def open_letter(page: Page, letter: EmailMessage) -> None:
    page.set_content(letter.get_body(("html",)).get_content())


def read(page: Page, name: str) -> None:
    """As mail programs show it: narrow, light or dark, without a script."""
    for width in LETTER_WIDTHS:
        page.set_viewport_size({"width": width, "height": 640})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            if SHOTS:
                Path(SHOTS).mkdir(parents=True, exist_ok=True)
                page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png")
            found = Axe().run(page, options=RULES | {"rules": NO_LANDMARKS})
            assert found.violations_count == 0, found.generate_report()
            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wider) <= 0, f"{name} scrolls sideways at {width} px"
            size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
            assert size >= 16


# A letter is no page: it has neither headings nor landmarks.
NO_LANDMARKS = {
    rule: {"enabled": False} for rule in ("region", "landmark-one-main", "page-has-heading-one")
}


def test_from_the_letter_to_done_and_back(letter: EmailMessage, open_page, day: Day) -> None:
    sam = open_page("reminder")
    page = sam.page
    open_letter(page, letter)
    expect(page.get_by_text("there are 2 or 3 sessions today")).to_be_visible()
    read(page, "letter")
    page.get_by_role("link", name="Open my page").click()
    expect(page.get_by_text("0 of 2–3 done")).to_be_visible()
    sam.look("asked")
    assert not Session.objects.exists()

    press(page, "I’ve done it")
    expect(page.get_by_text("Saved. Well done.")).to_be_visible()
    expect(page.get_by_text("1 of 2–3 done")).to_be_visible()
    sam.look("saved")
    page.reload()
    assert Session.objects.not_undone().count() == 1
    press(page, "Undo")
    expect(page.get_by_text("Taken back. It does not count.")).to_be_visible()
    sam.look("taken-back")
    assert not Session.objects.not_undone().exists()
    assert sam.troubles == []


def test_not_today_because_of_pain(letter: EmailMessage, open_page, day: Day) -> None:
    sam = open_page("not-today")
    page = sam.page
    open_letter(page, letter)
    page.get_by_role("link", name="Open my page").click()
    press(page, "I have pain")
    expect(page.get_by_text("No more reminders come today.")).to_be_visible()
    sam.look("pain")
    assert NotToday.objects.get().reason == NotToday.Reason.PAIN
    page.get_by_role("link", name="Read when to get help").click()
    expect(page.get_by_role("heading", name="Need help or feeling worse?")).to_be_visible()
    sam.look("help")
    assert sam.troubles == []


def test_why_it_came(letter: EmailMessage, open_page, day: Day) -> None:
    record = day.assignment.patient
    sam, physio = open_page("why", user=record.user), open_page("why-physio", user=record.clinician)
    sam.page.goto("/reminders/")
    sam.page.get_by_role("link", name="Why did I get, or not get, a reminder?").click()
    expect(sam.page.get_by_text("We sent you a reminder at")).to_be_visible()
    sam.look("page")
    physio.page.goto(f"/reminders/patients/{record.pk}/")
    expect(physio.page.get_by_text("The mail server has taken it.")).to_be_visible()
    physio.look("page")
    assert sam.troubles == physio.troubles == []


def test_without_scripts_and_cookies_one_tap_still_saves(
    letter: EmailMessage, open_page, day: Day
) -> None:
    sam = open_page("plain", java_script_enabled=False)
    open_letter(sam.page, letter)
    sam.page.get_by_role("link", name="Open my page").click()
    expect(sam.page.get_by_role("button", name="I’ve done it")).to_be_visible()
    sam.page.context.clear_cookies()
    press(sam.page, "I’ve done it")
    expect(sam.page.get_by_text("Saved. Well done.")).to_be_visible()
    assert Session.objects.not_undone().count() == 1
