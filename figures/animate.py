"""The movement: every shape at moments on the way, as SMIL. Contacts hold at each moment."""

import math
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from figures.draw import Piece
from figures.pose import Frame
from figures.shapes import number, pair
from figures.skeleton import Body

SECONDS = 1.3  # from one frame to the next
BACK = 1.1
ROUND = 0.55  # of a movement that goes round and round
SLACK = (
    0.3,
    0.5,
    0.8,
    1.2,
    1.8,
    2.7,
    3.6,
    4.8,
    4.0,
)  # how far a shape may be off its way, in units of the picture
ROUGHLY = 1.5  # times as much where a rigid shape changes a little
LARGEST = 5_700  # bytes, compressed
STEPS = 6  # moments on the way between two frames
FEWER = 4  # of a quick one


class Poses(Protocol):
    """What is asked of a figure to make it move."""

    frames: tuple[Frame, ...]
    telling: int
    loop: int | None

    @property
    def bodies(self) -> list[Body]: ...

    def between(self, index: int, share: float, to: int | None = None) -> Body: ...

    def pieces(self, body: Body) -> list[Piece]: ...


def shapes(figure: Poses) -> list[str]:
    """Each shape as it is in the telling frame, with its movement inside.

    As finely as fits into ``LARGEST``: long movements leave out a little more.
    """
    course = _course(figure)
    moments, times = course.moments, course.times
    shares = tuple(time / times[-1] for time in times)
    telling = figure.pieces(figure.bodies[figure.telling])
    by_name = [{piece.name: piece for piece in pieces} for pieces in moments]
    drawn: list[str] = []
    for slack in SLACK:
        loop = Loop(shares, times[-1], slack)
        drawn = [_moving(piece, [each[piece.name] for each in by_name], loop) for piece in telling]
        if len(zlib.compress("".join(drawn).encode())) < LARGEST:
            break
    return drawn


@dataclass(frozen=True)
class Loop:
    """When the moments are, as shares of the whole, and how long that is in seconds."""

    shares: tuple[float, ...]
    seconds: float
    slack: float

    def animated(self, tag: str, more: str, values: Sequence[str]) -> str:
        """An element that runs through the values, without those that lie on the way anyway."""
        kept = self._needed([_numbers(value) for value in values])
        times = ";".join(_short(self.shares[index]) for index in kept)
        chosen = ";".join(values[index] for index in kept)
        return (
            f'<{tag} {more} dur="{number(self.seconds)}s" repeatCount="indefinite" '
            f'begin="indefinite" keyTimes="{times}" values="{chosen}"/>'
        )

    def changes(self, values: Sequence[str]) -> bool:
        """Whether the values are ever farther from the first than the loop's slack."""
        rows = [_numbers(value) for value in values]
        return any(
            abs(a - b) > self.slack for row in rows for a, b in zip(rows[0], row, strict=True)
        )

    def _needed(self, rows: Sequence[list[float]]) -> list[int]:
        kept = [0]
        for index in range(1, len(rows) - 1):
            if not self._on_the_way(rows, kept[-1], index + 1):
                kept.append(index)
        return [*kept, len(rows) - 1]

    def _on_the_way(self, rows: Sequence[list[float]], first: int, last: int) -> bool:
        """Whether a straight run from one moment to another passes near all between."""
        span = self.shares[last] - self.shares[first]
        for index in range(first + 1, last):
            share = (self.shares[index] - self.shares[first]) / span
            ends = zip(rows[first], rows[last], rows[index], strict=True)
            if any(abs(a + (b - a) * share - at) > self.slack for a, b, at in ends):
                return False
        return True


def _numbers(value: str) -> list[float]:
    return [float(word) for word in re.findall(r"-?[\d.]+", value)]


