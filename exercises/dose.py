"""How much: a dose and its arithmetic. No database and no clock in here.

Every number is a range, ``Range(2, 3)`` for "2 or 3"; a part that does not
apply is None, never 0. ``exercises/fields.py`` stores a dose in columns.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil
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
SECONDS_IN_A_MINUTE = 60


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
        if self.is_narrow:
            return _("%(min)d or %(max)d") % self._asdict()
        return _("%(min)d to %(max)d") % self._asdict()

    @property
    def is_narrow(self) -> bool:
        """Whether it names every number that it holds: "5", "2 or 3"."""
        return self.max - self.min <= 1

    @property
    def middle(self) -> float:
        return (self.min + self.max) / 2


ONCE = Range(1, 1)


@dataclass(frozen=True, kw_only=True)
class Dose:
    """Hold × repetitions, repetitions, or minutes; so many times a day; on these days.

    ``weekdays`` holds 0 for Monday to 6 for Sunday. With ``every_days`` set, the
    dose is due on every nth day from the start instead and weekdays are ignored.
    ``sides`` is 2 when the exercise is done on both sides, one after the other;
    ``side_kind`` says what these are: "leg", "arm" or "side".
    """

    hold_seconds: Range | None = None
    repetitions: Range | None = None
    sets: Range | None = None
    minutes: Range | None = None
    per_day: Range = ONCE
    weekdays: frozenset[int] = EVERY_DAY
    every_days: int | None = None
    sides: int = 1
    side_kind: str = "side"

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
        return self._seconds(lambda amount: amount.middle)

    @property
    def longest_session_seconds(self) -> float:
        """About how long one time through takes at the upper end of every range."""
        return self._seconds(lambda amount: amount.max)

    def _seconds(self, end: Callable[[Range], float]) -> float:
        """Both sides counted; ``end`` picks a number of each range."""
        if self.minutes:
            return self.sides * end(self.minutes) * SECONDS_IN_A_MINUTE
        repetitions = end(self.repetitions) if self.repetitions else 1
        sets = end(self.sets) if self.sets else 1
        one: float = SECONDS_PER_REPETITION
        if self.hold_seconds:
            one = end(self.hold_seconds) + SECONDS_BETWEEN_HOLDS
        return self.sides * sets * repetitions * one + (sets - 1) * SECONDS_BETWEEN_SETS

    @property
    def in_words(self) -> str:
        """Plain sentences for a patient.

        "Hold for 20 to 30 seconds. Do this 2 or 3 times with each leg."
        """
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.minutes:
            yield self._with_sides(self._for_minutes())
        if self.hold_seconds:
            yield _counted(
                self.hold_seconds,
                ngettext(
                    "Hold for %(n)s second.", "Hold for %(n)s seconds.", self.hold_seconds.max
                ),
            )
        if self.repetitions:
            yield from self._repeat(self.repetitions)
        if self.sets and self.sets != ONCE:
            yield _counted(
                self.sets,
                ngettext(
                    "Do %(n)s round.", "Do %(n)s rounds, with a rest in between.", self.sets.max
                ),
            )

    def _for_minutes(self) -> str:
        assert self.minutes is not None  # noqa: S101  the caller has looked
        words = ngettext("Do this for %(n)s minute", "Do this for %(n)s minutes", self.minutes.max)
        return _counted(self.minutes, words)

    def _repeat(self, times: Range) -> Iterator[str]:
        """A wide range is a start and an aim: nobody has to choose a number from it."""
        if times == ONCE:
            yield self._with_sides(_("Do this once"))
        elif times.is_narrow:
            words = ngettext("Do this %(n)s time", "Do this %(n)s times", times.max)
            yield self._with_sides(_counted(times, words))
        else:
            yield self._start_with(times.min)
            yield _("Up to %(n)d when that is easy.") % {"n": times.max}

    def _with_sides(self, words: str) -> str:
        """The sentence, with "with each leg" where both sides are worked."""
        if self.sides == 1:
            return f"{words}."
        sentence = {
            "leg": _("%(do_this)s with each leg."),
            "arm": _("%(do_this)s with each arm."),
        }.get(self.side_kind, _("%(do_this)s on each side."))
        return sentence % {"do_this": words}

    def _start_with(self, number: int) -> str:
        if self.sides == 1:
            return _("Start with %(n)d.") % {"n": number}
        sentence = {
            "leg": _("Start with %(n)d for each leg."),
            "arm": _("Start with %(n)d for each arm."),
        }.get(self.side_kind, _("Start with %(n)d on each side."))
        return sentence % {"n": number}

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
        """For a clinician's eye: "20–30 s × 2–3 each leg, 2–3 a day", "10 times, once a day"."""
        parts = [self._short_amount() + self._short_sides()]
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

    def _short_sides(self) -> str:
        if self.sides == 1:
            return ""
        words = {"leg": _("each leg"), "arm": _("each arm")}.get(self.side_kind, _("each side"))
        return f" {words}"

    def _short_days(self) -> str:
        if self.every_days:
            return _("every %(n)d days") % {"n": self.every_days}
        return " ".join(short_day(day) for day in sorted(self.weekdays))


def in_minutes(seconds: float) -> int:
    """Whole minutes, at least 1, rounded up: nobody likes to be told too little."""
    return max(1, ceil(seconds / SECONDS_IN_A_MINUTE))


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
