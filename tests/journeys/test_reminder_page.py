"""The reminder as it arrived, in a mail program's narrow window, and the page behind its button."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

import clock
from accounts.models import User
from outbox import delivery
from outbox.models import State
from patients.models import Day, NotToday, Pause, Session, WarningSign
from patients.schedule import local_date
from reminders.models import Reminder
from tests.factories import PatientFactory
from tests.journeys.look import RULES, SCHEMES, SHOTS, Eye
from tests.patients.scene import running
from tests.reminders.test_silence import reminder_of

LETTER_WIDTHS = (320, 480)


def where_it_is_noon() -> str:
    """A zone whose midnight is far off, whenever this runs."""
    east = 12 - clock.now().hour
    return f"Etc/GMT{-east:+d}"  # these are named by the hours to the west


@pytest.fixture
def day(transactional_db: None) -> Day:
    """Today, of somebody who has just begun."""
    now = clock.now()
    patient = PatientFactory(
        name="Sam Reed", clinic__name="Riverside Backs", time_zone=where_it_is_noon()
    )
    today = local_date(now, patient.zone)
    return running(patient=patient, starts_on=today, now=now).days.get(on=today)


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
    delivery.deliver(Reminder.objects.all(), clock=clock.now)
    [message] = smtp_server.messages
    return message


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Eye]]:
    """``open_page("who")``: a browser of their own; signed in if a ``user`` is given."""
    contexts = []

    def someone(who: str, *, user: User | None = None, **options) -> Eye:
        context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        if user is not None:
            context.add_cookies([signed_in(user, live_server.url)])
        return Eye(context.new_page(), who)

    yield someone
    for context in contexts:
        context.close()


def signed_in(user: User, url: str):
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


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

    press(page, "Done")
    expect(page.get_by_text("Saved. Well done.")).to_be_visible()
    expect(page.get_by_text("1 of 2–3 done")).to_be_visible()
    sam.look("saved")
    page.reload()
    assert Session.objects.kept().count() == 1
    press(page, "Undo")
    expect(page.get_by_text("Taken back. It does not count.")).to_be_visible()
    sam.look("taken-back")
    assert not Session.objects.kept().exists()
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
    expect(page.get_by_role("textbox", name="E-mail address")).to_be_visible()
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
    sam.page.context.clear_cookies()
    press(sam.page, "Done")
    expect(sam.page.get_by_text("Saved. Well done.")).to_be_visible()
    assert Session.objects.kept().count() == 1


def test_a_warning_sign_from_the_help_page_to_the_clinicians_check(day: Day, open_page) -> None:
    record = day.assignment.patient
    sam = open_page("sign", user=record.user)
    page = sam.page
    page.goto("/help/")
    page.get_by_role("link", name="I have one of these signs").click()
    expect(page.get_by_role("link", name="Call 999")).to_be_visible()
    sam.look("call-first")
    press(page, "Pause and tell my clinic")
    expect(page.get_by_role("heading", name="Your exercises are paused")).to_be_visible()
    sam.look("told")
    page.goto("/today/")
    sam.look("today")

    physio = open_page("sign-physio", user=record.clinician)
    physio.page.goto("/patients/")
    expect(physio.page.get_by_text("Told us of a warning sign").first).to_be_visible()
    physio.look("caseload")
    physio.page.get_by_role("link", name="Sam Reed").first.click()
    expect(physio.page.get_by_role("button", name="Checked: go on")).to_be_visible()
    physio.look("record")
    press(physio.page, "Checked: go on")
    expect(physio.page.get_by_text("Checked. The programme goes on.")).to_be_visible()
    assert WarningSign.objects.get().checked_by == record.clinician
    assert not Pause.objects.exists()
    assert sam.troubles == physio.troubles == []
