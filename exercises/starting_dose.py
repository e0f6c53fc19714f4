"""What a starting dose keeps to, so that a patient reads a decision. No database in here.

A range that a study or a leaflet gives is wide, because it is for everyone. What
adding an exercise prescribes is for one person: narrow, and soon done.
"""

from dataclasses import dataclass

from exercises.dose import SECONDS_IN_A_MINUTE, Dose, Range, in_minutes
from exercises.fields import LIMITS

# The largest number of a range is at most so many times its smallest.
TIMES_AT_MOST = 2
# One exercise, once through, by its upper ends; walking and the like are free of it.
MINUTES_AT_MOST = 5


@dataclass(frozen=True)
class TooWide:
    """The largest number of the range is more than this."""

    at_most: int


@dataclass(frozen=True)
class OutsideGuide:
    """The range leaves the guide's."""

    guide: Range


@dataclass(frozen=True)
class TooLong:
    """One session may take so many minutes."""

    minutes: int


type Problem = TooWide | OutsideGuide | TooLong


def too_wide(dose: Dose) -> list[str]:
    """The parts whose largest number is more than twice the smallest."""
    ranges = {part: getattr(dose, part) for part in LIMITS}
    return [part for part, r in ranges.items() if r and r.max > TIMES_AT_MOST * r.min]


def outside(dose: Dose, guide: Dose) -> list[str]:
    """The parts that leave the guide range."""
    found = []
    for part in LIMITS:
        chosen, said = getattr(dose, part), getattr(guide, part)
        if chosen and said and (chosen.min < said.min or chosen.max > said.max):
            found.append(part)
    return found


def is_too_long(dose: Dose) -> bool:
    """Whether one session of it may take more than five minutes, both sides counted."""
    limit = MINUTES_AT_MOST * SECONDS_IN_A_MINUTE
    return dose.minutes is None and dose.longest_session_seconds > limit


def problems(dose: Dose, guide: Dose) -> dict[str, Problem]:
    """What is not kept to, by the column to change; {}: all is well."""
    found: dict[str, Problem] = {}
    for part in too_wide(dose):
        found[f"{part}_max"] = TooWide(TIMES_AT_MOST * getattr(dose, part).min)
    for part in outside(dose, guide):
        found[f"{part}_max"] = OutsideGuide(getattr(guide, part))
    if not found and is_too_long(dose):
        found["repetitions_max"] = TooLong(in_minutes(dose.longest_session_seconds))
    return found
