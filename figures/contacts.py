"""Where the body touches what it rests on: a flat shadow that is gone where it is lifted."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from figures.body import FINGERS, HEAD, RADIUS, SEAT, SECTIONS, SIDES, STEP
from figures.draw import Piece
from figures.geometry import Vec, add, mix
from figures.shapes import number
from figures.skeleton import Body, foot_points, trunk_round
from figures.view import View

TOUCHES = 1.0  # a part that is farther from the floor than this no longer touches it
GONE = 2.4  # and one that is farther than this has no shadow
SITTING = 6.2  # how far the seat of someone upright is below the middle of the hips
LEAST = 3.6  # how far a shadow reaches to each side
WIDER = 1.3  # than the part that rests
THICK = 1.1  # how far down a shadow reaches that is seen from the side
SEATS = {"chair": (-11.0, 10.0), "second chair": (-6.0, 17.0)}  # from and to, right of the chair
BROAD = {name: side for name, (_front, _back, side) in SECTIONS.items()}
FROM_ABOVE = 0.2  # how round a shadow is that is seen from so far above
STEPS = (-5.0, 14.0)
POSTS = ("wall", "door frame")
GROUND = "ground"

type Places = Mapping[str, float]


@dataclass(frozen=True)
class Contact:
    """A part next to something: where that is, how broad the part is, and the gap between."""

    part: str
    on: str
    at: Vec
    broad: float
    gap: float

    @property
    def share(self) -> float:
        """1 where it touches, 0 where it has left; in between on the way."""
        return max(0.0, min(1.0, (GONE - self.gap) / (GONE - TOUCHES)))


def found(body: Body, places: Places) -> Iterator[tuple[str, str]]:
    """The parts that have a shadow now, and on what."""
    return ((each.part, each.on) for each in _contacts(body, places) if each.share)


def touching(body: Body, places: Places) -> set[str]:
    """The parts that rest on something now."""
    return {each.part for each in _contacts(body, places) if each.gap <= TOUCHES}


def shadows(
    view: View, body: Body, places: Places, resting: Collection[tuple[str, str]]
) -> list[Piece]:
    """One shape for each contact; ``resting`` are the parts that ever have one, and on what."""
    found = (each for each in _contacts(body, places) if (each.part, each.on) in resting)
    return [_shadow(view, each) for each in found]


def _shadow(view: View, contact: Contact) -> Piece:
    x, y = view.at(contact.at)
    broad = contact.broad * view.size
    flat = abs(view.direction((0.0, 0.0, 1.0))[1])
    if contact.on != GROUND:
        across, down = 3.0, broad
    elif flat > FROM_ABOVE:
        across, down = broad, broad * flat
    else:
        across, down, y = broad, THICK * view.size, y + 1.8
    left, radii = number(2 * across), f"{number(across)} {number(down)}"
    path = f"M-{number(across)} 0a{radii} 0 1 1 {left} 0a{radii} 0 1 1 -{left} 0z"
    name = f"shadow of {contact.part} on {contact.on}"
    return Piece(name, "d-shadow", path, -30, (x, y, 0.0), strength=contact.share)


# --- what is next to what


def _contacts(body: Body, places: Places) -> Iterator[Contact]:
    for name, at, radius, across in _parts(body):
        level = _level(at, radius, places)
        broad = BROAD.get(name, max(radius * WIDER, LEAST))
        yield Contact(name, GROUND, (at[0], level, at[2]), broad, at[1] - radius - level)
        for post in POSTS:
            if post in places:
                x = places[post]
                gap = max(0.0, abs(at[0] - x) - across)
                yield Contact(name, post, (x, at[1], at[2]), max(radius, 2.6), gap)


def _parts(body: Body) -> Iterator[tuple[str, Vec, float, float]]:
    """Every part that may rest on something: its middle, how far it reaches down and across."""
    for name in SECTIONS:
        at, down = trunk_round(body.trunk, name)
        _at, _up, front, near = body.trunk.section(name)
        forward, back, side = body.trunk.reach(name)
        across = math.hypot(side * near[0], (forward + back) / 2 * front[0])
        yield name, at, max(down, SITTING if name == "hips" else 0.0), across
    yield from ((name, at, radius, radius) for name, at, radius in _rounds(body))


def _rounds(body: Body) -> Iterator[tuple[str, Vec, float]]:
    yield "head", body.trunk.head, HEAD
    for side in SIDES:
        leg, arm = body.legs[side], body.arms[side]
        heel, toe = foot_points(leg)
        yield f"{side} thigh", mix(leg.root, leg.middle, 0.6), 4.6
        yield f"{side} knee", leg.middle, RADIUS["knee"]
        yield f"{side} shank", mix(leg.middle, leg.end, 0.55), 3.2
        yield f"{side} heel", heel, RADIUS["heel"]
        yield f"{side} toes", mix(heel, toe, 0.75), (RADIUS["heel"] + RADIUS["toe"]) / 2
        yield f"{side} elbow", arm.middle, RADIUS["elbow"]
        yield f"{side} forearm", mix(arm.middle, arm.end, 0.5), 2.2
        yield f"{side} hand", add(arm.end, arm.tip, FINGERS * 0.6), RADIUS["palm"]


def _level(at: Vec, radius: float, places: Places) -> float:
    """How high what is under a part is: a seat, a step or the floor."""
    tops = [
        (SEAT, places[name] + start, places[name] + end)
        for name, (start, end) in SEATS.items()
        if name in places
    ]
    if "step" in places:
        tops.append((STEP, places["step"] + STEPS[0], places["step"] + STEPS[1]))
    under = [
        level
        for level, left, right in tops
        if left <= at[0] <= right and at[1] - radius > level - 2.0
    ]
    return max(under, default=0.0)
