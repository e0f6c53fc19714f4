"""What changed between two versions, in words; and the page that shows it."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from exercises.guide import GuideFields
from exercises.models import ExerciseVersion, Photo, Shown
from exercises.services import writing
from exercises.version_diff import (
    CHOICES,
    LINES,
    TAGS,
    TEXTS,
    Piece,
    State,
    list_lines,
    tag_lines,
    text_lines,
)
from exercises.words.versions import changes
from tests.cast import Cast
from tests.exercises.writing_desk import of_version, published, ready_draft
from tests.factories import LONG_AGO, ExerciseVersionFactory

GUIDE = {"guide_hold_seconds_min": 15, "guide_hold_seconds_max": 40}
SAME, ADDED, REMOVED, CHANGED = State.SAME, State.ADDED, State.REMOVED, State.CHANGED


def seen(lines) -> list[tuple]:
    """State, number and the words with their marks: [-old-]{+new+}."""
    marks = {SAME: "{}", ADDED: "{{+{}+}}", REMOVED: "[-{}-]"}
    return [
        (line.state, line.number, "".join(marks[p.state].format(p.text) for p in line.pieces))
        for line in lines
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Hold it.", "Hold it.", []),
        ("", "Hold it.", [(ADDED, None, "{+Hold it.+}")]),
        ("Hold it.", "", [(REMOVED, None, "[-Hold it.-]")]),
        ("Lift the leg.", "Lift your leg.", [(CHANGED, None, "Lift[- the-]{+ your+} leg.")]),
        ("Lift it", "Lift it slowly", [(CHANGED, None, "Lift it{+ slowly+}")]),
        ("Now lift it", "lift it", [(CHANGED, None, "[-Now lift-]{+lift+} it")]),
    ],
)
def test_texts_differ_by_words(old, new, expected):
    assert seen(text_lines(old, new)) == expected


STEPS = ["Lie down.", "Bend the knee.", "Hold for a while."]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (STEPS, []),
        ([*STEPS, "Rest."], [(ADDED, 4, "{+Rest.+}")]),
        (STEPS[1:], [(REMOVED, 1, "[-Lie down.-]")]),
        (
            ["Lie down.", "Bend your knee.", "Hold for a while."],
            [(CHANGED, 2, "Bend[- the-]{+ your+} knee.")],
        ),
        (
            ["Lie down.", "Walk away.", "Hold for a while."],
            [(REMOVED, 2, "[-Bend the knee.-]"), (ADDED, 2, "{+Walk away.+}")],
        ),
        ([], [(REMOVED, n, f"[-{step}-]") for n, step in enumerate(STEPS, start=1)]),
    ],
)
def test_lists_differ_by_lines(new, expected):
    assert seen(list_lines(STEPS, new)) == expected


def test_tags_have_no_order():
    assert tag_lines(["a", "b"], ["b", "a"]) == ()
    assert seen(tag_lines(["a", "b"], ["b", "c"])) == [
        (REMOVED, None, "[-a-]"),
        (ADDED, None, "{+c+}"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "label", "words"),
    [
        ({"name": "Bridge"}, "Name", "{+Bridge+}"),
        ({"summary": "A gentle bend."}, "In one sentence", "A gentle[- stretch.-]{+ bend.+}"),
        ({"hold_seconds_max": 45}, "Starting dose", "Hold for 20 to[- 30-]{+ 45+} seconds."),
        ({"per_day_min": 1, "per_day_max": 1}, "Starting dose", "{+ Once+}"),
        (GUIDE, "Guide range", "{+15–40 s × 2–3 each leg, 2–3 a day+}"),
        ({"position": "sitting"}, "Position", "{+sitting+}"),
        ({"flexes": "forward"}, "Direction", "{+bends the low back forwards+}"),
        ({"dose_basis": "convention"}, "Dose basis", "{+clinical convention+}"),
        ({"precautions": ["THR"]}, "Precautions", "{+hip replacement+}"),
        ({"muscles": ["hamstrings"]}, "Muscles", "{+hamstrings+}"),
        ({"synonyms": ["ham"]}, "Other names", "{+ham+}"),
        ({"why": ["It may help."]}, "Why it may help", "{+It may help.+}"),
        ({"figure": {"frames": []}}, "Figure", "{+drawn+}"),
    ],
)
def test_every_field_in_words(change, label, words):
    old = ExerciseVersionFactory(name="Stretch")
    new = ExerciseVersionFactory(**{"name": "Stretch", **change})
    [difference] = changes(old, new)
    assert difference.label == label
    text = "".join(line for _, _, line in seen(difference.lines))
    assert words in text or words.lower() in text.lower()
    assert "{'" not in text


@pytest.mark.django_db
def test_an_exercise_that_becomes_one_of_both_legs_changes_its_words_too():
    old, new = ExerciseVersionFactory(side_kind="leg"), ExerciseVersionFactory(side_kind="")
    found = {d.label: seen(d.lines) for d in changes(old, new) if d.label != "Name"}
    assert found["Sides"] == [(CHANGED, None, "[-one leg at a time-]{+both sides together+}")]
    assert found["Starting dose"] == [
        (
            CHANGED,
            None,
            "Hold for 20 to 30 seconds. Do this 2 or 3[- times with each leg.-]{+ times.+} 2 or 3 times a day.",
        )
    ]


def test_no_column_is_forgotten():
    """A column that a reader may see and that changes without a word here fails this."""
    told = {*TEXTS, *LINES, *TAGS, *CHOICES, "figure", "phases"}  # with the steps
    dose = {field.name for field in GuideFields._meta.get_fields()}
    columns = {
        field.name
        for field in ExerciseVersion._meta.concrete_fields
        if not field.generated and field.name not in writing.IDENTITY
    }
    assert columns == told | dose


def show(version: ExerciseVersion, name: str, *, words: str = "At the wall") -> None:
    """A photo of its own among the version's."""
    photo = Photo.objects.create(
        clinic=version.exercise.clinic,
        file=f"{name}.webp",
        width=1,
        height=1,
        uploaded_by=version.exercise.created_by,
        uploaded_at=LONG_AGO,
    )
    Shown.objects.create(
        version=version, photo=photo, position=version.shown.count() + 1, words=words
    )


