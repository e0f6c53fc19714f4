"""What the database itself refuses, whoever asks. One test for each rule."""

import pytest
from django.db.models import ProtectedError

from exercises.models import Exercise, ExerciseVersion, Progression
from exercises.words.dose import instructions, short
from tests.constraints import refused
from tests.factories import (
    ClinicFactory,
    ExerciseFactory,
    ExerciseVersionFactory,
    ItemFactory,
)

pytestmark = pytest.mark.django_db


def ends(part: str, low: int | None, high: int | None) -> dict[str, int | None]:
    return {f"{part}_min": low, f"{part}_max": high}


REPEATED = {"dose_kind": "repetitions", **ends("hold_seconds", None, None)}
FOR_MINUTES = {
    "dose_kind": "minutes",
    **ends("hold_seconds", None, None),
    **ends("repetitions", None, None),
    **ends("minutes", 5, 10),
}
BROKEN_DOSES = [
    ("hold_seconds_is_a_range", ends("hold_seconds", 30, 20)),
    ("hold_seconds_is_a_range", ends("hold_seconds", 20, None)),
    ("hold_seconds_is_a_range", ends("hold_seconds", 20, 601)),
    ("repetitions_is_a_range", ends("repetitions", 3, 2)),
    ("repetitions_is_a_range", ends("repetitions", 1, 101)),
    ("sets_is_a_range", ends("sets", None, 2)),
    ("sets_is_a_range", ends("sets", 2, 1)),
    ("sets_is_a_range", ends("sets", 0, 1)),
    ("minutes_is_a_range", {**FOR_MINUTES, **ends("minutes", 5, 181)}),
    ("per_day_is_a_range", ends("per_day", 0, 1)),
    ("per_day_is_a_range", ends("per_day", 3, 2)),
    ("per_day_is_a_range", ends("per_day", 1, 13)),
    ("dose_fits_its_kind", ends("hold_seconds", None, None)),
    ("dose_fits_its_kind", ends("repetitions", None, None)),
    ("dose_fits_its_kind", ends("minutes", 5, 10)),
    ("dose_fits_its_kind", {"dose_kind": "repetitions"}),
    ("dose_fits_its_kind", {**FOR_MINUTES, **ends("sets", 1, 2)}),
    ("dose_fits_its_kind", {**REPEATED, "dose_kind": "sleep"}),
    ("weekdays_are_days", {"weekdays": []}),
    ("weekdays_are_days", {"weekdays": [0, 7]}),
    ("every_days_in_range", {"every_days": 0}),
    ("every_days_in_range", {"every_days": 15}),
]


@pytest.mark.parametrize(("rule", "columns"), BROKEN_DOSES)
@pytest.mark.parametrize(
    ("factory", "table"), [(ExerciseVersionFactory, "exerciseversion"), (ItemFactory, "item")]
)
def test_a_dose_that_is_none(factory, table, rule, columns):
    refused(lambda: factory(**columns), f"{table}_{rule}")


@pytest.mark.parametrize("part", ["hold_seconds", "repetitions", "sets", "per_day"])
@pytest.mark.parametrize("wrong", [(3, 2), (2, None), (None, 2), (0, 2), (2, 700)])
def test_a_guide_that_is_none(part, wrong):
    columns = ends(f"guide_{part}", *wrong)
    refused(lambda: ExerciseVersionFactory(**columns), f"exerciseversion_guide_{part}_is_a_range")


def test_guide_minutes_is_a_range():
    columns = {**FOR_MINUTES, **ends("guide_minutes", 30, 5)}
    refused(lambda: ExerciseVersionFactory(**columns), "exerciseversion_guide_minutes_is_a_range")


@pytest.mark.parametrize(
    "columns",
    [
        ends("guide_minutes", 5, 10),
        {**REPEATED, **ends("guide_hold_seconds", 5, 10)},
        {**FOR_MINUTES, **ends("guide_repetitions", 5, 10)},
        {**FOR_MINUTES, **ends("guide_sets", 1, 2)},
    ],
)
def test_guide_fits_its_kind(columns):
    refused(lambda: ExerciseVersionFactory(**columns), "exerciseversion_guide_fits_its_kind")


@pytest.mark.parametrize(
    ("part", "guide"),
    [
        ("hold_seconds", (21, 30)),
        ("hold_seconds", (20, 29)),
        ("repetitions", (3, 3)),
        ("per_day", (1, 2)),
    ],
)
def test_a_starting_dose_lies_inside_the_guide(part, guide):
    columns = ends(f"guide_{part}", *guide)
    refused(lambda: ExerciseVersionFactory(**columns), f"exerciseversion_{part}_inside_guide")


def test_sets_and_minutes_inside_guide():
    rounds = {**ends("sets", 1, 3), **ends("guide_sets", 1, 2)}
    refused(lambda: ExerciseVersionFactory(**rounds), "exerciseversion_sets_inside_guide")
    walk = {**FOR_MINUTES, **ends("guide_minutes", 6, 30)}
    refused(lambda: ExerciseVersionFactory(**walk), "exerciseversion_minutes_inside_guide")


