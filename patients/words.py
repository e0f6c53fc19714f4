"""What is said of records, plans, days and pain on clinicians' and patients' pages."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.models import Membership
from exercises.dose import Range
from exercises.words.dose import short_day
from patients.adherence import Adherence, Band
from patients.chosen import Choice
from patients.day_marks import Mark
from patients.facts import Pain
from patients.models import Day
from patients.pain_line import PainLine
from patients.thresholds import PAIN_HIGH


def short_date(day: date) -> str:
    """ "Tue 24 Nov", as the clinic's pages write a date near today."""
    return _short_date(get_language(), day)


@lru_cache(maxsize=4096)  # pages name the same few hundred dates
def _short_date(language: str | None, day: date) -> str:
    return date_format(day, "SHORT_DAY")


# --- days as marks ---


def mark(mark: Mark) -> str:
    """ "Tuesday 24 November: 1 of 2–3 sessions"."""
    return _of_date(get_language(), mark.on, day_of_mark(mark))


def mark_in_short(mark: Mark) -> str:
    """ "Tue 24 Nov: 1 of 2–3", "Tue 24 Nov: rest day", in a table of many weeks."""
    day = mark.day
    if day is None or day.asked is None or mark.is_to_come or day.state != Day.State.ASKED:
        return _of_short_date(get_language(), mark.on, day_of_mark(mark))
    return _in_short(get_language(), mark.on, day.sessions_done, day.asked)


@lru_cache(maxsize=4096)  # as of dates
def _in_short(language: str | None, on: date, done: int, asked: Range) -> str:
    # Translators: sessions done of sessions asked for, such as “1 of 2–3”.
    return _of_short_date(language, on, _("%(done)d of %(asked)s") % {"done": done, "asked": asked})


@lru_cache(maxsize=4096)  # as of dates
def _of_short_date(language: str | None, on: date, what: str) -> str:
    # Translators: a date and what that day was, such as “Tuesday 24 November: rest day”.
    return _("%(on)s: %(what)s") % {"on": short_date(on), "what": what}


@lru_cache(maxsize=4096)  # as of dates
def _of_date(language: str | None, on: date, what: str) -> str:
    # Translators: a date and what that day was, such as “Tuesday 24 November: rest day”.
    return _("%(on)s: %(what)s") % {"on": date_format(on, "LONG_DAY"), "what": what}


def day_of_mark(mark: Mark) -> str:
    """ "1 of 2–3 sessions", "rest day, 1 session", "nothing asked", "still to come"."""
    asks_later = mark.day is None or mark.day.state == Day.State.ASKED
    return _("still to come") if mark.is_to_come and asks_later else day(mark.day)


def day(day: Day | None) -> str:
    """ "1 of 2–3 sessions", "rest day, 1 session", "nothing asked"."""
    if day is None:
        return _("nothing asked")
    if day.asked is not None and day.state == Day.State.ASKED:
        return _of_asked(get_language(), day.sessions_done, day.asked)
    return _day_that_asks_nothing(day)


@lru_cache(maxsize=512)
def _of_asked(language: str | None, done: int, asked: Range) -> str:
    words = ngettext("%(done)d of %(asked)s session", "%(done)d of %(asked)s sessions", asked.max)
    return words % {"done": done, "asked": asked}


def _day_that_asks_nothing(day: Day) -> str:
    """Before, or between, times of access there may be weeks of sessions before it: why such a
    day asks for nothing is not said.
    """
    n = day.sessions_done
    if day.state == Day.State.REST:
        after_sessions = ngettext("rest day, %(n)d session", "rest day, %(n)d sessions", n)
        return after_sessions % {"n": n} if n else _("rest day")
    if day.state == Day.State.PAUSED:
        after_sessions = ngettext("paused, %(n)d session", "paused, %(n)d sessions", n)
        return after_sessions % {"n": n} if n else _("paused")
    after_sessions = ngettext("nothing asked, %(n)d session", "nothing asked, %(n)d sessions", n)
    return after_sessions % {"n": n} if n else _("nothing asked")


