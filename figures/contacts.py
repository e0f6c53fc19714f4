"""Where the body touches what it rests on: a flat shadow that is gone where it is lifted."""

from collections.abc import Iterator, Mapping

from figures.body import FINGERS, HEAD, RADIUS, SEAT, SECTIONS, SIDES, STEP
from figures.draw import Piece
from figures.geometry import Vec, add, mix
from figures.shapes import number, pair
from figures.skeleton import Body, foot_points, trunk_round
from figures.view import View

TOUCHES = 0.9  # a part that is farther from the floor than this no longer touches it
GONE = 2.4  # and one that is farther than this has no shadow
THICK = 1.3  # of a shadow seen from the side: half its height
WIDER = 1.25  # than the part that rests
SEATS = {"chair": (-11.0, 10.0), "second chair": (-6.0, 17.0)}  # from and to, right of the chair
STEPS = (-5.0, 14.0)
POSTS = ("wall", "door frame")

type Round = tuple[Vec, float]


def shadows(view: View, body: Body, places: Mapping[str, float]) -> list[Piece]:
    """One shape for all contacts with the ground, one for those with walls."""
    ground = "".join(
        _ellipse(view, at, wide, _held(gap)) for at, wide, gap in _ground(body, places)
    )
    pieces = [Piece("shadows", "d-shadow", ground, -30)]
    for post in POSTS:
        if post in places:
            path = "".join(
                _beside(view, at, wide, _held(gap)) for at, wide, gap in _wall(body, places[post])
            )
            pieces.append(Piece(f"{post} shadows", "d-shadow", path, -30))
    return pieces


def touching(body: Body, places: Mapping[str, float]) -> list[str]:
    """The parts that rest on the floor, a seat or a step."""
    gaps = zip(_parts(body), _ground(body, places), strict=True)
    return [name for (name, _round), (_at, _wide, gap) in gaps if gap < TOUCHES]


def _held(gap: float) -> float:
    """1 where it touches, 0 where it has left; in between on the way."""
    return max(0.0, min(1.0, (GONE - gap) / (GONE - TOUCHES)))


def _parts(body: Body) -> Iterator[tuple[str, Round]]:
    """Every part that may rest on something: its middle, and how far it reaches."""
    for name in SECTIONS:
        yield name, trunk_round(body.trunk, name)
    yield "head", (body.trunk.head, HEAD)
    for side in SIDES:
        leg, arm = body.legs[side], body.arms[side]
        heel, toe = foot_points(leg)
        yield f"{side} thigh", (mix(leg.root, leg.middle, 0.55), 4.7)
        yield f"{side} knee", (leg.middle, RADIUS["knee"])
        yield f"{side} shank", (mix(leg.middle, leg.end, 0.55), 3.2)
        yield f"{side} heel", (heel, RADIUS["heel"])
        yield f"{side} foot", (mix(heel, toe, 0.5), (RADIUS["heel"] + RADIUS["toe"]) / 2)
        yield f"{side} toes", (toe, RADIUS["toe"])
        yield f"{side} elbow", (arm.middle, RADIUS["elbow"])
        yield f"{side} forearm", (mix(arm.middle, arm.end, 0.5), 2.2)
        yield f"{side} hand", (add(arm.end, arm.tip, FINGERS * 0.6), RADIUS["palm"])


def _ground(body: Body, places: Mapping[str, float]) -> Iterator[tuple[Vec, float, float]]:
    """Each part's place on what is under it, its breadth, and the gap between."""
    for _name, (at, radius) in _parts(body):
        level = _level(at, radius, places)
        yield (at[0], level, at[2]), max(radius, 2.6) * WIDER, at[1] - radius - level


def _level(at: Vec, radius: float, places: Mapping[str, float]) -> float:
    """How high what is under a part is: a seat, a step or the floor."""
    tops = [
        (SEAT - 1.2, places[name] + start, places[name] + end)
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


def _wall(body: Body, x: float) -> Iterator[tuple[Vec, float, float]]:
    for _name, (at, radius) in _parts(body):
        gap = abs(at[0] - x) - radius
        yield (x, at[1], at[2]), max(radius, 2.6), max(gap, 0.0)


def _ellipse(view: View, at: Vec, wide: float, share: float) -> str:
    """A disc lying on the ground, as the viewer sees it."""
    x, y = view.at(at)
    across = wide * view.size * share
    flat = abs(view.direction((0.0, 0.0, 1.0))[1])
    return _oval(x, y + 1.8, across, max(across * flat, THICK * view.size * 0.6 * share))


def _beside(view: View, at: Vec, wide: float, share: float) -> str:
    x, y = view.at(at)
    return _oval(x, y, 2.6 * share, wide * view.size * share)


def _oval(x: float, y: float, across: float, down: float) -> str:
    if across < 0.1:
        return f"M{pair((x, y))}a0 0 0 1 1 0 0a0 0 0 1 1 0 0z"
    left, radii = number(2 * across), f"{number(across)} {number(down)}"
    return f"M{pair((x - across, y))}a{radii} 0 1 1 {left} 0a{radii} 0 1 1 -{left} 0z"
