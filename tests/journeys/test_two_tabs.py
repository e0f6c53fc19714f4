"""One clinician, two tabs of the builder: both changes are kept, and a conflict is asked about."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from programmes import services
from programmes.models import Item, Programme
from tests.factories import LONG_AGO, ExerciseVersionFactory, MembershipFactory
from tests.journeys.look import Eye
from tests.journeys.saving import open_dose

DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture
def item(transactional_db: None) -> Item:
    """Hold 20 to 30 seconds."""
    physio = MembershipFactory(user__name="Priya Shah")
    draft = services.create(physio.clinic, title="Low back", by=physio.user, now=LONG_AGO)
    version = ExerciseVersionFactory(name="Bridge")
    return services.add_item(draft, version, by=physio.user, now=LONG_AGO)


@pytest.fixture
def tab(item: Item, open_page: Callable[..., Eye]) -> Callable[[], Eye]:
    def opened() -> Eye:
        eye = open_page("builder", user=item.programme.created_by, viewport=DESKTOP)
        eye.page.goto(f"/programmes/{item.programme_id}/")
        open_dose(eye.page)
        return eye

    return opened


def hold(page: Page):
    return page.get_by_label("Hold, at most")


def note(page: Page):
    return page.get_by_label("Note for the patient")


def type_into(field, words: str) -> None:
    """Typed, and left: the page saves it."""
    field.fill(words)
    field.blur()


def test_two_tabs_of_one_programme(item: Item, tab: Callable[[], Eye]) -> None:
    one, other = tab(), tab()
    type_into(hold(one.page), "32")
    expect(one.page.locator("#preview")).to_contain_text("Hold for 20 to 32 seconds.")

    type_into(note(other.page), "Slowly.")
    expect(other.page.locator("#preview")).to_contain_text("Slowly.")
    expect(other.page.locator("#preview")).to_contain_text("Hold for 20 to 32 seconds.")
    expect(hold(other.page)).to_have_value("32")  # shown, without a reload
    item.refresh_from_db()
    assert (item.hold_seconds_max, item.note) == (32, "Slowly.")

    type_into(hold(other.page), "34")
    expect(other.page.locator("#preview")).to_contain_text("Hold for 20 to 34 seconds.")
    type_into(hold(one.page), "28")
    asked = "In another tab you set this to 34. Here you set it to 28."
    expect(one.page.get_by_text(asked)).to_be_visible()
    item.refresh_from_db()
    assert item.hold_seconds_max == 34
    expect(note(one.page)).to_have_value("Slowly.")
    one.look("conflict")

    one.page.get_by_role("button", name="Use 28").click()
    expect(one.page.get_by_text(asked)).to_be_hidden()
    expect(one.page.locator("#preview")).to_contain_text("Hold for 20 to 28 seconds.")
    type_into(hold(other.page), "40")
    other.page.get_by_role("button", name="Keep 28").click()
    expect(hold(other.page)).to_have_value("28")
    item.refresh_from_db()
    assert item.hold_seconds_max == 28


def test_what_is_being_typed_is_never_replaced(item: Item, tab: Callable[[], Eye]) -> None:
    one, other = tab(), tab()
    type_into(hold(one.page), "32")
    expect(one.page.locator("#preview")).to_contain_text("Hold for 20 to 32 seconds.")
    page = other.page
    page.get_by_label("Repeat, at most").fill("5")
    hold(page).focus()  # the change of the other field is on its way
    expect(page.locator("#preview")).to_contain_text("Up to 5 when that is easy.")
    expect(hold(page)).to_have_value("30")
    hold(page).press("End")
    hold(page).press("Backspace")
    hold(page).press("9")
    hold(page).blur()
    expect(page.get_by_role("button", name="Use 39")).to_be_visible()
    assert Programme.objects.get(pk=item.programme_id).items.get().hold_seconds_max == 32
