"""Draw an exercise's figure into the page, so that it takes the page's colours."""

from django import template
from django.utils.safestring import mark_safe

from exercises.figures import VIEW_BOX, Figure

register = template.Library()


@register.inclusion_tag("exercises/_figure.html")
def figure(version, size="", side=""):
    """``{% figure version %}`` or ``{% figure version "sm" side="left" %}``: the telling pose.

    ``version`` comes with its exercise. Without a figure, the sign of its kind
    stands in; a screen reader passes over that, since the name is beside it.
    """
    drawn = _figure(version)
    return _still(drawn, drawn.telling if drawn else 0, side) | {
        "kind": version.exercise.kind,
        "size": size,
    }


@register.inclusion_tag("exercises/_figure_step.html")
def figure_step(version, step, side=""):
    """``{% figure_step version forloop.counter %}``: the pose of a written step, or nothing."""
    drawn = _figure(version)
    index = drawn.frame_for(step) if drawn else None
    return _still(drawn, index, side)


@register.inclusion_tag("exercises/_moving_figure.html")
def moving_figure(version, side=""):
    """``{% moving_figure version side="left" %}``: the whole movement, with a button to pause it.

    It begins by script. Without one, or for people who prefer less motion, it is
    the telling pose.
    """
    return _moving(_figure(version), side) | {"kind": version.exercise.kind}


@register.inclusion_tag("exercises/_figure_step.html")
def pose(drawn, index):
    """``{% pose drawn 0 %}``: a pose of a figure that is still being made."""
    return _still(drawn, index, side="")


@register.inclusion_tag("exercises/_moving_figure.html")
def movement(drawn):
    """``{% movement drawn %}``: a figure that is still being made, moving."""
    return _moving(drawn, side="")


def _figure(version):
    return Figure.of(version.figure) if version.figure else None


def _still(drawn, index, side):
    if drawn is None or index is None:
        return {"drawing": ""}
    return {
        "drawing": mark_safe(drawn.still(index, side)),  # noqa: S308  numbers only
        "words": drawn.frames[index].says,
        "view_box": VIEW_BOX,
    }


def _moving(drawn, side):
    return {
        "drawing": mark_safe(drawn.moving(side)) if drawn else "",  # noqa: S308  numbers only
        "words": drawn.words if drawn else "",
        "view_box": VIEW_BOX,
    }
