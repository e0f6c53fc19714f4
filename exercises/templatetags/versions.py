"""What has changed between versions, in templates."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exercises.version_diff import Line, Piece, State
from exercises.words.versions import what_happened

register = template.Library()

register.filter("what_happened", what_happened)

MARKS = {State.ADDED: "<ins>{}</ins>", State.REMOVED: "<del>{}</del>"}


@register.filter
def marked(line: Line) -> SafeString:
    """The pieces of a line, with what came and what went marked; not a space between them."""
    return format_html_join("", "{}", ((_marked(piece),) for piece in line.pieces))


def _marked(piece: Piece) -> SafeString:
    return format_html(MARKS.get(piece.state, "{}"), piece.text)
