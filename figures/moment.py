"""A moment on the way from one pose to the next, and what stands around the figure."""

from collections.abc import Mapping
from dataclasses import dataclass

from figures.geometry import degrees_between
from figures.pose import Pose
from figures.skeleton import Body


@dataclass(frozen=True)
class Scene:
    """What stands around the figure: places of props, and what lies under which joint."""

    places: Mapping[str, float]
    cushion: str = ""


@dataclass(frozen=True)
class Moment:
    """Somewhere on the way from one pose to the next; ``before`` is the body it starts from."""

    start: Pose
    end: Pose
    share: float
    before: Body | None
    scene: Scene

    def angle(self, name: str) -> tuple[float, float]:
        (a, out_a), (b, out_b) = self.start.bones[name], self.end.bones[name]
        return degrees_between(a, b, self.share), out_a + (out_b - out_a) * self.share

    def number(self, name: str) -> float:
        a, b = self.start.numbers[name], self.end.numbers[name]
        return a + (b - a) * self.share
