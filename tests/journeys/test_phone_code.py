"""In the room: the clinician shows a code, the patient's phone scans it, and both say so."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

import clock
from patients.models import Patient
from patients.schedule import local_date
from tests.factories import MembershipFactory, PatientFactory
from tests.journeys.conftest import PHONE
from tests.journeys.look import Eye
from tests.journeys.people import press, where_it_is_noon
from tests.patients.scene import running

DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture
def patient(transactional_db: None, live_server, settings) -> Patient:
    settings.SITE_URL = live_server.url
    physio, now = MembershipFactory(user__name="Priya Shah"), clock.now()
    patient: Patient = PatientFactory(
        clinic=physio.clinic,
        clinician=physio.user,
        user=None,
        email="",
        name="Sam Reed",
        time_zone=where_it_is_noon(),
        welcomed_at=None,
    )
    running(patient=patient, starts_on=local_date(now, patient.zone), now=now)
    return patient


def shown_address(page: Page) -> str:
    """As someone reads it off the screen, to type it."""
    return f"http://{page.locator('.phone-code__address').inner_text()}"


def scan(eye: Eye, address: str) -> None:
    eye.page.goto(address)
    expect(eye.page.get_by_role("heading", level=1)).to_have_text(
        "Open the exercises of Sam on this phone?"
    )


def test_a_phone_is_signed_in_in_the_room(patient, open_page):
    clinic = open_page("clinic", user=patient.clinician, viewport=DESKTOP)
    clinic.page.goto(reverse("caseload:record", args=[patient.pk]))
    expect(clinic.page.get_by_text("Not in yet, no reminders.")).to_be_visible()
    clinic.look("record")
    press(clinic.page, "Sign their phone in, here")
    expect(clinic.page.get_by_role("img", name="The code to scan")).to_be_visible()
    expect(clinic.page.locator("[data-left]")).to_have_text(re.compile(r"4:\d\d"))
    clinic.look("code-shown")
    clinic.page.emulate_media(media="print")
    expect(clinic.page.get_by_role("img", name="The code to scan")).to_be_hidden()
    expect(clinic.page.locator(".phone-code__address")).to_be_hidden()
    expect(clinic.page.get_by_text("The code is not printed")).to_be_visible()
    clinic.page.emulate_media(media="screen")

    phone = open_page("phone", viewport=PHONE)
    scan(phone, shown_address(clinic.page))
    phone.look("asked-on-the-phone")
    press(phone.page, "Open my exercises here")
    expect(phone.page.get_by_text("You are signed in on this phone.")).to_be_visible()

    # Without a press: the page of the clinician asks by itself.
    expect(clinic.page.get_by_text("The phone is signed in:")).to_be_visible(timeout=10_000)
    expect(clinic.page.get_by_role("img", name="The code to scan")).to_have_count(0)
    clinic.look("the-phone-is-in")
    clinic.page.get_by_role("link", name="Back to the record").click()
    expect(clinic.page.get_by_text("Gets in by phone only. No reminders.")).to_be_visible()
    clinic.look("record-by-phone-only")

    press(phone.page, "Skip to my exercises")
    expect(phone.page.get_by_role("button", name="I’ve already done it")).to_be_visible()
    phone.page.goto(reverse("today:settings"))
    expect(phone.page.get_by_text("your clinic shows a new code").first).to_be_visible()
    phone.look("settings-without-an-address")

    another = open_page("another phone", viewport=PHONE)
    used = patient.phone_links.get()
    another.page.goto(reverse("today:phone", args=[used.code_shown]))
    expect(another.page.get_by_role("heading", level=1)).to_have_text("This code has been used")
    another.look("used")
