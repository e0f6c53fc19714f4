"""A second small view: the same body at the same moment, seen from elsewhere."""

from collections.abc import Mapping, Sequence
from typing import Any

from figures import props
from figures.free import Box, taken
from figures.pose import SEEN
from figures.shapes import Circle, number, pair
from figures.skeleton import Body
from figures.view import View

WIDEST, HIGHEST = 128.0, 92.0
INSIDE = 4.0  # left between the view and its edge
BOLD = 1.9  # its arrows, of which only a third is left


def data_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The figure seen from elsewhere, with a mat of its own where there is no floor's line."""
    words = {word: value for word, value in data.items() if word not in ("also", "thumb")}
    seen = words["seen"] = data["also"]
    listed = list(data.get("props", ()))
    if (SEEN[seen] if isinstance(seen, str) else seen)[1] and "mat" not in listed:
        listed = ["mat", *listed]
    frames = [{w: v for w, v in frame.items() if w != "lens"} for frame in data["frames"]]
    return words | {"props": listed, "frames": frames}


def extent(bodies: Sequence[Body], view: View, more: Sequence[Circle]) -> Box:
    """The part of the other view that is shown: the body at all moments, and its ground."""
    circles = [*more]
    circles += [circle for body in bodies for circle in taken(view, body)]
    if view.camera.pitch:
        circles += [(*view.at(corner), 1.0) for corner in props.mat_corners(bodies)]
    else:
        circles.append((circles[-1][0], view.floor, 3.0))
    return Box.around(circles, 8.0)


def size(extent: Box) -> tuple[float, float]:
    """As large as it may be."""
    share = min(WIDEST / extent.wide, HIGHEST / extent.high)
    return extent.wide * share, extent.high * share


def drawn(box: Box, extent: Box, shapes: str) -> str:
    x, y = box.x - box.wide / 2, box.y - box.high / 2
    place = f'x="{number(x)}" y="{number(y)}"'
    wide, high = number(box.wide), number(box.high)
    card = f"M{pair((x, y))}h{wide}v{high}h-{wide}z"
    return (
        f'<path class="d-card" d="{card}"/>'
        f'<svg {place} width="{wide}" height="{high}" viewBox="{extent.view_box()}">{shapes}</svg>'
    )
