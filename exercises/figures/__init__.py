"""Figures: every exercise drawn from joint angles. ``docs/figures.md`` says how to write one.

``check(data)`` first; the rest expects data that it finds nothing wrong with.
"""

from exercises.figures.adjust import Joint, adjustable, adjusted
from exercises.figures.arrange import for_steps, moved, with_copy, without
from exercises.figures.check import check
from exercises.figures.figure import VIEW_BOX, Figure
from exercises.figures.reach import Hold, held, holds

__all__ = [
    "VIEW_BOX",
    "Figure",
    "Hold",
    "Joint",
    "adjustable",
    "adjusted",
    "check",
    "for_steps",
    "held",
    "holds",
    "moved",
    "with_copy",
    "without",
]
