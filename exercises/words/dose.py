"""A dose in words: sentences for a patient, and in short for clinicians.

Where both sides of the body are worked, each sentence is written out for "leg", "arm" and
"side": ``_each`` is the key, "" where there is one side or none.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language, gettext_lazy, ngettext, ngettext_lazy
from django.utils.translation import gettext as _

from exercises.dose import EVERY_OTHER, ONCE, Dose, Range

# Translators: in all of these %(n)s is a number or a range in words, such as “2 or 3”.
DO_THIS_FOR = {
    "": ngettext_lazy("Do this for %(n)s minute.", "Do this for %(n)s minutes.", "most"),
    "leg": ngettext_lazy(
        "Do this for %(n)s minute with each leg.",
        "Do this for %(n)s minutes with each leg.",
        "most",
    ),
    "arm": ngettext_lazy(
        "Do this for %(n)s minute with each arm.",
        "Do this for %(n)s minutes with each arm.",
        "most",
    ),
    "side": ngettext_lazy(
        "Do this for %(n)s minute on each side.", "Do this for %(n)s minutes on each side.", "most"
    ),
}
DO_THIS_ONCE = {
    "": gettext_lazy("Do this once."),
    "leg": gettext_lazy("Do this once with each leg."),
    "arm": gettext_lazy("Do this once with each arm."),
    "side": gettext_lazy("Do this once on each side."),
}
DO_THIS_TIMES = {
    "": ngettext_lazy("Do this %(n)s time.", "Do this %(n)s times.", "most"),
    "leg": ngettext_lazy(
        "Do this %(n)s time with each leg.", "Do this %(n)s times with each leg.", "most"
    ),
    "arm": ngettext_lazy(
        "Do this %(n)s time with each arm.", "Do this %(n)s times with each arm.", "most"
    ),
    "side": ngettext_lazy(
        "Do this %(n)s time on each side.", "Do this %(n)s times on each side.", "most"
    ),
}
START_WITH = {
    "": gettext_lazy("Start with %(n)d."),
    "leg": gettext_lazy("Start with %(n)d for each leg."),
    "arm": gettext_lazy("Start with %(n)d for each arm."),
    "side": gettext_lazy("Start with %(n)d on each side."),
}

# Translators: short, for clinicians. %(n)s is a number or a range, such as “20–30”; s: seconds.
SHORT_HOLD = {
    "": gettext_lazy("%(hold)s s × %(n)s"),
    "leg": gettext_lazy("%(hold)s s × %(n)s each leg"),
    "arm": gettext_lazy("%(hold)s s × %(n)s each arm"),
    "side": gettext_lazy("%(hold)s s × %(n)s each side"),
}
SHORT_MINUTES = {
    "": gettext_lazy("%(n)s min"),
    "leg": gettext_lazy("%(n)s min each leg"),
    "arm": gettext_lazy("%(n)s min each arm"),
    "side": gettext_lazy("%(n)s min each side"),
}
SHORT_TIMES = {
    "": ngettext_lazy("%(n)s time", "%(n)s times", "most"),
    "leg": ngettext_lazy("%(n)s time each leg", "%(n)s times each leg", "most"),
    "arm": ngettext_lazy("%(n)s time each arm", "%(n)s times each arm", "most"),
    "side": ngettext_lazy("%(n)s time each side", "%(n)s times each side", "most"),
}

# How often, by the days: once a day and several times, each as part of a sentence and as one.
# Translators: %(n)s is a number or a range in words; %(days)s are days of the week.
ONCE_A_DAY = {
    "every day": (gettext_lazy("once a day"), gettext_lazy("Once a day.")),
    "every other day": (
        gettext_lazy("once a day, every other day"),
        gettext_lazy("Once a day, every other day."),
    ),
    "every so many days": (
        ngettext_lazy(
            "once a day, every %(every)d day", "once a day, every %(every)d days", "every"
        ),
        ngettext_lazy(
            "Once a day, every %(every)d day.", "Once a day, every %(every)d days.", "every"
        ),
    ),
    "weekdays": (gettext_lazy("once a day on %(days)s"), gettext_lazy("Once a day on %(days)s.")),
}
TIMES_A_DAY = {
    "every day": (
        ngettext_lazy("%(n)s time a day", "%(n)s times a day", "most"),
        ngettext_lazy("%(n)s time a day.", "%(n)s times a day.", "most"),
    ),
    "every other day": (
        ngettext_lazy(
            "%(n)s time a day, every other day", "%(n)s times a day, every other day", "most"
        ),
        ngettext_lazy(
            "%(n)s time a day, every other day.", "%(n)s times a day, every other day.", "most"
        ),
    ),
    "every so many days": (
        ngettext_lazy(
            "%(n)s time a day, every %(every)d days",
            "%(n)s times a day, every %(every)d days",
            "most",
        ),
        ngettext_lazy(
            "%(n)s time a day, every %(every)d days.",
            "%(n)s times a day, every %(every)d days.",
            "most",
        ),
    ),
    "weekdays": (
        ngettext_lazy("%(n)s time a day on %(days)s", "%(n)s times a day on %(days)s", "most"),
        ngettext_lazy("%(n)s time a day on %(days)s.", "%(n)s times a day on %(days)s.", "most"),
    ),
}


def range_in_words(amount: Range) -> str:
    """As one says it: "20 to 30", "2 or 3", "5"."""
    if amount.min == amount.max:
        return str(amount.min)
    if amount.is_narrow:
        return _("%(min)d or %(max)d") % amount._asdict()
    return _("%(min)d to %(max)d") % amount._asdict()


def short_day(weekday: int) -> str:
    """ "Mon" for 0 to "Sun" for 6."""
    return str(WEEKDAYS_ABBR[weekday])


# --- for a patient


def instructions(dose: Dose) -> str:
    """ "Hold for 20 to 30 seconds. Do this 2 or 3 times with each leg.\""""
    return _instructions_in(get_language(), dose)


