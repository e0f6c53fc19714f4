"""For yesterday, or for today? What a tick from a page of an earlier date leaves open. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Q, QuerySet

from patients.models import Day
from patients.schedule import DAY, is_from_an_earlier_day, local_date
from patients.services.sessions import may_still_change


@dataclass
class WhichDay:
    """The question, for a tick on the form of ``day`` on a page made on ``page_on``.

    What the phone says of the time is not asked: a clock that is slow would credit yesterday.
    """

    day: Day
    page_on: date
    now: datetime

    @property
    def is_open(self) -> bool:
        """Whether it has to be asked: the page is old, and there is a day to choose."""
        return self._is_old and bool(self.days)

    @property
    def _is_old(self) -> bool:
        zone = self.day.assignment.patient.zone
        return is_from_an_earlier_day(self.page_on, now=self.now, zone=zone)

    @cached_property
    def today(self) -> date:
        return local_date(self.now, self.day.assignment.patient.zone)

    @cached_property
    def days(self) -> list[Day]:
        """Yesterday and today, as far as a session can be ticked off on them, with what is done."""
        by_date: dict[date, Day] = {}
        for day in self._candidates():
            if day.on not in by_date or day.assignment_id == self.day.assignment_id:
                by_date[day.on] = day
        return [by_date[on] for on in sorted(by_date)]

    def _candidates(self) -> QuerySet[Day]:
        """Days of the running programme, and of the one that the page showed; the newest first.

        A programme that has ended takes no more sessions today, as on the page itself.
        """
        running = Q(assignment__patient=self.day.assignment.patient_id, assignment__ended_on=None)
        shown_yesterday = Q(assignment=self.day.assignment_id, on=self.today - DAY)
        days = Day.objects.with_sessions_done().filter(running | shown_yesterday)
        dates = [self.today - DAY, self.today]
        found = days.filter(on__in=dates).exclude(state=Day.State.NOT_STARTED)
        return found.order_by("-assignment__assigned_at")

    @property
    def takes_yesterday(self) -> bool:
        return any(day.on < self.today for day in self.days)

    @property
    def takes_today(self) -> bool:
        return any(day.on == self.today for day in self.days)

    @property
    def shows_a_day_that_is_over(self) -> bool:
        """Whether only the clinic can still add to the day that the page showed."""
        return not may_still_change(self.day, today=self.today)

    @property
    def has_ended(self) -> bool:
        """Whether the programme of the page is over."""
        return self.day.assignment.ended_on is not None
