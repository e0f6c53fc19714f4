"""Draw an exercise's figure into the page, so that it takes the page's colours."""

import json
from functools import lru_cache

from django import template
from django.utils.safestring import mark_safe

from figures import VIEW_BOX, Figure

register = template.Library()


@register.inclusion_tag("exercises/_figure.html")
def figure(version, size="", side=""):
    """``{% figure version %}`` or ``{% figure version "sm" side="left" %}``: the telling pose.

    ``version`` comes with its exercise. Without a figure, the sign of its kind
    stands in; a screen reader passes over that, since the name is beside it. A small
    one is cropped to the person.
    """
    drawing = _still(version, side) | {"kind": version.exercise.kind, "size": size}
    if size and version.figure:
        drawing["view_box"] = _cropped(_written(version), side)
    return drawing


@register.inclusion_tag("exercises/_figure_step.html")
def figure_step(version, step, side=""):
    """``{% figure_step version forloop.counter %}``: the pose of a written step, or nothing."""
    return _still(version, side, step)


@register.inclusion_tag("exercises/_moving_figure.html")
def moving_figure(version, side=""):
    """``{% moving_figure version side="left" %}``: the whole movement, with a button to pause it.

    It begins by script. Without one, or for people who prefer less motion, it is
    the telling pose.
    """
    shapes, words = _moving(_written(version), side) if version.figure else ("", "")
    return _drawing(shapes, words) | {"kind": version.exercise.kind}


@register.inclusion_tag("exercises/_figure_step.html")
def pose(drawn, index):
    """``{% pose drawn 0 %}``: a pose of a figure that is still being made."""
    if drawn is None or index is None:
        return _drawing("", "")
    return _drawing(drawn.still(index), drawn.frames[index].says)


@register.inclusion_tag("exercises/_moving_figure.html")
def movement(drawn):
    """``{% movement drawn %}``: a figure that is still being made, moving."""
    return _drawing(drawn.moving(), drawn.words) if drawn else _drawing("", "")


def _still(version, side, step=None):
    shapes, words = _drawn(_written(version), side, step) if version.figure else ("", "")
    return _drawing(shapes, words)


def _drawing(shapes, words):
    drawing = mark_safe(shapes)  # noqa: S308  numbers only
    return {"drawing": drawing, "words": words, "view_box": VIEW_BOX}


def _written(version):
    return json.dumps(version.figure, sort_keys=True)


# Drawn once: a page shows dozens, mostly the same ones. A still has some 3,000 letters.
@lru_cache(maxsize=1024)
def _drawn(figure, side, step):
    """The shapes and words of a step's pose, or of the telling one; none if no pose shows it."""
    drawn = Figure.of(json.loads(figure))
    index = drawn.telling if step is None else drawn.frame_for(step)
    return ("", "") if index is None else (drawn.still(index, side), drawn.frames[index].says)


@lru_cache(maxsize=1024)
def _cropped(figure, side):
    drawn = Figure.of(json.loads(figure))
    return drawn.crop(drawn.telling, side)


@lru_cache(maxsize=128)
def _moving(figure, side):
    drawn = Figure.of(json.loads(figure))
    return drawn.moving(side), drawn.words
