"""The shape of an arrow: one path that widens towards its head, so that it is bold at any size."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from figures.geometry import Point
from figures.shapes import Circle, curve, pair

HEAD_LONG, HEAD_WIDE = 19.0, 10.5
SHAFT = 3.6  # half its breadth, at the head
SMALL = 0.7  # an arrow smaller than this has a thin rim
TAIL = 0.65  # how much of that at its tail


@dataclass(frozen=True)
class Pointer:
    """An arrow along a line of points in the picture; ``size`` 1 for the large picture."""

    points: Sequence[Point]
    both: bool = False
    size: float = 1.0

    def svg(self) -> str:
        css = "d-arrow" if self.size > SMALL else "d-arrow d-small"
        return f'<path class="{css}" d="{self.path()}"/>'

    def circles(self) -> list[Circle]:
        """Where it is, for what comes after and shall keep clear of it."""
        return [(x, y, HEAD_WIDE * self.size) for x, y in [*self.points, self._tip]]

    @property
    def _tip(self) -> Point:
        return tip(self.points[-2], self.points[-1], self.size)

    def path(self) -> str:
        last = len(self.points) - 1
        left, right = [], []
        for index, (x, y) in enumerate(self._shaft()):
            dx, dy = self._along(index)
            share = 1.0 if self.both else TAIL + (1 - TAIL) * index / last
            half = SHAFT * self.size * share
            left.append((x + dy * half, y - dx * half))
            right.append((x - dy * half, y + dx * half))
        words = [curve(left), *self._head(-1)]
        back = curve(right[::-1])
        words += [f"L{back[1:]}"]
        if self.both:
            words += self._head(0)
        return "".join(words) + "Z"

    def _shaft(self) -> list[Point]:
        """The line without what the heads cover."""
        points = list(self.points)
        points[-1] = _base(points[-2], points[-1], self.size)
        if self.both:
            points[0] = _base(points[1], points[0], self.size)
        return points

    def _along(self, index: int) -> Point:
        """The direction of the line at one of its points."""
        before = self.points[max(index - 1, 0)]
        after = self.points[min(index + 1, len(self.points) - 1)]
        far = math.dist(before, after) or 1.0
        return ((after[0] - before[0]) / far, (after[1] - before[1]) / far)

    def _head(self, end: int) -> list[str]:
        """From one side of the shaft round the head to its other side."""
        at, before = self.points[end], self.points[1 if end == 0 else -2]
        far = math.dist(before, at) or 1.0
        dx, dy = (at[0] - before[0]) / far, (at[1] - before[1]) / far
        wide = HEAD_WIDE * self.size
        x, y = _base(before, at, self.size)
        corners = [
            (x + dy * wide, y - dx * wide),
            tip(before, at, self.size),
            (x - dy * wide, y + dx * wide),
        ]
        return [f"L{pair(corner)}" for corner in corners]


def tip(before: Point, at: Point, size: float = 1.0) -> Point:
    """The point of the arrow's head, a little beyond its shaft."""
    far = HEAD_LONG * size * 0.6 / (math.dist(before, at) or 1.0)
    return (at[0] + (at[0] - before[0]) * far, at[1] + (at[1] - before[1]) * far)


def _base(before: Point, at: Point, size: float) -> Point:
    """The middle of the head's back edge."""
    far = HEAD_LONG * size * 0.4 / (math.dist(before, at) or 1.0)
    return (at[0] + (before[0] - at[0]) * far, at[1] + (before[1] - at[1]) * far)
