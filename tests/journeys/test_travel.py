"""A phone in another time zone: Today asks once whether to follow it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from patients.models import Assignment
from tests.factories import PatientFactory
from tests.journeys.look import Eye
from tests.journeys.people import press
from tests.patients.scene import running

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
TODAY_PAGE, SETTINGS = reverse("today:today"), reverse("today:settings")
ASKS = "Your phone says {}. Follow it?"


@pytest.fixture
def plan() -> Assignment:
    return running(patient=PatientFactory(name="Sam Reed", time_zone="Europe/London"))


@pytest.fixture
def start(open_page, plan):
    """``start("Asia/Tokyo")`` opens Today on a phone there; with ``eye`` on the same one, later."""

    def in_zone(zone: str, eye: Eye | None = None, **options) -> Eye:
        user = plan.patient.user
        if eye is not None:
            options["storage_state"] = eye.page.context.storage_state()
        eye = open_page("travel", user=user, viewport=PHONE, timezone_id=zone, **options)
        eye.page.goto(TODAY_PAGE)
        return eye

    return in_zone


def question(eye: Eye, city: str = "Tokyo"):
    return eye.page.get_by_role("heading", name=ASKS.format(city))


def is_not_asked(eye: Eye) -> None:
    expect(eye.page.get_by_role("heading", level=1)).to_be_visible()
    eye.page.wait_for_load_state("networkidle")
    expect(eye.page.locator("[data-travel]")).to_be_hidden()


def test_yes_and_the_way_back(start, plan):
    eye = start("Asia/Tokyo")
    expect(question(eye)).to_be_visible()
    eye.look("asked")
    press(eye.page, "Yes, follow it")
    expect(eye.page.get_by_text("now go by the time in Tokyo")).to_be_visible()
    plan.patient.refresh_from_db()
    assert plan.patient.time_zone == "Asia/Tokyo"
    is_not_asked(eye)
    eye.look("moved")
    press(eye.page, "Go back to London")
    expect(eye.page.get_by_text("now go by the time in London")).to_be_visible()
    plan.patient.refresh_from_db()
    assert plan.patient.time_zone == "Europe/London"
    is_not_asked(eye)  # it was just answered
    assert eye.troubles == []


def test_of_several_records_it_says_whose_days_are_meant(start, plan):
    PatientFactory(user=plan.patient.user, name="Ana Reed")
    eye = start("Asia/Tokyo")
    eye.page.get_by_role("button", name="Sam Reed").click()
    words = "The days and reminders of Sam Reed go by the time in London now."
    expect(eye.page.get_by_text(words)).to_be_visible()
    eye.look("asked-of-several")


def test_not_now_is_for_this_trip(start):
    eye = start("Asia/Tokyo")
    press(eye.page, "Not now")
    expect(eye.page.get_by_text("Everything still goes by the time in London.")).to_be_focused()
    eye.look("not-now")
    eye.page.reload()
    is_not_asked(eye)
    eye = start("America/New_York", eye)
    expect(question(eye, "New York")).to_be_visible()
    press(eye.page, "Not now")
    eye = start("Europe/London", eye)
    is_not_asked(eye)
    eye = start("America/New_York", eye)  # another trip
    expect(question(eye, "New York")).to_be_visible()
    assert eye.troubles == []


def test_never_on_this_phone_until_the_settings_say_otherwise(start):
    eye = start("Asia/Tokyo")
    press(eye.page, "Never on this phone")
    expect(eye.page.get_by_text("This phone will not ask again.")).to_be_focused()
    eye = start("America/New_York", eye)
    is_not_asked(eye)
    eye.page.goto(SETTINGS)
    expect(eye.page.get_by_text("This phone does not ask when you travel.")).to_be_visible()
    eye.look("settings-never")
    press(eye.page, "Ask again")
    expect(eye.page.get_by_text("This phone does not ask when you travel.")).to_be_hidden()
    eye.page.goto(TODAY_PAGE)
    expect(question(eye, "New York")).to_be_visible()
    assert eye.troubles == []


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Isle_of_Man", "Europe/Lisbon", "GB"])
def test_a_clock_that_shows_the_same_is_no_journey(start, zone):
    is_not_asked(start(zone))


def test_without_scripts_nothing_is_asked(start):
    eye = start("Asia/Tokyo", java_script_enabled=False)
    expect(eye.page.locator("[data-travel]")).to_be_hidden()
