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
        most = 1 if phase in STILL else 2 if told.figure.loop is None else 4
        assert len(told.frames_of(step)) <= most, step


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
    for step, phase in enumerate(told.phases, 1):
        drawn = sum(told.figure.still(at).count("d-arrow") for at in told.frames_of(step))
        if phase in STILL:
            assert not drawn, told.steps[step - 1]
        elif phase in (MOVE, RETURN):
            assert drawn, told.steps[step - 1]


@entries
def test_a_hold_is_the_pose_that_was_reached(told: Told) -> None:
    for index, frame in enumerate(told.frames):
        if frame.phase == HOLD:
            moved = apart(told.figure.bodies[index], told.figure.bodies[index - 1])
            assert max(moved.values()) < 0.5, (frame.says, moved)


@entries
def test_the_way_back_is_the_other_way_round(told: Told) -> None:
    """The joint at the arrow of a return came the other way in the movement before it."""
    for index, frame in enumerate(told.frames):
        for arrow in frame.arrows if frame.phase == RETURN else ():
            back = _way(told, [index], arrow.joint)
            there = _way(told, _moves_before(told, index), arrow.joint)
            if min(math.hypot(*back), math.hypot(*there)) > LEAST:
                assert back[0] * there[0] + back[1] * there[1] < 0, frame.says


LEAST = 6.0  # units of the picture; what turns or draws in hardly goes anywhere


def _moves_before(told: Told, index: int) -> list[int]:
    """The frames of the movement that a return comes back from."""
    while told.frames[index].phase != MOVE:
        index -= 1
    found = []
    while told.frames[index].phase == MOVE:
        found.insert(0, index)
        index -= 1
    return found


def _way(told: Told, frames: list[int], joint: str) -> tuple[float, float]:
    """From where to where a joint comes in the picture, over some frames."""
    view, ways = told.figure.view, told.figure.ways
    ends = (ways[frames[0]][0], ways[frames[-1]][-1])
    (x, y), (to_x, to_y) = (view.at(arrows.joint(body, joint)) for body in ends)
    return to_x - x, to_y - y


ARMS, REST_OF_IT = 16.0, 4.0  # hundredths of the height; a hand may have let go


@entries
def test_the_movement_ends_where_the_next_one_begins(told: Told) -> None:
    if told.slug in GOING_ON:
        return
    first = next(at for at, frame in enumerate(told.frames) if frame.phase == MOVE)
    jump = apart(told.figure.bodies[-1], told.figure.bodies[first - 1])
    far = {
        name: way for name, way in jump.items() if way > (ARMS if " arm" in name else REST_OF_IT)
    }
    assert not far


@entries
def test_each_picture_is_described_in_words_of_its_own(told: Told) -> None:
    said = [frame.says for frame in told.frames]
    assert len(set(said)) == len(said)
    for says in said:
        assert len(says.split()) <= 25
        assert re.fullmatch(r"[A-Z].*\.", says)
