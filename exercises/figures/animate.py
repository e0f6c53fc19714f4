"""The movement: every shape at moments on the way, as SMIL. Contacts hold at each moment."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exercises.figures.draw import Piece
from exercises.figures.shapes import number, pair

if TYPE_CHECKING:
    from exercises.figures.figure import Figure

SECONDS = 1.3  # from one frame to the next
BACK = 1.1
STEPS = 6  # moments on the way between two frames


def shapes(figure: "Figure") -> list[str]:
    """Each shape as it is in the telling frame, with its movement inside."""
    moments, times = _timeline(figure)
    total = times[-1]
    key_times = ";".join(_short(time / total) for time in times)
    timing = (
        f'dur="{number(total)}s" repeatCount="indefinite" begin="indefinite" keyTimes="{key_times}"'
    )
    telling = figure.pieces(figure.bodies[figure.telling])
    by_name = [{piece.name: piece for piece in pieces} for pieces in moments]
    return [_moving(piece, [pieces[piece.name] for pieces in by_name], timing) for piece in telling]


def _timeline(figure: "Figure") -> tuple[list[list[Piece]], list[float]]:
    """The shapes at every moment of the loop, and when."""
    there: list[list[list[Piece]]] = []
    for index in range(len(figure.frames) - 1):
        bodies = [figure.between(index, step / STEPS) for step in range(1, STEPS)]
        there.append([figure.pieces(body) for body in bodies])
    frames = [figure.pieces(body) for body in figure.bodies]
    moments, times = [frames[0]], [0.0]

    def hold(index: int, seconds: float) -> None:
        if seconds:
            moments.append(frames[index])
            times.append(times[-1] + seconds)

    def go(way: Sequence[list[Piece]], to: int, seconds: float) -> None:
        start = times[-1]
        for step, pieces in enumerate([*way, frames[to]], 1):
            moments.append(pieces)
            times.append(start + seconds * _when(step / STEPS))

    hold(0, figure.frames[0].pause)
    for index, way in enumerate(there, 1):
        go(way, index, SECONDS)
        hold(index, figure.frames[index].pause)
    for index in range(len(there) - 1, -1, -1):
        go(there[index][::-1], index, BACK)
    return moments, times


def _when(share: float) -> float:
    """When a movement that starts and ends gently has come so far."""
    return math.acos(1 - 2 * share) / math.pi


def _moving(piece: Piece, moments: list[Piece], timing: str) -> str:
    if piece.place is not None:
        return piece.svg(_placing(moments, timing))
    paths = [moment.path for moment in moments]
    if len(set(paths)) == 1:
        return piece.svg()
    return piece.svg(f'<animate attributeName="d" {timing} values="{";".join(paths)}"/>')


def _placing(moments: list[Piece], timing: str) -> str:
    places = [moment.place or (0.0, 0.0, 0.0) for moment in moments]
    at = [pair((x, y)) for x, y, _degrees in places]
    turns = [number(degrees) for degrees in _unwound([place[2] for place in places])]
    kinds = (("translate", at, ""), ("rotate", turns, ' additive="sum"'))
    return "".join(
        f'<animateTransform attributeName="transform" type="{kind}"{more} {timing} values="{";".join(values)}"/>'
        for kind, values, more in kinds
        if any(len(set(each)) > 1 for _kind, each, _more in kinds)
    )


def _unwound(turns: list[float]) -> list[float]:
    """The same angles without a jump from 180 to -180."""
    smooth = turns[:1]
    for turn in turns[1:]:
        smooth.append(smooth[-1] + (turn - smooth[-1] + 180) % 360 - 180)
    return smooth


def _short(share: float) -> str:
    return f"{share:.3f}".rstrip("0").rstrip(".").removeprefix("0") or "0"
