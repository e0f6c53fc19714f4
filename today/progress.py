"""The last six weeks as the patient reads them: what was done, never what was not. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from patients import day_marks
from patients.adherence import Adherence, of_days
from patients.facts import Pain
from patients.models import Day, Patient, Session
from patients.pain_line import PainLine, Reading
from patients.schedule import WEEK, local_date

WEEKS = 6
MIDDAY = 12  # where a day stands that has one score


@dataclass(frozen=True)
class Week:
    """Monday to Sunday, and how many sessions were done in it."""

    days: list[day_marks.Mark]
    sessions: int

    @property
    def begins_on(self) -> date:
        return self.days[0].on


@dataclass
class Progress:
    record: Patient
    now: datetime

    @cached_property
    def today(self) -> date:
        return local_date(self.now, self.record.zone)

    @property
    def _monday(self) -> date:
        """Of the first of the six weeks."""
        return self.today - timedelta(self.today.weekday()) - WEEK * (WEEKS - 1)

    @cached_property
    def _days(self) -> dict[date, Day]:
        days = Day.objects.filter(
            assignment__patient=self.record, on__gte=self._monday, on__lte=self.today
        )
        latest_last = days.with_sessions_done().order_by("on", "assignment__assigned_at")
        return {day.on: day for day in latest_last}

    @property
    def weeks(self) -> list[Week]:
        """This week first; none before the first day of the first programme."""
        weeks = day_marks.of_weeks(self._days, weeks=WEEKS, today=self.today)
        begun = [week for week in weeks if any(mark.on in self._days for mark in week)]
        return [Week(week, self._sessions_in(week)) for week in reversed(begun)]

    def _sessions_in(self, week: list[day_marks.Mark]) -> int:
        return sum(self._days[mark.on].sessions_done for mark in week if mark.on in self._days)

    @cached_property
    def last_days(self) -> Adherence:
        """Of the last 14 days of the running programme."""
        running = Day.objects.filter(
            assignment__patient=self.record, assignment__ended_on=None, on__gte=self._monday
        )
        return of_days(running.with_sessions_done(), today=self.today)

    @cached_property
    def pain(self) -> PainLine | None:
        """The last score of each day; None if there is none."""
        sessions = Session.objects.not_undone().filter(
            assignment__patient=self.record,
            day__on__gte=self._monday,
            pain_after__isnull=False,
        )
        rows = sessions.order_by("day__on", "performed_at", "received_at").values_list(
            "day__on", "pain_after"
        )
        readings = [
            Reading(Pain(score=score, on=on), hour=MIDDAY)
            for on, score in dict(rows).items()
            if score is not None
        ]
        if not readings:
            return None
        return PainLine(readings, since=self._monday, until=self.today)
