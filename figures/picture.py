"""One frame's picture: the body, and all that is told beside it."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from figures import arrows, lens, mark, second, signs, tag
from figures.draw import Piece
from figures.free import Box, taken
from figures.insets import Arranged
from figures.pointer import Pointer
from figures.pose import HOLD, MOVE, RETURN, Arrow, Frame
from figures.skeleton import Body
from figures.view import WIDTH, View

LARGE_LETTER = 0.09  # of a small picture's breadth


class Subject(Protocol):
    """What is asked of a figure to make a picture of it."""

    data: Mapping[str, Any]
    frames: tuple[Frame, ...]
    phases: tuple[str, ...]
    works: str

    @property
    def bodies(self) -> list[Body]: ...
    @property
    def ways(self) -> list[list[Body]]: ...
    @property
    def view(self) -> View: ...
    @property
    def arranged(self) -> Arranged: ...
    @property
    def spot(self) -> tag.Spot: ...
    @property
    def floor(self) -> str: ...

    def pieces(self, body: Body) -> list[Piece]: ...


def body(figure: Subject, index: int) -> str:
    """The body in its place, with its props."""
    return figure.floor + "".join(piece.svg() for piece in figure.pieces(figure.bodies[index]))


# --- arrows


def pointers(figure: Subject, index: int, size: float = 1.0) -> list[Pointer]:
    """The arrows of a frame, each clear of the others; none where nothing came before."""
    drawn: list[Pointer] = []
    blocked = list(figure.arranged.circles())
    for arrow in _told(figure, index, inside=False):
        found = arrows.arrow(figure.view, figure.ways[index], arrow, blocked, size)
        blocked += [circle for pointer in found for circle in pointer.circles()]
        drawn += found
    return drawn


def _told(figure: Subject, index: int, *, inside: bool) -> Iterator[Arrow]:
    """The arrows of a frame; those of the enlarged part are drawn inside the lens."""
    frame = figure.frames[index]
    for arrow in frame.arrows if index else ():
        if inside is (arrow.joint == frame.lens and arrow.joint in lens.OF_TRUNK):
            yield arrow


def arrow(figure: Subject, index: int) -> str:
    return "".join(pointer.svg() for pointer in pointers(figure, index))


def marked(figure: Subject, index: int) -> str:
    """A ring where a part touches the ground."""
    part = figure.frames[index].mark
    return mark.contact(figure.view, figure.bodies[index], part) if part else ""


# --- small views


def enlarged(figure: Subject, index: int) -> str:
    """The frame's lens in its corner."""
    part = figure.frames[index].lens
    if not part:
        return ""
    pieces = lens.seen(figure.pieces(figure.bodies[index]), part)
    shapes = [figure.floor, *(piece.svg() for piece in pieces), told_in_lens(figure, index)]
    return in_lens(figure, part, "".join(shapes))


def told_in_lens(figure: Subject, index: int) -> str:
    """The lens's own arrows, and where the tummy was before."""
    part, view = figure.frames[index].lens, figure.view
    shapes = []
    if part == "tummy":
        shapes.append(lens.skin_before(view, figure.bodies[index], figure.bodies[0]))
    for told in _told(figure, index, inside=True):
        small = lens.ARROW / lens.zoom(part)
        shapes += [each.svg() for each in arrows.arrow(view, figure.ways[index], told, (), small)]
    return "".join(shapes)


def in_lens(figure: Subject, part: str, shapes: str) -> str:
    """Shapes of the large picture seen through the lens, which keeps its place in all frames."""
    moments = zip(figure.frames, figure.bodies, strict=True)
    seen = [figure.view.at(lens.focus(body, part)) for frame, body in moments if frame.lens == part]
    at = (sum(x for x, _y in seen) / len(seen), sum(y for _x, y in seen) / len(seen))
    return lens.drawn(figure.arranged.boxes["lens"], at, lens.zoom(part), shapes)


def elsewhere(figure: Subject, other: Subject | None, index: int) -> str:
    """The same moment seen from elsewhere, in its corner."""
    if other is None:
        return ""
    shapes = body(other, index) + told_elsewhere(other, index)
    return in_second(figure, other, shapes)


def told_elsewhere(other: Subject, index: int) -> str:
    bold = "".join(pointer.svg() for pointer in pointers(other, index, second.BOLD))
    return marked(other, index) + bold


def in_second(figure: Subject, other: Subject, shapes: str) -> str:
    """Shapes of the other view in its corner."""
    return second.drawn(figure.arranged.boxes["also"], extent_of(other), shapes)


def extent_of(other: Subject) -> Box:
    """What a second view shows: the body at all moments, with its arrows."""
    arrows_of_all = (
        each for index in range(len(other.frames)) for each in pointers(other, index, second.BOLD)
    )
    more = [circle for each in arrows_of_all for circle in each.circles()]
    return second.extent(other.bodies, other.view, more)


# --- signs


def sign(figure: Subject, index: int, amount: str, *, mirrored: bool) -> str:
    """Hold it, or do it again; other frames have no sign."""
    draws = {HOLD: signs.hold}.get(figure.frames[index].phase)
    if draws is None and index == _again(figure):
        draws = signs.repeat
    if draws is None:
        return ""
    circles = [*taken(figure.view, figure.bodies[index]), *figure.arranged.circles()]
    circles += [circle for each in pointers(figure, index) for circle in each.circles()]
    if mirrored:
        circles = [(WIDTH - x, y, radius) for x, y, radius in circles]
    return draws(figure.view, circles, amount)


def _again(figure: Subject) -> int | None:
    """The last movement of what is counted; what is held has no sign to do it again."""
    if not figure.phases or HOLD in figure.phases:
        return None
    moving = [i for i, frame in enumerate(figure.frames) if frame.phase in (MOVE, RETURN)]
    return moving[-1] if moving else None


# --- the letter of the side


def limb(figure: Subject) -> tuple[str, str]:
    return figure.works, tag.working(figure.frames, figure.works)


def letter(
    figure: Subject, body: Body, words: str, *, mirrored: bool, breadth: float = 0.0
) -> tag.Letter:
    """The letter on the limb that works; beside it in a small picture of this breadth."""
    if not breadth:
        at = tag.on_limb(figure.view, body, limb(figure), figure.spot)
        return tag.letter(at, words, mirrored=mirrored)
    radius = breadth * LARGE_LETTER
    at = tag.beside(figure.view, body, limb(figure), figure.spot, radius)
    return tag.letter(at, words, radius=radius, mirrored=mirrored)
