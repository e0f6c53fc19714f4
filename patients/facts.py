"""What is known of patients, as values. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Pain:
    """A score from 0 to 10 and the patient's own date of it."""

    score: int
    on: date


@dataclass(frozen=True)
class WeekOfPain:
    """The mean of a week's pain scores, 0–10, and how many there were."""

    mean: float
    readings: int


@dataclass(frozen=True)
class OverRange:
    """A day with more sessions than it asked for at most."""

    on: date
    done: int
    asked_max: int
