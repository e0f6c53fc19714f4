"""The phases of an exercise: what each written step is there for."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import models
from django.utils.translation import pgettext_lazy


class Phase(models.TextChoices):
    """A repetition runs from the first movement to the end; setting up is done once before."""

    SET_UP = "set_up", pgettext_lazy("phase of an exercise", "set up")
    MOVE = "move", pgettext_lazy("phase of an exercise", "move")
    HOLD = "hold", pgettext_lazy("phase of an exercise", "hold")
    RETURN = "return", pgettext_lazy("phase of an exercise", "return")
    REST = "rest", pgettext_lazy("phase of an exercise", "rest")


class Step(NamedTuple):
    """A written step with its number, from 1."""

    number: int
    text: str
    phase: Phase


def fitted(phases: Sequence[str], steps: Sequence[str]) -> list[str]:
    """One phase for each step: those there are, and movements where none is said."""
    said = list(phases[: len(steps)])
    return [*said, *[Phase.MOVE.value] * (len(steps) - len(said))]


def phased(steps: Sequence[str], phases: Sequence[str]) -> list[Step]:
    """The steps with their numbers and phases."""
    pairs = zip(steps, fitted(phases, steps), strict=True)
    return [Step(number, text, Phase(phase)) for number, (text, phase) in enumerate(pairs, 1)]
