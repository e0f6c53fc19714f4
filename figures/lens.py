"""A lens: a circle in a free corner that enlarges a part too small to be seen where it is."""

import math
from collections.abc import Iterable

from figures import arrows
from figures.body import SECTIONS
from figures.draw import Piece
from figures.free import Box
from figures.geometry import Point, Vec, add
from figures.shapes import curve, line, number, pair, ring
from figures.skeleton import Body
from figures.view import View

ACROSS = 108.0
ZOOM = 2.1
ZOOM_OF_HEAD = 1.7  # it nods out of a smaller window
ARROW = 0.95  # how large its own arrows are in the picture
OF_TRUNK = ("hips", "low back", "tummy", "chest")
OF_HEAD = ("head", "hair", "eyes", "neck")
OF_LEG = ("knee", "ankle", "foot")
DRAWN_IN = 0.5


def focus(body: Body, part: str) -> Vec:
    """The middle of what the lens shows: at the skin, for the low back and the tummy."""
    trunk = body.trunk
    if part == "low back":
        return add(add(trunk.waist, trunk.pelvis_front, -4.6), trunk.pelvis_up, 1.0)
    if part == "tummy":
        return add(trunk.tummy, trunk.pelvis_front, -1.6)
    return arrows.joint(body, part)


def zoom(part: str) -> float:
    return ZOOM_OF_HEAD if part == "head" else ZOOM


def seen(pieces: Iterable[Piece], part: str) -> list[Piece]:
    """The pieces inside the lens: arms would hide the trunk; the head is far from the legs."""
    if part == "head":
        return [piece for piece in pieces if piece.name in (*OF_HEAD, "trunk")]
    if part in OF_TRUNK:
        return _without(pieces, "arm", "forearm", "hand", *OF_HEAD)
    if part.endswith(OF_LEG):
        return _without(pieces, "arm", "forearm", "hand", "trunk", "pelvis", *OF_HEAD)
    return list(pieces)


def _without(pieces: Iterable[Piece], *words: str) -> list[Piece]:
    return [piece for piece in pieces if not set(words) & set(piece.name.split())]


def drawn(box: Box, at: Point, zoom: float, shapes: str) -> str:
    """The lens around shapes drawn as in the large picture, and a wedge from where they are.

    Two shapes of the colour behind make a round hole of a square one: no clip path, which
    would need a name of its own on every page.
    """
    x, y, radius = box.x, box.y, box.wide / 2
    inside = radius / zoom
    window = f"{pair((at[0] - inside, at[1] - inside))} {pair((2 * inside, 2 * inside))}"
    place = f'x="{number(x - radius)}" y="{number(y - radius)}"'
    size = f'width="{number(2 * radius)}" height="{number(2 * radius)}"'
    square = (
        f"M{pair((x - radius - 1, y - radius - 1))}h{number(box.wide + 2)}"
        f"v{number(box.wide + 2)}h-{number(box.wide + 2)}z"
    )
    hole = f'<path class="d-behind" d="{square}{ring((x, y), radius - 1)}"/>'
    ground = f'<path class="d-behind" d="{square}"/>'
    view = f'<svg {place} {size} viewBox="{window}">{shapes}</svg>'
    edge = f'<path class="d-lens" d="{ring((x, y), radius - 1.5)}{_wedge(box, at, inside)}"/>'
    return f"{ground}{view}{hole}{edge}"


def _wedge(box: Box, at: Point, inside: float) -> str:
    """A small ring round the part, and a line from either of its sides to the lens."""
    dx, dy = box.x - at[0], box.y - at[1]
    far = math.hypot(dx, dy) or 1.0
    turn = math.acos(max(-1.0, min(1.0, (inside - box.wide / 2) / far)))
    towards = math.atan2(dy, dx)
    words = [ring(at, inside)]
    for way in (-1, 1):
        angle = towards + way * turn
        along = (math.cos(angle), math.sin(angle))
        words.append(
            line(
                [
                    (at[0] + along[0] * inside, at[1] + along[1] * inside),
                    (box.x + along[0] * box.wide / 2, box.y + along[1] * box.wide / 2),
                ]
            )
        )
    return "".join(words)


def skin_before(view: View, body: Body, first: Body) -> str:
    """Where the tummy's skin was before it was drawn in, as a dashed line."""
    if body.trunk.drawn_in - first.trunk.drawn_in < DRAWN_IN:
        return ""
    points = []
    for name in SECTIONS:
        at, _up, front, _near = first.trunk.section(name)
        points.append(view.at(add(at, front, first.trunk.reach(name)[0])))
    return f'<path class="d-before" d="{curve(points)}"/>'