class Course:
    """The shapes at every moment of the loop, and when."""

    def __init__(self, figure: Poses, first: int) -> None:
        self.figure = figure
        self.moments: list[list[Piece]] = [figure.pieces(figure.bodies[first])]
        self.times = [0.0]

    def hold(self, index: int) -> None:
        seconds = self.figure.frames[index].pause
        if seconds:
            self.moments.append(self.moments[-1])
            self.times.append(self.times[-1] + seconds)

    def go(self, start: int, end: int, seconds: float) -> None:
        """From frame to frame, gently off and gently there."""
        self._run(self._way(start, end), end, seconds, _gently)

    def go_back(self, start: int, end: int, seconds: float) -> None:
        """The way that led from the end to the start, backwards."""
        self._run(self._way(end, start)[::-1], end, seconds, _gently)

    def go_on(self, start: int, end: int, seconds: float) -> None:
        """From frame to frame at an even pace."""
        self._run(self._way(start, end, FEWER), end, seconds, lambda share: share)

    def _way(self, start: int, end: int, steps: int = STEPS) -> list[Body]:
        return [self.figure.between(start, step / steps, end) for step in range(1, steps)]

    def _run(
        self, way: list[Body], end: int, seconds: float, when: Callable[[float], float]
    ) -> None:
        began = self.times[-1]
        for step, body in enumerate([*way, self.figure.bodies[end]], 1):
            self.moments.append(self.figure.pieces(body))
            self.times.append(began + seconds * when(step / (len(way) + 1)))


def _course(figure: Poses) -> Course:
    """There with a pause at each frame and back without; or round and round from a frame on."""
    last = len(figure.frames) - 1
    if figure.loop is not None:
        course = Course(figure, figure.loop)
        for index in range(figure.loop, last + 1):
            course.go_on(index, index + 1 if index < last else figure.loop, ROUND)
        return course
    course = Course(figure, 0)
    course.hold(0)
    for index in range(1, last + 1):
        course.go(index - 1, index, SECONDS)
        course.hold(index)
    for index in range(last, 0, -1):
        course.go_back(index, index - 1, BACK)
    return course


def _gently(share: float) -> float:
    """When a movement that starts and ends gently has come so far."""
    return math.acos(1 - 2 * share) / math.pi


def _moving(piece: Piece, moments: list[Piece], loop: Loop) -> str:
    paths, fading = [moment.path for moment in moments], _fading(moments, loop)
    if piece.place is not None:
        return piece.svg(_placing(moments, loop) + _bending(piece, moments, loop) + fading)
    if len(set(paths)) == 1:
        return piece.svg(fading)
    return piece.svg(loop.animated("animate", 'attributeName="d"', paths) + fading)


def _fading(moments: list[Piece], loop: Loop) -> str:
    """How much of a shape is seen, where that changes."""
    shares = [_short(moment.strength) for moment in moments]
    if len(set(shares)) == 1:
        return ""
    return replace(loop, slack=0.05).animated("animate", 'attributeName="opacity"', shares)


def _bending(piece: Piece, moments: list[Piece], loop: Loop) -> str:
    """How a placed shape changes, if it does so by more than a little."""
    paths, rough = [moment.path for moment in moments], replace(loop, slack=loop.slack * ROUGHLY)
    if not piece.bends or not rough.changes(paths):
        return ""
    return rough.animated("animate", 'attributeName="d"', paths)


def _placing(moments: list[Piece], loop: Loop) -> str:
    """A rigid shape's way; both parts of its place move, or the one would undo the other."""
    places = _places(moments)
    at = [pair((x, y)) for x, y, _degrees in places]
    turns = [number(degrees) for degrees in _unwound([place[2] for place in places])]
    if len(set(at)) == 1 and len(set(turns)) == 1:
        return ""
    tag, name = "animateTransform", 'attributeName="transform"'
    moved = loop.animated(tag, f'{name} type="translate"', at)
    if set(turns) == {"0"}:
        return moved
    return moved + loop.animated(tag, f'{name} type="rotate" additive="sum"', turns)


def _places(moments: list[Piece]) -> list[tuple[float, float, float]]:
    """Where a shape is at each moment; one that is not seen stays where it was."""
    last = next((moment.place for moment in moments if moment.strength), moments[0].place)
    places = []
    for moment in moments:
        last = moment.place if moment.strength else last
        places.append(last or (0.0, 0.0, 0.0))
    places[-1] = places[0]
    return places


def _unwound(turns: list[float]) -> list[float]:
    """The same angles without a jump from 180 to -180."""
    smooth = turns[:1]
    for turn in turns[1:]:
        smooth.append(smooth[-1] + (turn - smooth[-1] + 180) % 360 - 180)
    return smooth


def _short(share: float) -> str:
    return f"{share:.3f}".rstrip("0").rstrip(".").removeprefix("0") or "0"
