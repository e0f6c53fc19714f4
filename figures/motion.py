"""A figure as data for the script that moves it: its beats, and every shape at the moments
on the way. What stays the same is there once. Contacts hold at each moment.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from figures import lens, picture
from figures.draw import Piece
from figures.picture import Subject
from figures.skeleton import Body
from figures.timeline import Beat, Timeline

STEPS = 6  # moments on the way between two frames
FEWER = 4  # of a quick one
QUICK = 0.6  # seconds
SLACK = 0.8  # units of the picture: a path that is nearly like an earlier one is that one
SLACK_WHERE_SMALL = 3.0
LIVE = '<g data-live=""></g>'  # where the script puts shapes that move

NUMBER = r"-?[\d.]+"

type Data = dict[str, Any]


class Poses(Subject, Protocol):
    """What is asked of a figure to make it move."""

    telling: int
    side_shown: str

    @property
    def second(self) -> Subject | None: ...

    @property
    def timeline(self) -> Timeline: ...

    def between(self, index: int, share: float, to: int | None = None) -> Body: ...


def data(figure: Poses) -> Data:
    """As ``static/js/figure-player.js`` and ``figure-shapes.js`` read it.

    ``beats``: each with its step, phase, seconds on the way (``goes``) and there
    (``stays``), and ``at``: the moments it runs through. ``again`` is the beat that
    follows the last, ``telling`` the one to rest on. What shapes are like (``d``,
    ``css``, ``place``: x, y and degrees, ``strength``: how opaque) and their ``order`` are pairs: the values, and
    which of them it is at each moment; one value alone is there always, and a number
    stands for what is the same of the shape of that number. The other
    entries are what is told of each frame: ``badges`` as they are in the picture and in
    its mirror image, ``lenses`` over shapes by their numbers, ``also`` the second view.
    """
    course = Course(figure)
    timeline, frames = figure.timeline, range(len(figure.frames))
    beats = [course.beat(beat) for beat in timeline.beats]
    shapes, names = _shapes(figure, course.bodies)
    return shapes | {
        "beats": beats,
        "again": timeline.repeats_from,
        "telling": timeline.of_frame(figure.telling),
        "side": figure.side_shown,
        "signs": [picture.marked(figure, i) + picture.arrow(figure, i) for i in frames],
        "badges": [_badges(figure, index) for index in frames],
        "letter": _letter(figure, course.bodies),
        "lenses": _lenses(figure, names),
        "also": _also(figure, course.bodies),
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
        return [beat.start, *self._way(beat), beat.frame]

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


# --- shapes


def _shapes(
    figure: Subject, bodies: Iterable[Body], slack: float = SLACK
) -> tuple[Data, list[str]]:
    """All that moves, what lies under it, and the names of the shapes."""
    moments = [figure.pieces(body) for body in bodies]
    names = list(dict.fromkeys(piece.name for pieces in moments for piece in pieces))
    shapes = [_shape([_find(pieces, name) for pieces in moments], slack) for name in names]
    order = _each_once(_orders(moments, names))
    return {"ground": figure.floor, "shapes": _like_earlier(shapes), "order": order}, names


def _like_earlier(shapes: Sequence[Data]) -> list[Data]:
    """What is the same as of a shape before it is that one's number: a limb and its rim."""
    return [
        {key: _number_of(value, key, shapes[:index]) for key, value in shape.items()}
        for index, shape in enumerate(shapes)
    ]


def _number_of(value: Any, key: str, earlier: Sequence[Data]) -> Any:
    same = (number for number, shape in enumerate(earlier) if shape.get(key) == value)
    return value if len(value) == 1 else next(same, value)


def _find(pieces: Iterable[Piece], name: str) -> Piece | None:
    return next((piece for piece in pieces if piece.name == name), None)


def _orders(moments: Sequence[Sequence[Piece]], names: Sequence[str]) -> list[list[int]]:
    """Of each moment, the numbers of its shapes, farthest first."""
    number = {name: index for index, name in enumerate(names)}
    return [[number[piece.name] for piece in pieces] for pieces in moments]


def _shape(moments: Sequence[Piece | None], slack: float) -> Data:
    strengths = _each_once([round(piece.strength, 2) if piece else 0 for piece in moments])
    seen = {} if strengths == [[1.0]] else {"strength": strengths}
    return seen | {
        "d": _each_once(_calm([piece.path if piece else "" for piece in moments], slack)),
        "css": _each_once([piece.css if piece else "" for piece in moments]),
        "place": _each_once([_short(piece.place, slack) if piece else None for piece in moments]),
    }


def _calm(paths: Sequence[str], slack: float) -> list[str]:
    """Paths, each the first that it is nearly like."""
    kept: list[tuple[str, list[float]]] = []
    calm = []
    for path in paths:
        numbers = [float(number) for number in re.findall(NUMBER, path)]
        words = re.sub(NUMBER, "", path)
        for other, there in kept:
            near = all(abs(a - b) <= slack for a, b in zip(numbers, there, strict=False))
            if near and len(numbers) == len(there) and re.sub(NUMBER, "", other) == words:
                calm.append(other)
                break
        else:
            kept.append((path, numbers))
            calm.append(path)
    return calm


def _short(place: tuple[float, float, float] | None, slack: float = SLACK) -> list[float] | None:
    if place is None:
        return None
    return [round(number) if slack > 1 else round(number, 1) for number in place]


def _each_once(values: Sequence[Any]) -> list[Any]:
    distinct = [value for index, value in enumerate(values) if value not in values[:index]]
    if len(distinct) == 1:
        return [distinct]
    return [distinct, [distinct.index(value) for value in values]]


# --- what is told beside them


def _badges(figure: Subject, index: int) -> list[str]:
    return [picture.sign(figure, index, "", mirrored=mirrored) for mirrored in (False, True)]


def _letter(figure: Subject, bodies: Iterable[Body]) -> Data:
    """The disc, the size of its letter, how far that stands below its middle, and its places."""
    moments = [picture.letter(figure, body, "", mirrored=False) for body in bodies]
    disc = moments[0]
    places = _each_once([_short(moment.place) for moment in moments])
    return {"d": disc.path, "size": disc.size, "down": disc.down, "place": places}


def _lenses(figure: Subject, names: Sequence[str]) -> list[Data]:
    """One lens for each part that is enlarged, in the same corner at different frames."""
    parts = list(dict.fromkeys(frame.lens for frame in figure.frames if frame.lens))
    return [_lens(figure, names, part) for part in parts]


def _lens(figure: Subject, names: Sequence[str], part: str) -> Data:
    """The lens, the numbers of the shapes in it, and what is told in it of each frame."""
    there = [frame.lens == part for frame in figure.frames]
    pieces = [piece for body in figure.bodies for piece in lens.seen(figure.pieces(body), part)]
    inside = {piece.name for piece in pieces}
    return {
        "frame": picture.in_lens(figure, part, figure.floor + LIVE),
        "of": [number for number, name in enumerate(names) if name in inside],
        "there": there,
        "signs": [picture.told_in_lens(figure, i) if there[i] else "" for i in range(len(there))],
    }


def _also(figure: Poses, bodies: Iterable[Body]) -> Data | None:
    other = figure.second
    if other is None:
        return None
    shapes, _names = _shapes(other, bodies, SLACK_WHERE_SMALL)
    signs = [picture.told_elsewhere(other, index) for index in range(len(figure.frames))]
    return shapes | {"frame": picture.in_second(figure, other, LIVE), "signs": signs}
