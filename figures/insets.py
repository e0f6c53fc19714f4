"""Room for small views beside the person: what stands in a corner hides nothing."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from figures.free import Box, balls, edges, freest
from figures.geometry import Vec
from figures.shapes import Circle
from figures.skeleton import Body
from figures.view import HEIGHT, Bounds, Camera, View, placed

SMALLER = (1.0, 0.92, 0.85, 0.78, 0.72, 0.66)
# Where the person stands in what is left, from the left and from the top.
ALIGNED = (
    (0.5, 0.5),
    (0.5, 1.0),
    (0.0, 0.5),
    (1.0, 0.5),
    (0.0, 1.0),
    (1.0, 1.0),
    (0.5, 0.0),
    (0.0, 0.0),
    (1.0, 0.0),
)
APART = 6.0
COARSE = 6  # circles nearer to each other than this count as one


@dataclass(frozen=True)
class Arranged:
    """The view of the person, and the boxes of the small views by their names."""

    view: View
    boxes: Mapping[str, Box]

    def circles(self) -> Iterator[Circle]:
        """What the small views take."""
        return (circle for box in self.boxes.values() for circle in box.circles())


def arranged(
    camera: Camera,
    rounds: Sequence[tuple[Vec, float]],
    bodies: Sequence[Body],
    sizes: Mapping[str, tuple[float, float]],
) -> Arranged:
    """As large as it can be while boxes of these sizes still find free corners."""
    bounds = Bounds.of(camera, rounds)
    solid = [*rounds, *((at, radius) for body in bodies for _part, at, radius in balls(body))]
    tried = []
    for share, (across, down) in itertools.product(SMALLER, ALIGNED):
        view = placed(camera, bounds, bounds.largest * share, across, down)
        covered, boxes = _boxes(view, _coarse(view, solid) if sizes else (), sizes.values())
        tried.append((covered, Arranged(view, dict(zip(sizes, boxes, strict=True)))))
        if not covered:
            break
    return min(tried, key=lambda each: each[0])[1]


def _coarse(view: View, solid: Sequence[tuple[Vec, float]]) -> list[Circle]:
    circles: dict[tuple[int, int], float] = {}
    for at, radius in solid:
        x, y = view.at(at)
        key = (round(x / COARSE), round(y / COARSE))
        circles[key] = max(circles.get(key, 0.0), radius * view.size)
    return [(x * COARSE, y * COARSE, radius) for (x, y), radius in circles.items()]


def _boxes(
    view: View, circles: Sequence[Circle], sizes: Iterable[tuple[float, float]]
) -> tuple[float, tuple[Box, ...]]:
    """Each box in the freest corner that the boxes before it leave, and what they cover."""
    covered, taken, boxes = 0.0, list(circles), []
    floor = HEIGHT if view.camera.pitch else view.floor
    for wide, high in sizes:
        box = freest(edges(wide, high, floor), taken, APART)
        covered += box.covered(taken, APART)
        taken += box.circles()
        boxes.append(box)
    return covered, tuple(boxes)