def test_a_guide_may_lack_any_part():
    version = ExerciseVersionFactory(**ends("guide_repetitions", 1, 30))
    assert version.has_guide
    assert short(version.guide) == "20–30 s × 1–30 each leg, 2–3 a day"
    assert not ExerciseVersionFactory().has_guide


def test_exerciseversion_side_kind_is_known():
    refused(lambda: ExerciseVersionFactory(side_kind="wing"), "exerciseversion_side_kind_is_known")


@pytest.mark.parametrize(
    "columns", [REPEATED, FOR_MINUTES, {"weekdays": [0, 2, 4], "every_days": 2}]
)
def test_doses_of_every_kind_are_kept(columns):
    version = ExerciseVersionFactory(**columns)
    version.refresh_from_db()
    assert instructions(version.dose)


def test_exercise_slug_once_per_owner():
    ExerciseFactory(slug="bridge", clinic=None)
    clinic = ClinicFactory()
    ExerciseFactory(slug="bridge", clinic=clinic)
    refused(lambda: ExerciseFactory(slug="bridge", clinic=None), "exercise_slug_once_per_owner")
    refused(lambda: ExerciseFactory(slug="bridge", clinic=clinic), "exercise_slug_once_per_owner")


def test_exerciseversion_number_once():
    exercise = ExerciseVersionFactory().exercise
    refused(lambda: ExerciseVersionFactory(exercise=exercise), "exerciseversion_number_once")


def test_exercise_kind_is_known():
    refused(lambda: ExerciseFactory(kind="yoga"), "exercise_kind_is_known")


def test_exerciseversion_has_steps():
    refused(lambda: ExerciseVersionFactory(steps=[]), "exerciseversion_has_steps")
    ExerciseVersionFactory(steps=[], published_at=None)  # a draft may lack them


def test_exerciseversion_steps_have_phases():
    refused(lambda: ExerciseVersionFactory(phases=["move"]), "exerciseversion_steps_have_phases")
    ExerciseVersionFactory(phases=[], published_at=None)  # a draft may lack them


def test_exerciseversion_one_draft():
    draft = ExerciseVersionFactory(published_at=None)
    refused(
        lambda: ExerciseVersionFactory(exercise=draft.exercise, number=2, published_at=None),
        "exerciseversion_one_draft",
    )


@pytest.mark.parametrize(
    ("rule", "tags"),
    [
        ("position_is_known", {"position": "upside down"}),
        ("flexes_is_known", {"flexes": "sideways"}),
        ("phases_are_known", {"phases": ["move", "dance", "hold"]}),
        ("equipment_are_known", {"equipment": ["trapeze"]}),
        ("muscles_are_known", {"muscles": ["hamstrings", "wing"]}),
        ("regions_are_known", {"regions": ["tail"]}),
        ("conditions_are_known", {"conditions": ["gloom"]}),
    ],
)
def test_tags_come_from_the_vocabulary(rule, tags):
    refused(lambda: ExerciseVersionFactory(**tags), f"exerciseversion_{rule}")


def test_exerciseversion_precautions_are_known():
    refused(
        lambda: ExerciseVersionFactory(precautions=["IRR", "XYZ"]),
        "exerciseversion_precautions_are_known",
    )


def test_exerciseversion_basis_is_known():
    refused(lambda: ExerciseVersionFactory(dose_basis="hearsay"), "exerciseversion_basis_is_known")


def test_progression_once():
    easier, harder = ExerciseFactory(), ExerciseFactory()
    Progression.objects.create(easier=easier, harder=harder)
    refused(lambda: Progression.objects.create(easier=easier, harder=harder), "progression_once")


def test_progression_goes_somewhere():
    same = ExerciseFactory()
    refused(
        lambda: Progression.objects.create(easier=same, harder=same), "progression_goes_somewhere"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Another"},
        {"steps": ["Run."]},
        {"cautions": ["None."]},
        {"hold_seconds_max": 60},
        {"per_day_min": 1},
        {"source": "Hearsay"},
        {"precautions": []},
        {"content_hash": "0" * 64},
        {"number": 7},
    ],
)
def test_exerciseversion_stays(change):
    version = ExerciseVersionFactory(precautions=["IRR"])
    rows = ExerciseVersion.objects.filter(pk=version.pk)
    refused(lambda: rows.update(**change), "exerciseversion_stays")


def test_exerciseversion_stays_with_its_exercise():
    version, other = ExerciseVersionFactory(), ExerciseFactory()
    rows = ExerciseVersion.objects.filter(pk=version.pk)
    refused(lambda: rows.update(exercise=other), "exerciseversion_stays")


def test_a_prescribed_version_is_not_deleted():
    version = ItemFactory().exercise_version
    for rows in (
        ExerciseVersion.objects.filter(pk=version.pk),
        Exercise.objects.filter(pk=version.exercise_id),
    ):
        with pytest.raises(ProtectedError):
            rows.delete()
