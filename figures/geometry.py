"""Points and directions in space: x along the floor to the right, y up, z towards the viewer."""

import math

type Vec = tuple[float, float, float]
type Point = tuple[float, float]

ORIGIN: Vec = (0.0, 0.0, 0.0)
UP: Vec = (0.0, 1.0, 0.0)


def add(a: Vec, b: Vec, times: float = 1.0) -> Vec:
    return (a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times)


def sub(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec, times: float) -> Vec:
    return (a[0] * times, a[1] * times, a[2] * times)


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def length(a: Vec) -> float:
    return math.sqrt(dot(a, a))


def unit(a: Vec, otherwise: Vec = UP) -> Vec:
    """The direction of a vector; of one that has none, ``otherwise``."""
    size = length(a)
    return scale(a, 1 / size) if size > 1e-6 else otherwise


def mix(a: Vec, b: Vec, share: float) -> Vec:
    return add(scale(a, 1 - share), b, share)


def direction(angle: float, out: float = 0.0) -> Vec:
    """0° is to the picture's right, 90° up; ``out`` is how far it comes towards the viewer."""
    across, up = math.radians(angle), math.radians(out)
    return (
        math.cos(across) * math.cos(up),
        math.sin(across) * math.cos(up),
        math.sin(up),
    )


def turned(a: Vec, axis: Vec, degrees: float) -> Vec:
    """``a`` turned about a unit axis, anticlockwise as seen from the axis's tip."""
    angle = math.radians(degrees)
    along = scale(axis, dot(axis, a) * (1 - math.cos(angle)))
    return add(
        add(scale(a, math.cos(angle)), cross(axis, a), math.sin(angle)),
        along,
    )


def across(a: Vec, axis: Vec, otherwise: Vec) -> Vec:
    """What of ``a`` stands square on a unit axis, as a direction."""
    return unit(add(a, axis, -dot(a, axis)), otherwise)


def between(a: Vec, b: Vec, share: float, axis: Vec) -> Vec:
    """A direction on the short way from one to another; about ``axis`` where both are opposite."""
    angle = math.acos(max(-1.0, min(1.0, dot(a, b))))
    if angle < 1e-6:
        return a
    way = cross(a, b)
    if length(way) < 1e-4:
        way = across(axis, a, across(UP, a, (1.0, 0.0, 0.0)))
    return unit(turned(a, unit(way), math.degrees(angle) * share))


def degrees_between(a: float, b: float, share: float) -> float:
    """An angle on the short way round from one to another."""
    return a + ((b - a + 180) % 360 - 180) * share
