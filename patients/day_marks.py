"""Days as marks in a row or a grid for a clinician's eye: a shape and its words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.words.dose import short_day
from patients.models import Day

WEEK = 7
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Mark:
    """One date. ``state`` is the shape: full, part, none, rest, paused, future, not_started."""

    on: date
    state: str
    words: str
    is_today: bool

    @property
    def letter(self) -> str:
        return self.weekday[0]

    @property
    def weekday(self) -> str:
        return short_day(self.on.weekday())

    @property
    def day_or_month(self) -> str:
        """ "24", and "1 Dec" where a month begins."""
        return date_format(self.on, "SHORT_DATE" if self.on.day == 1 else "DAY_OF_MONTH")


def of_week(days: Mapping[date, Day], *, today: date) -> list[Mark]:
    """The last seven dates, today last."""
    return [of_date(days, today - timedelta(back), today) for back in reversed(range(WEEK))]


def of_weeks(days: Mapping[date, Day], *, weeks: int, today: date) -> list[list[Mark]]:
    """Whole weeks from Monday to Sunday, this week last."""
    monday = today - timedelta(today.weekday() + WEEK * (weeks - 1))
    return [
        [of_date(days, monday + timedelta(WEEK * week + n), today) for n in range(WEEK)]
        for week in range(weeks)
    ]


def of_date(days: Mapping[date, Day], on: date, today: date) -> Mark:
    day = days.get(on)
    words = f"{date_format(on, 'LONG_DAY')}: {words_of(day, on, today)}"
    return Mark(on, _shape(day, on, today), words, on == today)


def _shape(day: Day | None, on: date, today: date) -> str:
    if on > today:
        return "future"
    if day is None:
        return "not_started"
    if day.state != Day.State.ASKED:
        return str(day.state)
    if day.sessions_done >= (day.asked_min or 0):
        return "full"
    return "part" if day.sessions_done else "none"


def words_of(day: Day | None, on: date, today: date) -> str:
    """ "1 of 2–3 sessions", "rest day, 1 session", "nothing asked"."""
    if day is None:
        return _("still to come") if on > today else _("nothing asked")
    if day.state != Day.State.ASKED:
        return ", ".join(part for part in (_not_asked(day), _extra(day)) if part)
    if on > today:
        return _("still to come")
    return done_of_asked(day)


def done_of_asked(day: Day) -> str:
    """ "1 of 2–3 sessions"."""
    words = ngettext("%(done)d of %(asked)s session", "%(done)d of %(asked)s sessions", _most(day))
    return words % {"done": day.sessions_done, "asked": asked_in_figures(day)}


def _most(day: Day) -> int:
    return day.asked_max or 0


def _not_asked(day: Day) -> str:
    """Why the day asks for nothing. Before, or between, times of access it is no reason at all:
    there may be weeks of sessions before it.
    """
    if day.state == Day.State.NOT_STARTED:
        return _("nothing asked")
    return str(day.get_state_display())


def _extra(day: Day) -> str:
    return sessions_of(day) if day.sessions_done else ""


def sessions_of(day: Day) -> str:
    """ "1 session"."""
    return ngettext("%(n)d session", "%(n)d sessions", day.sessions_done) % {"n": day.sessions_done}


def asked_in_figures(day: Day) -> str:
    """ "2–3", or "2" where both ends are the same."""
    if day.asked_min == day.asked_max:
        return str(day.asked_min)
    return f"{day.asked_min}–{day.asked_max}"
