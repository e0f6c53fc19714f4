"""The doses of the library as it ships: the guide ranges, and what each entry starts with."""

import pytest

from exercises import library

ENTRIES = {entry.slug: entry for entry in library.read()}
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
MON_WED_FRI = [0, 2, 4]
NONE = (None, None)

each_entry = pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))

# slug: hold (s), repetitions, sets, times a day; what sources say, for everyone
GUIDES = {
    "lying-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 3)),
    "sitting-hamstring-stretch": ((15, 30), (2, 3), (1, 1), (2, 2)),
    "doorway-hamstring-stretch": ((15, 30), (3, 3), (1, 1), (2, 2)),
    "strap-hamstring-stretch": ((15, 60), (2, 3), (1, 1), (2, 2)),
    "two-chair-hamstring-stretch": ((15, 30), (3, 3), (1, 1), (1, 2)),
    "standing-hamstring-stretch": ((10, 30), (2, 3), (1, 1), (2, 2)),
    "sciatic-nerve-slider": (NONE, (10, 10), (1, 1), (1, 3)),
    "knee-across-buttock-stretch": ((30, 30), (1, 3), (1, 1), (1, 1)),
    "figure-four-stretch": ((10, 30), (2, 3), (1, 1), (1, 2)),
    "single-knee-to-chest": ((5, 30), (2, 3), (1, 1), (1, 2)),
    "double-knee-to-chest": ((5, 30), (2, 3), (1, 1), (1, 2)),
    "knee-rolls": ((2, 10), (2, 10), (1, 1), (2, 3)),
    "side-lying-open-book": (NONE, (5, 10), (1, 2), (1, 2)),
    "rest-with-belly-breathing": (NONE, NONE, NONE, (1, 3)),
    "pelvic-tilt": ((2, 5), (5, 30), (1, 1), (1, 3)),
    "cat-camel": (NONE, (7, 12), (1, 1), (1, 2)),
    "bottom-to-heels": ((3, 5), (8, 10), (1, 1), (1, 1)),
    "lying-on-elbows": ((60, 300), (1, 1), (1, 1), (1, 3)),
    "back-press-up": ((1, 2), (5, 10), (1, 3), (3, 5)),
    "prone-hip-extension": ((5, 10), (3, 10), (1, 2), (1, 1)),
    "standing-back-bend": ((1, 2), (5, 10), (1, 1), (3, 3)),
    "tummy-tightening": ((10, 30), (5, 15), (1, 3), (1, 1)),
    "heel-slide": (NONE, (10, 10), (1, 2), (1, 1)),
    "straight-leg-raise": ((3, 5), (5, 10), (1, 3), (1, 1)),
    "dead-bug": (NONE, (8, 15), (1, 3), (1, 1)),
    "front-plank-on-knees": ((5, 30), (1, 10), (1, 1), (1, 1)),
    "bird-dog": ((2, 10), (5, 12), (1, 3), (1, 1)),
    "side-plank-on-knees": ((10, 40), (2, 6), (1, 1), (1, 1)),
    "bridge": ((2, 10), (5, 15), (1, 3), (1, 2)),
    "clamshell": (NONE, (5, 15), (1, 3), (1, 1)),
    "side-lying-hip-abduction": ((3, 5), (8, 12), (1, 2), (1, 1)),
    "hip-flexor-stretch": ((15, 30), (2, 3), (1, 1), (1, 2)),
    "calf-stretch": ((10, 30), (2, 5), (1, 1), (1, 2)),
    "walking": (NONE, NONE, NONE, (1, 1)),
    "wall-squat": ((15, 25), (3, 3), (1, 1), (1, 1)),
    "modified-curl-up": ((10, 10), (6, 6), (1, 1), (1, 1)),
    "sit-to-stand": (NONE, (5, 10), (1, 3), (1, 1)),
    "hip-hinge": (NONE, (8, 12), (1, 3), (1, 1)),
    "single-leg-bridge": ((3, 5), (5, 10), (1, 5), (1, 1)),
    "sliding-hamstring-curl": (NONE, (5, 15), (1, 3), (1, 1)),
    "romanian-deadlift": (NONE, (4, 12), (1, 3), (1, 1)),
    "step-up-and-down": (NONE, (5, 10), (1, 3), (1, 1)),
    "single-leg-stand": ((10, 30), (1, 4), (1, 1), (1, 3)),
    "heel-raise": (NONE, (5, 15), (1, 2), (1, 1)),
    "quadriceps-stretch": ((10, 30), (2, 5), (1, 1), (1, 2)),
    "seated-figure-four": ((10, 30), (2, 3), (1, 1), (1, 2)),
    "seated-slump-slider": (NONE, (10, 10), (1, 1), (1, 3)),
    "seated-back-bend": ((1, 2), (5, 10), (1, 1), (3, 3)),
    "standing-side-glide": (NONE, (5, 10), (1, 1), (2, 10)),
}
# The same, and the days: what adding it prescribes, for one person to begin with.
STARTS_WITH = {
    "lying-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 3), EVERY_DAY),
    "sitting-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 2), EVERY_DAY),
    "doorway-hamstring-stretch": ((20, 30), (3, 3), (1, 1), (2, 2), EVERY_DAY),
    "strap-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 2), EVERY_DAY),
    "two-chair-hamstring-stretch": ((20, 30), (3, 3), (1, 1), (1, 2), EVERY_DAY),
    "standing-hamstring-stretch": ((20, 30), (2, 3), (1, 1), (2, 2), EVERY_DAY),
    "sciatic-nerve-slider": (NONE, (10, 10), (1, 1), (1, 2), EVERY_DAY),
    "knee-across-buttock-stretch": ((30, 30), (2, 3), (1, 1), (1, 1), EVERY_DAY),
    "figure-four-stretch": ((20, 30), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "single-knee-to-chest": ((10, 20), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "double-knee-to-chest": ((10, 20), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "knee-rolls": ((2, 3), (5, 10), (1, 1), (2, 3), EVERY_DAY),
    "side-lying-open-book": (NONE, (5, 8), (1, 1), (1, 2), EVERY_DAY),
    "rest-with-belly-breathing": (NONE, NONE, NONE, (1, 2), EVERY_DAY),
    "pelvic-tilt": ((3, 5), (5, 10), (1, 1), (1, 2), EVERY_DAY),
    "cat-camel": (NONE, (8, 10), (1, 1), (1, 2), EVERY_DAY),
    "bottom-to-heels": ((3, 5), (8, 10), (1, 1), (1, 1), EVERY_DAY),
    "lying-on-elbows": ((60, 120), (1, 1), (1, 1), (1, 2), EVERY_DAY),
    "back-press-up": ((1, 2), (5, 10), (1, 1), (3, 3), EVERY_DAY),
    "prone-hip-extension": ((5, 5), (5, 8), (1, 1), (1, 1), EVERY_DAY),
    "standing-back-bend": ((1, 2), (5, 10), (1, 1), (3, 3), EVERY_DAY),
    "tummy-tightening": ((10, 15), (5, 10), (1, 1), (1, 1), EVERY_DAY),
    "heel-slide": (NONE, (10, 10), (1, 1), (1, 1), EVERY_DAY),
    "straight-leg-raise": ((3, 5), (8, 10), (1, 1), (1, 1), EVERY_DAY),
    "dead-bug": (NONE, (8, 10), (1, 2), (1, 1), MON_WED_FRI),
    "front-plank-on-knees": ((5, 10), (3, 5), (1, 1), (1, 1), MON_WED_FRI),
    "bird-dog": ((3, 5), (5, 8), (1, 1), (1, 1), EVERY_DAY),
    "side-plank-on-knees": ((10, 20), (2, 3), (1, 1), (1, 1), MON_WED_FRI),
    "bridge": ((3, 5), (8, 10), (1, 2), (1, 1), EVERY_DAY),
    "clamshell": (NONE, (8, 12), (1, 2), (1, 1), MON_WED_FRI),
    "side-lying-hip-abduction": ((3, 5), (8, 10), (1, 1), (1, 1), MON_WED_FRI),
    "hip-flexor-stretch": ((20, 30), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "calf-stretch": ((20, 30), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "walking": (NONE, NONE, NONE, (1, 1), [0, 1, 2, 3, 4]),
    "wall-squat": ((15, 25), (3, 3), (1, 1), (1, 1), EVERY_DAY),
    "modified-curl-up": ((10, 10), (6, 6), (1, 1), (1, 1), EVERY_DAY),
    "sit-to-stand": (NONE, (5, 10), (1, 2), (1, 1), MON_WED_FRI),
    "hip-hinge": (NONE, (8, 10), (1, 2), (1, 1), EVERY_DAY),
    "single-leg-bridge": ((3, 5), (5, 5), (1, 2), (1, 1), MON_WED_FRI),
    "sliding-hamstring-curl": (NONE, (5, 8), (1, 2), (1, 1), MON_WED_FRI),
    "romanian-deadlift": (NONE, (6, 8), (1, 2), (1, 1), MON_WED_FRI),
    "step-up-and-down": (NONE, (6, 10), (1, 1), (1, 1), MON_WED_FRI),
    "single-leg-stand": ((10, 20), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "heel-raise": (NONE, (8, 10), (1, 1), (1, 1), MON_WED_FRI),
    "quadriceps-stretch": ((20, 30), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "seated-figure-four": ((15, 30), (2, 3), (1, 1), (1, 2), EVERY_DAY),
    "seated-slump-slider": (NONE, (10, 10), (1, 1), (1, 2), EVERY_DAY),
    "seated-back-bend": ((1, 2), (5, 10), (1, 1), (3, 3), EVERY_DAY),
    "standing-side-glide": (NONE, (8, 10), (1, 1), (3, 5), EVERY_DAY),
}
# What one side of it is; of the others both sides work together.
ON_A_SIDE = dict.fromkeys(
    ("side-plank-on-knees", "side-lying-open-book", "standing-side-glide"), "side"
) | dict.fromkeys(
    (
        "lying-hamstring-stretch",
        "sitting-hamstring-stretch",
        "doorway-hamstring-stretch",
        "strap-hamstring-stretch",
        "two-chair-hamstring-stretch",
        "standing-hamstring-stretch",
        "sciatic-nerve-slider",
        "knee-across-buttock-stretch",
        "figure-four-stretch",
        "single-knee-to-chest",
        "heel-slide",
        "straight-leg-raise",
        "dead-bug",
        "bird-dog",
        "clamshell",
        "side-lying-hip-abduction",
        "prone-hip-extension",
        "calf-stretch",
        "hip-flexor-stretch",
        "single-leg-bridge",
        "step-up-and-down",
        "single-leg-stand",
        "quadriceps-stretch",
        "seated-figure-four",
        "seated-slump-slider",
    ),
    "leg",
)
# What is done for some minutes: to begin with, and in the guide.
MINUTES = {"walking": ((10, 15), (5, 30)), "rest-with-belly-breathing": ((5, 10), (3, 15))}
PARTS = ("hold_seconds", "repetitions", "sets", "per_day")


def numbers(columns, prefix=""):
    return tuple((columns[f"{prefix}{p}_min"], columns[f"{prefix}{p}_max"]) for p in PARTS)


def minutes(columns, prefix=""):
    return columns[f"{prefix}minutes_min"], columns[f"{prefix}minutes_max"]


@pytest.mark.parametrize("slug", sorted(STARTS_WITH.keys() | ENTRIES.keys()))
def test_starting_doses(slug):
    assert slug in ENTRIES, "no file of the library"
    assert slug in STARTS_WITH, "write its starting dose in STARTS_WITH"
    columns = ENTRIES[slug].columns
    assert (*numbers(columns), columns["weekdays"]) == STARTS_WITH[slug]
    assert columns["every_days"] is None
    assert minutes(columns) == MINUTES.get(slug, (NONE, NONE))[0]


@pytest.mark.parametrize("slug", sorted(GUIDES.keys() | ENTRIES.keys()))
def test_guide_ranges(slug):
    assert slug in ENTRIES, "no file of the library"
    assert slug in GUIDES, "write its guide in GUIDES"
    columns = ENTRIES[slug].columns
    assert numbers(columns, "guide_") == GUIDES[slug]
    assert minutes(columns, "guide_") == MINUTES.get(slug, (NONE, NONE))[1]


@each_entry
def test_a_starting_dose_is_a_decision_inside_the_guide(entry):
    """Counted here from the file's numbers alone, by hand: the product's own rule is not asked."""
    columns = entry.columns
    for part in (*PARTS, "minutes"):
        low, high = columns[f"{part}_min"], columns[f"{part}_max"]
        if low is not None:
            assert high <= 2 * low, part
            assert columns[f"guide_{part}_min"] <= low <= high <= columns[f"guide_{part}_max"]
    if columns["minutes_max"] is None:
        hold, times, rounds = (columns[f"{part}_max"] or 1 for part in PARTS[:3])
        one = hold + 5 if columns["hold_seconds_max"] else 4  # with the change of position
        sides = 2 if columns["side_kind"] else 1
        assert sides * rounds * times * one + (rounds - 1) * 30 <= 5 * 60


def test_the_founding_stretch_starts_as_its_source_says():
    columns = ENTRIES["lying-hamstring-stretch"].columns
    assert numbers(columns) == numbers(columns, "guide_") == ((20, 30), (2, 3), (1, 1), (2, 3))


def test_what_one_side_is():
    sided = {slug: entry.columns["side_kind"] for slug, entry in ENTRIES.items()}
    assert {slug: kind for slug, kind in sided.items() if kind} == ON_A_SIDE