@pytest.mark.django_db
def test_another_photo_is_a_difference(cast: Cast):
    first = published(cast.clinic, by=cast.clinician)
    draft = writing.revise(first.exercise, by=cast.clinician, now=LONG_AGO)
    show(draft, "a")
    [difference] = changes(first, draft)
    assert difference.label == "Photos"
    assert difference.lines[0].pieces == (Piece(ADDED, "At the wall"),)


@pytest.mark.django_db
def test_another_picture_with_the_same_words_is_a_difference(cast: Cast):
    first = ready_draft(cast.clinic, by=cast.clinician)
    show(first, "first", words="From the side")
    show(first, "second")
    writing.publish(first, by=cast.clinician, now=LONG_AGO)
    draft = writing.revise(first.exercise, by=cast.clinician, now=LONG_AGO)
    draft.shown.filter(words="At the wall").delete()
    show(draft, "third")
    [difference] = changes(first, draft)
    [line] = difference.lines
    assert (line.state, line.number) == (CHANGED, 2)
    assert line.pieces == (Piece(SAME, "At the wall"), Piece(ADDED, " (another picture)"))


def test_the_page_shows_who_when_and_what(as_user, cast: Cast):
    first = published(cast.clinic, by=cast.clinician)
    draft = writing.revise(first.exercise, by=cast.colleague, now=LONG_AGO)
    steps = ["Lie down.", "Straighten your knee."]
    ExerciseVersion.objects.filter(pk=draft.pk).update(steps=steps, hold_seconds_max=45)
    physio = as_user(cast.clinician)
    for version in (first, draft):  # any version leads to the same page
        page = physio.get(of_version(version, "history"))
        assertContains(page, "Published 5 January 2026, 09:00")
        assertContains(page, "written by Priya Shah")
        assertContains(page, f"written by {cast.colleague}")
        assertContains(page, "<del> the</del><ins> your</ins>")
        assertContains(page, "2, changed")
        assertContains(page, "<del> 30</del><ins> 45</ins>")
        assertContains(page, "The first version.")
        assertNotContains(page, "hold_seconds")


def test_words_are_escaped(as_user, cast: Cast):
    first = published(cast.clinic, by=cast.clinician)
    draft = writing.revise(first.exercise, by=cast.clinician, now=LONG_AGO)
    ExerciseVersion.objects.filter(pk=draft.pk).update(feel="<script>alert(1)</script>")
    assertNotContains(as_user(cast.clinician).get(of_version(first, "history")), "<script>alert")


def test_a_long_history_has_pages_and_constant_queries(
    as_user, cast: Cast, django_assert_num_queries
):
    first = published(cast.clinic, by=cast.clinician)
    physio = as_user(cast.clinician)
    counts = []
    for _ in range(2):
        # session, user, roles, version, how many, rows, photos, signatures
        with django_assert_num_queries(9):
            counts.append(len(physio.get(of_version(first, "history")).context["rows"]))
        for number in range(2, 24):
            fields = {"number": number, "written_by": cast.clinician, "summary": f"The {number}."}
            if not first.exercise.versions.filter(number=number).exists():
                ExerciseVersionFactory(exercise=first.exercise, name="Wall sit", **fields)
    assert counts == [1, 20]
    page = physio.get(of_version(first, "history"), {"page": 2})
    assert [row.version.number for row in page.context["rows"]] == [3, 2, 1]
    assertContains(page, "The first version.")
    last = physio.get(of_version(first, "history")).context["rows"][-1]
    assert [d.label for d in last.changes] == ["In one sentence"]  # against one on the next page
