"""Versions drawn: a version in, shapes for an SVG out. A page shows dozens, mostly the same ones,
so each drawing is made once: what a process has drawn or read it keeps."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

import figures
from exercises.kept_drawings import drawn_once
from exercises.models import ExerciseVersion, Kind
from exercises.words.figures import muscles_in_words
from figures import VIEW_BOX, Figure, Symbol, muscles_are


@dataclass(frozen=True)
class Drawing:
    """Shapes, what they show in words, and the part of the picture to show."""

    shapes: str
    words: str
    view_box: str = VIEW_BOX


@dataclass(frozen=True)
class Muscles:
    """Which muscles do what, in words, and the state that their colour shows."""

    words: str
    state: str


NOTHING = Drawing("", "")
# What a version's own picture may show: the side that works, and whether it is cropped.
PICTURES = {
    "whole": ("", False),
    "small": ("", True),
    "left": ("left", True),
    "right": ("right", True),
}
PICTURE = "p"  # its name in its file
MOVED = (Kind.MOBILITY, Kind.NERVE)


def still(version: ExerciseVersion, side: str = "", *, small: bool = False) -> Drawing:
    """The pose that tells most, without a sign of what to do; a ``small`` one is cropped."""
    return _telling(version, side, small=small, signed=False)


def resting(version: ExerciseVersion, side: str = "") -> Drawing:
    """What a moving figure shows before it moves: the pose that tells most, with its sign."""
    return _telling(version, side, small=False, signed=True)


def _telling(version: ExerciseVersion, side: str, *, small: bool, signed: bool) -> Drawing:
    if not version.figure:
        return NOTHING
    figure = drawn(version)
    return _still(figure, figure.telling, side, letter(side), small=small, signed=signed)


def of_step(version: ExerciseVersion, step: int, side: str = "") -> Drawing:
    """The pose that shows a written step, counted from 1; ``NOTHING`` where none does."""
    if not version.figure:
        return NOTHING
    figure = drawn(version)
    frame = figure.frame_for(step)
    return NOTHING if frame is None else _still(figure, frame, side, letter(side))


def symbols(version: ExerciseVersion, side: str, name: str) -> Iterator[Symbol]:
    """For a sprite: the small picture, and under the name with its number that of each step."""
    if not version.figure:
        return
    yield _symbol(name, still(version, side, small=True))
    for step in version.written:
        if (picture := of_step(version, step.number, side)) is not NOTHING:
            yield _symbol(f"{name}-{step.number}", picture)


def says(version: ExerciseVersion, step: int | None = None) -> str:
    """What a picture shows in words, without drawing it; "" where there is none."""
    if not version.figure:
        return ""
    figure = drawn(version)
    frame = figure.telling if step is None else figure.frame_for(step)
    return "" if frame is None else figure.frames[frame].says


@lru_cache(maxsize=8)
def _mark(letters: tuple[str, str]) -> str:
    return sha256("".join([figures.mark(), *letters]).encode()).hexdigest()[:16]


def mark() -> str:
    """Changes whenever pictures of the same data do: with their code, and the language."""
    return _mark((letter("left"), letter("right")))


def motion_mark(figure: Figure) -> str:
    """Stands in the address of a movement: it changes whenever that does."""
    return _mark_of(figure, figures.mark())


def picture_mark(figure: Figure) -> str:
    """Stands in the address of a picture: it changes whenever that does."""
    return _mark_of(figure, mark())


@lru_cache(maxsize=1024)
def _mark_of(figure: Figure, drawn_by: str) -> str:
    said = json.dumps([figure.data, figure.phases], sort_keys=True)
    return sha256(f"{drawn_by}{said}".encode()).hexdigest()[:16]


def address(version: ExerciseVersion, shown: str) -> str:
    """Where a picture of a version is, for staff: one of ``PICTURES``; "" without a figure."""
    if not version.figure:
        return ""
    which = [version.pk, shown, picture_mark(drawn(version))]
    return f"{reverse('exercises:picture', args=which)}#{PICTURE}"


def picture(version: ExerciseVersion, shown: str) -> str:
    """The file that ``address`` leads to."""
    side, small = PICTURES[shown]
    return figures.sprite([_symbol(PICTURE, still(version, side, small=small))])


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
def _still(
    figure: Figure, frame: int, side: str, tag: str, *, small: bool = False, signed: bool = True
) -> Drawing:
    def draw() -> Drawing:
        view_box = figure.crop(frame, side) if small else VIEW_BOX
        shapes = figure.still(frame, side, tag=tag, small=small, signed=signed)
        return Drawing(shapes, figure.frames[frame].says, view_box)

    how = f"{frame}:{side}:{tag}:{small:d}:{signed:d}"
    return drawn_once(f"still:{motion_mark(figure)}:{how}", draw)


@lru_cache(maxsize=128)
def motion(figure: Figure) -> str:
    """A figure's movement as JSON, for a script."""

    def draw() -> str:
        return json.dumps(figure.motion(), separators=(",", ":"))

    return drawn_once(f"motion:{motion_mark(figure)}", draw)


def _symbol(name: str, picture: Drawing) -> Symbol:
    return Symbol(name, picture.view_box, picture.shapes)
