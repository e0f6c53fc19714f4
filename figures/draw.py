"""The drawn trunk and head, and what a drawn shape is."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from figures.body import HEAD, RADIUS, SECTIONS
from figures.geometry import Point, Vec, add, cross, mix, scale, unit
from figures.shapes import Circle, capsule, lower_part, number, pair, ring, smooth
from figures.skeleton import Trunk
from figures.view import View

COARSE = 0.5  # units of the picture
BELT = 0.8  # how far up from the hips to the waist the pelvis has the tone of the legs
THIN = 0.8  # where the hairline is at most, of the head's radius


@dataclass(frozen=True)
class Piece:
    """One shape: its class, its path, how near it is; a rigid one is placed by a transform.

    A part that the viewer does not see has no path. One of no ``strength`` is not seen, of half is half seen through.
    """

    name: str
    css: str
    path: str
    depth: float
    place: tuple[float, float, float] | None = None  # x, y, degrees
    strength: float = 1.0

    def svg(self, inside: str = "") -> str:
        if not self.path or not (self.strength or inside):
            return ""
        more = f' transform="{placed(self.place)}"' if self.place else ""
        more += f' opacity="{number(self.strength)}"' if self.strength < 1 else ""
        return f'<path class="{self.css}" d="{self.path}"{more}{_end(inside, "path")}'


def _end(inside: str, tag: str) -> str:
    return f">{inside}</{tag}>" if inside else "/>"


def placed(place: tuple[float, float, float]) -> str:
    x, y, degrees = place
    turned = f"rotate({number(degrees)})" if degrees else ""
    return f"translate({pair((x, y))}){turned}"


def circle(view: View, at: Vec, radius: float) -> Circle:
    x, y = view.at(at)
    return (x, y, radius * view.size)


@dataclass(frozen=True)
class Bone:
    """A bone in the picture: what is drawn along it moves with it as one rigid shape."""

    view: View
    root: Vec
    end: Vec

    @property
    def place(self) -> tuple[float, float, float]:
        (x, y), (ex, ey) = self.view.at(self.root), self.view.at(self.end)
        return (x, y, math.degrees(math.atan2(ey - y, ex - x)))

    def at(self, point: Vec) -> Point:
        """Where a point is, from the bone's root and along it."""
        x, y, degrees = self.place
        px, py = self.view.at(point)
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return ((px - x) * cos + (py - y) * sin, (py - y) * cos - (px - x) * sin)

    def circle(self, at: Vec, radius: float) -> Circle:
        """In steps so coarse that what hardly changes does not change."""
        x, y = self.at(at)
        return (_coarse(x), _coarse(y), radius * self.view.size)


def _coarse(value: float) -> float:
    return round(value / COARSE) * COARSE


# --- trunk


def trunk(view: View, body: Trunk) -> Piece:
    """A smooth outline round the trunk's sections, as wide as each is from here."""
    return Piece("trunk", "d-trunk", smooth(outline(view, body)), view.depth(body.waist))


def pelvis(view: View, body: Trunk, depth: float) -> Piece:
    """The lower part of the trunk, in the tone of the thigh that flows into it."""
    return Piece("pelvis", "d-pelvis", lower_part(outline(view, body), 10, 3, BELT), depth)


def outline(view: View, body: Trunk) -> list[Point]:
    """Points round the trunk: up its one edge and down the other."""
    names = tuple(SECTIONS)
    tangents = [_tangent(view, body, name) for name in names]
    left, right = [], []
    for name, along in zip(names, tangents, strict=True):
        one, other = _edges(view, body, name, along)
        left.append(one)
        right.append(other)
    seat = _cap(view, body, "hips", tangents[0], -1, 5.2)
    top = _cap(view, body, "shoulders", tangents[-1], 1, 2.4)
    return [*seat, *left, *top, *reversed(right)]


def _tangent(view: View, body: Trunk, name: str) -> Point:
    """Along the spine in the picture at a section."""
    ways = {
        "hips": body.pelvis_up,
        "waist": unit(add(body.pelvis_up, body.chest_up)),
    }
    x, y, _depth = view.direction(ways.get(name, body.chest_up))
    size = math.hypot(x, y)
    if size < 0.2:  # seen end on: along the whole trunk instead
        x, y, _depth = view.direction(add(body.neck, body.hips, -1))
        size = math.hypot(x, y)
    return (x / size, y / size) if size > 1e-6 else (0.0, -1.0)


def _edges(view: View, body: Trunk, name: str, along: Point) -> tuple[Point, Point]:
    at, _up, front, near = body.section(name)
    forward, back, side = body.reach(name)
    x, y = view.at(at)
    square = (-along[1], along[0])
    ahead, aside = _part(view, front, square), _part(view, near, square)
    half = math.hypot((forward + back) / 2 * ahead, side * aside) * view.size
    shift = (forward - back) / 2 * ahead * view.size
    return (
        (x + square[0] * (shift - half), y + square[1] * (shift - half)),
        (x + square[0] * (shift + half), y + square[1] * (shift + half)),
    )


