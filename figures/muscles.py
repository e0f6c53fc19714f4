"""The muscles: a region with a muscle's shape, on the proper side of what it moves.

Each has its shape at rest, and the same again for what it does: working or stretched. That
second one is as strong as the body is at it (``Body.effort``).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from figures.body import SECTIONS, SIDES
from figures.draw import Bone, Piece
from figures.geometry import Point, Vec, add, mix, scale, unit
from figures.limbs import sign
from figures.pose import STRETCHED, WORKING
from figures.shapes import Steps, curve, pair
from figures.skeleton import Body, Limb, Trunk
from figures.view import View

# along the bone: where it begins, its belly, where it ends; how far to the front there (-: back);
# half its thickness
ON_LEG = {
    "hamstrings": ("upper", (0.05, 0.5, 0.99), (-3.0, -2.7, -2.6), 2.2),
    "quadriceps": ("upper", (0.12, 0.5, 0.97), (3.0, 2.7, 2.5), 2.2),
    "inner thigh": ("upper", (0.16, 0.45, 0.85), (0.0, 0.0, 0.0), 1.7),
    "calf": ("lower", (0.0, 0.3, 0.8), (-2.0, -2.2, -1.1), 1.8),
    "shin": ("lower", (0.06, 0.35, 0.9), (2.0, 1.9, 0.6), 1.1),
}
THREADS = (-0.42, 0.42)  # where the pale threads of a stretched muscle run, of its thickness
THREAD = 0.16

type Course = tuple[Vec, Vec, Vec]  # where it begins, its belly, where it ends


def tint(view: View, body: Body, muscle: str, state: str = WORKING) -> Iterator[Piece]:
    """One muscle; its name says which limb or trunk it lies on."""
    side, _, name = muscle.partition(" ")
    if muscle == "spine":
        rest = _spine(view, body.trunk)
    elif name == "sciatic nerve":
        rest = _nerve(view, body, body.legs[side], muscle)
    else:
        yield from _region(view, body, muscle, state)
        return
    yield rest
    css = f"{rest.css} d-{state}"
    yield replace(rest, name=f"{muscle} {state}", css=css, strength=body.effort)


def _region(view: View, body: Body, muscle: str, state: str) -> Iterator[Piece]:
    course, thick, bone = _placed(view, body, muscle)
    at = bone.at if bone else view.at
    place = bone.place if bone else None
    ends = (at(course[0]), at(course[1]), at(course[2]))
    wide = thick * view.size
    shape = _belly(ends, wide)
    yield Piece(muscle, "d-muscle", shape, 0, place)
    if state == STRETCHED:
        shape += "".join(_belly(ends, wide, share) for share in THREADS)
    yield Piece(
        f"{muscle} {state}", f"d-muscle d-{state}", shape, 0, place,
        strength=body.effort,
    )  # fmt: skip


def _belly(ends: tuple[Point, Point, Point], wide: float, thread: float | None = None) -> str:
    """Tapered to both ends, thickest at its belly; or only a thread of it."""
    start, middle, end = _spread(*ends, wide)
    if thread is not None:
        start, end = _between(start, middle, 0.2), _between(end, middle, 0.2)
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = math.hypot(dx, dy) or 1.0
    out, share = (-dy / long, dx / long), 0.0 if thread is None else thread
    half = 1.0 if thread is None else THREAD

    def side(way: float) -> tuple[Point, Point]:
        """Both controls of the curve that passes the belly's edge."""
        far = wide * (share + way * half)
        x = (8 * (middle[0] + out[0] * far) - start[0] - end[0]) / 6
        y = (8 * (middle[1] + out[1] * far) - start[1] - end[1]) / 6
        return (x - dx * 0.16, y - dy * 0.16), (x + dx * 0.16, y + dy * 0.16)

    (a, b), (d, c) = side(1.0), side(-1.0)
    to = Steps(start)
    there = f"c{to.towards(a)} {to.towards(b)} {to(end)}"
    back = f"c{to.towards(c)} {to.towards(d)} {to(start)}"
    return f"M{pair(start)}{there}{back}z"


