"""Progress as it is seen and printed: after six weeks, and after a year."""

import io
from itertools import cycle

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from patients.models import Assignment
from patients.results import Went
from tests.factories import DayFactory, PatientFactory
from tests.journeys.look import Eye
from tests.patients.past import session_on
from tests.patients.scene import DAY, NOW, TODAY, items_of, log, running
from tests.patients.test_plans import new_version
from tests.pdf import Read

pytestmark = pytest.mark.django_db(transaction=True)
PROGRESS = reverse("today:progress")
A4 = (595, 842)  # points


@pytest.fixture
def plan(request) -> Assignment:
    """Of four exercises, or as many as a test asks for."""
    exercises = getattr(request, "param", 4)
    with time_machine.travel(NOW, tick=True):
        patient = PatientFactory(name="Sam Reed", clinic__name="Riverside Backs")
        yield running(*[{} for _ in range(exercises)], patient=patient)


def live(plan: Assignment, days: int) -> None:
    """So many days until yesterday: each with a session, some at rest, and today with results."""
    for back in range(1, days):
        state = "rest" if back % 7 == 0 else "asked"
        asked = {"asked_min": None, "asked_max": None} if state == "rest" else {}
        day = DayFactory(assignment=plan, on=TODAY - back * DAY, state=state, **asked)
        if state == "asked":
            session_on(day, pain_after=back % 7)
    plan.starts_on = TODAY - (days - 1) * DAY
    plan.save()
    new_version(plan)
    plan.refresh_from_db()
    results = [Went("done"), Went("part", amount=2), Went("skipped"), Went("hurt", pain=5)]
    given = zip(items_of(plan), cycle(results), strict=False)
    log(plan, results={item.pk: how for item, how in given}, pain_after=4)


@pytest.fixture
def eye(plan: Assignment, open_page) -> Eye:
    return open_page("progress", user=plan.patient.user)


@pytest.mark.parametrize("days", [42, 360])
def test_it_prints_on_two_sheets_with_whose_it_is_and_when(plan, eye, days: int) -> None:
    live(plan, days)
    eye.page.goto(PROGRESS)
    expect(eye.page.get_by_role("button", name="Print")).to_be_visible()
    content = eye.page.pdf(prefer_css_page_size=True)
    sheets = PdfReader(io.BytesIO(content)).pages
    assert len(sheets) <= 2
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in sheets} == {A4}
    first, words = Read(content).pages[0], Read(content).text
    assert "Sam Reed · Riverside Backs · printed on 4 May 2026" in first
    for what in ("sessions", "Calendar", "Your pain after sessions", "Each exercise", "all done"):
        assert what in words
    for chrome in ("Print", "Settings", "Show the numbers", "Earlier months", "Need help"):
        assert chrome not in words.replace("printed", "")


@pytest.mark.parametrize("plan", [5, 16], indirect=True)
def test_what_does_not_fit_onto_the_first_sheet_leaves_the_rest_there(plan, eye) -> None:
    live(plan, 42)
    eye.page.goto(PROGRESS)
    first, second = Read(eye.page.pdf(prefer_css_page_size=True)).pages
    assert "Calendar" in first
    assert "Your pain after sessions" in first
    assert "Stretch" in second


def test_every_state_of_it_can_be_read_by_everybody(plan, eye) -> None:
    eye.page.goto(PROGRESS)
    eye.look("nothing-done-yet")
    live(plan, 120)
    eye.page.goto(PROGRESS)
    eye.page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    eye.look("a-third-of-a-year")
    for width, size in ((320, "100%"), (390, "200%")):
        eye.page.set_viewport_size({"width": width, "height": 800})
        eye.page.evaluate("(size) => document.documentElement.style.fontSize = size", size)
        wide = eye.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} px at {width} and {size}"


def test_a_desktop_uses_its_width(plan, eye) -> None:
    live(plan, 42)
    eye.page.set_viewport_size({"width": 1440, "height": 900})
    eye.page.goto(PROGRESS)
    pain = eye.page.locator(".progress-page__pain").bounding_box()
    calendar = eye.page.locator(".progress-page__calendar").bounding_box()
    assert pain
    assert calendar
    assert calendar["x"] >= pain["x"] + pain["width"]
    assert calendar["y"] < pain["y"]
    assert calendar["x"] + calendar["width"] - pain["x"] > 1000
