"""Figures: every exercise drawn from joint angles. ``docs/figures.md`` says how to write one.

``check(data)`` first; the rest expects data that it finds nothing wrong with.
"""

from exercises.figures.adjust import Joint, adjustable, adjusted
from exercises.figures.check import check
from exercises.figures.figure import VIEW_BOX, Figure

__all__ = ["VIEW_BOX", "Figure", "Joint", "adjustable", "adjusted", "check"]