def _spread(start: Point, middle: Point, end: Point, wide: float) -> tuple[Point, Point, Point]:
    """A muscle seen end on is as long as it is wide, square to the way it bulges."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    long, least = math.hypot(dx, dy), 2.6 * wide
    if long >= least:
        return start, middle, end
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    bulge = math.hypot(middle[0] - x, middle[1] - y) or 1.0
    way = (-(middle[1] - y) / bulge, (middle[0] - x) / bulge)
    if dx * way[0] + dy * way[1] < 0:
        way = (-way[0], -way[1])
    half = (way[0] * least / 2, way[1] * least / 2)
    near = min(1.0, wide / bulge)
    middle = (x + (middle[0] - x) * near, y + (middle[1] - y) * near)
    return (x - half[0], y - half[1]), middle, (x + half[0], y + half[1])


def _between(a: Point, b: Point, share: float) -> Point:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


# --- where they are


def _placed(view: View, body: Body, muscle: str) -> tuple[Course, float, Bone | None]:
    """Its course, half its thickness, and the bone it moves with, if it crosses no joint."""
    side, _, name = muscle.partition(" ")
    if side not in body.legs or not name:
        return _ON_TRUNK[muscle](body.trunk), 2.0, None
    if name == "upper arm":
        arm = body.arms[side]
        points = [mix(arm.root, arm.middle, share) for share in (0.15, 0.5, 0.9)]
        return (points[0], points[1], points[2]), 1.6, Bone(view, arm.root, arm.middle)
    leg = body.legs[side]
    if name not in ON_LEG:
        return _on_hip(body, side, name), {"hip flexor": 1.8}.get(name, 2.5), None
    part, shares, fronts, thick = ON_LEG[name]
    upper = part == "upper"
    ends = (leg.root, leg.middle) if upper else (leg.middle, leg.end)
    front = leg.front(leg.upper if upper else leg.lower)
    inwards = -2.5 if name == "inner thigh" else 0.0
    inside = scale(leg.hinge, sign(side) * inwards)
    points = [
        add(add(mix(*ends, share), front, far), inside)
        for share, far in zip(shares, fronts, strict=True)
    ]
    return (points[0], points[1], points[2]), thick, Bone(view, *ends)


def _on_hip(body: Body, side: str, name: str) -> Course:
    trunk, leg = body.trunk, body.legs[side]
    front, up = trunk.pelvis_front, trunk.pelvis_up
    out = scale(trunk.pelvis_near, sign(side))
    thigh_front = leg.front(leg.upper)
    ahead = unit(add(front, thigh_front))
    courses: dict[str, Course] = {
        "buttock": (
            add(add(leg.root, front, -2.6), up, 5.2),
            add(leg.root, ahead, -3.6),
            add(add(leg.root, thigh_front, -3.2), leg.upper, 5.6),
        ),
        "hip flexor": (
            add(add(leg.root, front, 2.2), up, 7.5),
            add(leg.root, ahead, 3.4),
            add(add(leg.root, thigh_front, 2.6), leg.upper, 8.5),
        ),
        "outer hip": (
            add(add(leg.root, out, 2.6), up, 7.0),
            add(add(leg.root, out, 3.4), up, 1.0),
            add(add(leg.root, out, 4.0), leg.upper, 5.5),
        ),
    }
    return courses[name]


def _tummy(trunk: Trunk) -> Course:
    belly = add(add(trunk.waist, trunk.pelvis_up, -1.2), trunk.pelvis_front, 3.5 - trunk.drawn_in)
    return (
        add(add(trunk.waist, trunk.chest_front, 3.8), trunk.chest_up, 7.0),
        belly,
        add(add(trunk.waist, trunk.pelvis_front, 3.4), trunk.pelvis_up, -9.5),
    )


def _low_back(trunk: Trunk) -> Course:
    return (
        add(add(trunk.waist, trunk.chest_front, -3.8), trunk.chest_up, 8.0),
        add(trunk.waist, unit(add(trunk.chest_front, trunk.pelvis_front)), -3.7),
        add(add(trunk.waist, trunk.pelvis_front, -4.2), trunk.pelvis_up, -7.5),
    )


def _side(trunk: Trunk) -> Course:
    return (
        add(add(trunk.chest, trunk.chest_near, -6.2), trunk.chest_up, 3.0),
        add(trunk.waist, trunk.chest_near, -4.8),
        add(add(trunk.hips, trunk.pelvis_near, -5.6), trunk.pelvis_up, 2.0),
    )


def _chest(trunk: Trunk) -> Course:
    middle = add(trunk.chest, trunk.chest_front, 4.0)
    return add(middle, trunk.chest_up, -3.5), middle, add(middle, trunk.chest_up, 5.5)


_ON_TRUNK: dict[str, Callable[[Trunk], Course]] = {
    "tummy": _tummy,
    "low back": _low_back,
    "side": _side,
    "chest": _chest,
}


def _spine(view: View, trunk: Trunk) -> Piece:
    """Along the back, under the skin."""
    points = []
    for name, (_forward, back, _side) in SECTIONS.items():
        at, _up, front, _near = trunk.section(name)
        points.append(view.at(add(at, front, 2.6 - back)))
    return Piece("spine", "d-spine", curve(points), 0)


def _nerve(view: View, body: Body, leg: Limb, muscle: str) -> Piece:
    """From the low back behind the hip down to the calf, as a dotted line."""
    trunk = body.trunk
    upper, lower = leg.front(leg.upper), leg.front(leg.lower)
    points = [
        add(trunk.waist, trunk.chest_front, -2.6),
        add(add(leg.root, trunk.pelvis_front, -4.0), trunk.pelvis_up, 1.0),
        add(mix(leg.root, leg.middle, 0.4), upper, -3.2),
        add(mix(leg.root, leg.middle, 0.92), upper, -2.4),
        add(mix(leg.middle, leg.end, 0.4), lower, -2.2),
        add(mix(leg.middle, leg.end, 0.9), lower, -1.0),
    ]
    return Piece(muscle, "d-nerve", curve([view.at(at) for at in points]), 0)


def lies_on(muscle: str) -> set[str]:
    """The pieces that a muscle is drawn on."""
    side, _, name = muscle.partition(" ")
    if side not in SIDES or not name:
        return {"pelvis"}
    if name == "upper arm":
        return {f"{side} forearm"}
    if name in ON_LEG and ON_LEG[name][0] == "lower":
        return {f"{side} shank"}
    return {f"{side} shank", "pelvis"}
