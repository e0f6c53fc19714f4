"""A warning sign told on a phone that has no network."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from patients.models import Day, WarningSign
from tests.journeys.phone import TODAY
from tests.journeys.stack import wait_until

WAITS = "Saved on this phone. It is not sent yet: call your clinic."
EXERCISES = "[data-exercising], [data-session], .item-card, .exercise"


@pytest.fixture
def warning(day: Day) -> str:
    return reverse("today:warning", args=[day.assignment.patient_id])


@pytest.fixture
def to_exercise_by(day: Day) -> list[str]:
    return [
        TODAY,
        reverse("today:item", args=[day.programme.items.first().pk]),
        reverse("today:session", args=[day.pk, day.programme_id]),
    ]


def tell(page: Page, warning: str) -> None:
    page.goto(warning)
    page.get_by_role("button", name="Stop and tell my clinic").click()


def shows_the_notice(page: Page) -> None:
    expect(page.get_by_text(WAITS)).to_be_visible()
    expect(page.get_by_role("heading", name="Stop: no exercises for now")).to_be_visible()
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    expect(page.locator(EXERCISES)).to_have_count(0)


def is_told() -> bool:
    return WarningSign.objects.exists()


def test_a_sign_told_without_a_network_hides_every_exercise_and_reaches_the_clinic(
    phone, warning, to_exercise_by, open_page, day
) -> None:
    phone.keep()
    tabs = [phone.context.new_page() for _each in to_exercise_by]
    for tab, address in zip(tabs, to_exercise_by, strict=True):
        tab.goto(address)
    phone.cut()
    tell(phone.page, warning)
    shows_the_notice(phone.page)
    phone.eye.look("sign-waits")
    for tab in tabs:  # at once
        shows_the_notice(tab)
    for tab in tabs[1:]:
        tab.close()
    for address in [*to_exercise_by, warning]:  # and on every page that is kept
        phone.go(address)
        shows_the_notice(phone.page)
    phone.page.reload()
    shows_the_notice(phone.page)
    assert not is_told()
    phone.context.set_offline(False)
    wait_until(is_told, "the sign to be sent", patience=20)
    expect(phone.page.get_by_text("We have sent")).to_be_visible()
    [sign] = WarningSign.objects.all()
    clinician = open_page("clinician", user=day.assignment.patient.clinician)
    clinician.page.goto(reverse("caseload:caseload"))
    expect(clinician.page.get_by_text("warning sign").first).to_be_visible()
    assert sign.patient == day.assignment.patient
