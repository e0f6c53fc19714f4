"""Words and pictures agree, wherever that can be measured."""

import importlib
import re
from pathlib import Path

import pytest

from exercises import library
from tests.figures.spoken import SPOKEN, asked
from tests.figures.told import LIBRARY, Told, shown

HERE = Path(__file__).parent
# Rows for particular steps stand in files of their own, so that many can write them.
ROWS = [
    row
    for path in sorted(HERE.glob("agree_*.py"))
    for row in importlib.import_module(f"tests.figures.{path.stem}").ROWS
]
entries = pytest.mark.parametrize("told", LIBRARY.values(), ids=list(LIBRARY))


@entries
def test_each_picture_shows_what_its_step_says(told: Told) -> None:
    wrong = [
        f"step {step}: {what} (“{told.steps[step - 1]}”)"
        for step in range(1, len(told.steps) + 1)
        for what, check in asked(shown(told, step))
        if not check(shown(told, step))
    ]
    assert wrong == []


def test_every_word_that_is_compared_is_in_the_library() -> None:
    steps = [step for entry in library.read() for step in entry.columns["steps"]]
    unused = [words for words, *_ in SPOKEN if not any(re.search(words, step) for step in steps)]
    assert unused == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}-{row[2]}")
def test_a_particular_step_shows_it(row) -> None:
    slug, step, what, check = row
    assert check(shown(LIBRARY[slug], step)), what


@pytest.mark.parametrize(
    "told", [told for told in LIBRARY.values() if told.sided], ids=lambda told: told.slug
)
def test_the_side_that_is_meant_is_the_one_that_moves(told: Told) -> None:
    """“The side to stretch” or “to work” is the side that the figure says it is drawn for."""
    assert told.figure.side_shown == ("right" if shown(told, 1).side == "near" else "left")
