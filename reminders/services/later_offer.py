""" "Later today": one more letter about the day of a reminder, and the times it can be had for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from accounts.kept_query import KeptQuery
from outbox.models import OPEN, State
from patients.models import Patient
from patients.schedule import instant
from reminders.choice import Choice
from reminders.models import LATEST, Reminder
from reminders.reminder_page import Answer, Situation
from reminders.rules import LEAST_GAP
from reminders.services.choices import chosen
from reminders.services.starts import gap

OF_DAY: KeptQuery[Reminder] = KeptQuery(
    lambda patient, on: Reminder.objects.filter(patient=patient, on=on), patient=UUID, on=date
)
HALF_HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]


@dataclass
class Later:
    """What a reminder's page offers, as things stand now. Reads only."""

    answer: Answer

    @property
    def now(self) -> datetime:
        return self.answer.now

    @property
    def patient(self) -> Patient:
        return self.answer.reminder.patient

    @cached_property
    def asked_for(self) -> Reminder | None:
        """The one more that was asked for that day, whatever became of it."""
        return next((row for row in self._rows if row.origin == Reminder.Origin.LATER), None)

    @property
    def is_waiting(self) -> bool:
        """It has not begun to leave: it can still be taken back."""
        row = self.asked_for
        return row is not None and row.state == State.DUE and row.doubts == 0

    @property
    def is_promised(self) -> bool:
        """It waits, and nothing that was chosen or said since keeps it back."""
        return self.is_waiting and self.is_wanted

    @property
    def comes_at(self) -> time | None:
        """When it leaves, by the clock that the patient has now."""
        row = self.asked_for
        return (row.retry_at or row.due_at).astimezone(self.patient.zone).time() if row else None

    @property
    def is_offered(self) -> bool:
        return self.asked_for is None and self.is_wanted and bool(self.times)

    @property
    def is_wanted(self) -> bool:
        """Something is left of today, and nothing keeps every reminder back."""
        answer = self.answer
        is_open = answer.situation == Situation.ASKED and answer.is_today
        is_left_out = answer.not_today is not None or answer.asks_for_rest
        return is_open and not is_left_out and self._choice.is_on

    @cached_property
    def times(self) -> list[time]:
        """Half hours of today, by the patient's clock: outside the gap after the last letter, not
        close to one that comes anyway, and not late in the evening.
        """
        _letter_at, counts_from = gap(self.patient, now=self.now)
        taken, comes = {row.at for row in self._rows}, list(self._comes_at())
        return [
            at
            for at, due_at in self._half_hours()
            if due_at >= counts_from
            and at not in taken
            and all(abs(due_at - other) >= LEAST_GAP for other in comes)
        ]

    def _half_hours(self) -> Iterator[tuple[time, datetime]]:
        for at in HALF_HOURS:
            if at < LATEST:
                yield at, instant(self.answer.reminder.on, at, self.patient.zone)

    def _comes_at(self) -> Iterator[datetime]:
        """When the day's other letters come: what waits, and the chosen times still ahead."""
        for row in self._rows:
            if row.state in OPEN:
                yield max(row.retry_at or row.due_at, self.now)
        day = self.answer.day
        for at in self._choice.at(day.asked_min) if day and day.asked_min else ():
            due_at = instant(self.answer.reminder.on, at, self.patient.zone)
            if due_at > self.now - timedelta(minutes=1) and self._choice.counts(at, due_at):
                yield due_at

    @cached_property
    def _choice(self) -> Choice:
        return chosen(self.patient)

    @cached_property
    def _rows(self) -> list[Reminder]:
        reminder = self.answer.reminder
        rows = OF_DAY(patient=reminder.patient_id, on=reminder.on)
        return [row for row in rows if row.channel == reminder.channel]
