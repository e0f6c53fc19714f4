"""Draw an exercise's figure into the page, so that it takes the page's colours."""

from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe

from exercises import drawing
from exercises.dose import Dose
from exercises.drawing import NOTHING, Drawing
from exercises.models import ExerciseVersion
from figures import Figure

register = template.Library()


@register.inclusion_tag("exercises/_figure.html")
def figure(
    version: ExerciseVersion, size: str = "", side: str = "", sprite: str = ""
) -> dict[str, Any]:
    """``{% figure version %}`` or ``{% figure version "sm" side="left" %}``: the telling pose.

    ``version`` comes with its exercise. Without a figure, the sign of its kind
    stands in; a screen reader passes over that, since the name is next to it. A small
    one is cropped to what tells most. Where one side is prescribed, its letter is on the
    limb that works. ``sprite`` is where the picture is, if not in the page.
    """
    plain = {"kind": version.exercise.kind, "size": size}
    if sprite and version.figure:
        return _used(drawing.says(version), sprite) | plain
    return _context(drawing.still(version, side, small=bool(size))) | plain


@register.inclusion_tag("exercises/_figure_step.html")
def figure_step(
    version: ExerciseVersion, step: int, side: str = "", sprite: str = ""
) -> dict[str, Any]:
    """``{% figure_step version step.number %}``: the pose of a written step, or nothing."""
    says = drawing.says(version, step)
    if sprite and says:
        return _used(says, f"{sprite}-{step}")
    return _context(drawing.of_step(version, step, side))


@register.simple_tag
def sprites(address: str, programme_id: UUID) -> str:
    """``{% sprites "today:pictures" programme.pk as sprites %}``: where the pictures of a programme
    are; each is there as ``#p`` and the position of its item."""
    return reverse(address, args=[programme_id, drawing.mark()])


@register.filter
def picture_words(version: ExerciseVersion) -> str:
    """What its picture shows, in words; "" where there is none."""
    return drawing.says(version)


@register.simple_tag
def sprite(address: str, programme_id: UUID, position: int) -> str:
    """``{% sprite "today:pictures" item.programme_id item.position as sprite %}``: where the
    pictures of an item are among those of its programme."""
    return f"{sprites(address, programme_id)}#p{position}"


@register.simple_tag
def picture(version: ExerciseVersion, side: str = "") -> str:
    """``{% picture version side as sprite %}``: for staff, where the small picture of a version
    is; "" without a figure."""
    return drawing.address(version, side if side in drawing.PICTURES else "small")


@register.inclusion_tag("exercises/_moving_figure.html")
def moving_figure(
    version: ExerciseVersion,
    side: str = "",
    dose: Dose | None = None,
    own_item: Any = None,
    item: Any = None,
) -> dict[str, Any]:
    """``{% moving_figure version side="left" %}``: the telling pose, and buttons to see it move.

    A script fetches the movement: through ``own_item`` on its patient's page, through
    ``item`` on its programme's, else from the library. The steps are below it, with the
    seconds of the ``dose``.
    """
    plain = {"kind": version.exercise.kind}
    if not version.figure:
        return _context(NOTHING) | plain
    return (
        _context(drawing.resting(version, side))
        | plain
        | _playing(drawing.drawn(version))
        | {"mark": drawing.motion_mark(drawing.drawn(version)), "version": version, "side": side}
        | {"muscles": drawing.muscles(version)}
        | {"steps": version.written, "dose": dose, "own_item": own_item, "item": item}
    )


@register.inclusion_tag("exercises/_figure_step.html")
def pose(drawn: Figure | None, index: int | None) -> dict[str, Any]:
    """``{% pose drawn 0 %}``: a pose of a figure that is still being made."""
    if drawn is None or index is None:
        return _context(NOTHING)
    return _context(Drawing(drawn.still(index), drawn.frames[index].says))


@register.inclusion_tag("exercises/_moving_figure.html")
def movement(drawn: Figure | None) -> dict[str, Any]:
    """``{% movement drawn %}``: a figure that is still being made, moving."""
    if drawn is None:
        return _context(NOTHING)
    still = Drawing(drawn.still(), drawn.words)
    return _context(still) | _playing(drawn) | {"motion": drawing.motion(drawn)}


def _playing(drawn: Figure) -> dict[str, Any]:
    """The step that the pose at rest shows, and every pose in words."""
    timeline = drawn.timeline
    telling = timeline.beats[timeline.of_frame(drawn.telling)]
    letters = {side: drawing.letter(side) for side in ("left", "right")}
    return {"now": telling.step, "words": drawn.words, "letters": letters}


def _used(words: str, address: str) -> dict[str, Any]:
    """A picture of a sprite."""
    return {"use": address, "words": words}


def _context(drawn: Drawing) -> dict[str, Any]:
    shapes = mark_safe(drawn.shapes)  # noqa: S308  numbers only
    return {"drawing": shapes, "words": drawn.words, "view_box": drawn.view_box}