def _cap(
    view: View, body: Trunk, name: str, along: Point, way: int, beyond: float
) -> tuple[Point, Point]:
    """Two points that round off the trunk's end."""
    at, up, front, near = body.section(name)
    forward, back, side = body.reach(name)
    one, other = _edges(view, body, name, along)
    depth = (forward + back) / 2
    length = math.hypot(
        beyond * _part(view, up, along),
        depth * _part(view, front, along),
        side * _part(view, near, along),
    )
    tip = (along[0] * way * length * view.size, along[1] * way * length * view.size)
    ends = [
        (_lerp(one, other, share)[0] + tip[0], _lerp(one, other, share)[1] + tip[1])
        for share in (0.3, 0.7)
    ]
    return (ends[0], ends[1]) if way > 0 else (ends[1], ends[0])


def _part(view: View, way: Vec, along: Point) -> float:
    x, y, _depth = view.direction(way)
    return x * along[0] + y * along[1]


def _lerp(a: Point, b: Point, share: float) -> Point:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


# --- head


def head(view: View, body: Trunk) -> Iterator[Piece]:
    """Neck, and a head with its profile and hair, placed as one."""
    neck = capsule(
        circle(view, add(body.neck, body.chest_up, -1.5), RADIUS["neck"]),
        circle(view, body.head, RADIUS["neck"] - 0.4),
    )
    depth = view.depth(mix(body.neck, body.head, 0.6))
    x, y = view.at(body.head)
    up = view.direction(body.head_up)
    turn = math.degrees(math.atan2(up[0], -up[1])) if math.hypot(up[0], up[1]) > 0.2 else 0.0
    place = (x, y, turn)
    axes = Turned(view, turn)
    yield Piece("head", "d-near", _profile(axes, body), depth + 0.01, place)
    yield Piece("neck", "d-neck", neck, depth + 0.02)
    yield Piece("hair", "d-hair", _hair(axes, body), depth + 0.03, place)
    yield Piece("eyes", "d-eye", _eyes(axes, body), depth + 0.04, place)


@dataclass(frozen=True)
class Turned:
    """Directions in the picture, turned back so that the head is upright."""

    view: View
    turn: float

    def see(self, way: Vec) -> Vec:
        x, y, depth = self.view.direction(way)
        angle = math.radians(-self.turn)
        return (
            x * math.cos(angle) - y * math.sin(angle),
            x * math.sin(angle) + y * math.cos(angle),
            depth,
        )

    def ball(self, at: Vec, radius: float) -> Circle:
        x, y, _depth = self.see(at)
        return (x * self.view.size, y * self.view.size, radius * self.view.size)


def _profile(axes: Turned, body: Trunk) -> str:
    """Skull, jaw and nose."""
    face, up = body.face, body.head_up
    skull = axes.ball(scale(up, 0.6), HEAD - 0.2)
    jaw = axes.ball(add(scale(face, 1.5), up, -2.7), 4.0)
    bridge = axes.ball(add(scale(face, 3.6), up, 0.2), 2.4)
    nose = axes.ball(add(scale(face, 6.7), up, -1.0), 0.8)
    return capsule(skull, jaw) + capsule(bridge, nose)


def _eyes(axes: Turned, body: Trunk) -> str:
    """The eyes that the viewer sees: two of a face turned here, one from the side."""
    sideways = cross(body.face, body.head_up)
    paths = []
    for out in (1, -1):
        way = unit(add(add(scale(body.face, 0.86), sideways, 0.42 * out), body.head_up, 0.12))
        x, y, depth = axes.see(scale(way, HEAD - 0.2))
        if depth > 1.3:
            paths.append(ring((x * axes.view.size, y * axes.view.size), 0.62 * axes.view.size))
    return "".join(paths)


def _hair(axes: Turned, body: Trunk) -> str:
    """The part of the skull with hair that is seen: a cap tilted to the back."""
    pole = unit(add(scale(body.head_up, 0.72), body.face, -0.69))
    return _cap_of(axes, pole, scale(body.head_up, 0.6), HEAD + 0.2, math.radians(74))


def _cap_of(axes: Turned, pole: Vec, centre: Vec, radius: float, wide: float) -> str:
    """A cap of a ball, ``wide`` from its pole, as the viewer sees it."""
    x, y, depth = axes.see(pole)
    cx, cy, size = axes.ball(centre, radius)
    flat, rim = math.hypot(x, y), math.cos(wide)
    if flat <= abs(rim) + 0.01:
        return "" if depth < 0 else capsule((cx, cy, size), (cx + 0.5, cy, size - 0.1))
    middle = math.atan2(y, x)
    # the hairline's middle: the foremost point of the cap's rim that faces the viewer
    inward = rim * flat - math.sin(wide) * depth
    half = math.acos(rim / flat)
    if inward > THIN:  # a sliver: thick enough to be seen, or none
        half, inward = (half, THIN) if flat > 0.35 else (0.0, 1.0)
    start, end = middle - half, middle + half
    first = (cx + size * math.cos(start), cy + size * math.sin(start))
    last = (cx + size * math.cos(end), cy + size * math.sin(end))
    bulge = (cx + size * math.cos(middle) * inward, cy + size * math.sin(middle) * inward)
    bend = (2 * bulge[0] - (first[0] + last[0]) / 2, 2 * bulge[1] - (first[1] + last[1]) / 2)
    large = 1 if half > math.pi / 2 else 0
    r = number(size)
    return f"M{pair(first)}A{r} {r} 0 {large} 1 {pair(last)}Q{pair(bend)} {pair(first)}Z"
