"""Draw an exercise's figure into the page, so that it takes the page's colours."""

from django import template
from django.utils.safestring import mark_safe

from exercises.figures import drawing

register = template.Library()


@register.inclusion_tag("exercises/_figure.html")
def figure(version, size=""):
    """``{% figure version %}`` or ``{% figure version "sm" %}``: the drawing with its words.

    ``version`` comes with its exercise. Without a drawing, the sign of its kind
    stands in; a screen reader passes over that, since the name is beside it.
    """
    return {
        "drawing": mark_safe(drawing(version.figure)),  # noqa: S308  our own files
        "words": version.figure_alt,
        "kind": version.exercise.kind,
        "size": size,
    }
