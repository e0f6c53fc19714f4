"""Each written step has its own picture, and the picture is of the step's phase."""

import itertools
import math
import re

import pytest

from figures import arrows, check
from figures.pose import HOLD, MOVE, REST, RETURN, SET_UP, STILL
from tests.figures.measures import apart
from tests.figures.told import LIBRARY, Told

entries = pytest.mark.parametrize("told", LIBRARY.values(), ids=list(LIBRARY))

# What may come after what: a roll to the other side follows the way back from the first.
AFTER = {
    SET_UP: {SET_UP, MOVE},
    MOVE: {MOVE, HOLD, RETURN},
    HOLD: {RETURN},
    RETURN: {RETURN, REST, MOVE},
    REST: set(),
}
ENDS = {RETURN, REST}


@entries
def test_every_step_has_its_own_picture_in_order(told: Told) -> None:
    steps = [frame.steps for frame in told.frames]
    assert all(len(shown) == 1 for shown in steps)
    order = [shown[0] for shown in steps]
    assert order == sorted(order)
    assert set(order) == set(range(1, len(told.steps) + 1))
    for step, phase in enumerate(told.phases, 1):
        assert len(told.frames_of(step)) <= (2 if phase == MOVE else 1), step


@entries
def test_the_phases_follow_each_other(told: Told) -> None:
    assert told.phases[0] == SET_UP
    assert MOVE in told.phases
    for before, after in itertools.pairwise(told.phases):
        assert after in AFTER[before], (before, after)
    minutes = MOVE if told.slug in GOING_ON else ""
    assert told.phases[-1] in {*ENDS, minutes}


GOING_ON = {"walking", "rest-with-belly-breathing"}  # for minutes: nothing to come back from


@entries
def test_a_figure_is_right_for_the_phases_of_its_steps(told: Told) -> None:
    assert check(told.figure.data, told.phases) == []


@entries
def test_what_moves_has_an_arrow_and_what_is_still_has_none(told: Told) -> None:
    for index, frame in enumerate(told.frames):
        drawn = told.figure.arrow(index).count("d-arrow")
        if frame.phase in STILL:
            assert not drawn, frame.says
        elif frame.phase in (MOVE, RETURN):
            assert drawn, frame.says


@entries
def test_a_hold_is_the_pose_that_was_reached(told: Told) -> None:
    for index, frame in enumerate(told.frames):
        if frame.phase == HOLD:
            moved = apart(told.figure.bodies[index], told.figure.bodies[index - 1])
            assert max(moved.values()) < 0.1, (frame.says, moved)


@entries
def test_the_way_back_is_the_other_way_round(told: Told) -> None:
    """Where the arrow of a return is at a joint that moved, it points the other way."""
    came: dict[str, tuple[float, float]] = {}
    compared = 0
    for index, frame in enumerate(told.frames):
        if frame.phase == MOVE and told.frames[index - 1].phase != MOVE:
            came.clear()
        for joint in {arrow.joint for arrow in frame.arrows}:
            way = _way(told, index, joint)
            if frame.phase == RETURN and joint in came and math.hypot(*way) > 2:
                there = came[joint]
                assert way[0] * there[0] + way[1] * there[1] < 0, frame.says
                compared += 1
            elif frame.phase == MOVE:
                start = came.get(joint, (0.0, 0.0))
                came[joint] = (way[0] + start[0], way[1] + start[1])
    assert compared or told.slug in GOING_ON or told.slug in TURNING


TURNING = {"pelvic-tilt", "tummy-tightening"}  # something turns or draws in, and goes nowhere


def _way(told: Told, index: int, joint: str) -> tuple[float, float]:
    """From where to where a joint comes in the picture of a frame."""
    view, way = told.figure.view, told.figure.ways[index]
    (x, y), (to_x, to_y) = (view.at(arrows.joint(body, joint)) for body in (way[0], way[-1]))
    return to_x - x, to_y - y


@entries
def test_the_movement_ends_where_the_next_one_begins(told: Told) -> None:
    if told.slug in GOING_ON:
        return
    first = next(at for at, frame in enumerate(told.frames) if frame.phase == MOVE)
    jump = apart(told.figure.bodies[-1], told.figure.bodies[first - 1])
    assert max(jump.values()) < 4.0, {name: far for name, far in jump.items() if far >= 4.0}


@entries
def test_each_picture_is_described_in_words_of_its_own(told: Told) -> None:
    said = [frame.says for frame in told.frames]
    assert len(set(said)) == len(said)
    for says in said:
        assert len(says.split()) <= 25
        assert re.fullmatch(r"[A-Z].*\.", says)
