"""Each e-mail as a mail program shows it: narrow and wide, light and dark."""

import re

import pytest
import time_machine
from playwright.sync_api import Browser, expect

import clock
from accounts import tasks
from accounts.models import Clinic
from reminders.channels import EMAIL
from tests.accounts.every_mail import MAILS
from tests.journeys.look import SCHEMES, Eye
from tests.reminders import nudging

WIDTHS = (320, 600)
SMALLEST = 44  # px of a button, for a thumb
LONG = "Praxisgemeinschaft-Donaudampfschifffahrtsgesellschaftskapitänin " + "x" * 55


@pytest.fixture
def page(browser: Browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def arrived(smtp_server) -> str:
    tasks.deliver_letters()
    nudging.deliver(clock.now(), by=EMAIL)
    [message] = smtp_server.messages
    return message.get_body(("html",)).get_content()


def look(page, html: str, name: str) -> None:
    eye = Eye(page, "mail")
    page.set_content(html)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            # The rules of a page are asked of its colours only: a mail has no landmarks.
            eye.check(f"{name}-{width}-{scheme}", scheme="dark")
    for button in page.locator(".button-link").all():
        assert button.bounding_box()["height"] >= SMALLEST


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", MAILS)
def test_it_can_be_read_at_any_width_in_light_and_dark(kind, cast, smtp_server, page):
    with time_machine.travel(nudging.MORNING, tick=False):
        MAILS[kind](cast)
        html = arrived(smtp_server)
    look(page, html, kind)
    # Gmail and Outlook leave out the style sheet: its light colours stand, whatever is asked for.
    look(page, re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL), f"{kind}-bare")


@pytest.mark.django_db(transaction=True)
def test_a_long_name_does_not_make_it_wider(cast, smtp_server, page):
    Clinic.objects.update(name_in_mail=LONG)
    cast.clinic.refresh_from_db()
    MAILS["patient_invitation"](cast)
    look(page, arrived(smtp_server), "long-name")
    expect(page.locator(".sender")).to_have_text(LONG)
