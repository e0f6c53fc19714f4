"""Words and pictures agree, wherever that can be measured."""

import importlib
import re
from pathlib import Path

import pytest

from exercises import library
from figures.pose import MOVE
from tests.figures.spoken import RULES, THROUGHOUT, asked
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


@entries
def test_what_is_to_be_kept_is_kept_in_every_picture(told: Told) -> None:
    first = told.phases.index(MOVE) + 1
    asked_for = [
        (what, check)
        for words, what, check in THROUGHOUT
        if any(re.search(words, text) for text in (*told.cautions, *told.steps))
    ]
    for body in told.figure.bodies[told.frames_of(first)[0] :]:
        for what, check in asked_for:
            assert check(body), what


def test_every_word_that_is_compared_is_in_the_library() -> None:
    steps = [step for entry in library.read() for step in entry.columns["steps"]]
    kept = [text for entry in library.read() for text in entry.columns["cautions"]]
    looked_for = {
        **{words.pattern: steps for words, *_ in RULES},
        **{words: [*steps, *kept] for words, *_ in THROUGHOUT},
    }
    unused = [
        words
        for words, texts in looked_for.items()
        if not any(re.search(words, text) for text in texts)
    ]
    assert unused == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}-{row[2]}")
def test_a_particular_step_shows_it(row) -> None:
    slug, step, what, check = row
    assert check(shown(LIBRARY[slug], step)), what
