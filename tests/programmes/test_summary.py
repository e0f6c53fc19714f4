"""What a programme adds up to."""

from dataclasses import dataclass, field, replace

import pytest

from exercises.dose import Dose, Range
from programmes.summary import FEW, Summary, outside_library


@dataclass
class Bending:
    flexes: str = ""


@dataclass
class Given:
    dose: Dose
    exercise_version: Bending = field(default_factory=Bending)


HOLD = Dose(
    hold_seconds=Range(20, 30), repetitions=Range(2, 3), per_day=Range(2, 3), sides=2
)  # 2 sides × 2.5 × 30 s = 150 s
WALK = Dose(minutes=Range(10, 20))  # 15 min


@pytest.mark.parametrize(
    ("doses", "words"),
    [
        ([], "0 exercises"),
        ([HOLD], "About 2 min, 2 or 3 times a day · 1 exercise"),
        ([WALK], "About 15 min, once a day · 1 exercise"),
        ([HOLD, WALK], "About 18 min, 2 or 3 times a day · 2 exercises"),
        ([Dose(repetitions=Range(1, 1))], "About 1 min, once a day · 1 exercise"),
    ],
)
def test_in_words(doses, words):
    assert Summary.of([Given(dose) for dose in doses]).in_words == words


def test_caution_only_above_a_few():
    assert Summary.of([Given(HOLD)] * FEW).cautions == []
    [words] = Summary.of([Given(HOLD)] * (FEW + 1)).cautions
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
    assert len(summary.cautions) == cautions
    assert all("forwards" in words and "backwards" in words for words in summary.cautions)


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
    words = outside_library(replace(HOLD, hold_seconds=Range(5, 5)), HOLD)
    assert words == {"hold_seconds": "The library says 20–30 seconds."}