@lru_cache(maxsize=1024)
def _instructions_in(language: str | None, dose: Dose) -> str:
    return " ".join(_instructions(dose))


def _instructions(dose: Dose) -> Iterator[str]:
    each = _each(dose)
    if dose.minutes:
        yield str(DO_THIS_FOR[each] % _counted(dose.minutes))
    if dose.hold_seconds:
        words = ngettext("Hold for %(n)s second.", "Hold for %(n)s seconds.", dose.hold_seconds.max)
        yield words % _counted(dose.hold_seconds)
    if dose.repetitions:
        yield from _repeat(dose.repetitions, each)
    if dose.sets and dose.sets != ONCE:
        words = ngettext(
            "Do %(n)s round.", "Do %(n)s rounds, with a rest in between.", dose.sets.max
        )
        yield words % _counted(dose.sets)


def _repeat(times: Range, each: str) -> Iterator[str]:
    """A wide range is a start and an aim: no one has to choose a number from it."""
    if times == ONCE:
        yield str(DO_THIS_ONCE[each])
    elif times.is_narrow:
        yield str(DO_THIS_TIMES[each] % _counted(times))
    else:
        yield str(START_WITH[each] % {"n": times.min})
        yield _("Up to %(n)d when that is easy.") % {"n": times.max}


def frequency(dose: Dose) -> str:
    """How often, to stand in a sentence: "2 or 3 times a day", "once a day on Mon and Wed"."""
    return _frequency(get_language(), dose)[0]


def frequency_sentence(dose: Dose) -> str:
    """How often, by itself: "Once a day on Mon and Wed."."""
    return _frequency(get_language(), dose)[1]


@lru_cache(maxsize=1024)
def _frequency(language: str | None, dose: Dose) -> tuple[str, str]:
    pattern = _pattern(dose)
    days = _weekdays(dose) if pattern == "weekdays" else ""
    values = _counted(dose.per_day) | {"every": dose.every_days, "days": days}
    phrases = ONCE_A_DAY if dose.per_day == ONCE else TIMES_A_DAY
    phrase, sentence = phrases[pattern]
    return str(phrase % values), str(sentence % values)


def _pattern(dose: Dose) -> str:
    if dose.is_every_day:
        return "every day"
    if dose.every_days is None:
        return "weekdays"
    return "every other day" if dose.every_days == EVERY_OTHER else "every so many days"


def _weekdays(dose: Dose) -> str:
    words = [short_day(day) for day in sorted(dose.weekdays)]
    if len(words) == 1:
        return words[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


# --- for a clinician


def short(dose: Dose) -> str:
    """ "20–30 s × 2–3 each leg, 2–3 a day", "10 times, once a day"."""
    return _short_in(get_language(), dose)


@lru_cache(maxsize=1024)
def _short_in(language: str | None, dose: Dose) -> str:
    return ", ".join(_short(dose))


def _short(dose: Dose) -> Iterator[str]:
    yield _short_amount(dose)
    if dose.sets and dose.sets != ONCE:
        yield ngettext("%(n)s set", "%(n)s sets", dose.sets.max) % {"n": dose.sets}
    yield _("once a day") if dose.per_day == ONCE else _("%(n)s a day") % {"n": dose.per_day}
    if dose.is_every_day:
        return
    if dose.every_days:
        yield ngettext("every %(n)d day", "every %(n)d days", dose.every_days) % {
            "n": dose.every_days
        }
    else:
        yield " ".join(short_day(day) for day in sorted(dose.weekdays))


def _short_amount(dose: Dose) -> str:
    each, times = _each(dose), dose.repetitions or ONCE
    if dose.minutes:
        return str(SHORT_MINUTES[each] % {"n": dose.minutes})
    if dose.hold_seconds:
        return str(SHORT_HOLD[each] % {"hold": dose.hold_seconds, "n": times})
    return str(SHORT_TIMES[each] % {"n": times, "most": times.max})


def in_picture(dose: Dose) -> str:
    """Beside the sign to hold a pose or to do it again: "20–30 s", "8–10 ×"."""
    if dose.minutes:
        # Translators: minutes, in a drawing; %(n)s is a number or a range, such as “5–10”.
        return _("%(n)s min") % {"n": dose.minutes}
    if dose.hold_seconds:
        # Translators: seconds, in a drawing; %(n)s is a number or a range, such as “20–30”.
        return _("%(n)s s") % {"n": dose.hold_seconds}
    # Translators: how often, in a drawing; %(n)s is a number or a range, such as “8–10”.
    return _("%(n)s ×") % {"n": dose.repetitions or ONCE}


def _each(dose: Dose) -> str:
    return dose.side_kind if dose.sides > 1 else ""


def _counted(amount: Range) -> dict[str, Any]:
    """A range in words, and the number that decides between one and many."""
    return {"n": range_in_words(amount), "most": amount.max}
