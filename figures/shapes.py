"""Paths: round hulls of circles, and smooth outlines. Short numbers, one structure per shape."""

import math
from collections.abc import Sequence

from figures.geometry import Point

type Circle = tuple[float, float, float]


def number(value: float) -> str:
    """One decimal, without what is not needed."""
    words = f"{value:.1f}"
    if words.endswith(".0"):
        words = words[:-2]
    return "0" if words == "-0" else words


def pair(at: Point) -> str:
    return f"{number(at[0])} {number(at[1])}"


def capsule(big: Circle, small: Circle) -> str:
    """Two circles and all between them. Always the same two lines and two arcs."""
    if big[2] < small[2]:
        big, small = small, big
    gap = math.hypot(small[0] - big[0], small[1] - big[1])
    least = big[2] - small[2] + 0.4
    angle = math.atan2(small[1] - big[1], small[0] - big[0])
    if gap < least:  # one inside the other: seen end on
        gap = least
        small = (big[0] + gap * math.cos(angle), big[1] + gap * math.sin(angle), small[2])
    lean = math.acos((big[2] - small[2]) / gap)
    a, b = _on(big, angle - lean), _on(small, angle - lean)
    c, d = _on(small, angle + lean), _on(big, angle + lean)
    near, far = number(small[2]), number(big[2])
    to = Steps(a)
    return f"M{pair(a)}l{to(b)}a{near} {near} 0 0 1 {to(c)}l{to(d)}a{far} {far} 0 1 1 {to(a)}z"


class Steps:
    """From point to point in short numbers; rounding does not add up."""

    def __init__(self, start: Point) -> None:
        self.x, self.y = round(start[0], 1), round(start[1], 1)

    def __call__(self, at: Point) -> str:
        words = self.towards(at)
        self.x, self.y = round(at[0], 1), round(at[1], 1)
        return words

    def towards(self, at: Point) -> str:
        return pair((round(at[0], 1) - self.x, round(at[1], 1) - self.y))


def _on(circle: Circle, angle: float) -> Point:
    return (
        circle[0] + circle[2] * math.cos(angle),
        circle[1] + circle[2] * math.sin(angle),
    )


def smooth(points: Sequence[Point]) -> str:
    """A closed curve through the points."""
    to = Steps(points[0])
    words = [f"M{pair(points[0])}c{to.towards(_control(points, 0, 1))} "]
    for index in range(len(points)):
        after = (index + 1) % len(points)
        control = to.towards(_control(points, after, -1))
        words.append(f"{'s' if index else ''}{control} {to(points[after])}")
    return "".join(words) + "z"


def _control(points: Sequence[Point], index: int, way: int) -> Point:
    before, after = points[index - 1], points[(index + 1) % len(points)]
    at = points[index]
    return (at[0] + way * (after[0] - before[0]) / 6, at[1] + way * (after[1] - before[1]) / 6)


def lower_part(points: Sequence[Point], first: int, last: int, share: float) -> str:
    """The part of a closed curve from one point on to another, its first and last stretch cut.

    ``share`` of both is kept; what is cut off is a straight edge.
    """
    count = len(points)
    run = [index % count for index in range(first, first + (last - first) % count + 1)]
    curves = [
        (points[a], _control(points, a, 1), _control(points, b, -1), points[b])
        for a, b in zip(run, run[1:], strict=False)
    ]
    curves[0] = _backwards(_cut(_backwards(curves[0]), share))
    curves[-1] = _cut(curves[-1], share)
    to = Steps(curves[0][0])
    words = [f"M{pair(curves[0][0])}"]
    for _start, one, other, end in curves:
        words.append(f"c{to.towards(one)} {to.towards(other)} {to(end)}")
    return "".join(words) + "z"


type Bezier = tuple[Point, Point, Point, Point]


def _backwards(curve: Bezier) -> Bezier:
    return curve[3], curve[2], curve[1], curve[0]


def _cut(curve: Bezier, share: float) -> Bezier:
    """The first part of a cubic curve."""
    a, b, c, d = curve
    ab, bc, cd = _lerp(a, b, share), _lerp(b, c, share), _lerp(c, d, share)
    abc, bcd = _lerp(ab, bc, share), _lerp(bc, cd, share)
    return a, ab, abc, _lerp(abc, bcd, share)


def _lerp(a: Point, b: Point, share: float) -> Point:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def line(points: Sequence[Point], *, closed: bool = False) -> str:
    return "M" + "L".join(pair(at) for at in points) + ("Z" if closed else "")


def curve(points: Sequence[Point]) -> str:
    """An open smooth curve through the points."""
    ends = [points[0], *points, points[-1]]
    words = [f"M{pair(points[0])}"]
    for before, a, b, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        first = (a[0] + (b[0] - before[0]) / 6, a[1] + (b[1] - before[1]) / 6)
        second = (b[0] - (after[0] - a[0]) / 6, b[1] - (after[1] - a[1]) / 6)
        words.append(f"C{pair(first)} {pair(second)} {pair(b)}")
    return "".join(words)


def ring(at: Point, radius: float) -> str:
    """A circle as a path."""
    r, across = number(radius), number(2 * radius)
    return f"M{pair((at[0] - radius, at[1]))}a{r} {r} 0 1 1 {across} 0a{r} {r} 0 1 1 -{across} 0z"
