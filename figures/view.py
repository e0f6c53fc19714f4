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


def fitted(camera: Camera, rounds: Iterable[tuple[Vec, float]]) -> View:
    """The view in which everything is as large as it can be, in the middle of the picture."""
    seen = [(camera.see(at), radius) for at, radius in rounds]
    left = min(at[0] - radius for at, radius in seen)
    right = max(at[0] + radius for at, radius in seen)
    top = max(at[1] + radius for at, radius in seen)
    bottom = min(at[1] - radius for at, radius in seen)
    size = min(
        LARGEST,
        (WIDTH - 2 * MARGIN) / max(right - left, 1.0),
        (HEIGHT - 2 * MARGIN - 6) / max(top - bottom, 1.0),
    )
    middle, centre = (left + right) / 2, (top + bottom) / 2
    return View(camera, size, WIDTH / 2 - middle * size, HEIGHT / 2 + centre * size)
