"""How the figure is seen: the viewer's place, and the fit of all frames into one picture."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from figures.geometry import Point, Vec

WIDTH, HEIGHT = 320, 240
MARGIN = 13.0
LARGEST = 3.0  # units of the picture per hundredth of the body


@dataclass(frozen=True)
class Camera:
    """Walks ``yaw`` degrees round towards the figure's feet, looks down by ``pitch``."""

    yaw: float
    pitch: float

    def see(self, at: Vec) -> Vec:
        """Across and up in the picture, and how near it is to the viewer."""
        yaw, pitch = math.radians(self.yaw), math.radians(self.pitch)
        x = at[0] * math.cos(yaw) - at[2] * math.sin(yaw)
        depth = at[0] * math.sin(yaw) + at[2] * math.cos(yaw)
        y = at[1] * math.cos(pitch) - depth * math.sin(pitch)
        return (x, y, depth * math.cos(pitch) + at[1] * math.sin(pitch))


@dataclass(frozen=True)
class View:
    """From space to the picture: 320 wide, 240 high, y downwards."""

    camera: Camera
    size: float
    left: float
    floor: float

    def at(self, point: Vec) -> Point:
        x, y, _depth = self.camera.see(point)
        return (self.left + x * self.size, self.floor - y * self.size)

    def direction(self, way: Vec) -> Vec:
        """A direction in the picture, y downwards; the third is towards the viewer."""
        x, y, depth = self.camera.see(way)
        return (x, -y, depth)

    def depth(self, point: Vec) -> float:
        """How near to the viewer; seen from the side, a little walk round changes no order."""
        camera = Camera(0.0, self.camera.pitch) if abs(self.camera.yaw) < 20 else self.camera
        return camera.see(point)[2]


@dataclass(frozen=True)
class Bounds:
    """How far everything reaches, in hundredths of the body, as a camera sees it."""

    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def of(cls, camera: Camera, rounds: Iterable[tuple[Vec, float]]) -> "Bounds":
        seen = [(camera.see(at), radius) for at, radius in rounds]
        return cls(
            left=min(at[0] - radius for at, radius in seen),
            right=max(at[0] + radius for at, radius in seen),
            top=max(at[1] + radius for at, radius in seen),
            bottom=min(at[1] - radius for at, radius in seen),
        )

    @property
    def wide(self) -> float:
        return max(self.right - self.left, 1.0)

    @property
    def high(self) -> float:
        return max(self.top - self.bottom, 1.0)

    @property
    def largest(self) -> float:
        """The size at which all just fits into the picture."""
        across, down = (WIDTH - 2 * MARGIN) / self.wide, (HEIGHT - 2 * MARGIN - 6) / self.high
        return min(LARGEST, across, down)


def fitted(camera: Camera, rounds: Iterable[tuple[Vec, float]]) -> View:
    """The view in which everything is as large as it can be, in the middle of the picture."""
    bounds = Bounds.of(camera, rounds)
    return placed(camera, bounds, bounds.largest)


def placed(
    camera: Camera, bounds: Bounds, size: float, across: float = 0.5, down: float = 0.5
) -> View:
    """Everything this large, so far from the left and from the top: 0 to 1."""
    spare_wide = WIDTH - 2 * MARGIN - bounds.wide * size
    spare_high = HEIGHT - 2 * MARGIN - bounds.high * size
    left = MARGIN + spare_wide * across
    top = MARGIN + spare_high * down
    return View(camera, size, left - bounds.left * size, top + bounds.top * size)
