"""The arrow of a frame: the way that a joint has really come, or is going."""

import math
from collections.abc import Sequence

from figures.body import RADIUS
from figures.free import taken
from figures.geometry import Point, Vec, add
from figures.pointer import HEAD_LONG, Pointer, tip
from figures.pose import Arrow
from figures.shapes import Circle
from figures.skeleton import Body
from figures.turning import inwards, nod, pelvis_round
from figures.view import HEIGHT, WIDTH, View

SHORT = 30.0  # a way shorter than this is drawn ahead of the joint, as long as this
LONG = 44.0
CLEAR = 7.0
LEAST = 2.5  # a way shorter than this is not drawn
TINY = 14.0  # a movement of the trunk so small that an arrow beside it would look like a push
PUSH = 40.0
PUSHES = (3.0, 6.0, 9.0, 12.0)  # hundredths of the height
REACH = {"knee": 4.5, "ankle": 4.5, "foot": 2.5, "elbow": 3.5, "hand": 3.0}
REACH_OF_TRUNK = {
    "hips": 7.0,
    "low back": 8.5,
    "tummy": 8.0,
    "chest": 7.5,
    "head": RADIUS["head"] + 1.0,
}


def joint(body: Body, name: str) -> Vec:
    """Where a joint is; the low back is the waist."""
    side, _, part = name.partition(" ")
    if side in body.legs and part:
        leg, arm = body.legs[side], body.arms[side]
        return {
            "knee": leg.middle,
            "ankle": leg.end,
            "foot": add(leg.end, leg.tip, 6.0),
            "elbow": arm.middle,
            "hand": add(arm.end, arm.tip, 3.0),
        }[part]
    trunk = body.trunk
    return {
        "hips": trunk.hips,
        "pelvis": trunk.hips,
        "low back": trunk.waist,
        "tummy": trunk.tummy,
        "chest": trunk.chest,
        "head": trunk.head,
    }[name]


def arrow(
    view: View, way: Sequence[Body], arrow: Arrow, blocked: Sequence[Circle], scale: float
) -> list[Pointer]:
    """What points out how a joint came this way; nothing where it hardly moved.

    It keeps clear of the body, and of what else is ``blocked``; ``scale`` 1 is for the
    large picture.
    """
    name, place = arrow.joint, arrow.place
    circles = [*taken(view, way[-1]), *blocked]
    if place == "round":
        return pelvis_round(view, way, circles, scale)
    if place == "in":
        return inwards(view, way, scale)
    if name == "tummy" and not place and (drawn_in := inwards(view, way, scale)):
        return drawn_in
    if name == "head" and not place and (nodding := nod(view, way, scale)):
        return nodding
    points = [view.at(joint(body, name)) for body in way]
    size = _length(points)
    if size < LEAST:
        return []
    of_trunk = name in REACH_OF_TRUNK and not place
    upon = Pointer(_ahead(points, -SHORT / 2 * scale, SHORT * 0.8 * scale), size=scale)
    if of_trunk and size < TINY:
        return [upon]
    reach = (REACH_OF_TRUNK.get(name) or REACH[name.split()[1]]) * view.size

    def cost(shaft: list[Point]) -> float:
        pushing = 0.0 if place == "onto" else _push(shaft, circles)
        return _cost(view, shaft, circles, points) + (pushing if name in REACH_OF_TRUNK else 0.0)

    best = min(_choices(view, way, name, place, points, reach + CLEAR), key=cost)
    if of_trunk and cost(best) > PUSH:
        return [upon]
    return [Pointer(best, both=place == "both", size=scale)]


def _choices(
    view: View, way: Sequence[Body], name: str, place: str, points: list[Point], gap: float
) -> list[list[Point]]:
    """Where the arrow might lie."""
    size = _length(points)
    trails = [_trimmed(_pushed(view, way, name, points, push), 2.0, gap) for push in PUSHES]
    straight = max(SHORT, min(LONG, size))
    ahead = [_ahead(points, gap, straight)]
    if place == "ahead":
        return ahead
    if place == "onto":
        return [_ahead(points, -gap - straight - HEAD_LONG * 0.6, straight)]
    if place:
        return _shifted(trails)
    if name in REACH_OF_TRUNK:
        ahead.append(_ahead(points, gap, straight * 0.7))
        return [*_shifted(ahead, (10, 20, 34, 48)), *_shifted(trails, (10, 20, 34, 48))]
    return _shifted(trails if size > gap + SHORT else [*ahead, *trails])


