"""Programmes in words: what one adds up to, who published it, and when to call whom."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from exercises.dose import Dose, Range
from exercises.models.precaution import in_words
from exercises.words.dose import frequency
from programmes.models import Item
from programmes.precautions import AsksFirst
from programmes.summary import FEW, Caution, Summary, outside_library

# --- what it adds up to


def in_turn(minutes: Sequence[int]) -> str:
    """ "about 7 min, then 3 min" for sessions of 7 and of 3 minutes; "" without any."""
    times = [_("%(n)d min") % {"n": each} for each in minutes]
    about = [_("about %(time)s") % {"time": time} for time in times[:1]]
    return ", ".join(about + [_("then %(time)s") % {"time": time} for time in times[1:]])


def same_often(doses: Iterable[Dose]) -> str:
    """How often, where all agree on it and on the days; else "": each says its own."""
    found = {frequency(dose) for dose in doses}
    return found.pop() if len(found) == 1 else ""


def same_often_of(summary: Summary) -> str:
    return same_often(summary.doses)


def time_of(summary: Summary) -> str:
    """ "about 6 min, 2 or 3 times a day"; where sessions differ, "about 7 min, then 3 min".

    How often the exercises are done then stands beside each of them.
    """
    time = in_turn(summary.minutes)
    if len(summary.minutes) > 1:
        return time
    most = frequency(Dose(per_day=summary.per_day)) if summary.per_day else ""
    return f"{time}, {same_often_of(summary) or most}"


def sum_of(summary: Summary) -> str:
    """ "About 6 min, 2 or 3 times a day · 2 exercises"."""
    count = ngettext("%(n)d exercise", "%(n)d exercises", summary.exercises)
    count %= {"n": summary.exercises}
    return f"{capfirst(time_of(summary))} · {count}" if summary.minutes else count


def caution(about: Caution) -> str:
    """Advice on the whole. It never stops anyone."""
    match about:
        case Caution.MANY:
            words = ngettext(
                "Short programmes are done more often. Which %(n)d exercise matters most?",
                "Short programmes are done more often. Which %(n)d exercises matter most?",
                FEW,
            )
            return words % {"n": FEW}
        case Caution.BOTH_WAYS:
            return _(
                "One exercise bends the low back forwards, another backwards."
                " Are both right for this person?"
            )


# Translators: %(n)s is a number or a range in figures, such as “20–30”.
LIBRARY_SAYS = {
    "hold_seconds": ngettext_lazy(
        "The library says %(n)s second.", "The library says %(n)s seconds.", "most"
    ),
    "repetitions": ngettext_lazy(
        "The library says %(n)s time.", "The library says %(n)s times.", "most"
    ),
    "sets": ngettext_lazy("The library says %(n)s set.", "The library says %(n)s sets.", "most"),
    "minutes": ngettext_lazy(
        "The library says %(n)s minute.", "The library says %(n)s minutes.", "most"
    ),
    "per_day": ngettext_lazy(
        "The library says %(n)s time a day.", "The library says %(n)s times a day.", "most"
    ),
}


def library_says(outside: dict[str, Range]) -> dict[str, str]:
    """For each part of a dose that leaves the guide range: what the library says."""
    return {
        part: LIBRARY_SAYS[part] % {"n": guide, "most": guide.max}
        for part, guide in outside.items()
    }


def library_says_of(item: Item) -> list[str]:
    """What the library says of each part of the item's dose that leaves the guide range."""
    return list(library_says(outside_library(item.dose, item.exercise_version.guide)).values())


# --- when, and who


def moment(at: datetime, *, zone: str, now: datetime) -> str:
    """ "10:42" today in that zone, otherwise "Mon 23 Nov, 10:42"."""
    there, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    time = date_format(there, "CLOCK")
    if there.date() == today:
        return time
    return _("%(day)s, %(time)s") % {"day": date_format(there, "SHORT_DAY"), "time": time}


def person_at(name: str, role: str, clinic: str) -> str:
    """ "Amira Khan, clinician at Riverside"; without a role for who has left."""
    words = {"name": name, "role": role[:1].lower() + role[1:], "clinic": clinic}
    if not role:
        return _("%(name)s at %(clinic)s") % words
    return _("%(name)s, %(role)s at %(clinic)s") % words


def published(who: str, at: datetime, *, zone: str) -> str:
    """ "Published by Amira Khan, clinician at Riverside, on 4 May 2026.", by the clinic's date."""
    date = date_format(at.astimezone(ZoneInfo(zone)), "LONG_DATE")
    return _("Published by %(who)s, on %(date)s.") % {"who": who, "date": date}


def why_ask_first(asks: AsksFirst) -> str:
    """ "Modified curl-up: neck trouble, hernia"."""
    words = {"exercise": asks.exercise, "tags": ", ".join(in_words(asks.tags))}
    return _("%(exercise)s: %(tags)s") % words


# --- whom to call


class Numbers(Protocol):
    """A clinic, or what is known where it is not known which."""

    @property
    def emergency(self) -> object: ...

    @property
    def advice(self) -> object: ...


def call_emergency(clinic: Numbers) -> str:
    words = _("Call %(number)s or go to an emergency department (A&E) now if you have any of these")
    return words % {"number": clinic.emergency}


def call_today(clinic: Numbers) -> str:
    if not clinic.advice:
        return _("Call your doctor today if you have any of these")
    words = _("Call %(number)s or your doctor today if you have any of these")
    return words % {"number": clinic.advice}
