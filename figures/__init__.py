"""Figures: every exercise drawn from joint angles. ``docs/figures.md`` says how to write one.

``check(data)`` first; the rest expects data that it finds nothing wrong with. What others
need is named here: they import no module of this package.
"""

from figures.adjust import JOINTS, Joint, adjustable, adjusted
from figures.arrange import as_list, for_steps, moved, with_copy, without
from figures.body import SIDES
from figures.colours import style
from figures.figure import VIEW_BOX, Figure
from figures.outline import Outline, outlines
from figures.pose import ARROW_JOINTS, muscles_are, resolved
from figures.reach import Hold, held, holds
from figures.rules import (
    FEWEST_FRAMES,
    LETTERS_SAID,
    LISTED,
    LONGEST_PAUSE,
    MOST_FRAMES,
    MUSCLES,
    WORDS_SAID,
    check,
)
from figures.symbols import Symbol, mark, sprite

__all__ = [
    "ARROW_JOINTS",
    "FEWEST_FRAMES",
    "JOINTS",
    "LETTERS_SAID",
    "LISTED",
    "LONGEST_PAUSE",
    "MOST_FRAMES",
    "MUSCLES",
    "SIDES",
    "VIEW_BOX",
    "WORDS_SAID",
    "Figure",
    "Hold",
    "Joint",
    "Outline",
    "Symbol",
    "adjustable",
    "adjusted",
    "as_list",
    "check",
    "for_steps",
    "held",
    "holds",
    "mark",
    "moved",
    "muscles_are",
    "outlines",
    "resolved",
    "sprite",
    "style",
    "with_copy",
    "without",
]
