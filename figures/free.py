"""Free ground in the picture: where a sign, an arrow or a small view hides nothing."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from figures.body import RADIUS
from figures.geometry import Vec, add, mix
from figures.shapes import Circle
from figures.skeleton import Body
from figures.view import HEIGHT, WIDTH, View

EDGE = 9.0  # between a sign and the edge of the picture
PARTS = 7  # circles along a bone


@dataclass(frozen=True)
class Box:
    """A part of the picture, by its middle."""

    x: float
    y: float
    wide: float
    high: float

    @classmethod
    def around(cls, circles: Iterable[Circle], more: float) -> "Box":
        """What these circles take, and so much more on every side."""
        found = list(circles)
        left, right = (min(x - r for x, _y, r in found), max(x + r for x, _y, r in found))
        top, low = (min(y - r for _x, y, r in found), max(y + r for _x, y, r in found))
        return cls((left + right) / 2, (top + low) / 2, right - left, low - top).grown(more)

    def grown(self, by: float) -> "Box":
        return Box(self.x, self.y, self.wide + 2 * by, self.high + 2 * by)

    def mirrored(self) -> "Box":
        return Box(WIDTH - self.x, self.y, self.wide, self.high)

    def view_box(self) -> str:
        """As an SVG has it."""
        left, top = self.x - self.wide / 2, self.y - self.high / 2
        return " ".join(f"{n:.0f}" for n in (left, top, self.wide, self.high))

    def gap(self, at: Circle) -> float:
        """How far a circle is from the box; less than 0 where it reaches in."""
        across = abs(at[0] - self.x) - self.wide / 2
        down = abs(at[1] - self.y) - self.high / 2
        outside = math.hypot(max(across, 0.0), max(down, 0.0))
        return (outside or max(across, down)) - at[2]

    def covered(self, circles: Iterable[Circle], apart: float) -> float:
        """How much of the box is taken, or too near to what is taken."""
        return sum(max(0.0, apart - self.gap(circle)) for circle in circles)

    def circles(self) -> Iterator[Circle]:
        """The box as something that is taken."""
        radius = min(self.wide, self.high) / 2
        for across in (-1, 0, 1):
            for down in (-1, 0, 1):
                x = self.x + across * (self.wide / 2 - radius)
                y = self.y + down * (self.high / 2 - radius)
                yield (x, y, radius)


def balls(body: Body) -> Iterator[tuple[str, Vec, float]]:
    """The body as balls along every bone, each with the name of its part."""
    for kind, limbs in (("leg", body.legs), ("arm", body.arms)):
        for side, limb in limbs.items():
            yield from _along(f"{side} {kind}", limb.root, limb.middle, 5.0)
            yield from _along(f"{side} {kind}", limb.middle, limb.end, 3.4)
            yield from _along(f"{side} {kind}", limb.end, add(limb.end, limb.tip, 8.0), 2.4)
    yield from _along("trunk", body.trunk.hips, body.trunk.neck, 6.6)
    yield from _along("head", body.trunk.neck, body.trunk.head, RADIUS["head"])


def _along(part: str, start: Vec, end: Vec, radius: float) -> Iterator[tuple[str, Vec, float]]:
    return ((part, mix(start, end, step / (PARTS - 1)), radius) for step in range(PARTS))


def taken(view: View, body: Body) -> list[Circle]:
    """The body in the picture, as circles."""
    return [(*view.at(at), radius * view.size) for _part, at, radius in balls(body)]


def edges(wide: float, high: float, floor: float = HEIGHT) -> Iterator[Box]:
    """Boxes of this size in the corners and at the edges of the picture, corners first."""
    left, right = EDGE + wide / 2, WIDTH - EDGE - wide / 2
    top, low = EDGE + high / 2, min(HEIGHT - EDGE, floor - EDGE) - high / 2
    for x, y in (
        (right, top),
        (left, top),
        (right, low),
        (left, low),
        (WIDTH / 2, top),
        (right, (top + low) / 2),
        (left, (top + low) / 2),
        (WIDTH / 2, low),
    ):
        yield Box(x, y, wide, high)


def freest(boxes: Iterable[Box], circles: Sequence[Circle], apart: float = 5.0) -> Box:
    """The first of the boxes that covers least."""
    return min(boxes, key=lambda box: round(box.covered(circles, apart), 1))
