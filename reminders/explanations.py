"""Why did, or didn't, a reminder come: every time of the last 14 days, and those still ahead.

What was planned has a row, and the row says what became of it. A slot that the day itself
silenced when its minute came has none: that would be a row for everybody who is doing well.
So its reason is worked out again, from what is dated: sessions, pauses, the patient's choice.
Where nothing dated explains it, that is said. See docs/adr/0019. Reads only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID

from patients.models import Day, Patient, Pause, Session
from patients.schedule import DAY, instant, local_date
from reminders import services
from reminders.channels import EMAIL
from reminders.models import Preference, Reminder
from reminders.rules import BY_DAY_STATE, BY_REASON, RULES, PastSlot, Reason
from reminders.services.reasons import judge_now

SHOWN_DAYS = timedelta(days=14)


class NoRow(StrEnum):
    """Why a time has no row, where no ``Reason`` says it."""

    AHEAD = "ahead"  # still to come: a reminder goes out if something is left to do
    CHANGED = "changed"  # the times were chosen again since
    STOPPED = "stopped"  # a pause that a warning sign began
    UNKNOWN = "unknown"  # nothing that is kept explains it


@dataclass(frozen=True)
class Line:
    """One time of one day: its row, or why there is none. ``at`` is None for a whole day."""

    on: date
    at: time | None
    row: Reminder | None = None
    why: Reason | NoRow | None = None
    is_ahead: bool = False


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
        planned = [Line(on, self._clock(row), row) for row in rows]
        slots = self._slots(day, rows) if day else ()
        silent = [self._silent(day, slot, at) for slot, at in slots]
        lines = sorted([*planned, *silent], key=lambda line: line.at or time())
        yield from lines or self._without_times(on, day)

    def _slots(self, day: Any, rows: list[Reminder]) -> Iterator[tuple[int, time]]:
        """The times of a day that asks for sessions, those with a row left out."""
        if day.state != Day.State.ASKED:
            return
        planned = {row.at for row in rows if row.channel == EMAIL}
        for slot, at in enumerate(self._choice.at(day.asked_min)):
            if at not in planned:
                yield slot, at

    def _without_times(self, on: date, day: Any) -> Iterator[Line]:
        is_ahead = on == self.today
        if day is not None:
            why: Reason | NoRow = BY_DAY_STATE.get(day.state, Reason.SWITCHED_OFF)
            if why == Reason.PAUSED and self._is_stopped(on):
                why = NoRow.STOPPED
            if why == Reason.NOT_STARTED and self._is_closed(on):
                why = Reason.ACCESS_CLOSED
            yield Line(on, None, why=why, is_ahead=is_ahead)
        elif is_ahead:
            yield Line(on, None, why=Reason.NO_DAY, is_ahead=True)

    def _is_closed(self, on: date) -> bool:
        closed_at = self.patient.access_closed_at
        return closed_at is not None and local_date(closed_at, self.patient.zone) <= on

    def _is_stopped(self, on: date) -> bool:
        return any(p.from_on <= on and (not p.until_on or on <= p.until_on) for p in self._stops)

    def _silent(self, day: Any, slot: int, at: time) -> Line:
        due_at = instant(day.on, at, self.patient.zone)
        if due_at > self.now:
            return Line(day.on, at, why=self._will_be(day, slot), is_ahead=True)
        return Line(day.on, at, why=self._was(day, slot, due_at))

    def _will_be(self, day: Any, slot: int) -> Reason | NoRow:
        if self._done_by(day, self.now) > slot and not day.silence:
            return Reason.ON_TRACK
        # How long ago the last one was will be another matter by then.
        if day.silence and day.silence != Reason.TOO_SOON:
            return Reason(day.silence)
        return NoRow.AHEAD

    def _was(self, day: Any, slot: int, due_at: datetime) -> Reason | NoRow:
        """The first rule that held then, as far as what is kept can tell."""
        if self._changed_at is not None and self._changed_at > due_at:
            return NoRow.CHANGED
        then = self._then(day, slot, due_at)
        held = (rule.reason for rule in RULES if rule.held and rule.held(then))
        return next(held, None) or self._by_the_day(day)

    def _by_the_day(self, day: Any) -> Reason | NoRow:
        rule = BY_REASON.get(day.silence)
        return rule.reason if rule and rule.is_still_true else NoRow.UNKNOWN

    def _then(self, day: Any, slot: int, due_at: datetime) -> PastSlot:
        signs = [(sign.told_at, sign.checked_at or self.now) for sign in self._signs]
        note = getattr(day, "not_today", None)
        return PastSlot(
            slot=slot,
            asked=day.asked_min,
            done=self._done_by(day, due_at),
            had_warning_sign=any(since <= due_at < until for since, until in signs),
            is_on=self._choice.is_on,
            was_left_out=note is not None and note.said_at <= due_at,
        )

    def _done_by(self, day: Any, moment: datetime) -> int:
        return sum(at <= moment for at in self._sessions.get(day.pk, []))

    def _clock(self, row: Reminder) -> time:
        return row.due_at.astimezone(self.patient.zone).time()

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
    def _choice(self) -> services.Choice:
        return services.chosen(self.patient)

    @cached_property
    def _changed_at(self) -> datetime | None:
        changed = Preference.objects.filter(patient=self.patient)
        return changed.values_list("changed_at", flat=True).first()

    @cached_property
    def _stops(self) -> list[Pause]:
        """The pauses that a warning sign began."""
        pauses = Pause.objects.filter(assignment__patient=self.patient)
        return list(pauses.filter(because_of__isnull=False))

    @cached_property
    def _signs(self) -> list[Any]:
        return list(self.patient.warning_signs.all())
