"""Writing in two tabs: what a page only repeats overwrites nothing; a conflict is asked about."""

import pytest
from pytest_django.asserts import assertContains

from exercises.models import ExerciseVersion, Shown
from tests.at_once import all_at_once
from tests.exercises.drawn import lying
from tests.exercises.photos import draft_of, with_photos
from tests.exercises.writing_desk import address, ready_draft
from tests.tabs import Tab


@pytest.fixture
def draft(cast) -> ExerciseVersion:
    return ready_draft(cast.clinic, by=cast.clinician)


@pytest.fixture
def colleague(cast):
    cast.colleague.name = "Amira Khan"
    cast.colleague.save()
    return cast.colleague


@pytest.fixture
def tab(cast, draft, as_user):
    return lambda user=None: Tab(as_user(user or cast.clinician), address(draft), form="seen")


def now(draft) -> ExerciseVersion:
    return ExerciseVersion.objects.get(pk=draft.pk)


def test_two_who_write_different_parts_keep_both(draft, tab, colleague):
    here, there = tab(), tab(colleague)
    there.send(steps=["Lie down.", "Breathe."], hold_seconds_min="22", hold_seconds_max="25")
    assert here.send(summary="A calm stretch.", kind="mobility").status_code == 302
    kept = now(draft)
    assert kept.steps == ["Lie down.", "Breathe."]
    assert (kept.hold_seconds_min, kept.hold_seconds_max) == (22, 25)
    assert (kept.summary, kept.exercise.kind) == ("A calm stretch.", "mobility")


@pytest.mark.parametrize(("answer", "kept"), [("mine", "Sit down."), ("theirs", "Stand up.")])
def test_steps_that_both_wrote_are_asked_about_as_one(draft, tab, colleague, answer, kept):
    here, there = tab(), tab(colleague)
    there.send(steps=["Stand up."])
    response = here.send(steps=["Sit down."], summary="A calm stretch.")
    words = "Meanwhile Amira Khan set this to “Stand up”. You set it to “Sit down”."
    assertContains(response, words, status_code=422)
    assert (now(draft).steps, now(draft).summary) == (["Stand up."], "A gentle stretch.")
    assert here.send(**{"settle-steps": answer}).status_code == 302
    assert (now(draft).steps, now(draft).summary) == ([kept], "A calm stretch.")


def test_another_kind_of_dose_set_meanwhile_is_not_undone(draft, tab, colleague):
    here, there = tab(), tab(colleague)
    there.send(dose_kind="repetitions", hold_seconds_min="", hold_seconds_max="")
    assert here.send(summary="A calm stretch.").status_code == 302
    assert (now(draft).dose_kind, now(draft).hold_seconds_min) == ("repetitions", None)


@pytest.mark.parametrize(("answer", "kept"), [("mine", "hold"), ("theirs", "repetitions")])
def test_numbers_for_a_kind_that_was_changed_meanwhile_are_asked_about(
    draft, tab, colleague, answer, kept
):
    here, there = tab(), tab(colleague)
    there.send(dose_kind="repetitions")
    response = here.send(hold_seconds_min="22", hold_seconds_max="25")
    assertContains(response, "Meanwhile Amira Khan set this to", status_code=422)
    assert now(draft).dose_kind == "repetitions"
    assert here.send(**{"settle-dose_kind": answer}).status_code == 302
    assert now(draft).dose_kind == kept
    assert now(draft).hold_seconds_min == (22 if kept == "hold" else None)


def test_a_row_button_pressed_between_keeps_what_the_page_was_given(draft, tab, colleague):
    here, there = tab(), tab(colleague)
    there.send(summary="A calm stretch.")
    here.send(do="steps add")
    here.send(do="save", feel="A slight pull.")
    assert (now(draft).summary, now(draft).feel) == ("A calm stretch.", "A slight pull.")


def test_photo_words_in_two_tabs(cast, as_user, draft):
    draft = draft_of(cast.clinic, written_by=cast.clinician)
    with_photos(draft, "One leg up")
    shown = Shown.objects.get(version=draft)
    tabs = [
        Tab(as_user(user), address(draft, "photos/"), form=f"photo-{shown.pk}-words")
        for user in (cast.clinician, cast.colleague)
    ]
    field = f"photo-{shown.pk}-words"
    tabs[1].send(**{field: "Left leg up"})
    tabs[0].send()
    shown.refresh_from_db()
    assert shown.words == "Left leg up"
    response = tabs[0].send(**{field: "Right leg up"})
    assertContains(response, "set this to “Left leg up”.", status_code=422)
    tabs[0].send(**{f"photo-{shown.pk}-settle-words": "mine"})
    shown.refresh_from_db()
    assert shown.words == "Right leg up"


@pytest.fixture
def pose_tab(cast, draft, as_user):
    """The page of one pose of a figure."""
    ExerciseVersion.objects.filter(pk=draft.pk).update(figure=lying())

    def opened(pose, user=None):
        page = address(draft, f"figure/?pose={pose}")
        return Tab(as_user(user or cast.clinician), page, form="given_poses")

    return opened


def test_two_poses_of_a_figure_in_two_tabs_keep_both(draft, pose_tab, colleague):
    here, there = pose_tab(2), pose_tab(1, colleague)
    there.send(here.page.replace("=2", "=1"), says="Theirs.", muscles=["near hamstrings"])
    assert here.send(here.page, says="Mine.").status_code == 302
    figure = now(draft).figure
    assert [frame["says"] for frame in figure["frames"][:2]] == ["Theirs.", "Mine."]
    assert figure["muscles"] == ["near hamstrings"]


def test_one_pose_in_two_tabs_is_asked_about_as_one(draft, pose_tab, colleague):
    here, there = pose_tab(2), pose_tab(2, colleague)
    there.send(there.page, says="Theirs.")
    response = here.send(here.page, says="Mine.")
    assertContains(response, "Amira Khan changed this draft", status_code=422)
    for words in ("As it is now", "Keep this one", "As you typed it", "Use mine"):
        assertContains(response, words, status_code=422)
    assert now(draft).figure["frames"][1]["says"] == "Theirs."
    assert here.send(here.page).status_code == 302
    assert now(draft).figure["frames"][1]["says"] == "Mine."


def test_a_pose_that_was_moved_meanwhile_is_not_taken_for_another(draft, pose_tab, colleague):
    here, there = pose_tab(2), pose_tab(1, colleague)
    there.send(there.page, do="later")
    before = now(draft).figure
    assert here.send(here.page, says="Mine.").status_code == 422
    assert now(draft).figure == before


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_cannot_both_pass(draft, tab):
    tabs = [tab() for _each in range(4)]
    answers = all_at_once(lambda n: tabs[n].send(summary=f"Number {n}."), times=4)
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
