"""Chairs, walls and all that a figure stands on, leans on or holds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from figures import handled
from figures.body import CUSHION, HEAD, RAIL, SEAT, STEP
from figures.draw import Piece
from figures.geometry import Vec, add, mix
from figures.shapes import capsule, line
from figures.skeleton import Body, foot_points
from figures.view import View

NEAR, FAR = 8.0, -8.0
MAT = 16.0  # half its breadth
HELD = ("strap", "towel")


def listed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Each prop with its place, or with what it belongs to."""
    props: dict[str, Any] = {}
    for entry in data.get("props", ()):
        props |= {entry: 0.0} if isinstance(entry, str) else entry
    return props


def places(props: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(at) for name, at in props.items() if isinstance(at, int | float)}


def rounds(props: Mapping[str, Any]) -> Iterator[tuple[Vec, float]]:
    """Where props reach, for the fit of the picture."""
    for name, x in places(props).items():
        if name == "chair":
            yield from (((x - 10, SEAT + 27, 0.0), 1.0), ((x + 9, 0.0, 0.0), 1.0))
        elif name == "second chair":
            yield from (((x + 16, SEAT + 27, 0.0), 1.0), ((x - 6, 0.0, 0.0), 1.0))
        elif name in ("door frame", "wall"):
            yield from (((x, 78.0, 0.0), 2.0), ((x, 0.0, 0.0), 2.0))
        elif name == "support":
            yield (x + 2, RAIL, 0.0), 2.0
        elif name == "step":
            yield (x + 14, STEP, 0.0), 0.5
        elif name == "banister":
            yield from handled.banister_rounds(x)


def behind(
    view: View, props: Mapping[str, Any], body: Body, everywhere: Sequence[Body]
) -> list[Piece]:
    """Props behind the figure: all but what it holds."""
    at = places(props)
    pieces = []
    if "mat" in at:
        pieces.append(mat(view, everywhere))
    if "chair" in at:
        pieces += chair(view, "chair", at["chair"], 1)
    if "second chair" in at:
        pieces += chair(view, "second chair", at["second chair"] + 4, -1)
    for name in ("wall", "door frame"):
        if name in at:
            pieces.append(post(view, name, at[name], everywhere))
    if "step" in at:
        pieces.append(block(view, at["step"]))
    if "support" in at:
        pieces.append(rail(view, at["support"]))
    if "banister" in at:
        pieces.append(handled.banister(view, at["banister"]))
    if "slider" in props:
        pieces.append(handled.slider(view, body))
    if "cushion" in props:
        pieces.append(cushion(view, props["cushion"], body))
    return pieces


def in_front(view: View, props: Mapping[str, Any], body: Body) -> list[Piece]:
    """What the hands hold."""
    straps = [strap(view, body, props[name]) for name in HELD if name in props]
    return [*straps, *(handled.weight(view, body) if "weight" in props else ())]


def mat(view: View, everywhere: Sequence[Body]) -> Piece:
    corners = [view.at(at) for at in mat_corners(everywhere)]
    return Piece("mat", "d-mat", line(corners, closed=True), -99)


def mat_corners(everywhere: Sequence[Body]) -> list[Vec]:
    """A mat as long as the figure ever is."""
    rounds = [round_ for body in everywhere for round_ in body.rounds()]
    left = min(at[0] - radius for at, radius in rounds) - 1
    right = max(at[0] + radius for at, radius in rounds) + 1
    return [(left, 0.0, MAT), (right, 0.0, MAT), (right, 0.0, -MAT), (left, 0.0, -MAT)]


def chair(view: View, name: str, x: float, faces: int) -> list[Piece]:
    """A chair from the side; it faces right (1) or left (-1)."""
    back, front, top = x - 10 * faces, x + 9 * faces, x - 12 * faces
    level = SEAT - 1.2

    def drawn(css: str, *strokes: list[Vec]) -> Piece:
        path = "".join(line([view.at(at) for at in stroke]) for stroke in strokes)
        return Piece(f"{name} {css}", css, path, -50)

    return [
        drawn(
            "d-prop-far",
            [(top, SEAT + 27, FAR), (back, level, FAR), (back, 1.0, FAR)],
            [(front, level, FAR), (front, 1.0, FAR)],
        ),
        drawn(
            "d-prop",
            [(top, SEAT + 27, FAR), (top, SEAT + 27, NEAR), (back, level, NEAR), (back, 1.0, NEAR)],
            [(back, level, NEAR), (front, level, NEAR), (front, 1.0, NEAR)],
            [(front, level, NEAR), (front, level, FAR)],
        ),
    ]


def post(view: View, name: str, x: float, everywhere: Sequence[Body]) -> Piece:
    """A wall or a door's post; always higher than the head."""
    high = max(80.0, *(body.trunk.head[1] + HEAD + 3.0 for body in everywhere))
    foot, top = view.at((x + 1.2, 0.0, 0.0)), view.at((x + 1.2, high, 0.0))
    return Piece(name, "d-post", line([foot, top]), -60)


def block(view: View, x: float) -> Piece:
    corners = [(x - 5, 0.0, 0.0), (x - 5, STEP, 0.0), (x + 14, STEP, 0.0), (x + 14, 0.0, 0.0)]
    return Piece("step", "d-prop-fill", line([view.at(at) for at in corners], closed=True), -50)


def rail(view: View, x: float) -> Piece:
    top = [(x - 3, RAIL, 0.0), (x + 3, RAIL, 0.0)]
    stem = [(x, 0.6, 0.0), (x, RAIL, 0.0)]
    path = "".join(line([view.at(at) for at in stroke]) for stroke in (top, stem))
    return Piece("support", "d-prop", path, -50)


def cushion(view: View, under: str, body: Body) -> Piece:
    side = "far" if under.startswith("far") else "near"
    at = body.trunk.head if under == "head" else body.legs[side].middle
    half = CUSHION / 2
    ends = [(at[0] - 5.5, half, at[2]), (at[0] + 5.5, half, at[2])]
    circles = [(*view.at(end), half * view.size) for end in ends]
    return Piece("cushion", "d-prop-fill", capsule(circles[0], circles[1]), -40)


def strap(view: View, body: Body, around: str) -> Piece:
    """From both hands round the sole of a foot."""
    side = around.split()[0]
    heel, toe = foot_points(body.legs[side])
    sole = mix(heel, toe, 0.55)
    hands = [add(arm.end, arm.tip, 3.0) for arm in (body.arms["near"], body.arms["far"])]
    path = "".join(line([view.at(hand), view.at(sole)]) for hand in hands)
    return Piece("strap", "d-strap", path, 0)


def floor(view: View, left: float, right: float) -> str:
    """The floor's line; seen from above the mat stands for it."""
    y = view.floor + 1.8
    return f'<path class="d-floor" d="{line(((left, y), (right, y)))}"/>'