def _shifted(shafts: list[list[Point]], by: Sequence[int] = (10, 20)) -> list[list[Point]]:
    """The same arrows, and each a little aside, in case its own place is taken."""
    aside = [(math.cos(turn * math.pi / 4), math.sin(turn * math.pi / 4)) for turn in range(8)]
    return shafts + [
        [(x + dx * far, y + dy * far) for x, y in shaft]
        for far in by
        for shaft in shafts
        for dx, dy in aside
    ]


def _covered(view: View, shaft: list[Point], taken: list[Circle]) -> float:
    """How much of an arrow lies on the body, below the floor or out of the picture."""
    covered = 0.0
    for x, y in [*shaft, tip(shaft[-2], shaft[-1])]:
        gap = min(math.hypot(x - cx, y - cy) - radius for cx, cy, radius in taken)
        covered += max(0.0, 10.0 - gap)
        covered += 4 * max(0.0, 12 - x, x - WIDTH + 12, 12 - y, y - HEIGHT + 12)
        if not view.camera.pitch:
            covered += 4 * max(0.0, y - view.floor + 9)
    return covered


def _push(shaft: list[Point], circles: Sequence[Circle]) -> float:
    """What speaks against an arrow that points at the body: it reads as a push from outside."""
    x, y = tip(shaft[-2], shaft[-1])
    dx, dy = x - shaft[-1][0], y - shaft[-1][1]
    ahead = [(x + dx * far, y + dy * far) for far in (1, 2, 3)]
    gap = min(math.dist(at, (cx, cy)) - radius for at in ahead for cx, cy, radius in circles)
    return PUSH if gap < 0 else 0.0


def _cost(view: View, shaft: list[Point], taken: list[Circle], points: list[Point]) -> float:
    """What speaks against an arrow: what it covers, and being far from the way it tells of.

    Of two that cover nothing, the one ahead of the joint is better than the one behind it.
    """
    (x, y), (sx, sy), (ex, ey) = shaft[len(shaft) // 2], points[0], points[-1]
    away = min(math.hypot(x - px, y - py) for px, py in points)
    size = math.hypot(ex - sx, ey - sy) or 1.0
    lag = max(0.0, ((sx - x) * (ex - sx) + (sy - y) * (ey - sy)) / size)
    stumpy = max(0.0, SHORT - _length(shaft)) * 0.8
    return _covered(view, shaft, taken) + away * 0.15 + lag * 0.8 + stumpy


def _pushed(
    view: View, way: Sequence[Body], name: str, points: list[Point], far: float
) -> list[Point]:
    """Outwards by so much, away from what the joint turns about."""
    side, _, part = name.partition(" ")
    moved = []
    for body, at in zip(way, points, strict=True):
        about = body.trunk.hips
        if part and side in body.legs:
            leg, arm = body.legs[side], body.arms[side]
            roots = {"knee": leg.root, "ankle": leg.middle, "foot": leg.middle}
            about = roots.get(part, arm.root)
        x, y = view.at(about)
        push = far * view.size / (math.hypot(at[0] - x, at[1] - y) or 1.0)
        moved.append((at[0] + (at[0] - x) * push, at[1] + (at[1] - y) * push))
    return moved


def _ahead(points: list[Point], gap: float, size: float) -> list[Point]:
    """Straight on from where the joint is, the way it came."""
    x, y = points[-1]
    dx, dy = x - points[0][0], y - points[0][1]
    far = math.hypot(dx, dy) or 1.0
    dx, dy = dx / far, dy / far
    return [(x + dx * (gap + size * share), y + dy * (gap + size * share)) for share in (0, 0.5, 1)]


def _length(points: Sequence[Point]) -> float:
    return sum(math.dist(a, b) for a, b in zip(points, points[1:], strict=False))


def _trimmed(points: list[Point], start: float, end: float) -> list[Point]:
    """The way without its first and last bit, in five even points."""
    size = _length(points)
    start, end = (start, end) if size - start - end > SHORT * 0.7 else (0.0, max(0.0, size - SHORT))
    stops = [start + (size - start - end) * step / 4 for step in range(5)]
    return [_along(points, stop) for stop in stops]


def _along(points: Sequence[Point], distance: float) -> Point:
    for a, b in zip(points, points[1:], strict=False):
        step = math.dist(a, b)
        if distance <= step and step > 0:
            share = distance / step
            return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
        distance -= step
    return points[-1]
