"""The library at work: it answers while one types, and the address remembers what was asked."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from exercises.models import Favourite
from tests.factories import ExerciseVersionFactory, MembershipFactory
from tests.journeys.look import Eye

DESKTOP = {"width": 1440, "height": 900}
LIBRARY = [
    ("Lying hamstring stretch", {"regions": ["back of thigh"], "muscles": ["hamstrings"]}),
    ("Calf stretch at the wall", {"regions": ["calf"], "equipment": ["wall"]}),
    ("Bridge", {"regions": ["buttock", "low back"], "exercise__kind": "strength"}),
]


@pytest.fixture
def clinician(transactional_db: None) -> User:
    for name, columns in LIBRARY:
        ExerciseVersionFactory(name=name, **columns)
    return MembershipFactory().user


@pytest.fixture
def open_library(open_page, clinician: User) -> Iterator:
    """``open_library()`` is the library in a browser in which the clinician is signed in."""
    eyes = []

    def opened(**options) -> Eye:
        eye = open_page("library", user=clinician, **{"viewport": DESKTOP, **options})
        eyes.append(eye)
        eye.page.goto("/exercises/")
        return eye

    yield opened
    for eye in eyes:
        assert eye.troubles == []


def shown(page: Page):
    return page.locator(".tile h2")


def press(page: Page, name: str) -> None:
    """A part of the body on the map. Its middle may lie between two legs: left of it, then."""
    part = page.locator("#body-map a").filter(has=page.locator("title", has_text=name)).first
    expect(part.locator("use")).to_be_visible()  # its file has come
    size = part.locator("use").bounding_box()
    assert size
    part.locator("use").click(position={"x": size["width"] / 4, "y": size["height"] / 2})


def test_results_come_while_one_types(open_library) -> None:
    library = open_library()
    page = library.page
    page.evaluate("window.stayed = true")
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Find an exercise")
    expect(box).to_be_focused()
    page.keyboard.type("hamsting")
    expect(shown(page)).to_have_text(["Lying hamstring stretch"])
    expect(page.get_by_role("status").filter(has_text="1 exercise")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=hamsting"))
    expect(box).to_be_focused()
    assert page.evaluate("window.stayed")
    library.look("typed")
    box.focus()
    page.keyboard.press("Escape")
    expect(shown(page)).to_have_count(3)
    expect(box).to_have_value("")


def test_map_boxes_and_chips_say_the_same(open_library) -> None:
    library = open_library()
    page = library.page
    press(page, "Calf")
    expect(shown(page)).to_have_text(["Calf stretch at the wall"])
    expect(page.get_by_role("checkbox", name="Calf")).to_be_checked()
    press(page, "Buttock")
    expect(shown(page)).to_have_text(["Bridge", "Calf stretch at the wall"])
    page.get_by_role("link", name="Remove: Calf").click()
    expect(shown(page)).to_have_text(["Bridge"])
    expect(page.get_by_role("checkbox", name="Calf")).not_to_be_checked()
    expect(page.locator(".body-map__part--chosen title").first).to_have_text("Buttock")
    library.look("narrowed")
    page.get_by_role("link", name="Clear all").click()
    expect(shown(page)).to_have_count(3)


def test_a_filter_is_fetched_when_it_is_opened_and_counts_on(open_library) -> None:
    page = open_library().page
    needed = page.locator("#facet-equipment-group")
    expect(needed.get_by_role("checkbox")).to_have_count(0)
    needed.locator("summary").first.press("Enter")
    wall = needed.get_by_role("checkbox", name="Wall")
    wall.check()
    expect(shown(page)).to_have_text(["Calf stretch at the wall"])
    page.get_by_role("searchbox", name="Find an exercise").fill("hamstring")
    expect(shown(page)).to_have_count(0)
    expect(wall).to_be_checked()
    expect(needed.locator("label", has_text="Wall")).to_contain_text("0")


def test_going_back_brings_back_what_was_asked(open_library) -> None:
    page = open_library().page
    box = page.get_by_role("searchbox", name="Find an exercise")
    box.fill("stretch")
    expect(shown(page)).to_have_count(2)
    page.get_by_role("checkbox", name="Back of thigh").check()
    expect(shown(page)).to_have_count(1)
    page.get_by_role("link", name="Lying hamstring stretch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lying hamstring stretch")
    page.go_back()
    expect(shown(page)).to_have_text(["Lying hamstring stretch"])
    expect(box).to_have_value("stretch")
    expect(page.get_by_role("checkbox", name="Back of thigh")).to_be_checked()
    page.go_back()
    expect(shown(page)).to_have_count(2)
    expect(box).to_have_value("stretch")
    expect(page.get_by_role("checkbox", name="Back of thigh")).not_to_be_checked()
    page.go_back()
    expect(shown(page)).to_have_count(3)
    expect(box).to_have_value("")


def test_keys_alone_mark_and_find_a_favourite(open_library) -> None:
    page = open_library().page
    star = page.get_by_role("button", name="Favourite: Bridge")
    expect(star).to_have_attribute("aria-pressed", "false")
    star.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()
    box = page.get_by_role("checkbox", name="Favourites")
    box.press("Space")
    expect(shown(page)).to_have_text(["Bridge"])
    expect(box).to_be_focused()
    expect(page.get_by_role("checkbox", name="Favourites 1")).to_be_checked()
    assert Favourite.objects.get().exercise.versions.get().name == "Bridge"


def test_on_a_phone_the_filters_wait_behind_a_word(open_library) -> None:
    library = open_library(viewport={"width": 390, "height": 844}, has_touch=True)
    page = library.page
    box = page.get_by_role("checkbox", name="Calf")
    expect(box).not_to_be_visible()
    page.get_by_text("Filters", exact=True).tap()
    box.check()
    expect(shown(page)).to_have_text(["Calf stretch at the wall"])
    expect(box).to_be_visible()  # it stays open
    library.look("filters")


def test_without_scripts(open_library) -> None:
    page = open_library(java_script_enabled=False).page
    box = page.get_by_role("searchbox", name="Find an exercise")
    box.fill("back of leg")
    page.get_by_role("button", name="Search").click()
    expect(shown(page)).to_have_text(["Lying hamstring stretch"])
    page.get_by_role("button", name="Favourite: Lying hamstring stretch").click()
    expect(page).to_have_url(re.compile("q=back"))
    box.fill("")
    page.get_by_role("checkbox", name="Favourites").check()
    page.get_by_role("button", name="Show what fits").click()
    expect(shown(page)).to_have_text(["Lying hamstring stretch"])
    press(page, "Calf")
    expect(page.get_by_text("No exercise found")).to_be_visible()
