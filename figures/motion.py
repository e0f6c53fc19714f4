"""A figure as data for the script that moves it: its beats, and every shape at the moments
on the way. What stays the same is there once. Contacts hold at each moment.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from figures.draw import Piece
from figures.pose import Frame
from figures.skeleton import Body
from figures.timeline import Beat, Timeline

STEPS = 6  # moments on the way between two frames
FEWER = 4  # of a quick one
QUICK = 0.6  # seconds

type Data = dict[str, Any]


class Poses(Protocol):
    """What is asked of a figure to make it move."""

    frames: tuple[Frame, ...]

    telling: int
    side_shown: str

    @property
    def timeline(self) -> Timeline: ...

    @property
    def bodies(self) -> list[Body]: ...

    def between(self, index: int, share: float, to: int | None = None) -> Body: ...

    def pieces(self, body: Body) -> list[Piece]: ...

    def ground(self) -> str: ...

    def signs(self, index: int) -> str: ...


def data(figure: Poses) -> Data:
    """As ``static/js/figure-player.js`` reads it.

    ``beats``: each with its step, phase, seconds on the way (``goes``) and there
    (``stays``), and ``at``: the moments it runs through. ``again`` is the beat that
    follows the last, ``telling`` the one to rest on. What shapes are like (``d``,
    ``css``, ``place``: x, y and degrees) and their ``order`` are pairs: the values, and
    which of them it is at each moment; one value alone is there always.
    """
    course = Course(figure)
    beats = [course.beat(beat) for beat in figure.timeline.beats]
    moments = [figure.pieces(body) for body in course.bodies]
    names = _names(moments)
    return {
        "beats": beats,
        "again": figure.timeline.repeats_from,
        "telling": figure.timeline.of_frame(figure.telling),
        "side": figure.side_shown,
        "ground": figure.ground(),
        "signs": [figure.signs(index) for index in range(len(figure.frames))],
        "shapes": [_shape([_find(pieces, name) for pieces in moments]) for name in names],
        "order": _each_once(_orders(moments, names)),
    }


class Course:
    """The bodies at all moments of the beats; a way back is the way there, from its end."""

    def __init__(self, figure: Poses) -> None:
        self.figure = figure
        self.bodies = list(figure.bodies)
        self._ways: dict[tuple[int, int], list[int]] = {}

    def beat(self, beat: Beat) -> Data:
        return {
            "step": beat.step,
            "phase": beat.phase,
            "frame": beat.frame,
            "goes": beat.seconds,
            "stays": beat.stays,
            "at": self._moments(beat),
        }

    def _moments(self, beat: Beat) -> list[int]:
        if not beat.seconds:
            return [beat.frame]
        there, back = self._same(beat.start, beat.frame), self._same(beat.frame, beat.start)
        if there is not None:
            return [beat.start, *there, beat.frame]
        if back is not None:
            return [beat.start, *reversed(back), beat.frame]
        way = self._way(beat)
        return [beat.start, *way, beat.frame]

    def _same(self, start: int, end: int) -> list[int] | None:
        """The moments of a way between the same two poses that is there already."""
        frames = self.figure.frames
        for (a, b), way in self._ways.items():
            if frames[a].pose == frames[start].pose and frames[b].pose == frames[end].pose:
                return way
        return None

    def _way(self, beat: Beat) -> list[int]:
        steps = FEWER if beat.seconds < QUICK else STEPS
        first = len(self.bodies)
        for step in range(1, steps):
            self.bodies.append(self.figure.between(beat.start, step / steps, beat.frame))
        way = list(range(first, len(self.bodies)))
        self._ways[beat.start, beat.frame] = way
        return way


def _names(moments: Sequence[Sequence[Piece]]) -> list[str]:
    """Every shape's name, those of the first moment in their order."""
    return list(dict.fromkeys(piece.name for pieces in moments for piece in pieces))


def _find(pieces: Iterable[Piece], name: str) -> Piece | None:
    return next((piece for piece in pieces if piece.name == name), None)


def _orders(moments: Sequence[Sequence[Piece]], names: Sequence[str]) -> list[list[int]]:
    """Of each moment, the numbers of its shapes, farthest first."""
    number = {name: index for index, name in enumerate(names)}
    return [[number[piece.name] for piece in pieces] for pieces in moments]


def _shape(moments: Sequence[Piece | None]) -> Data:
    return {
        "d": _each_once([piece.path if piece else "" for piece in moments]),
        "css": _each_once([piece.css if piece else "" for piece in moments]),
        "place": _each_once([piece.place if piece else None for piece in moments]),
    }


def _each_once(values: Sequence[Any]) -> list[Any]:
    distinct = [value for index, value in enumerate(values) if value not in values[:index]]
    if len(distinct) == 1:
        return [distinct]
    return [distinct, [distinct.index(value) for value in values]]
