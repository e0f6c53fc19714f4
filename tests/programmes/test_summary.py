"""What a programme adds up to."""

from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

import pytest

from exercises.dose import Dose, Range
from programmes.summary import FEW, Summary, outside_library
from programmes.words import caution, library_says, sum_of


@dataclass
class Bending:
    flexes: str = ""


@dataclass
class Given:
    numbers: Dose
    exercise_version: Bending = field(default_factory=Bending)
    pk: UUID = field(default_factory=uuid4)


HOLD = Dose(
    hold_seconds=Range(20, 30), repetitions=Range(2, 3), per_day=Range(2, 3), sides=2
)  # 2 sides × 2.5 × 30 s = 150 s
WALK = Dose(minutes=Range(10, 20))  # 15 min
ONCE = replace(HOLD, per_day=Range(1, 1))
MON_WED_FRI = frozenset({0, 2, 4})


@pytest.mark.parametrize(
    ("doses", "words"),
    [
        ([], "0 exercises"),
        ([HOLD], "About 3 min, 2 or 3 times a day · 1 exercise"),
        ([WALK], "About 15 min, once a day · 1 exercise"),
        ([HOLD, WALK], "About 18 min, then 3 min · 2 exercises"),
        ([HOLD, HOLD], "About 5 min, 2 or 3 times a day · 2 exercises"),
        ([HOLD, ONCE, ONCE, ONCE], "About 10 min, then 3 min · 4 exercises"),
        # Days differ: the busiest one counts, and each exercise says its own.
        ([WALK, replace(WALK, weekdays=MON_WED_FRI)], "About 30 min, once a day · 2 exercises"),
        (
            [replace(WALK, weekdays=MON_WED_FRI), replace(WALK, weekdays=frozenset({1}))],
            "About 15 min, once a day · 2 exercises",
        ),
        (
            [replace(WALK, weekdays=MON_WED_FRI)],
            "About 15 min, once a day on Mon, Wed and Fri · 1 exercise",
        ),
        ([replace(WALK, every_days=2)], "About 15 min, once a day, every other day · 1 exercise"),
        ([Dose(repetitions=Range(1, 1))], "About 1 min, once a day · 1 exercise"),
    ],
)
def test_in_words(doses, words):
    assert sum_of(Summary.of([Given(dose) for dose in doses])) == words


def test_caution_only_above_a_few():
    assert Summary.of([Given(HOLD)] * FEW).cautions == []
    [words] = map(caution, Summary.of([Given(HOLD)] * (FEW + 1)).cautions)
    assert "4 exercises" in words


@pytest.mark.parametrize(
    ("ways", "cautions"),
    [
        ([], 0),
        (["", "forward"], 0),
        (["forward", "forward"], 0),
        (["backward", ""], 0),
        (["backward", "", "forward"], 1),
    ],
)
def test_caution_when_exercises_bend_the_low_back_both_ways(ways, cautions):
    summary = Summary.of([Given(HOLD, Bending(way)) for way in ways])
    said = [caution(about) for about in summary.cautions]
    assert len(said) == cautions
    assert all("forwards" in words and "backwards" in words for words in said)


@pytest.mark.parametrize(
    ("chosen", "usual", "parts"),
    [
        (HOLD, HOLD, set()),
        (replace(HOLD, hold_seconds=Range(20, 31)), HOLD, {"hold_seconds"}),
        (replace(HOLD, hold_seconds=Range(19, 30)), HOLD, {"hold_seconds"}),
        (replace(HOLD, hold_seconds=Range(22, 28), per_day=Range(2, 2)), HOLD, set()),
        (replace(HOLD, sets=Range(2, 3)), HOLD, set()),  # the library leaves sets open
        (HOLD, WALK, {"per_day"}),
        (WALK, Dose(minutes=Range(1, 5)), {"minutes"}),
    ],
)
def test_outside_library(chosen, usual, parts):
    assert set(outside_library(chosen, usual)) == parts


def test_outside_library_says_what_the_library_says():
    words = library_says(outside_library(replace(HOLD, hold_seconds=Range(5, 5)), HOLD))
    assert words == {"hold_seconds": "The library says 20–30 seconds."}
