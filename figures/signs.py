"""Signs beside a pose: hold it, do it again; and the letter of the side that works."""

import math
from collections.abc import Sequence
from html import escape

from figures.free import Box, edges, freest
from figures.pointer import Pointer
from figures.shapes import Circle, number, pair, ring
from figures.view import View

BADGE = 23.0  # radius
LETTER = 12.4  # breadth of one letter of an amount
NUMBER = (0.0, 0.0, 50.0)  # the corner where a page writes a step's number
REPEATS = 270.0  # degrees of the arrow that goes round


def hold(view: View, circles: Sequence[Circle], amount: str) -> str:
    """Stay there: a stopwatch with two bars on its face, and how long."""
    box = _place(view, circles, amount)
    x, y = _badge(box), box.y + 2
    knob = f"M{pair((x - 6, y - BADGE - 5))}h12v8h-12z"
    bars = "".join(f"M{pair((x + way * 6.3 - 3, y - 9))}h6v18h-6z" for way in (-1, 1))
    return (
        f'<path class="d-sign" d="{knob}{ring((x, y), BADGE)}"/>'
        f'<path class="d-sign-on" d="{bars}"/>{_amount(x, y, amount)}'
    )


def repeat(view: View, circles: Sequence[Circle], amount: str) -> str:
    """Again and again: an arrow that goes round, and how often."""
    box = _place(view, circles, amount)
    x, y, radius = _badge(box), box.y, BADGE - 11
    turns = [math.radians(-50 + REPEATS * step / 8) for step in range(9)]
    points = [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]
    path = Pointer(points, size=0.68).path()
    return (
        f'<path class="d-sign" d="{ring((x, y), BADGE)}"/>'
        f'<path class="d-sign-on" d="{path}"/>{_amount(x, y, amount)}'
    )


def _place(view: View, circles: Sequence[Circle], amount: str) -> Box:
    """In a free corner of the picture as it is shown, but not where a page numbers it."""
    wide = 2 * BADGE + (6 + LETTER * len(amount) if amount else 0)
    floor = view.floor if not view.camera.pitch else 1e9
    return freest(edges(wide, 2 * BADGE + 6, floor), [*circles, NUMBER])


def _badge(box: Box) -> float:
    """The middle of the badge; words stand to its right."""
    return box.x - box.wide / 2 + BADGE


def _amount(x: float, y: float, words: str) -> str:
    if not words:
        return ""
    at = f'x="{number(x + BADGE + 6)}" y="{number(y + 7)}"'
    return f'<text class="d-amount" {at}>{escape(words)}</text>'
