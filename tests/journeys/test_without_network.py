"""What a page says and does while the phone has no network."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from patients.models import Day, NotToday
from patients.services import sessions
from tests.factories import ClinicFactory, PatientFactory
from tests.journeys.phone import TODAY, Phone
from tests.patients.scene import log, running

NO_NETWORK = "No network. This page was kept on this phone on"
NEEDS_ONE = "That needs a network. Please try again when there is one."
PROGRESS = reverse("today:progress")


@pytest.fixture
def child(day: Day):
    """A second record of the same account, with a programme of its own."""
    patient = PatientFactory(
        clinic=ClinicFactory(name="Hillside"),
        user=day.assignment.patient.user,
        name="Mia Reed",
        time_zone=day.assignment.patient.time_zone,
    )
    now = day.assignment.assigned_at
    return running(patient=patient, starts_on=day.on, now=now)


def test_today_says_since_when_it_is_on_the_phone(phone: Phone) -> None:
    phone.keep()
    expect(phone.page.get_by_text(NO_NETWORK)).to_be_hidden()
    phone.cut().go()
    line = phone.page.get_by_text(NO_NETWORK)
    expect(line).to_be_visible()
    expect(line).to_have_text(re.compile(r"on \w+day \d+ \w+ at \d\d:\d\d\.$"))
    phone.eye.look("today-without-network")


def test_what_needs_a_network_says_so_and_leads_into_no_wall(phone: Phone) -> None:
    phone.keep().cut().go()
    progress = phone.page.get_by_role("link", name="Progress")
    expect(progress).to_have_attribute("aria-disabled", "true")
    progress.click(force=True)
    expect(phone.page.get_by_text(NEEDS_ONE)).to_be_visible()
    assert phone.page.url.endswith(TODAY)


def test_what_is_kept_can_be_opened_from_today(phone: Phone) -> None:
    phone.keep().cut().go()
    for name in ("Need help or feeling worse?", "Start"):
        link = phone.page.get_by_role("link", name=name).first
        expect(link).not_to_have_attribute("aria-disabled", "true")
        link.click()
        expect(phone.page.get_by_role("heading", name="No network")).to_have_count(0)
        phone.go()


def test_a_page_that_was_open_says_so_as_the_network_goes_and_comes(phone: Phone) -> None:
    phone.keep().go(reverse("today:settings"))
    phone.cut()
    expect(phone.page.get_by_text("No network just now.")).to_be_visible()
    progress = phone.page.get_by_role("link", name="Progress")
    expect(progress).to_have_attribute("aria-disabled", "true")
    phone.context.set_offline(False)
    expect(phone.page.get_by_text("No network just now.")).to_be_hidden()
    progress.click()
    expect(phone.page).to_have_url(re.compile(PROGRESS))


def test_a_form_that_needs_a_network_stays_as_it_is(phone: Phone, day: Day) -> None:
    sessions.say_not_today(
        day,
        reason=NotToday.Reason.values[0],
        by=day.assignment.patient.user,
        now=day.assignment.assigned_at,
    )
    phone.keep().cut()
    phone.page.get_by_role("button", name="Undo “not today”").click()
    expect(phone.page.get_by_text(NEEDS_ONE)).to_be_visible()
    assert phone.page.url.endswith(TODAY)


def test_a_kept_page_is_fetched_again_once_there_is_a_network(phone: Phone, day: Day) -> None:
    phone.keep().cut().go()
    expect(phone.page.get_by_text("0 of 2–3 done today")).to_be_visible()
    log(day.assignment, on=day.on, now=day.assignment.assigned_at)
    phone.context.set_offline(False)
    expect(phone.page.get_by_text("1 of 2–3 done today")).to_be_visible()
    expect(phone.page.get_by_text(NO_NETWORK)).to_be_hidden()


def test_whose_page_it_is_to_be_can_be_chosen_without_a_network(
    phone: Phone, day: Day, child
) -> None:
    phone.go()
    phone.page.get_by_role("button", name="Mia Reed").click()
    phone.keep().cut().go()
    expect(phone.page.get_by_role("heading", name="Who is exercising now?")).to_be_visible()
    for record in (day.assignment.patient, child.patient):
        phone.page.get_by_role("button", name=record.name).click()
        expect(
            phone.page.get_by_role("heading", name=f"Hello, {record.addressed_as}")
        ).to_be_visible()
        expect(phone.page.get_by_text(record.clinic.name).first).to_be_visible()
        phone.page.get_by_role("link", name="Change").click()
