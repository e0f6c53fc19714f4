"""Versions drawn: a version in, shapes for an SVG out. A page shows dozens, mostly the same ones,
so each drawing is made once."""

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.utils.translation import pgettext

from exercises.models import ExerciseVersion, Kind
from exercises.words.figures import muscles_in_words
from figures import VIEW_BOX, Figure, muscles_are


@dataclass(frozen=True)
class Drawing:
    """Shapes, what they show in words, and the part of the picture to show."""

    shapes: str
    words: str
    view_box: str = VIEW_BOX


@dataclass(frozen=True)
class Motion:
    """A movement as JSON, and a mark that changes whenever it does."""

    text: str
    mark: str


@dataclass(frozen=True)
class Muscles:
    """Which muscles do what, in words, and the state that their colour shows."""

    words: str
    state: str


NOTHING = Drawing("", "")
MOVED = (Kind.MOBILITY, Kind.NERVE)


def still(version: ExerciseVersion, side: str = "", *, small: bool = False) -> Drawing:
    """The pose that tells most; a ``small`` one is cropped to the person."""
    if not version.figure:
        return NOTHING
    figure = drawn(version)
    return _still(figure, figure.telling, side, letter(side), small=small)


def of_step(version: ExerciseVersion, step: int, side: str = "") -> Drawing:
    """The pose that shows a written step, counted from 1; ``NOTHING`` where none does."""
    if not version.figure:
        return NOTHING
    figure = drawn(version)
    frame = figure.frame_for(step)
    return NOTHING if frame is None else _still(figure, frame, side, letter(side))


def motion(version: ExerciseVersion) -> Motion:
    """The movement of a version that has a figure, as data for a script."""
    return motion_of(drawn(version))


def drawn(version: ExerciseVersion) -> Figure:
    """The figure of a version that has one."""
    return Figure.of(data_of(version, version.figure), version.phases)


def data_of(version: ExerciseVersion, data: dict[str, Any]) -> dict[str, Any]:
    """A figure's data with what the muscles do in this kind of exercise, unless it says so."""
    return {"muscles_are": muscles_are(version.exercise.kind), **data}


def muscles(version: ExerciseVersion) -> Muscles:
    """What the muscles of its figure do, in words. To be moved is neither work nor a stretch."""
    state, names = drawn(version).muscle_words
    is_moved = version.exercise.kind in MOVED and "muscles_are" not in version.figure
    return Muscles(muscles_in_words(names, "moved" if is_moved else state), state)


def letter(side: str) -> str:
    """What is written on the limb that works; nothing unless one side is prescribed."""
    return {
        "left": pgettext("letter for the left side", "L"),
        "right": pgettext("letter for the right side", "R"),
    }.get(side, "")


# ``Figure.of`` gives one object for the same data. A still has some 3,000 letters.
@lru_cache(maxsize=1024)
def _still(figure: Figure, frame: int, side: str, tag: str, *, small: bool = False) -> Drawing:
    view_box = figure.crop(frame, side) if small else VIEW_BOX
    shapes = figure.still(frame, side, tag=tag, small=small)
    return Drawing(shapes, figure.frames[frame].says, view_box)


@lru_cache(maxsize=128)
def motion_of(figure: Figure) -> Motion:
    """A figure's movement; its mark stands in the address, so that browsers may keep it."""
    text = json.dumps(figure.motion(), separators=(",", ":"))
    return Motion(text, sha256(text.encode()).hexdigest()[:16])
