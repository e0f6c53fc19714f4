"""How much: a dose and its arithmetic. No database and no clock in here.

Every number is a range, ``Range(2, 3)`` for "2 or 3"; a part that does not
apply is None, never 0. ``exercises/fields.py`` stores a dose in columns.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

EVERY_DAY = frozenset(range(7))
# Seconds that one repetition takes when nothing is held: slow and controlled.
SECONDS_PER_REPETITION = 4
# Seconds to rest and change position between repetitions held and between sets.
SECONDS_BETWEEN_HOLDS = 5
SECONDS_BETWEEN_SETS = 30
EVERY_OTHER = 2  # days


class _Ends(NamedTuple):
    min: int
    max: int


class Range(_Ends):
    """A smallest and a largest whole number, both included: 1 or more, in that order."""

    __slots__ = ()

    def __new__(cls, min: int, max: int) -> Self:
        if not 1 <= min <= max:
            raise ValueError(f"{min} to {max} is not a range")
        return super().__new__(cls, min, max)

    def __str__(self) -> str:
        """As clinicians write it: "20–30", or "2" when both ends are the same."""
        return str(self.min) if self.min == self.max else f"{self.min}–{self.max}"

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.min <= number <= self.max

    @property
    def in_words(self) -> str:
        """As one says it: "20 to 30", "2 or 3", "5"."""
        if self.min == self.max:
            return str(self.min)
        if self.max - self.min == 1:
            return _("%(min)d or %(max)d") % self._asdict()
        return _("%(min)d to %(max)d") % self._asdict()

    @property
    def middle(self) -> float:
        return (self.min + self.max) / 2


ONCE = Range(1, 1)


@dataclass(frozen=True, kw_only=True)
class Dose:
    """Hold × repetitions, repetitions, or minutes; so many times a day; on these days.

    ``weekdays`` holds 0 for Monday to 6 for Sunday. With ``every_days`` set, the
    dose is due on every nth day from the start instead and weekdays are ignored.
    ``sides`` is 2 when the exercise is done on both sides, one after the other.
    """

    hold_seconds: Range | None = None
    repetitions: Range | None = None
    sets: Range | None = None
    minutes: Range | None = None
    per_day: Range = ONCE
    weekdays: frozenset[int] = EVERY_DAY
    every_days: int | None = None
    sides: int = 1

    def is_due_on(self, day: date, *, starts_on: date) -> bool:
        """Whether the dose asks for anything on this local date."""
        if day < starts_on:
            return False
        if self.every_days is not None:
            return (day - starts_on).days % self.every_days == 0
        return day.weekday() in self.weekdays

    @property
    def session_seconds(self) -> float:
        """About how long one time through takes, in the middle of every range."""
        if self.minutes:
            return self.minutes.middle * 60
        repetitions = self.repetitions.middle if self.repetitions else 1
        sets = self.sets.middle if self.sets else 1
        one: float = SECONDS_PER_REPETITION
        if self.hold_seconds:
            one = self.hold_seconds.middle + SECONDS_BETWEEN_HOLDS
        return self.sides * sets * repetitions * one + (sets - 1) * SECONDS_BETWEEN_SETS

    @property
    def in_words(self) -> str:
        """Plain sentences for a patient: "Hold for 20 to 30 seconds. Do this 2 or 3 times." """
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.minutes:
            yield _counted(
                self.minutes,
                ngettext(
                    "Do this for %(n)s minute.", "Do this for %(n)s minutes.", self.minutes.max
                ),
            )
        if self.hold_seconds:
            yield _counted(
                self.hold_seconds,
                ngettext(
                    "Hold for %(n)s second.", "Hold for %(n)s seconds.", self.hold_seconds.max
                ),
            )
        if self.repetitions == ONCE:
            yield _("Do this once.")
        elif self.repetitions:
            yield _counted(
                self.repetitions,
                ngettext("Do this %(n)s time.", "Do this %(n)s times.", self.repetitions.max),
            )
        if self.sets and self.sets != ONCE:
            yield _counted(
                self.sets,
                ngettext(
                    "Do %(n)s round.", "Do %(n)s rounds, with a rest in between.", self.sets.max
                ),
            )

    @property
    def frequency_in_words(self) -> str:
        """How often: "2 or 3 times a day", "once a day on Mon, Wed and Fri"."""
        parts = {"times": self._times_a_day(), "days": self._weekdays_in_words()}
        if self.every_days == EVERY_OTHER:
            return _("%(times)s, every other day") % parts
        if self.every_days and self.every_days > EVERY_OTHER:
            return ngettext(
                "%(times)s, every %(n)d day", "%(times)s, every %(n)d days", self.every_days
            ) % {**parts, "n": self.every_days}
        if self.is_every_day:
            return parts["times"]
        return _("%(times)s on %(days)s") % parts

    @property
    def is_every_day(self) -> bool:
        """Whether no day is left out."""
        if self.every_days is not None:
            return self.every_days == 1
        return self.weekdays == EVERY_DAY

    def _times_a_day(self) -> str:
        if self.per_day == ONCE:
            return _("once a day")
        return _counted(
            self.per_day, ngettext("%(n)s time a day", "%(n)s times a day", self.per_day.max)
        )

    def _weekdays_in_words(self) -> str:
        return _listed([short_day(day) for day in sorted(self.weekdays)])

    @property
    def short(self) -> str:
        """For a clinician's eye: "20–30 s × 2–3, 2–3 a day", "10 times, once a day, Mon Wed Fri"."""
        parts = [self._short_amount()]
        if self.sets and self.sets != ONCE:
            parts.append(_("%(n)s sets") % {"n": self.sets})
        once = self.per_day == ONCE
        parts.append(_("once a day") if once else _("%(n)s a day") % {"n": self.per_day})
        if not self.is_every_day:
            parts.append(self._short_days())
        return ", ".join(parts)

    def _short_amount(self) -> str:
        if self.minutes:
            return _("%(n)s min") % {"n": self.minutes}
        if self.hold_seconds:
            return _("%(hold)s s × %(times)s") % {
                "hold": self.hold_seconds,
                "times": self.repetitions or ONCE,
            }
        times = self.repetitions or ONCE
        return ngettext("%(n)s time", "%(n)s times", times.max) % {"n": times}

    def _short_days(self) -> str:
        if self.every_days:
            return _("every %(n)d days") % {"n": self.every_days}
        return " ".join(short_day(day) for day in sorted(self.weekdays))


def _counted(number: Range, words: str) -> str:
    return words % {"n": number.in_words}


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def short_day(weekday: int) -> str:
    """ "Mon" for 0 to "Sun" for 6."""
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")][weekday]


def target_of(doses: Iterable[Dose], day: date, *, starts_on: date) -> Range | None:
    """How many sessions the day asks for; None on a rest day.

    The largest minimum and the largest maximum among the doses due.
    """
    due = [dose.per_day for dose in doses if dose.is_due_on(day, starts_on=starts_on)]
    if not due:
        return None
    return Range(max(r.min for r in due), max(r.max for r in due))
