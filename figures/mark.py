"""A dashed ring on the ground where a part of the body touches it."""

import math

from figures import arrows
from figures.geometry import Vec, add, mix, unit
from figures.shapes import smooth
from figures.skeleton import Body, foot_points
from figures.view import View

LONG, WIDE = 9.0, 5.5
POINTS = 10
LEAST = 5.0  # half the ring's height where the ground is seen from the side


def contact(view: View, body: Body, part: str) -> str:
    """Round the place below a joint; under a foot it is as long as the sole."""
    at, along = _place(body, part)
    across: Vec = (-along[2], 0.0, along[0])
    points = []
    for step in range(POINTS):
        turn = math.tau * step / POINTS
        edge = add(add(at, along, LONG * math.cos(turn)), across, WIDE * math.sin(turn))
        x, y = view.at(edge)
        points.append((x, y if view.camera.pitch else y + LEAST * math.sin(turn)))
    return f'<path class="d-mark" d="{smooth(points)}"/>'


def _place(body: Body, part: str) -> tuple[Vec, Vec]:
    """On the floor, and along it."""
    side, _, joint = part.partition(" ")
    if joint in ("foot", "ankle"):
        heel, toe = foot_points(body.legs[side])
        x, _y, z = mix(heel, toe, 0.5)
        return (x, 0.0, z), unit((toe[0] - heel[0], 0.0, toe[2] - heel[2]), (1.0, 0.0, 0.0))
    x, _y, z = arrows.joint(body, part)
    return (x, 0.0, z), (1.0, 0.0, 0.0)
