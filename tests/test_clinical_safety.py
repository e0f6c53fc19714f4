"""The hazard log names, for each control, the test that proves it; each of them exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "docs" / "clinical-safety.md"
COLUMNS = ["Hazard", "Cause", "Effect", "Likelihood", "Control", "Test that proves the control"]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
# What the log has to speak of, at the least.
HAZARDS = (
    "Wrong exercise, side or dose",
    "Done in spite of a warning sign",
    "Pain rises unseen",
    "Reminder to the wrong person",
    "Tick lost or doubled",
    "Stale programme",
    "Somebody else’s data on a shared phone",
    "Wrong clock",
    "False reassurance",
)


def rows() -> list[list[str]]:
    """The cells of every row of the log."""
    lines = [line for line in LOG.read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert COLUMNS in cells, "the log has other columns"
    return [row for row in cells if len(row) == len(COLUMNS) and row != COLUMNS]


ROWS = rows()


def defined_in(path: Path) -> set[str]:
    """The tests that a module defines and pytest runs."""
    tree = ast.parse(path.read_text())
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {
        node.name
        for node in functions
        if not any("skip" in ast.unparse(mark) for mark in node.decorator_list)
    }


def test_the_log_speaks_of_each_hazard():
    told = {row[0] for row in ROWS if row[0]}
    assert told >= set(HAZARDS)


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(row[1].split()[:6]) for row in ROWS])
def test_each_control_of_the_hazard_log_is_proved_by_a_test_that_exists(row):
    assert all(row[1:]), "a cell is empty"
    named = NAMED.findall(row[-1])
    assert named, "no test is named"
    for path, name in named:
        assert (ROOT / path).is_file(), path
        assert name in defined_in(ROOT / path), f"{path}::{name}"


def test_a_name_that_is_no_test_is_noticed():
    assert "test_that_nobody_wrote" not in defined_in(Path(__file__))
    assert "test_a_name_that_is_no_test_is_noticed" in defined_in(Path(__file__))
