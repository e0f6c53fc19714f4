"""Draw an exercise's figure into the page, so that it takes the page's colours."""

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from exercises import drawing
from exercises.drawing import NOTHING, Drawing
from exercises.models import ExerciseVersion
from figures import Figure

register = template.Library()


@register.inclusion_tag("exercises/_figure.html")
def figure(version: ExerciseVersion, size: str = "", side: str = "") -> dict[str, Any]:
    """``{% figure version %}`` or ``{% figure version "sm" side="left" %}``: the telling pose.

    ``version`` comes with its exercise. Without a figure, the sign of its kind
    stands in; a screen reader passes over that, since the name is next to it. A small
    one is cropped to what tells most. Where one side is prescribed, its letter is on the
    limb that works.
    """
    drawn = drawing.still(version, side, small=bool(size))
    return _context(drawn) | {"kind": version.exercise.kind, "size": size}


@register.inclusion_tag("exercises/_figure_step.html")
def figure_step(version: ExerciseVersion, step: int, side: str = "") -> dict[str, Any]:
    """``{% figure_step version forloop.counter %}``: the pose of a written step, or nothing."""
    return _context(drawing.of_step(version, step, side))


@register.inclusion_tag("exercises/_moving_figure.html")
def moving_figure(version: ExerciseVersion, side: str = "") -> dict[str, Any]:
    """``{% moving_figure version side="left" %}``: the whole movement, with a button to pause it.

    It begins by script. Without one, or for people who prefer less motion, it is
    the telling pose.
    """
    return _context(drawing.moving(version, side)) | {"kind": version.exercise.kind}


@register.inclusion_tag("exercises/_figure_step.html")
def pose(drawn: Figure | None, index: int | None) -> dict[str, Any]:
    """``{% pose drawn 0 %}``: a pose of a figure that is still being made."""
    if drawn is None or index is None:
        return _context(NOTHING)
    return _context(Drawing(drawn.still(index), drawn.frames[index].says))


@register.inclusion_tag("exercises/_moving_figure.html")
def movement(drawn: Figure | None) -> dict[str, Any]:
    """``{% movement drawn %}``: a figure that is still being made, moving."""
    return _context(Drawing(drawn.moving(), drawn.words) if drawn else NOTHING)


def _context(drawn: Drawing) -> dict[str, Any]:
    shapes = mark_safe(drawn.shapes)  # noqa: S308  numbers only
    return {"drawing": shapes, "words": drawn.words, "view_box": drawn.view_box}
