"""Why did, or didn't, a reminder come: every time of the last 14 days, and those still ahead.

What was planned has a row, and the row says what became of it. A slot that the day itself
silenced when its minute came has none: that would be a row for everybody who is doing well.
So its reason is worked out again, from what is dated: sessions, pauses, what the patient chose
and which time zone they had. Where nothing dated explains it, that is said.
See docs/adr/0019 and 0057. Reads only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from outbox.models import State
from patients.models import Day, Patient, Pause, Session
from patients.schedule import DAY, MINUTE, instant, local_date
from reminders.channels import EMAIL
from reminders.choice import Choice, TimeOfDay, times_of
from reminders.models import ChoiceMade, Reminder
from reminders.rules import BY_DAY_STATE, BY_REASON, RULES, PastSlot, Reason
from reminders.services.reasons import judge_now

SHOWN_DAYS = timedelta(days=14)


class NoRow(StrEnum):
    """Why a time has no row, where no ``Reason`` says it."""

    AHEAD = "ahead"  # still to come: a reminder goes out if something is left to do
    CHANGED = "changed"  # the times were changed within its minute
    TOO_CLOSE = "too_close"  # chosen too close to the last letter, it counts from the next day on
    NO_TIME = "no_time"  # the times were changed, and none of them fell on that day
    STOPPED = "stopped"  # a pause that a warning sign began
    UNKNOWN = "unknown"  # nothing that is kept explains it


@dataclass(frozen=True)
class Line:
    """One time of one day: its row, or why there is none. ``at`` is None for a whole day.

    A row that is written, and is still to come, has both.
    """

    on: date
    at: time | None
    row: Reminder | None = None
    why: Reason | NoRow | None = None
    is_ahead: bool = False
    waits_until: datetime | None = None  # put off, because the last letter had come too soon before
    together_with: tuple[Patient, ...] = ()  # the other records that its letter named


def _put_off(row: Reminder) -> datetime | None:
    """Until when it waits for the gap after the last letter to end."""
    is_put_off = row.state == State.DUE and row.reason == Reason.TOO_SOON
    return row.retry_at if is_put_off else None


@dataclass
class Explanations:
    """The last 14 days of one patient's reminders, newest first."""

    patient: Patient
    now: datetime

    @cached_property
    def today(self) -> date:
        return local_date(self.now, self.patient.zone)

    @property
    def by_day(self) -> list[tuple[date, list[Line]]]:
        """Each day with its times in their order."""
        return [(on, list(lines)) for on, lines in groupby(self.lines, key=lambda line: line.on)]

    @cached_property
    def lines(self) -> list[Line]:
        dates = (self.today - n * DAY for n in range(SHOWN_DAYS.days))
        return [line for on in dates for line in self._of(on)]

    def _of(self, on: date) -> Iterator[Line]:
        day, rows = self._days.get(on), self._rows.get(on, [])
        planned = [self._of_row(row, day) for row in rows]
        silent = [self._silent(day, one) for one in self._without_row(day, rows)]
        lines = sorted([*planned, *silent], key=lambda line: line.at or time())
        yield from lines or self._without_times(on, day)

    def _of_row(self, row: Reminder, day: Any) -> Line:
        comes_at = _put_off(row) or row.due_at
        is_ahead = row.state == State.DUE and comes_at > self.now
        waits_until = _put_off(row) if is_ahead else None
        why = self._row_will_be(row, day) if is_ahead else None
        beside = self._together_with.get(row.letter, ()) if row.letter else ()
        return Line(row.on, row.at, row, why, is_ahead, waits_until, beside)

    def _row_will_be(self, row: Reminder, day: Any) -> Reason | NoRow:
        if day is None:
            return Reason.NO_DAY
        _since, choice = self._choices[-1]
        times = choice.at(day.asked_min) if day.asked_min else ()
        why = self._will_be(day, sum(at < row.at for at in times))
        is_asked_for = row.origin == Reminder.Origin.LATER
        return NoRow.AHEAD if is_asked_for and why == Reason.BACKED_OFF else why

    def _without_row(self, day: Any, rows: list[Reminder]) -> list[TimeOfDay]:
        """The times of a day that asks for sessions, as they were then; those with a row left out."""
        planned = {row.at for row in rows if row.channel == EMAIL}
        return [one for one in self._times_of(day) if one.at not in planned]

    def _times_of(self, day: Any) -> list[TimeOfDay]:
        if day is None or day.state != Day.State.ASKED:
            return []
        return times_of(day.on, day.asked_min, choices=self._choices, zones=self._zones)

    def _without_times(self, on: date, day: Any) -> Iterator[Line]:
        is_ahead = on == self.today
        if day is not None:
            why: Reason | NoRow = BY_DAY_STATE.get(day.state, Reason.SWITCHED_OFF)
            if why == Reason.PAUSED and self._is_stopped(on):
                why = NoRow.STOPPED
            if why == Reason.NOT_STARTED and self._is_closed(on):
                why = Reason.ACCESS_CLOSED
            if day.state == Day.State.ASKED and self._has_times(on):
                why = NoRow.NO_TIME
            yield Line(on, None, why=why, is_ahead=is_ahead)
        elif is_ahead:
            yield Line(on, None, why=Reason.NO_DAY, is_ahead=True)

    def _is_closed(self, on: date) -> bool:
        closed_at = self.patient.access_closed_at
        return closed_at is not None and local_date(closed_at, self.patient.zone) <= on

    def _is_stopped(self, on: date) -> bool:
        return any(p.from_on <= on and (not p.until_on or on <= p.until_on) for p in self._stops)

    def _silent(self, day: Any, one: TimeOfDay) -> Line:
        is_ahead = one.due_at > self.now
        if one.choice.is_on and not one.counts:
            return Line(day.on, one.at, why=NoRow.TOO_CLOSE, is_ahead=is_ahead)
        why = self._will_be(day, one.slot) if is_ahead else self._was(day, one)
        return Line(day.on, one.at, why=why, is_ahead=is_ahead)

    def _will_be(self, day: Any, slot: int) -> Reason | NoRow:
        if self._done_by(day, self.now) > slot and not day.silence:
            return Reason.ON_TRACK
        # How long ago the last one was will be another matter by then.
        if day.silence and day.silence != Reason.TOO_SOON:
            return Reason(day.silence)
        return NoRow.AHEAD

    def _was(self, day: Any, one: TimeOfDay) -> Reason | NoRow:
        """The first rule that held then, as far as what is kept can tell."""
        then = self._then(day, one)
        held = (rule.reason for rule in RULES if rule.held and rule.held(then))
        why = next(held, None) or self._by_the_day(day)
        is_changed = why == NoRow.UNKNOWN and one.until < one.due_at + MINUTE
        return NoRow.CHANGED if is_changed else why

    def _by_the_day(self, day: Any) -> Reason | NoRow:
        rule = BY_REASON.get(day.silence)
        return rule.reason if rule and rule.is_still_true else NoRow.UNKNOWN

    def _then(self, day: Any, one: TimeOfDay) -> PastSlot:
        due_at = one.due_at
        signs = [(sign.told_at, sign.checked_at or self.now) for sign in self._signs]
        note = getattr(day, "not_today", None)
        return PastSlot(
            slot=one.slot,
            asked=day.asked_min,
            done=self._done_by(day, due_at),
            had_warning_sign=any(since <= due_at < until for since, until in signs),
            is_on=one.choice.is_on,
            was_left_out=note is not None and note.said_at <= due_at,
        )

    def _done_by(self, day: Any, moment: datetime) -> int:
        return sum(at <= moment for at in self._sessions.get(day.pk, []))

    def _has_times(self, on: date) -> bool:
        """Whether what was chosen when the day ended has times."""
        ended_at = instant(on + DAY, time(), self.patient.zone)
        choices = [choice for since, choice in self._choices if since < ended_at]
        return choices[-1].is_on and choices[-1].times != ()

    # --- what is read, each in one query ---

    @cached_property
    def _days(self) -> dict[date, Any]:
        """With what today's rules would say of their last slot."""
        days = Day.objects.filter(
            assignment__patient=self.patient, on__gt=self.today - SHOWN_DAYS, on__lte=self.today
        )
        judged = judge_now(days, now=self.now)
        latest_last = judged.select_related("not_today").order_by("on", "assignment__assigned_at")
        return {day.on: day for day in latest_last}

    @cached_property
    def _rows(self) -> dict[date, list[Reminder]]:
        """Of every channel."""
        recent = Reminder.objects.filter(patient=self.patient, on__gt=self.today - SHOWN_DAYS)
        found: dict[date, list[Reminder]] = {}
        for row in recent.order_by("on", "at", "channel"):
            found.setdefault(row.on, []).append(row)
        return found

    @cached_property
    def _sessions(self) -> dict[UUID, list[datetime]]:
        """When the server heard of each session that counts, by its day."""
        counted = Session.objects.counted().filter(day__in=[day.pk for day in self._days.values()])
        found: dict[UUID, list[datetime]] = {}
        for day, at in counted.values_list("day", "received_at"):
            found.setdefault(day, []).append(at)
        return found

    @cached_property
    def _choices(self) -> list[tuple[datetime, Choice]]:
        """What was chosen when the shown days began, and since."""
        return ChoiceMade.objects.filter(patient=self.patient).since(self._before_all)

    @cached_property
    def _zones(self) -> list[tuple[datetime, ZoneInfo]]:
        return self.patient.zones_since(self._before_all)

    @property
    def _before_all(self) -> datetime:
        """An instant before the first shown day, in every time zone."""
        return self.now - SHOWN_DAYS - 2 * DAY

    @cached_property
    def _together_with(self) -> dict[UUID, tuple[Patient, ...]]:
        """By letter, the other records that it named."""
        letters = {row.letter for rows in self._rows.values() for row in rows if row.letter}
        others = Reminder.objects.filter(letter__in=letters).exclude(patient=self.patient)
        found: dict[UUID, tuple[Patient, ...]] = {}
        for row in others.select_related("patient").order_by("patient__name"):
            if row.letter and row.patient not in found.get(row.letter, ()):
                found[row.letter] = (*found.get(row.letter, ()), row.patient)
        return found

    @cached_property
    def _stops(self) -> list[Pause]:
        """The pauses that a warning sign began."""
        pauses = Pause.objects.filter(assignment__patient=self.patient)
        return list(pauses.filter(because_of__isnull=False))

    @cached_property
    def _signs(self) -> list[Any]:
        return list(self.patient.warning_signs.all())
