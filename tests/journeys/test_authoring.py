"""A clinician writes an exercise: the rows, the neighbours, the preview, the versions, the review."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from exercises.models import ExerciseVersion
from exercises.words.dose import instructions
from tests.factories import ExerciseVersionFactory, MembershipFactory
from tests.journeys.look import Eye

DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture
def physio(transactional_db: None) -> User:
    for name in ("Bridge", "Half squat", "Wall push"):
        ExerciseVersionFactory(name=name, exercise__slug=name.lower().replace(" ", "-"))
    return MembershipFactory(user__name="Priya Shah", clinic__name="Riverside").user


@pytest.fixture
def desk(open_page, physio: User) -> Iterator[Eye]:
    """The library, opened by a clinician."""
    eye = open_page("authoring", user=physio, viewport=DESKTOP)
    eye.page.goto("/exercises/")
    yield eye
    assert eye.troubles == []


def begin(page: Page, name: str) -> None:
    page.get_by_role("link", name="New exercise").click()
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.get_by_label("Kind").select_option("strength")
    page.get_by_role("button", name="Start writing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def steps(page: Page):
    return page.locator("textarea[name=steps]")


def tick(page: Page, group: str, *labels: str) -> None:
    page.locator("summary", has_text=group).click()
    for label in labels:
        page.get_by_label(label, exact=True).check()


def test_an_exercise_from_a_name_to_a_signature(desk: Eye, physio: User) -> None:
    write_it(desk)
    find_what_is_missing(desk)
    publish_it(desk)
    change_a_step(desk)
    sign(desk)
    newest = ExerciseVersion.objects.get(name="Wall sit", number=2)
    assert newest.signatures.get().by == physio
    assert newest.steps[2] == "Hold it. Breathe."


def write_it(desk: Eye) -> None:
    page = desk.page
    begin(page, "Wall sit")
    page.get_by_label("In one sentence", exact=True).fill(
        "Strong thighs, with your back at a wall."
    )
    page.get_by_label("Position").select_option("standing")
    steps(page).first.fill("Slide down until your knees are bent.")
    for number, step in enumerate(["Stand with your back at a wall.", "Hold."], start=1):
        page.get_by_role("button", name="Add a line to Steps").click()
        expect(steps(page)).to_have_count(number + 1)
        expect(steps(page).last).to_be_focused()
        page.keyboard.type(step)
    page.get_by_role("button", name="Steps: move line 2 up").press("Enter")
    expect(steps(page).first).to_have_value("Stand with your back at a wall.")
    expect(page.get_by_role("button", name="Steps: move line 1 down")).to_be_focused()
    page.get_by_label("What you should feel, and where").fill("The front of your thighs working.")
    tick(page, "Parts of the body", "front of thigh", "knee")
    expect(page.locator("#div_id_regions [data-count]")).to_have_text("2")
    page.get_by_label("Counted in").select_option("hold")
    page.get_by_role("spinbutton", name="Hold, at most", exact=True).fill("40")


def find_what_is_missing(desk: Eye) -> None:
    page = desk.page
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Say where this comes from.").first).to_be_visible()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    desk.look("missing")
    page.get_by_label("Source").fill("Clinical practice at Riverside.")

    page.get_by_label("Find an exercise").fill("squat")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Harder Half squat").click()
    expect(page.get_by_role("button", name="Remove Half squat")).to_be_visible()
    desk.look("written")


def publish_it(desk: Eye) -> None:
    page = desk.page
    page.get_by_role("button", name="Save and preview").click()
    frame = page.locator(".phone-frame")
    expect(frame).to_contain_text("Hold for 20 to 40 seconds.")
    desk.look("preview")
    page.get_by_role("link", name="Wall sit").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. It can be prescribed now.")).to_be_visible()
    desk.look("published")


def change_a_step(desk: Eye) -> None:
    page = desk.page
    page.get_by_role("button", name="Change it").click()
    steps(page).last.fill("Hold it. Breathe.")
    page.get_by_role("button", name="Publish").click()
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Version history").click()
    expect(page.locator("ins", has_text="it. Breathe.")).to_be_visible()
    desk.look("history")


def sign(desk: Eye) -> None:
    page = desk.page
    page.get_by_role("link", name="Review this version 2").click()
    desk.look("review")
    page.get_by_role("button", name="Sign this version").click()
    expect(page.get_by_text(re.compile("Reviewed by Priya Shah, .*, version 2"))).to_be_visible()


def test_our_own_version_of_a_shared_exercise(desk: Eye) -> None:
    page = desk.page
    page.goto("/exercises/bridge/")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Review this version").click()
    desk.look("review-shared")
    page.goto("/exercises/bridge/")
    page.get_by_role("link", name="Make our own version").click()
    desk.look("own")
    page.get_by_role("button", name="Make our own version").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Our bridge")
    page.get_by_role("button", name="Save draft").last.click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    page.goto("/exercises/")
    page.get_by_role("link", name="1 draft").click()
    desk.look("drafts")
    page.get_by_role("link", name="Our bridge").click()
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Our bridge")


def test_unsaved_rows_are_not_left_by_accident(desk: Eye) -> None:
    page = desk.page
    begin(page, "Wall sit")
    page.get_by_role("button", name="Add a line to Steps").click()
    expect(steps(page)).to_have_count(2)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Drafts").click()
    expect(steps(page)).to_have_count(2)
    assert asked == ["beforeunload"]


def test_without_scripts(open_page, physio: User) -> None:
    """The same by plain buttons: each press keeps all that is typed."""
    page = open_page("authoring", user=physio, java_script_enabled=False).page
    page.goto("/exercises/")
    begin(page, "Wall sit")
    page.get_by_label("In one sentence", exact=True).fill("Strong thighs.")
    steps(page).first.fill("Stand at a wall.")
    page.get_by_role("button", name="Add a line to Steps").click()
    steps(page).last.fill("Slide down.")
    page.get_by_role("button", name="Steps: move line 2 up").click()
    page.get_by_label("Counted in").select_option("minutes")
    page.get_by_role("button", name="Show its fields").click()
    page.get_by_role("spinbutton", name="Minutes, at most", exact=True).fill("4")
    page.get_by_role("spinbutton", name="Minutes, at least", exact=True).fill("2")
    page.get_by_role("button", name="Save draft").last.click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    draft = ExerciseVersion.objects.get(name="Wall sit")
    assert draft.steps == ["Slide down.", "Stand at a wall."]
    assert (draft.summary, instructions(draft.dose)) == (
        "Strong thighs.",
        "Do this for 2 to 4 minutes.",
    )
