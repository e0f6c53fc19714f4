"""The page that goes on for ever: saved, opened from disk with the network cut, ticked off."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

import clock
from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading
from tests.factories import LONG_AGO, PatientFactory
from tests.journeys.look import Eye
from tests.journeys.test_moving_figure import moves, shapes
from tests.patients.scene import running

SLUGS = ("lying-hamstring-stretch", "bridge", "bird-dog")
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@pytest.fixture
def file(open_page, transactional_db: None, tmp_path: Path) -> Path:
    """What the patient saves by the link on Today, the person's name being an attack."""
    loading.load(library.read(), now=LONG_AGO)
    versions = ExerciseVersion.objects.filter(exercise__slug__in=SLUGS)
    patient = PatientFactory(name="</script><script>alert(1)</script>")
    now = clock.now()
    running(
        *({"exercise_version": version} for version in versions),
        patient=patient,
        starts_on=now.date(),
        now=now,
    )
    page = open_page("patient", user=patient.user).page
    page.goto(reverse("today:today"))
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save my exercises as a file").click()
    assert saving.value.suggested_filename == "exercises.html"
    path = tmp_path / "exercises.html"
    saving.value.save_as(path)
    return path


@pytest.fixture
def from_disk(browser: Browser, file: Path) -> Iterator[Callable[..., Page]]:
    """``from_disk()``: opened years later, with no network; it must ask for nothing."""
    contexts, asked = [], []

    def opened(**options) -> Page:
        context = browser.new_context(
            offline=True, **{"reduced_motion": "no-preference", **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: asked.append(message.text))
        page.on("pageerror", lambda error: asked.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert set(asked) == {file.as_uri()}


def test_it_moves_and_stands_still_when_told_to(from_disk) -> None:
    page = from_disk()
    assert moves(page)
    for figure in page.locator("[data-moving]").all():
        figure.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(300)
    before = shapes(page)
    page.wait_for_timeout(1000)
    assert shapes(page) == before
    page.locator("[data-moving]").first.get_by_role("button", name="Next step").click()
    assert shapes(page) != before


def test_it_rests_for_those_who_like_less_motion(from_disk) -> None:
    assert not moves(from_disk(reduced_motion="reduce"), within=3000)


def test_it_can_be_read_and_ticked_without_scripts(from_disk) -> None:
    page = from_disk(java_script_enabled=False)
    assert page.locator("[data-moving] .drawing path").count() > len(SLUGS)
    expect(page.get_by_role("button")).to_have_count(0)
    page.get_by_role("checkbox").first.check()


def test_ticks_stay_and_the_table_can_be_started_again(from_disk) -> None:
    page = from_disk()
    boxes, empty = page.get_by_role("checkbox"), page.get_by_role("button", name="Start the table")
    expect(empty).to_be_hidden()
    for number in (0, 4):
        boxes.nth(number).check()
    expect(page.get_by_text("Your ticks stay in this browser on this device.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(boxes.nth(4)).to_be_checked()
    empty.click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    page.get_by_role("button", name="Put my ticks back").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)


def test_a_browser_that_keeps_nothing_says_so(from_disk) -> None:
    page = from_disk()
    page.add_init_script(
        """Object.defineProperty(window, "localStorage", { get() { throw new Error("no"); } })"""
    )
    page.reload()
    expect(page.get_by_text("This browser does not keep your ticks.")).to_be_visible()


def test_it_reads_well_on_a_phone_and_at_a_desk(from_disk) -> None:
    page = from_disk(reduced_motion="reduce")
    Eye(page, "patient").look("keepsake")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for pressed in page.get_by_role("button").all() + page.locator(".ticks label").all():
        if pressed.is_visible():
            box = pressed.bounding_box()
            assert min(box["width"], box["height"]) >= 44
    days = page.locator(".ticks__week").first.locator(".ticks__day")
    assert tuple(days.all_inner_texts()) == NAMES
