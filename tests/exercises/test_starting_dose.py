"""A starting dose is a decision: its rule, and everywhere that one is written or read."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from exercises import library
from exercises.default_doses import DEFAULT_DOSE, numbers_to_begin_with
from exercises.dose import Dose, Range
from exercises.models import ExerciseVersion, Kind
from exercises.services import loading, writing
from exercises.starting_dose import is_too_long, outside, problems, too_wide
from tests.cast import Cast
from tests.exercises.test_library import BRIDGE
from tests.exercises.writing_desk import READY, address, of_version, ready_draft, typed
from tests.factories import LONG_AGO, ExerciseVersionFactory

STRETCH = Dose(hold_seconds=Range(20, 30), repetitions=Range(2, 3), per_day=Range(2, 3), sides=2)
WIDE = {"repetitions_min": 5, "repetitions_max": 11}
# Two sides, ten times each, twenty seconds and the five between: more than eight minutes.
LONG = {"side_kind": "leg", "hold_seconds_max": 20, "repetitions_min": 10, "repetitions_max": 10}


# --- the rule


@pytest.mark.parametrize(
    ("dose", "parts"),
    [
        (STRETCH, []),
        (Dose(repetitions=Range(5, 10)), []),
        (Dose(repetitions=Range(5, 11)), ["repetitions"]),
        (Dose(repetitions=Range(5, 5), sets=Range(1, 3)), ["sets"]),
        (Dose(hold_seconds=Range(5, 30), repetitions=Range(2, 3)), ["hold_seconds"]),
        (Dose(minutes=Range(5, 30)), ["minutes"]),
        (Dose(minutes=Range(5, 10), per_day=Range(1, 3)), ["per_day"]),
    ],
)
def test_at_most_twice_the_smallest(dose, parts):
    assert too_wide(dose) == parts


def test_inside_the_guide():
    guide = Dose(hold_seconds=Range(15, 30), repetitions=Range(2, 3), per_day=Range(1, 2))
    assert outside(STRETCH, guide) == ["per_day"]
    assert outside(Dose(hold_seconds=Range(14, 20), repetitions=Range(2, 2)), guide) == [
        "hold_seconds"
    ]


@pytest.mark.parametrize(
    ("dose", "long"),
    [
        (STRETCH, False),
        (Dose(hold_seconds=Range(25, 25), repetitions=Range(10, 10)), False),  # 300 s
        (Dose(hold_seconds=Range(26, 26), repetitions=Range(10, 10)), True),
        (Dose(hold_seconds=Range(10, 10), repetitions=Range(10, 11), sides=2), True),  # 330 s
        (Dose(minutes=Range(20, 30)), False),  # walking is free of it
    ],
)
def test_five_minutes_by_the_upper_ends_and_both_sides(dose, long):
    assert is_too_long(dose) is long


def test_what_a_new_exercise_begins_with_keeps_the_rule():
    for kind, columns in DEFAULT_DOSE.items():
        dose = ExerciseVersionFactory.build(
            exercise=None,
            dose_kind=kind,
            side_kind="leg",
            **{
                "hold_seconds_min": None,
                "hold_seconds_max": None,
                **dict.fromkeys(WIDE),
                **columns,
            },
        ).dose
        assert problems(dose, dose) == {}


# --- a clinic's own


def ends(part, low, high):
    return {f"{part}_min": str(low), f"{part}_max": str(high)}


@pytest.mark.parametrize(
    ("typed_first", "repetitions"),
    [
        ((8, 12), ("2", "3")),  # usual where nothing is held: nobody typed it
        ((8, 10), ("8", "10")),  # typed by someone
        (("", ""), ("2", "3")),
        (("", 12), ("2", "12")),
    ],
)
def test_another_kind_begins_with_its_own_usual_numbers(typed_first, repetitions):
    typed = {"dose_kind": "hold", **ends("repetitions", *typed_first), **ends("per_day", 1, 1)}
    numbers = numbers_to_begin_with(typed)
    assert (numbers["repetitions_min"], numbers["repetitions_max"]) == repetitions
    assert (numbers["hold_seconds_min"], numbers["hold_seconds_max"]) == ("20", "30")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["hold", "repetitions", "minutes"])
def test_the_page_never_proposes_what_it_refuses(physio, cast, kind):
    """A new exercise of each kind, switched to each kind of dose, is saved as proposed."""
    for number, begun in enumerate(Kind):
        draft = writing.create(
            cast.clinic, name=f"New {number}", kind=begun, by=cast.clinician, now=LONG_AGO
        )
        page = physio.post(address(draft), typed(draft, dose_kind=kind, side_kind="leg", do="dose"))
        proposed = {
            name: ""
            if page.context["form"][name].value() is None
            else page.context["form"][name].value()
            for name in page.context["form"].fields
        }
        sent = {**typed(draft), **proposed}
        assert physio.post(address(draft), sent).status_code == 302, begun


@pytest.fixture
def physio(cast: Cast, as_user):
    return as_user(cast.clinician)


@pytest.fixture
def draft(cast: Cast) -> ExerciseVersion:
    return writing.create(cast.clinic, name="Wall sit", by=cast.clinician, now=LONG_AGO)


@pytest.mark.parametrize(
    ("numbers", "field", "words"),
    [
        (WIDE, "repetitions_max", "Enter 10 or less: a starting dose goes up to twice its"),
        (
            {"guide_hold_seconds_min": 5, "guide_hold_seconds_max": 25},
            "hold_seconds_max",
            "Stay inside the guide range: 5–25.",
        ),
        (LONG, "repetitions_max", "One session may take 9 minutes with these numbers, 5 at most."),
    ],
)
def test_what_is_no_decision_is_refused_beside_its_field(physio, draft, numbers, field, words):
    response = physio.post(address(draft), typed(draft, feel="Kept as typed.", **numbers))
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert words in str(form.errors[field])
    assert f'id="id_{field}_error"' in response.text
    assert form["feel"].value() == "Kept as typed."
    for name, number in numbers.items():
        assert str(form[name].value()) == str(number)
    draft.refresh_from_db()
    assert (draft.repetitions_max, draft.has_guide) == (3, False)


def test_a_guide_is_written_and_kept(physio, draft):
    guide = {"guide_repetitions_min": 1, "guide_repetitions_max": 10}
    assert physio.post(address(draft), typed(draft, **guide)).status_code == 302
    draft.refresh_from_db()
    assert draft.guide.repetitions == Range(1, 10)
    assert draft.guide.hold_seconds == draft.dose.hold_seconds  # it says nothing of the hold


def test_another_kind_of_dose_leaves_its_guide_behind(physio, draft):
    ExerciseVersion.objects.filter(pk=draft.pk).update(
        guide_hold_seconds_min=5, guide_hold_seconds_max=40
    )
    sent = typed(draft, dose_kind="minutes", minutes_min=5, minutes_max=10)
    assert physio.post(address(draft), sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.guide_hold_seconds_min, draft.guide_hold_seconds_max) == (None, None)


def test_a_wide_dose_from_before_cannot_be_published(physio, cast):
    """A copy of an old version may be wide; it is told when it is published or saved."""
    draft = ready_draft(cast.clinic, by=cast.clinician, **WIDE)
    with pytest.raises(writing.NotReady) as refusal:
        writing.publish(draft, by=cast.clinician, now=LONG_AGO)
    assert list(refusal.value.missing) == ["repetitions_max"]
    response = physio.post(address(draft), typed(draft, **READY, do="publish"))
    assert response.status_code == 422
    assert "repetitions_max" in response.context["form"].errors


def test_a_copy_of_a_shared_exercise_takes_its_guide_along(cast):
    loading.load(library.read(), now=LONG_AGO)
    shared = ExerciseVersion.objects.get(name="Pelvic tilt")
    own = writing.copy(shared, to=cast.clinic, as_new=False, by=cast.clinician, now=LONG_AGO)
    assert (own.guide, own.dose) == (shared.guide, shared.dose)


# --- the library's files


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "repetitions: 5\n  per",
            "repetitions: [5, 11]\n  per",
            "dose.repetitions must go up to 10 at most, twice its smallest number",
        ),
        (
            "hold_seconds: [5, 10]",
            "hold_seconds: [20, 30]",
            "dose.hold_seconds must lie inside the guide, 2–20",
        ),
        (
            "  repetitions: 5\n",
            "  repetitions: 15\n  sets: 2\n",
            "dose may take 8 minutes a session, 5 at most",
        ),
        ("  repetitions: [5, 15]", "  minutes: 5", "guide.minutes does not go with this kind of"),
        ("  repetitions: [5, 15]", "  days: [mon]", "guide.days is not a field of the library"),
        ("  repetitions: [5, 15]", "  sets: [3, 1]", "guide.sets is [3, 1], the smallest comes"),
    ],
)
def test_a_file_that_starts_with_no_decision_is_refused(tmp_path, old, new, problem):
    assert old in BRIDGE
    path = tmp_path / "bridge.yaml"
    path.write_text(BRIDGE.replace(old, new), encoding="utf-8")
    with pytest.raises(library.LibraryError) as error:
        library.parse(path)
    assert f"bridge.yaml: {problem}" in str(error.value)


# --- what staff read


def page_of(slug: str) -> str:
    return reverse("exercises:detail", args=[slug])


def test_staff_read_the_guide_with_its_source_and_what_the_start_is(physio):
    loading.load(library.read(), now=LONG_AGO)
    page = physio.get(page_of("pelvic-tilt"))
    # Beside the starting dose, and with the source.
    assertContains(page, "2–5 s × 5–30, 1–3 a day", count=2)
    assertContains(page, "Start with 5. Up to 10 when that is easy.")
    assertContains(page, "as in the source")
    assertContains(page, "The starting dose is a clinical convention inside the guide.")
    founding = physio.get(page_of("lying-hamstring-stretch"))
    assertContains(founding, "The starting dose is the whole guide range.")
    assertContains(founding, "Do this 2 or 3 times with each leg.")


def test_without_a_guide_the_page_speaks_of_the_dose_alone(physio):
    ExerciseVersionFactory(exercise__slug="bridge")
    page = physio.get(page_of("bridge"))
    assertNotContains(page, "uide range")
    assertContains(page, "as in the source")


def test_who_signs_a_version_has_read_its_guide(physio):
    loading.load(library.read(), now=LONG_AGO)
    version = ExerciseVersion.objects.get(name="Pelvic tilt")
    assertContains(physio.get(of_version(version, "review")), "2–5 s × 5–30, 1–3 a day")
