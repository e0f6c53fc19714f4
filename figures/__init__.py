"""Figures: every exercise drawn from joint angles. ``docs/figures.md`` says how to write one.

``check(data)`` first; the rest expects data that it finds nothing wrong with.
"""

from figures.adjust import Joint, adjustable, adjusted
from figures.arrange import for_steps, moved, with_copy, without
from figures.check import check
from figures.figure import VIEW_BOX, Figure
from figures.reach import Hold, held, holds

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
