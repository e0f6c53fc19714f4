"""The letter of a side, on the limb that works."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from figures.draw import Piece, placed
from figures.free import balls
from figures.geometry import Point, mix
from figures.pose import Frame
from figures.shapes import Circle, number, ring
from figures.skeleton import Body
from figures.view import View

RADIUS = 12.5
ARM = ("elbow", "hand")
# Where on a limb: on its upper bone or its lower one, and how far along.
SPOTS = ((False, 0.5), (False, 0.3), (True, 0.75), (True, 0.5), (False, 0.75))
OFF = (0.0, 0.5, 0.9, 1.25)  # radii beside the limb: the disc still touches it
TURNS = 12

type Spot = tuple[bool, float]


@dataclass(frozen=True)
class Letter(Piece):
    """A disc with a letter, which is read the right way round in a mirrored picture, too."""

    letter: str = ""
    radius: float = RADIUS
    mirrored: bool = False

    @property
    def size(self) -> str:
        return number(self.radius * 1.45)

    @property
    def down(self) -> str:
        """How far the letter's line is below the middle of the disc."""
        return number(self.radius * 0.52)

    def svg(self, inside: str = "") -> str:
        back = f"translate(0 {self.down})"
        if self.mirrored:
            back += "scale(-1 1)"
        place = placed(self.place or (0.0, 0.0, 0.0))
        return (
            f'<g transform="{place}">{inside}<path class="d-tag" d="{self.path}"/>'
            f'<text class="d-letter" font-size="{self.size}" '
            f'transform="{back}">{escape(self.letter)}</text></g>'
        )


def letter(at: Point, letter: str, *, radius: float = RADIUS, mirrored: bool) -> Letter:
    place = (at[0], at[1], 0.0)
    disc = ring((0.0, 0.0), radius)
    return Letter(
        "tag", "d-tag", disc, 99.0, place, letter=letter, radius=radius, mirrored=mirrored
    )


def working(frames: Sequence[Frame], side: str) -> str:
    """The limb that works: an arm where of that side only the arm moves, else the leg."""
    joints = [arrow.joint for frame in frames for arrow in frame.arrows]
    own = [joint.split()[1] for joint in joints if joint.startswith(f"{side} ")]
    return "arm" if own and all(joint in ARM for joint in own) else "leg"


def on_limb(view: View, body: Body, limb: tuple[str, str], spot: Spot) -> Point:
    """A spot of a limb in the picture; the limb is its side and its kind."""
    side, kind = limb
    bones = (body.legs if kind == "leg" else body.arms)[side]
    is_upper, share = spot
    ends = (bones.root, bones.middle) if is_upper else (bones.middle, bones.end)
    return view.at(mix(*ends, share))


def best_spot(view: View, bodies: Sequence[Body], limb: tuple[str, str]) -> Spot:
    """The one spot of the limb that is clearest of the other limbs in all poses."""

    def cost(spot: Spot) -> float:
        ways = [_cost(view, body, limb, on_limb(view, body, limb, spot), RADIUS) for body in bodies]
        return sum(ways) / len(ways) + SPOTS.index(spot)

    return min(SPOTS, key=cost)


def beside(view: View, body: Body, limb: tuple[str, str], spot: Spot, radius: float) -> Point:
    """On the limb or right next to it, where a large disc covers least."""
    x, y = on_limb(view, body, limb, spot)
    found = list(_round(x, y, radius))
    return min(
        found, key=lambda at: _cost(view, body, limb, at, radius) + 0.5 * math.dist(at, (x, y))
    )


def _round(x: float, y: float, radius: float) -> Iterator[Point]:
    for off in OFF:
        for turn in range(TURNS if off else 1):
            angle = math.tau * turn / TURNS
            yield (x + off * radius * math.cos(angle), y + off * radius * math.sin(angle))


def _cost(view: View, body: Body, limb: tuple[str, str], at: Point, radius: float) -> float:
    """What speaks against a disc: other parts it covers, and being nearer to them."""
    own: list[float] = []
    others: list[float] = []
    for part, ball, thick in balls(body):
        gap = _gap((*view.at(ball), thick * view.size), at, radius)
        (own if part == " ".join(limb) else others).append(gap)
    nearer = 40.0 if min(others) < min(own) else 0.0
    return nearer + 2 * max(0.0, 2.0 - min(others)) + 0.6 * max(0.0, -min(own) - radius)


def _gap(circle: Circle, at: Point, radius: float) -> float:
    return math.hypot(at[0] - circle[0], at[1] - circle[1]) - circle[2] - radius
