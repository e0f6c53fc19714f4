"""What is handled: a weight that hangs from the hands, a towel under the heels, a stair's rail."""

from collections.abc import Sequence

from figures.body import BANISTER, RISE, SIDES, STEP
from figures.draw import Piece
from figures.geometry import Vec, add, mix
from figures.shapes import capsule, line
from figures.skeleton import Body, foot_points
from figures.view import View

FAR = -6.0
RAIL_FROM, RAIL_TO = -16.0, 20.0  # of a stair's rail, from its place along the floor
POSTS = ((-12.0, 0.0), (11.0, STEP))  # where they stand, and how high
CLOTH = (-7.0, 6.0)  # of a towel, from the heel along the floor


def banister(view: View, x: float) -> Piece:
    """A stair's rail: it rises with the step."""

    def top(at: float) -> Vec:
        return (x + at, BANISTER + RISE * at, FAR)

    strokes: list[list[Vec]] = [[top(RAIL_FROM), top(RAIL_TO)]]
    strokes += [[(x + at, height, FAR), top(at)] for at, height in POSTS]
    path = "".join(line([view.at(at) for at in stroke]) for stroke in strokes)
    return Piece("banister", "d-prop", path, -70)


def banister_rounds(x: float) -> Sequence[tuple[Vec, float]]:
    return [((x + at, BANISTER + RISE * at, FAR), 1.0) for at in (RAIL_FROM, RAIL_TO)]


def weight(view: View, body: Body) -> list[Piece]:
    """A weight with a handle, hanging straight down from both hands."""
    near, far = (add(body.arms[side].end, body.arms[side].tip, 3.0) for side in SIDES)
    held = mix(near, far, 0.5)

    def at(across: float, down: float) -> Vec:
        return add(held, (across, -down, 0.0))

    handle = line([view.at(at(*to)) for to in ((-2.4, 5.0), (-1.9, 0.0), (1.9, 0.0), (2.4, 5.0))])
    size = view.size
    top, bottom = (*view.at(at(0.0, 7.6)), 4.0 * size), (*view.at(at(0.0, 9.2)), 4.6 * size)
    return [
        Piece("weight's handle", "d-prop", handle, 0),
        Piece("weight", "d-prop-fill", capsule(bottom, top), 0),
    ]


def slider(view: View, body: Body) -> Piece:
    """A folded towel under both heels; it goes where they go."""
    near, far = (foot_points(body.legs[side])[0] for side in SIDES)
    x, _y, _z = mix(near, far, 0.5)
    ends = [(*view.at((x + end, 0.8, 0.0)), 1.2 * view.size) for end in CLOTH]
    return Piece("slider", "d-prop-fill", capsule(ends[0], ends[1]), -30)
