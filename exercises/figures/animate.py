"""The movement: every shape at moments on the way, as SMIL. Contacts hold at each moment."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exercises.figures.draw import Piece
from exercises.figures.shapes import number, pair

if TYPE_CHECKING:
    from exercises.figures.figure import Figure

SECONDS = 1.3  # from one frame to the next
BACK = 1.1
SLACK = 0.35  # units of the picture that a shape may be off its way between two values
STEPS = 6  # moments on the way between two frames


def shapes(figure: "Figure") -> list[str]:
    """Each shape as it is in the telling frame, with its movement inside."""
    moments, times = _timeline(figure)
    loop = Loop(tuple(time / times[-1] for time in times), times[-1])
    telling = figure.pieces(figure.bodies[figure.telling])
    by_name = [{piece.name: piece for piece in pieces} for pieces in moments]
    return [_moving(piece, [pieces[piece.name] for pieces in by_name], loop) for piece in telling]


@dataclass(frozen=True)
class Loop:
    """When the moments are, as shares of the whole, and how long that is in seconds."""

    shares: tuple[float, ...]
    seconds: float

    def animated(self, tag: str, more: str, values: Sequence[str], allowed: float) -> str:
        """An element that runs through the values, without those that lie on the way anyway."""
        kept = self._needed([_numbers(value) for value in values], allowed)
        times = ";".join(_short(self.shares[index]) for index in kept)
        chosen = ";".join(values[index] for index in kept)
        return (
            f'<{tag} {more} dur="{number(self.seconds)}s" repeatCount="indefinite" '
            f'begin="indefinite" keyTimes="{times}" values="{chosen}"/>'
        )

    def _needed(self, rows: Sequence[list[float]], allowed: float) -> list[int]:
        kept = [0]
        for index in range(1, len(rows) - 1):
            if not self._on_the_way(rows, kept[-1], index + 1, allowed):
                kept.append(index)
        return [*kept, len(rows) - 1]

    def _on_the_way(
        self, rows: Sequence[list[float]], first: int, last: int, allowed: float
    ) -> bool:
        """Whether a straight run from one moment to another passes near all between."""
        span = self.shares[last] - self.shares[first]
        for index in range(first + 1, last):
            share = (self.shares[index] - self.shares[first]) / span
            ends = zip(rows[first], rows[last], rows[index], strict=True)
            if any(abs(a + (b - a) * share - at) > allowed for a, b, at in ends):
                return False
        return True


def _numbers(value: str) -> list[float]:
    return [float(word) for word in re.findall(r"-?[\d.]+", value)]


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


def _moving(piece: Piece, moments: list[Piece], loop: Loop) -> str:
    if piece.place is not None:
        return piece.svg(_placing(moments, loop))
    paths = [moment.path for moment in moments]
    if len(set(paths)) == 1:
        return piece.svg()
    return piece.svg(loop.animated("animate", 'attributeName="d"', paths, SLACK))


def _placing(moments: list[Piece], loop: Loop) -> str:
    """A rigid shape's way; both parts of its place move, or the one would undo the other."""
    places = [moment.place or (0.0, 0.0, 0.0) for moment in moments]
    at = [pair((x, y)) for x, y, _degrees in places]
    turns = [number(degrees) for degrees in _unwound([place[2] for place in places])]
    if len(set(at)) == 1 and len(set(turns)) == 1:
        return ""
    tag, name = "animateTransform", 'attributeName="transform"'
    return loop.animated(tag, f'{name} type="translate"', at, SLACK) + loop.animated(
        tag, f'{name} type="rotate" additive="sum"', turns, SLACK
    )


def _unwound(turns: list[float]) -> list[float]:
    """The same angles without a jump from 180 to -180."""
    smooth = turns[:1]
    for turn in turns[1:]:
        smooth.append(smooth[-1] + (turn - smooth[-1] + 180) % 360 - 180)
    return smooth


def _short(share: float) -> str:
    return f"{share:.3f}".rstrip("0").rstrip(".").removeprefix("0") or "0"
