"""Reading the library's files, and loading them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from exercises import library
from exercises.models import Exercise, ExerciseVersion, Progression, Signature
from exercises.services import loading
from tests.factories import ClinicFactory, ItemFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BRIDGE = """
name: Bridge
kind: strength
summary: Lifting the hips.
sided: false
position: lying on the back
steps: [set up: Lie down., hold: Lift., return: Lower.]
dose_basis: convention
source: Clinical convention.
dose:
  hold_seconds: [5, 10]
  repetitions: 5
  per_day: 1
guide:
  hold_seconds: [2, 20]
  repetitions: [5, 15]
"""


@pytest.fixture
def write(tmp_path):
    """Put a file into a library of its own; changes are (old text, new text)."""

    def written(name="bridge.yaml", *changes, text=BRIDGE):
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_file_becomes_columns(write):
    entry = library.parse(
        write("bridge.yaml", ("per_day: 1", "per_day: [1, 2]\n  days: [wed, mon]"))
    )
    assert (entry.slug, entry.kind, entry.harder) == ("bridge", "strength", ())
    columns = entry.columns
    assert columns["dose_kind"] == "hold"
    assert (columns["hold_seconds_min"], columns["hold_seconds_max"]) == (5, 10)
    assert (columns["repetitions_min"], columns["repetitions_max"]) == (5, 5)
    assert (columns["sets_min"], columns["sets_max"]) == (None, None)
    assert columns["weekdays"] == [0, 2]
    assert columns["cautions"] == []
    assert (columns["guide_hold_seconds_min"], columns["guide_hold_seconds_max"]) == (2, 20)
    assert (columns["guide_per_day_min"], columns["guide_per_day_max"]) == (None, None)
    assert columns["side_kind"] == ""


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("name: Bridge", "name: "), "bridge.yaml: name is missing"),
        (("name: Bridge", "name: 7"), "bridge.yaml: name must be text, in quotes if it looks like"),
        (("name: Bridge", f"name: {'x' * 121}"), "bridge.yaml: name has 121 letters, 120 at most"),
        (
            ("kind: strength", "kind: yoga"),
            "bridge.yaml: kind is 'yoga', must be one of: stretch, ",
        ),
        (("sided: false", "sided: true"), "bridge.yaml: sided must be leg, arm or side, or false"),
        (("sided: false", "sided: maybe"), "bridge.yaml: sided must be leg, arm or side, or false"),
        (
            ("[set up: Lie down., hold: Lift., return: Lower.]", "[hold: Lift.]"),
            "bridge.yaml: steps must be a list of 3 to 8 steps",
        ),
        (
            ("[set up: Lie down., hold: Lift., return: Lower.]", "Lift."),
            "bridge.yaml: steps must be a list of 3 to 8 steps",
        ),
        (
            ("[set up: Lie down., hold: Lift., return: Lower.]", "[1, 2, 3]"),
            'bridge.yaml: steps must be lines such as "move: Lift your leg."',
        ),
        (
            ("hold: Lift.", "dance: Lift."),
            "bridge.yaml: steps is 'dance', must be one of: set up, move, hold, return, rest",
        ),
        (
            ("hold: Lift.", "move: Lift."),
            "bridge.yaml: steps must have a hold exactly where the dose has hold_seconds",
        ),
        (("source:", "sauce:"), "bridge.yaml: sauce is not a field of the library"),
        (("source:", "sauce:"), "bridge.yaml: source is missing"),
        (
            ("source:", "precautions: [XYZ]\nsource:"),
            "bridge.yaml: precautions is 'XYZ', must be one",
        ),
        (("source:", "precautions: OST\nsource:"), "bridge.yaml: precautions must be a list"),
        (
            ("source:", "figure: none\nsource:"),
            'bridge.yaml: figure must be "name: value" lines',
        ),
        (
            ("source:", "muscles: [arm thing]\nsource:"),
            "bridge.yaml: muscles is 'arm thing', must be one of: hamstrings, ",
        ),
        (
            ("[5, 10]", "[10, 2]"),
            "bridge.yaml: dose.hold_seconds is [10, 2], the smallest comes first",
        ),
        (
            ("[5, 10]", "[0, 10]"),
            "bridge.yaml: dose.hold_seconds is 0, must be a whole number from 1 to",
        ),
        (
            ("[5, 10]", "2-10"),
            "bridge.yaml: dose.hold_seconds is '2-10', must be a whole number from",
        ),
        (
            ("[5, 10]", "[1, 2, 3]"),
            "bridge.yaml: dose.hold_seconds must be one number or [smallest, ",
        ),
        (("[5, 10]", "true"), "bridge.yaml: dose.hold_seconds is True, must be a whole number"),
        (("per_day: 1", "per_day: "), "bridge.yaml: dose.per_day is missing"),
        (
            ("per_day: 1", "per_day: 1\n  days: []"),
            "bridge.yaml: dose.days must name at least one day",
        ),
        (
            ("per_day: 1", "per_day: 1\n  days: [soon]"),
            "bridge.yaml: dose.days is 'soon', must be one",
        ),
        (("  repetitions: 5\n", ""), "bridge.yaml: dose must be hold_seconds with repetitions, or"),
        (("  repetitions: 5\n", "  minutes: 5\n"), "bridge.yaml: dose must be hold_seconds with"),
        (
            ("source:", "steps: [Sit.]\nsource:"),
            "bridge.yaml: cannot be read as YAML: 'steps' is there",
        ),
        (("name: Bridge", "name: [Bridge"), "bridge.yaml: cannot be read as YAML"),
    ],
)
def test_a_wrong_file_says_which_field_and_why(write, change, problem):
    path = write("bridge.yaml", change)
    with pytest.raises(library.LibraryError) as error:
        library.parse(path)
    assert any(line.startswith(problem) for line in error.value.problems), error.value.problems


@pytest.mark.parametrize("text", ["", "- a list", "just words", "dose: 5", "dose: [1]"])
def test_a_file_of_another_shape_says_so(write, text):
    with pytest.raises(library.LibraryError) as error:
        library.parse(write("bridge.yaml", text=text))
    assert all(line.startswith("bridge.yaml: ") for line in error.value.problems)


def test_a_file_that_is_not_text_says_so(tmp_path):
    path = tmp_path / "bridge.yaml"
    path.write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(library.LibraryError, match="bridge.yaml: cannot be read as YAML"):
        library.parse(path)


def test_the_name_of_a_file_is_a_slug(write):
    with pytest.raises(library.LibraryError, match="the file's name must be lower-case words"):
        library.parse(write("Bridge 2.yaml"))


def test_all_problems_of_all_files_are_told_at_once(write, tmp_path):
    write("bridge.yaml", ("kind: strength", "kind: yoga"), ("per_day: 1", "per_day: 99"))
    write("plank.yaml", ("name: Bridge", "name: "))
    with pytest.raises(library.LibraryError) as error:
        library.read(tmp_path)
    assert [line.split(" ")[:2] for line in error.value.problems] == [
        ["bridge.yaml:", "kind"],
        ["bridge.yaml:", "dose.per_day"],
        ["plank.yaml:", "name"],
    ]


def test_neighbours_exist_and_lead_somewhere(write, tmp_path):
    write("bridge.yaml", ("source:", "harder: [plank, bird]\nsource:"))
    write("plank.yaml", ("source:", "harder: [bridge]\nsource:"))
    with pytest.raises(library.LibraryError) as error:
        library.read(tmp_path)
    unknown, circle = error.value.problems
    assert unknown == "bridge.yaml: harder 'bird' is not an exercise of the library"
    assert circle.startswith("harder leads round in a circle: ")


# --- loading


@pytest.fixture
def shipped(db):
    loading.load(library.read(), now=NOW)


def rows() -> list[tuple]:
    return list(ExerciseVersion.objects.order_by("pk").values_list())


def test_loading_twice_changes_nothing(shipped):
    before, steps = rows(), set(Progression.objects.values_list("pk", flat=True))
    again = loading.load(library.read(), now=NOW)
    assert not any(exercise.is_new for exercise in again)
    assert rows() == before
    assert set(Progression.objects.values_list("pk", flat=True)) == steps


def test_changed_words_become_the_next_version(db, write, tmp_path):
    write()
    loading.load(library.read(tmp_path), now=NOW)
    write("bridge.yaml", ("Lift.,", "Lift slowly.,"))
    [published] = loading.load(library.read(tmp_path), now=NOW)
    assert (published.slug, published.number, published.is_new) == ("bridge", 2, True)
    first, second = ExerciseVersion.objects.order_by("number")
    assert first.steps == ["Lie down.", "Lift.", "Lower."]
    assert second.steps == ["Lie down.", "Lift slowly.", "Lower."]
    assert list(ExerciseVersion.objects.current()) == [second]


def test_words_that_return_are_a_new_version_too(db, write, tmp_path):
    for change in ((), (("Lift.,", "Lift slowly.,"),), ()):
        write("bridge.yaml", *change)
        loading.load(library.read(tmp_path), now=NOW)
    assert ExerciseVersion.objects.count() == 3


def test_loading_never_touches_what_is_prescribed(db, write, tmp_path):
    write()
    loading.load(library.read(tmp_path), now=NOW)
    item = ItemFactory(exercise_version=ExerciseVersion.objects.get())
    before = (item.exercise_version_id, item.dose)
    write("bridge.yaml", ("[5, 10]", "[5, 9]"))
    loading.load(library.read(tmp_path), now=NOW)
    item.refresh_from_db()
    assert (item.exercise_version_id, item.dose) == before
    assert item.exercise_version.dose.hold_seconds == (5, 10)


def test_loading_leaves_a_clinics_own_exercise_alone(shipped):
    own = Exercise.objects.create(
        clinic=ClinicFactory(), slug="lying-hamstring-stretch", kind="stretch"
    )
    loading.load(library.read(), now=NOW)
    assert not own.versions.exists()


def test_steps_up_follow_the_files(db, write, tmp_path):
    write("bridge.yaml", ("source:", "harder: [plank]\nsource:"))
    write("plank.yaml")
    loading.load(library.read(tmp_path), now=NOW)
    [step] = Progression.objects.all()
    assert (step.easier.slug, step.harder.slug) == ("bridge", "plank")
    write("bridge.yaml")
    loading.load(library.read(tmp_path), now=NOW)
    assert not Progression.objects.exists()
    assert ExerciseVersion.objects.filter(exercise__slug="bridge").count() == 1


def test_a_kind_may_be_corrected(db, write, tmp_path):
    write()
    loading.load(library.read(tmp_path), now=NOW)
    write("bridge.yaml", ("kind: strength", "kind: control"))
    loading.load(library.read(tmp_path), now=NOW)
    assert Exercise.objects.get().kind == "control"


def test_nothing_shipped_is_called_reviewed(shipped):
    assert not Signature.objects.exists()


def test_the_command_says_what_it_did(db):
    told = [StringIO(), StringIO()]
    for out in told:
        call_command("load_library", stdout=out)
    first, second = (out.getvalue().splitlines() for out in told)
    assert "lying-hamstring-stretch: version 1" in first
    assert first[-1] == f"{len(first) - 1} exercises, 0 of them unchanged."
    assert second == [f"{len(first) - 1} exercises, {len(first) - 1} of them unchanged."]


def test_the_command_refuses_a_broken_library_whole(db, write, tmp_path):
    write()
    write("plank.yaml", ("kind: strength", "kind: yoga"))
    with pytest.raises(CommandError, match=r"Nothing was loaded\.\nplank\.yaml: kind is 'yoga'"):
        call_command("load_library", folder=tmp_path)
    assert not Exercise.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_make_one_version(write, tmp_path):
    write()
    write("plank.yaml", ("source:", "harder: [bridge]\nsource:"))
    entries = library.read(tmp_path)

    def load(_turn):
        try:
            return loading.load(entries, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        loads = list(pool.map(load, range(4)))
    assert sum(exercise.is_new for published in loads for exercise in published) == 2
    assert ExerciseVersion.objects.count() == 2
    assert Progression.objects.count() == 1
