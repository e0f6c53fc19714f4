"""A clinician takes a figure of the library for a new exercise, and adjusts a pose of it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from exercises.models import ExerciseVersion
from tests.exercises.drawn import LYING, STEPS, lying
from tests.exercises.writing_desk import ready_draft
from tests.factories import ExerciseVersionFactory, MembershipFactory
from tests.journeys.look import Eye

DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture
def drawn(transactional_db: None) -> ExerciseVersion:
    """The lying hamstring stretch, among others that are drawn."""
    ExerciseVersionFactory(name="Bridge", figure=lying(), regions=["hip"], muscles=["hip flexors"])
    return ExerciseVersionFactory(name=LYING, figure=lying())


@pytest.fixture
def draft(drawn: ExerciseVersion) -> ExerciseVersion:
    member = MembershipFactory(user__name="Priya Shah", clinic__name="Riverside")
    return ready_draft(member.clinic, by=member.user, name="Leg up", steps=STEPS)


@pytest.fixture
def desk(open_page, draft: ExerciseVersion) -> Iterator[Eye]:
    eye = open_page("poser", user=draft.written_by, viewport=DESKTOP)
    eye.page.goto(f"/exercises/drafts/{draft.pk}/")
    yield eye
    assert eye.troubles == []


def take(page: Page, name: str) -> None:
    page.get_by_role("link", name="Choose a figure").click()
    page.get_by_role("searchbox", name="Find a figure").fill("hamsting")
    expect(page.get_by_role("radio")).to_have_count(2)  # and no figure
    page.get_by_role("radio", name=name).check()
    page.get_by_role("button", name="Use this figure").click()


def shapes(page: Page, where: str) -> list[list[str]]:
    """Every picture there, as the paths of its shapes."""
    return page.locator(f"{where} svg.drawing").evaluate_all(
        "all => all.map(svg => [...svg.querySelectorAll('path')].map(path => path.getAttribute('d')))"
    )


def drawing(page: Page) -> list[str]:
    return shapes(page, "#drawing")[0]


def slide(page: Page, name: str, key: str, times: int) -> None:
    """Move a slider by its arrow keys, and wait until the picture has followed."""
    before = drawing(page)
    slider = page.get_by_role("slider", name=name)
    slider.focus()
    for _ in range(times):
        page.keyboard.press(key)
    page.wait_for_function(
        "before => before !== [...document.querySelectorAll('#drawing path')]"
        ".map(path => path.getAttribute('d')).join()",
        arg=",".join(before),
    )


def test_a_pose_adjusted(desk: Eye, draft: ExerciseVersion, drawn: ExerciseVersion) -> None:
    page = desk.page
    take(page, LYING)
    expect(page.get_by_role("link", name=re.compile("Pose . of 4"))).to_have_count(4)
    draft.refresh_from_db()
    taken = draft.figure
    page.get_by_role("link", name="Pose 4 of 4").click()
    expect(page.locator(".poses [aria-current]")).to_have_text(re.compile("Pose 4 of 4"))
    page.evaluate("window.notReloaded = true")
    before = page.get_by_role("spinbutton", name="Near knee").input_value()
    slide(page, "Near knee", "ArrowRight", 25)
    number = page.get_by_role("spinbutton", name="Near knee")
    expect(number).to_have_value(str(int(before) + 25))
    assert page.evaluate("window.notReloaded")
    draft.refresh_from_db()
    assert draft.figure == taken
    desk.look("pose")

    page.get_by_role("button", name="Save figure").last.click()
    expect(page.get_by_text("Figure saved.")).to_be_visible()
    shown = drawing(page)
    page.get_by_role("link", name="Leg up").click()
    [there] = shapes(page, "#figure")
    assert there
    assert there == shown[: len(there)]  # but for the sign of what to do
    desk.look("draft")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. It can be prescribed now.")).to_be_visible()
    assert shown in shapes(page, ".steps")
    was = ExerciseVersion.objects.get(pk=drawn.pk).figure
    assert was == drawn.figure
    draft.refresh_from_db()
    assert draft.figure["frames"][3]["near shank"] == drawn.figure["frames"][3]["near shank"] - 25


def test_a_hand_let_go_and_its_elbow_turned(desk: Eye) -> None:
    page = desk.page
    take(page, LYING)
    page.get_by_role("link", name="Pose 2 of 4").click()
    hand = page.get_by_label("Place of the near hand")
    expect(hand.locator("option:checked")).to_have_text("Follows the near knee, from behind")
    expect(page.get_by_role("slider", name="Near elbow")).to_have_count(0)
    hand.select_option("Moves freely")
    expect(page.get_by_role("slider", name="Near elbow")).to_be_visible()
    slide(page, "Near elbow", "ArrowRight", 30)
    desk.look("free")
    page.get_by_role("button", name="Save figure").last.click()
    expect(page.get_by_text("Figure saved.")).to_be_visible()
    expect(hand.locator("option:checked")).to_have_text("Moves freely")


def test_what_is_not_right_is_said_and_the_picture_stays(desk: Eye) -> None:
    page = desk.page
    take(page, LYING)
    page.get_by_role("link", name="Pose 2 of 4").click()
    before = drawing(page)
    page.get_by_role("spinbutton", name="Near knee").fill("999")
    expect(page.get_by_role("status")).to_contain_text("Near knee: 160 is the most.")
    assert drawing(page) == before
    desk.look("refused")
    page.get_by_role("spinbutton", name="Near knee").fill("60")
    expect(page.locator("#refused")).to_be_empty()
    page.get_by_role("spinbutton", name="Near knee").fill("")
    page.get_by_role("button", name="Save figure").last.click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("#div_id_near_knee")).to_contain_text("Type a number here.")


def test_poses_added_moved_and_shown_moving(desk: Eye) -> None:
    page = desk.page
    page.get_by_role("link", name="Choose a figure").click()
    desk.look("gallery")
    page.get_by_role("link", name="Leg up").click()
    take(page, LYING)
    page.get_by_role("button", name="Show it moving").click()
    expect(page.locator("#drawing [data-moving]")).to_have_attribute("data-moving", "resting")
    desk.look("moving")
    page.get_by_role("button", name="Add a pose after this one").click()
    expect(page.get_by_role("link", name="Pose 2 of 5")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Move later").click()
    expect(page.get_by_role("link", name="Pose 3 of 5")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Remove this pose").click()
    expect(page.get_by_role("link", name="Pose 2 of 4")).to_have_attribute("aria-current", "page")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    slide(page, "Near knee", "ArrowRight", 5)
    page.get_by_role("link", name="Pose 3 of 4").click()
    assert asked == ["beforeunload"]
