"""The body from the front and from behind, with its parts and muscles, to point at.

One half is drawn, as points that a smooth line runs through: how far from the middle,
and how far down, in a picture 200 wide and 484 high. The other half is its mirror image.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from figures.geometry import Point
from figures.outline_points import BACK, FRONT, Half, Points
from figures.shapes import curve, smooth

MIDDLE = 100.0


@dataclass(frozen=True)
class Outline:
    """One side of the body, "front" or "back": paths of it all, of its parts and muscles."""

    name: str
    body: str
    marks: str
    regions: Mapping[str, str]
    muscles: Mapping[str, str]


@cache
def outlines() -> tuple[Outline, Outline]:
    """The front and the back."""
    return _drawn(FRONT), _drawn(BACK)


def _drawn(side: Points) -> Outline:
    return Outline(
        name=side.name,
        body=_closed(side.body),
        marks="".join(curve(line) for mark in side.marks for line in _wholes(mark)),
        regions={name: _closed(shapes) for name, shapes in side.regions.items()},
        muscles={name: _closed(shapes) for name, shapes in side.muscles.items()},
    )


def _closed(shapes: tuple[Half, ...]) -> str:
    """The path of shapes and their mirror images."""
    return "".join(smooth(whole) for shape in shapes for whole in _wholes(shape))


def _wholes(shape: Half) -> list[list[Point]]:
    """Where a shape begins and ends in the middle, both halves are one."""
    right = [(MIDDLE + x, y) for x, y in shape]
    left = [(MIDDLE - x, y) for x, y in shape]
    if shape[0][0] == shape[-1][0] == 0:
        return [right + left[-2:0:-1]]
    return [right, left[::-1]]  # turning the same way round, so that they may overlap
