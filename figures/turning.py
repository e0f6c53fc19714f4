"""Arrows of what turns or draws in without going anywhere: the pelvis, the head, the tummy."""

import math
from collections.abc import Sequence

from figures.geometry import Point, Vec, add
from figures.pointer import HEAD_LONG, Pointer
from figures.shapes import Circle
from figures.skeleton import Body
from figures.view import View

TURNED = 4.0  # degrees; less than this is not drawn
NODDED = 12.0
DRAWN_IN = 0.5
ROUND = 150.0  # degrees of the arrow round the hips
AROUND_HEAD = 70.0
POINTS = 7


def pelvis_round(
    view: View, way: Sequence[Body], circles: Sequence[Circle], scale: float
) -> list[Pointer]:
    """A curved arrow round the hips, the way the pelvis turns in the picture."""
    turn = _turn(view, [body.trunk.pelvis_up for body in way])
    if abs(turn) < TURNED:
        return []
    about = view.at(way[-1].trunk.hips)
    span, radius = math.copysign(ROUND, turn), 12.5 * view.size
    arcs = [_arc(about, radius, start, span, scale) for start in range(0, 360, 15)]
    return [min(arcs, key=lambda arc: _covers(arc, circles) + _below(view, arc))]


def nod(view: View, way: Sequence[Body], scale: float) -> list[Pointer]:
    """A curved arrow in front of the face, the way the head turns on the neck; or nothing."""
    turn = _turn(view, [body.trunk.head_up for body in way])
    own = turn - _turn(view, [body.trunk.chest_up for body in way])
    if abs(own) < NODDED or abs(turn) < NODDED:
        return []
    trunk = way[-1].trunk
    x, y, _depth = view.direction(add(trunk.face, trunk.head_up, 0.5))
    middle = math.degrees(math.atan2(y, x))
    about, span = view.at(trunk.head), math.copysign(AROUND_HEAD, turn)
    return [_arc(about, 12.0 * view.size, middle - span / 2, span, scale)]


def inwards(view: View, way: Sequence[Body], scale: float) -> list[Pointer]:
    """Two small arrows from where the skin of the lower tummy was to where it is drawn in."""
    trunk = way[-1].trunk
    far = trunk.drawn_in - way[0].trunk.drawn_in
    if far < DRAWN_IN:
        return []
    size = max(0.4, scale * 0.6)
    found = []
    for along in (-1.6, 2.6):
        skin = add(trunk.tummy, trunk.pelvis_up, along)
        stops = [
            add(skin, trunk.pelvis_front, far * (1 - share) - 0.4) for share in (0.0, 0.5, 1.0)
        ]
        found.append(Pointer([view.at(at) for at in stops], size=size))
    return found


def _turn(view: View, ways: Sequence[Vec]) -> float:
    """By how many degrees a direction turns in the picture, clockwise, from the first to the last."""
    angles = []
    for way in ways:
        x, y, _depth = view.direction(way)
        angles.append(math.degrees(math.atan2(y, x)))
    steps = zip(angles, angles[1:], strict=False)
    return sum((after - before + 180) % 360 - 180 for before, after in steps)


def _covers(arc: Pointer, circles: Sequence[Circle]) -> float:
    return sum(
        max(0.0, 8.0 - min(math.hypot(x - cx, y - cy) - radius for cx, cy, radius in circles))
        for x, y in arc.points
    )


def _below(view: View, arc: Pointer) -> float:
    """How far an arc goes below the floor."""
    if view.camera.pitch:
        return 0.0
    return sum(20.0 * max(0.0, y - view.floor + 12.0) for _x, y in arc.points)


def _arc(about: Point, radius: float, start: float, span: float, scale: float) -> Pointer:
    shorter = math.degrees(HEAD_LONG * scale * 0.5 / radius)
    span = math.copysign(abs(span) - shorter, span)
    angles = [math.radians(start + span * step / (POINTS - 1)) for step in range(POINTS)]
    return Pointer(
        [(about[0] + radius * math.cos(a), about[1] + radius * math.sin(a)) for a in angles],
        size=scale,
    )
