"""A clinician writes an exercise: what each button does, with and without scripts."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from exercises.models import Exercise, ExerciseVersion, Kind
from exercises.services import writing
from exercises.words.dose import instructions, short
from tests.cast import Cast
from tests.exercises.writing_desk import (
    READY,
    address,
    of_version,
    published,
    ready_draft,
    typed,
)
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseFactory,
    ExerciseVersionFactory,
    ItemFactory,
    MembershipFactory,
    ProgrammeFactory,
)


@pytest.fixture
def physio(cast: Cast, as_user) -> Client:
    return as_user(cast.clinician)


@pytest.fixture
def draft(cast: Cast) -> ExerciseVersion:
    return writing.create(cast.clinic, name="Wall sit", by=cast.clinician, now=LONG_AGO)


def fresh(version: ExerciseVersion) -> ExerciseVersion:
    return ExerciseVersion.objects.select_related("exercise").get(pk=version.pk)


# --- begin


def test_a_new_exercise_starts_as_a_draft_with_the_usual_dose_of_its_kind(physio, cast):
    response = physio.post("/exercises/new/", {"name": "Wall sit", "kind": "aerobic"})
    draft = ExerciseVersion.objects.get(name="Wall sit")
    assertRedirects(response, address(draft))
    assert (draft.exercise.clinic, draft.exercise.slug) == (cast.clinic, "wall-sit")
    assert (draft.exercise.created_by, draft.written_by) == (cast.clinician, cast.clinician)
    assert (draft.is_published, draft.exercise.kind) == (False, Kind.AEROBIC)
    assert instructions(draft.dose) == "Do this for 10 to 20 minutes."
    assert AuditEvent.objects.get(action="exercise_created").subject_id == draft.exercise_id


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "a\x00b"])
def test_a_new_exercise_needs_a_name(physio, name):
    response = physio.post("/exercises/new/", {"name": name, "kind": "stretch"})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"name"}
    assert not Exercise.objects.filter(clinic__isnull=False).exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bridge", "bridge-2"),  # the shared one keeps its address
        ("New", "new-2"),  # a word of our own addresses
        ("Drafts", "drafts-2"),
        ("腰の運動", "exercise"),
        ("x" * 120, "x" * 75),
        ("Wall sit!", "wall-sit"),
    ],
)
def test_the_address_comes_from_the_name_and_is_free(physio, name, slug):
    ExerciseVersionFactory(exercise=ExerciseFactory(slug="bridge"))
    physio.post("/exercises/new/", {"name": name, "kind": "control"})
    assert Exercise.objects.get(clinic__isnull=False).slug == slug


def test_who_works_in_two_clinics_chooses_one(cast, as_user):
    second = MembershipFactory(user=cast.clinician).clinic
    physio = as_user(cast.clinician)
    data = {"name": "Wall sit", "kind": "control"}
    assert physio.post("/exercises/new/", data).status_code == 422
    other = ClinicFactory()
    assert physio.post("/exercises/new/", {**data, "clinic": other.pk}).status_code == 422
    physio.post("/exercises/new/", {**data, "clinic": second.pk})
    assert Exercise.objects.get(slug="wall-sit").clinic == second


# --- copies


def test_our_own_version_replaces_the_shared_one_once_published(physio, cast, as_user):
    shared = ExerciseVersionFactory(exercise__slug="bridge", name="Bridge", **READY)
    assertContains(physio.get(of_version(shared, "own")), "in place of the shared exercise")
    assert not Exercise.objects.filter(clinic=cast.clinic).exists()  # looking changes nothing
    response = physio.post(of_version(shared, "own"))
    own = ExerciseVersion.objects.get(exercise__clinic=cast.clinic)
    assertRedirects(response, address(own))
    assert (own.exercise.slug, own.name, own.steps) == ("bridge", "Bridge", READY["steps"])
    assert own.dose == shared.dose
    assert not own.signatures.exists()
    assertContains(physio.get("/exercises/bridge/"), "Make our own version")  # still the shared one
    physio.post(address(own), typed(own, name="Our bridge", do="publish"))
    response = physio.get("/exercises/bridge/")
    assertContains(response, "in place of the shared exercise")
    assertContains(response, "Our bridge")
    stranger = as_user(cast.other_clinician)
    assertNotContains(stranger.get("/exercises/bridge/"), "Our bridge")


def test_our_own_version_is_begun_once(physio, cast):
    shared = ExerciseVersionFactory()
    for _ in range(2):
        physio.post(of_version(shared, "own"))
    assert ExerciseVersion.objects.filter(exercise__clinic=cast.clinic).count() == 1


def test_a_start_for_a_new_exercise(physio, cast):
    shared = ExerciseVersionFactory(exercise__slug="bridge", name="Bridge")
    assert physio.post(of_version(shared, "start"), {"name": ""}).status_code == 422
    physio.post(of_version(shared, "start"), {"name": "Bridge on one leg"})
    new = ExerciseVersion.objects.get(exercise__clinic=cast.clinic)
    assert (new.exercise.slug, new.name) == ("bridge-on-one-leg", "Bridge on one leg")
    assert new.steps == shared.steps


def test_a_shared_exercise_is_never_edited(physio):
    shared = ExerciseVersionFactory()
    for page in ("revise", "remove", "restore"):
        assert physio.post(of_version(shared, page)).status_code == 404
    with pytest.raises(writing.Shared):
        writing.revise(shared.exercise, by=None, now=LONG_AGO)


# --- the form


def test_a_draft_saves_with_little(physio, draft):
    response = physio.post(address(draft), typed(draft, name="Wall squat"))
    assertRedirects(response, address(draft))
    assert (fresh(draft).name, fresh(draft).steps) == ("Wall squat", [])


EVERYTHING = {
    "name": "Wall squat",
    "summary": "Strong thighs.",
    "synonyms": "wall slide, wall sit",
    "side_kind": "arm",
    "position": "standing",
    "steps": ["Stand at a wall.", "", "  Slide   down. "],
    "feel": "Your thighs working.",
    "cautions": ["Not below a right angle."],
    "dose_basis": "source",
    "source": "A guideline",
    "equipment": ["wall"],
    "muscles": ["quadriceps", "gluteus maximus"],
    "regions": ["front of thigh"],
    "conditions": ["weak legs"],
    "precautions": ["KNEE"],
    "flexes": "forward",
    "progress": "Stay longer.",
    "why": "It may help.\n\nIt is short.",
    "beside": "Walking.",
    "kind": "strength",
    "dose_kind": "repetitions",
    "repetitions_min": 5,
    "repetitions_max": 10,
    "sets_min": 1,
    "sets_max": 2,
    "guide_repetitions_min": 3,
    "guide_repetitions_max": 20,
    "guide_sets_min": 1,
    "guide_sets_max": 3,
}


def test_everything_is_saved_as_typed(physio, draft, cast):
    physio.post(address(draft), typed(draft, **EVERYTHING))
    saved = fresh(draft)
    assert saved.steps == ["Stand at a wall.", "Slide down."]
    assert saved.synonyms == ["wall slide", "wall sit"]
    assert saved.why == ["It may help.", "It is short."]
    assert (short(saved.dose), saved.exercise.kind) == (
        "5–10 times each arm, 1–2 sets, 1–2 a day",
        "strength",
    )
    assert short(saved.guide) == "3–20 times each arm, 1–3 sets, 1–2 a day"
    assert (saved.hold_seconds_min, saved.side_kind) == (None, "arm")
    for name in ("equipment", "muscles", "regions", "conditions", "precautions", "cautions"):
        assert getattr(saved, name) == EVERYTHING[name]
    for name in ("summary", "position", "feel", "dose_basis", "source", "flexes", "beside"):
        assert getattr(saved, name) == EVERYTHING[name]
    assert saved.written_by == cast.clinician


ROWS = ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    ("do", "rows"),
    [
        ("steps add", [*ROWS, ""]),
        ("steps up 2", ["Two.", "One.", "Three."]),
        ("steps up 1", ROWS),
        ("steps down 2", ["One.", "Three.", "Two."]),
        ("steps down 3", ROWS),
        ("steps remove 2", ["One.", "Three."]),
        ("steps remove 9", ROWS),
        ("steps remove " + "9" * 5000, ROWS),
        ("steps up", ROWS),
        ("steps fly 2", ROWS),
        ("cautions add", ROWS),
        ("nonsense", ROWS),
        ("\x00", ROWS),
    ],
    ids=lambda value: value[:16] if isinstance(value, str) else "",
)
def test_rows_change_without_scripts_and_keep_what_is_typed(physio, draft, do, rows):
    """Nothing is saved, nothing is refused, nothing typed is lost."""
    data = typed(draft, steps=ROWS, name="", feel="Half a sen", hold_seconds_min="abc", do=do)
    response = physio.post(address(draft), data)
    assert response.status_code == 200
    form = response.context["form"]
    assert [row.text for row in form["steps"].rows] == rows
    assert (form["name"].value(), form["feel"].value()) == ("", "Half a sen")
    assertContains(response, 'value="abc"')
    assertNotContains(response, "invalid-feedback")
    assert fresh(draft).steps == []


def test_each_step_says_its_phase(physio, draft):
    steps, phases = ["Lie down.", "", "Lift.", "Stay."], ["set_up", "rest", "move", "hold"]
    physio.post(address(draft), typed(draft, steps=steps, phases=phases))
    stored = fresh(draft)
    assert list(zip(stored.phases, stored.steps, strict=True)) == [
        ("set_up", "Lie down."),
        ("move", "Lift."),
        ("hold", "Stay."),
    ]
    rows = physio.get(address(draft)).context["form"]["steps"].rows
    assert [row.phase for row in rows] == ["set_up", "move", "hold"]


def test_a_phase_goes_along_when_its_step_is_moved(physio, draft):
    steps, phases = ["Lie down.", "Lift.", "Stay."], ["set_up", "move", "hold"]
    for do, then in (
        ("steps up 3", ["set_up", "hold", "move"]),
        ("steps remove 1", ["move", "hold"]),
        ("steps add", ["set_up", "move", "hold", "move"]),
    ):
        response = physio.post(address(draft), typed(draft, steps=steps, phases=phases, do=do))
        assert [row.phase for row in response.context["form"]["steps"].rows] == then


def test_steps_from_a_page_without_phases_are_movements(physio, draft):
    physio.post(address(draft), typed(draft, steps=["Lie down.", "Lift."], phases=[]))
    assert fresh(draft).phases == ["move", "move"]


def test_the_last_step_may_go(physio, draft):
    response = physio.post(address(draft), typed(draft, steps=["One."], do="steps remove 1"))
    assert [row.text for row in response.context["form"]["steps"].rows] == [""]


def test_another_kind_of_dose_has_other_fields_and_the_first_numbers_wait(physio, draft):
    data = typed(draft, hold_seconds_max="45", dose_kind="minutes", do="dose")
    response = physio.post(address(draft), data)
    assertContains(response, 'name="minutes_min" value="10"')
    assertContains(response, '<input type="hidden" name="hold_seconds_max" value="45">')
    again = {"hold_seconds_max": "45", "minutes_min": "10", "minutes_max": "20"}
    response = physio.post(address(draft), typed(draft, do="dose", **again))
    assertContains(response, 'name="hold_seconds_max" value="45"')
    physio.post(address(draft), typed(draft, dose_kind="minutes", minutes_min=5, minutes_max=9))
    assert instructions(fresh(draft).dose) == "Do this for 5 to 9 minutes."
    assert (fresh(draft).hold_seconds_max, fresh(draft).repetitions_max) == (None, None)


def test_a_long_sentence_gets_advice_beside_its_step_and_is_saved(physio, draft):
    long = " ".join(["word"] * 21) + "."
    steps = ["Short one.", long, "Two short. Sentences here."]
    response = physio.post(address(draft), typed(draft, steps=steps), follow=True)
    assert response.status_code == 200
    assert [bool(row.advice) for row in response.context["form"]["steps"].rows] == [0, 1, 0]
    assertContains(response, "A sentence here has 21 words", count=1)
    assert fresh(draft).steps == steps


# --- publish


def test_publishing_says_all_that_is_missing_next_to_the_fields(physio, draft):
    response = physio.post(address(draft), typed(draft, beside="Walking.", do="publish"))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == READY.keys()
    for name, words in writing.NEEDED.items():
        assertContains(response, str(words), count=2, status_code=422), name  # summary and field
        assertContains(response, f'id="div_id_{name}"', status_code=422)
    assert not fresh(draft).is_published
    assert fresh(draft).beside == "Walking."  # what was typed is saved as a draft


@pytest.mark.parametrize("name", READY)
def test_each_thing_that_is_needed(cast, name):
    empty = [] if isinstance(READY[name], list) else ""
    draft = ready_draft(cast.clinic, by=cast.clinician, **{name: empty})
    with pytest.raises(writing.NotReady) as refusal:
        writing.publish(draft, by=cast.clinician, now=LONG_AGO)
    assert refusal.value.missing.keys() == {name}


def test_publishing_once_ready(physio, cast, draft):
    response = physio.post(address(draft), typed(draft, **READY, do="publish"), follow=True)
    assertRedirects(response, "/exercises/wall-sit/")
    assertContains(response, "It can be prescribed now.")
    assert fresh(draft).is_published
    assert AuditEvent.objects.filter(action="exercise_published", actor=cast.clinician).exists()
    # Pressed twice, or from another tab: said in words, nothing changes.
    response = physio.post(address(draft), {"name": "Other", "do": "publish"}, follow=True)
    assertContains(response, "has been published since")
    assert fresh(draft).name == "Wall sit"


def test_the_next_version_starts_like_this_one_and_unreviewed(physio, cast):
    first = published(cast.clinic, by=cast.clinician)
    for _ in range(2):  # the same draft both times
        response = physio.post(of_version(first, "revise"))
    draft = ExerciseVersion.objects.drafts().get()
    assertRedirects(response, address(draft))
    assert (draft.number, draft.steps) == (2, first.steps)
    assert not draft.signatures.exists()
    physio.post(address(draft), typed(draft, name="Wall squat", do="publish"))
    assertContains(physio.get("/exercises/wall-sit/"), "Wall squat")
    assert fresh(first).name == "Wall sit"


def test_a_programme_keeps_the_version_it_was_made_with(physio, cast):
    first = published(cast.clinic, by=cast.clinician)
    programme = ProgrammeFactory(clinic=cast.clinic)
    item = ItemFactory(programme=programme, exercise_version=first, side="")
    physio.post(of_version(first, "revise"))
    draft = ExerciseVersion.objects.drafts().get()
    physio.post(address(draft), typed(draft, name="Wall squat", do="publish"))
    item.refresh_from_db()
    assert str(item) == "Wall sit"
    page = physio.get(reverse("programmes:preview", args=[programme.pk]))
    assertContains(page, "Wall sit")
    assertNotContains(page, "Wall squat")


# --- preview


def test_save_and_preview_shows_what_the_patient_will_read(physio, draft):
    data = typed(draft, steps=["Lean on the wall."], feel="Thighs.", do="preview")
    response = physio.post(address(draft), data, follow=True)
    assertRedirects(response, address(draft, "preview/"))
    assertContains(response, "phone-frame")
    assertContains(response, "Lean on the wall.")
    assertContains(response, "Hold for 20 to 30 seconds.")
