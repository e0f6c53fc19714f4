"""The body from the front and from behind, in parts to choose. No database.

One half is drawn, as points that a smooth line runs through: how far from the middle,
and how far down, in a picture 200 wide. The other half is its mirror image.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from exercises.search.asked import Asked
from exercises.shapes_of_the_body import BACK, FRONT, Half, Side

MIDDLE = 100.0


@dataclass(frozen=True)
class Part:
    """A part of the body: its lines, its words, and the address that chooses it or lets it go."""

    label: str
    query: str
    lines: str
    is_chosen: bool


@dataclass(frozen=True)
class View:
    name: str
    label: str
    body: str
    marks: str
    parts: list[Part]
    muscles: list[str]


def views(asked: Asked) -> list[View]:
    """Front and back, with what was asked for."""
    return [_view(side, asked) for side in (FRONT, BACK)]


def _view(side: Side, asked: Asked) -> View:
    regions, muscles = asked.chosen.get("region", []), asked.chosen.get("muscle", [])
    return View(
        name=side.name,
        label=str(side.label),
        body=lines(side.body),
        marks=lines(side.marks, is_open=True),
        parts=[
            Part(
                str(region.label),
                asked.toggled("region", region.value),
                lines(shapes),
                region.value in regions,
            )
            for region, shapes in side.regions.items()
        ],
        muscles=[lines(shapes) for muscle, shapes in side.muscles.items() if muscle in muscles],
    )


@cache
def lines(shapes: tuple[Half, ...], *, is_open: bool = False) -> str:
    """The path of shapes and their mirror images."""
    return "".join(_path(whole, is_open) for shape in shapes for whole in _wholes(shape))


def _wholes(shape: Half) -> list[list[tuple[float, float]]]:
    """Where a shape begins and ends in the middle, both halves are one."""
    right = [(MIDDLE + x, y) for x, y in shape]
    left = [(MIDDLE - x, y) for x, y in shape]
    if shape[0][0] == shape[-1][0] == 0:
        return [right + left[-2:0:-1]]
    return [right, left[::-1]]  # turning the same way round, so that they may overlap


def _path(points: Sequence[tuple[float, float]], is_open: bool) -> str:
    """A Catmull-Rom spline through the points, as cubic curves."""
    count = len(points)
    ends = count - 1 if is_open else count

    def at(place: int) -> tuple[float, float]:
        return points[min(max(place, 0), count - 1)] if is_open else points[place % count]

    path = "M{:.1f} {:.1f}".format(*points[0])
    for place in range(ends):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (at(place + step) for step in (-1, 0, 1, 2))
        path += (
            f"C{x1 + (x2 - x0) / 6:.1f} {y1 + (y2 - y0) / 6:.1f}"
            f" {x2 - (x3 - x1) / 6:.1f} {y2 - (y3 - y1) / 6:.1f} {x2:.1f} {y2:.1f}"
        )
    return path + ("" if is_open else "Z")
