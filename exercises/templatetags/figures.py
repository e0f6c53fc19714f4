"""Draw an exercise's figure into the page, so that it takes the page's colours."""

from functools import cache
from pathlib import Path

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FIGURES = Path(__file__).resolve().parent.parent / "figures"

register = template.Library()


@cache
def drawing(name: str) -> SafeString | None:
    """What is inside a figure's <svg>, or None if there is no such figure."""
    path = FIGURES / f"{name}.svg"
    if not name or not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    inside = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    return mark_safe(inside)  # noqa: S308  our own file, named by a slug


@register.simple_tag
def figure(version, size: str = ""):
    """``{% figure version %}`` or ``{% figure version "sm" %}``: the drawing with its words.

    An exercise without a drawing gets the sign of its kind; that one says nothing
    to a screen reader, since the name stands beside it.
    """
    inside = drawing(version.figure)
    if inside is None:
        context = {"kind": version.exercise.kind, "size": size}
        return mark_safe(render_to_string("components/figure.html", context))  # noqa: S308  ours
    return format_html(
        '<div class="figure{}"><svg class="drawing" viewBox="0 0 320 240" role="img"'
        ' aria-label="{}" focusable="false">{}</svg></div>',
        f" figure--{size}" if size else "",
        version.figure_alt,
        inside,
    )