def weekday(mark: Mark | Pain) -> str:
    """ "Mon"."""
    return short_day(mark.on.weekday())


def weekday_letter(mark: Mark) -> str:
    return weekday(mark)[0]


def day_or_month(mark: Mark) -> str:
    """ "24", and "1 Dec" where a month begins."""
    return _day_or_month(get_language(), mark.on)


@lru_cache(maxsize=4096)
def _day_or_month(language: str | None, on: date) -> str:
    return date_format(on, "SHORT_DATE" if on.day == 1 else "DAY_OF_MONTH")


# --- pain as a score, and as a line ---


def score(pain: Pain) -> str:
    """ "3 of 10"."""
    return _("%(score)s of 10") % {"score": pain.score}


def pain_on(pain: Pain) -> str:
    """ "Tue 24 Nov: 3 of 10"."""
    return _pain_on(get_language(), pain.on, pain.score)


@lru_cache(maxsize=4096)
def _pain_on(language: str | None, on: date, score: int) -> str:
    # Translators: a date and the score of pain on it.
    return _("%(on)s: %(score)d of 10") % {"on": short_date(on), "score": score}


def pain_of_weekday(pain: Pain) -> str:
    """ "Mon: 3", in a table of weeks."""
    return _pain_of_weekday(get_language(), pain.on.weekday(), pain.score)


@lru_cache(maxsize=512)
def _pain_of_weekday(language: str | None, weekday: int, score: int) -> str:
    # Translators: a weekday and the score of pain on it.
    return _("%(weekday)s: %(score)d") % {"weekday": short_day(weekday), "score": score}


def pain_line(line: PainLine) -> str:
    """What the drawing shows, for those who cannot see it."""
    words = _(
        "Pain after sessions, 0 to 10: %(first)d on %(first_on)s, %(last)d on %(last_on)s;"
        " lowest %(lowest)d, highest %(highest)d; %(high)d or more counts as high."
    )
    return words % {
        "first": line.first.score,
        "first_on": short_date(line.first.on),
        "last": line.last.score,
        "last_on": short_date(line.last.on),
        "lowest": line.lowest,
        "highest": line.highest,
        "high": PAIN_HIGH,
    }


# --- plans ---


def exercises_for(name: str) -> str:
    """The title of a programme that is one patient's own."""
    return _("Exercises for %(name)s") % {"name": name}


def chosen(choice: Choice) -> str:
    # Translators: who is a person with role and clinic, such as “Amira Khan, clinician at Riverside”.
    words = _("Chosen for you by %(who)s, on %(date)s.")
    return words % {"who": choice.who, "date": date_format(choice.on, "LONG_DATE")}


def looked_after(name: str, role: str) -> str:
    """ "with Amira Khan, clinician", under the clinic's name; "" for who has no name."""
    label = str(Membership.Role(role).label)
    words = {"name": name, "role": label[:1].lower() + label[1:]}
    # Translators: stands under the clinic's name; such as “with Amira Khan, clinician”.
    return _("with %(name)s, %(role)s") % words if name else ""


BANDS = {
    Band.ON_TRACK: gettext_lazy("on track"),
    Band.PARTLY: gettext_lazy("partly"),
    Band.STRUGGLING: gettext_lazy("struggling"),
}
"""What is said of a share; in the first days nothing."""


def adherence(adherence: Adherence) -> str:
    """ "22 of 28 sessions · 79 %", or that there is no data."""
    if adherence.per_cent is None:
        return _("no data")
    words = ngettext(
        "%(done)d of %(asked)d session · %(per_cent)s",
        "%(done)d of %(asked)d sessions · %(per_cent)s",
        adherence.asked,
    )
    per_cent = f"{adherence.per_cent}\N{NO-BREAK SPACE}%"
    return words % {"done": adherence.done, "asked": adherence.asked, "per_cent": per_cent}
