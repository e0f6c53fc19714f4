"""What a starting dose keeps to, so that a patient reads a decision. No database in here.

A range that a study or a leaflet gives is wide, because it is for everyone. What
adding an exercise prescribes is for one person: narrow, and soon done.
"""

from django.utils.translation import gettext as _

from exercises.dose import SECONDS_IN_A_MINUTE, Dose, in_minutes
from exercises.fields import LIMITS

# The largest number of a range is at most so many times its smallest.
TIMES_AT_MOST = 2
# One exercise, once through, by its upper ends; walking and the like are free of it.
MINUTES_AT_MOST = 5


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


def refusals(dose: Dose, guide: Dose) -> dict[str, str]:
    """What to say next to each field of a form that is not kept to; {}: all is well."""
    words = {}
    for part in too_wide(dose):
        smallest = getattr(dose, part).min
        words[f"{part}_max"] = _(
            "Enter %(n)d or less: a starting dose goes up to twice its smallest number."
        ) % {"n": TIMES_AT_MOST * smallest}
    for part in outside(dose, guide):
        words[f"{part}_max"] = _("Stay inside the guide range: %(range)s.") % {
            "range": getattr(guide, part)
        }
    if not words and is_too_long(dose):
        words["repetitions_max"] = _(
            "One session may take %(minutes)d minutes with these numbers, %(most)d at most."
            " Make one of them smaller."
        ) % {"minutes": in_minutes(dose.longest_session_seconds), "most": MINUTES_AT_MOST}
    return words
