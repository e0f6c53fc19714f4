"""Today as it will be on its day, to be kept on a phone and shown there without a network. Reads only."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Self
from uuid import UUID

from patients import day_marks
from patients.models import Day, Patient
from patients.schedule import DAY, WEEK, instant, local_date
from patients.services.pain import Scores
from reminders.next_reminder import NextReminder
from today.today_page import PartOfDay, Today

NOON = time(12)  # any hour will do: nothing on a page that is kept goes by it
DAYS_KEPT = 4


def dates_kept(record: Patient, *, now: datetime) -> list[date]:
    """The dates of which a phone keeps the pages: today and the next three, on their calendar."""
    today = local_date(now, record.zone)
    return [today + timedelta(n) for n in range(DAYS_KEPT)]


@dataclass
class KeptToday(Today):
    """The page of the day ``shown``, as it is kept at ``kept_at``.

    Of a coming day nothing is done yet, and nothing is said of the days until then: what is done
    on them without a network is not known here.
    """

    shown: Day
    kept_at: datetime

    @classmethod
    def of_day(cls, day: Day, record: Patient, *, now: datetime) -> Self:
        page = cls(record, instant(day.on, NOON, record.zone), day, now)
        page.assignment = day.assignment
        return page

    def use(self, days: Mapping[date, Day]) -> None:
        """Take these for the days of its week and the one before it, instead of asking for them."""
        monday = self.on - timedelta(self.on.weekday())
        first, over = min(monday, self.on - DAY), monday + WEEK
        self._days = {on: day for on, day in days.items() if first <= on < over}

    @property
    def is_to_come(self) -> bool:
        return self.on > local_date(self.kept_at, self.record.zone)

    @property
    def part_of_day(self) -> PartOfDay | None:
        """At which hour it will be read is not known."""
        return None

    @cached_property
    def next_reminder(self) -> NextReminder | None:
        """It may have come by then."""
        return None

    @property
    def week(self) -> list[day_marks.Mark]:
        return [] if self.is_to_come else super().week

    @cached_property
    def _scores(self) -> list[Scores]:
        return [] if self.is_to_come else super()._scores

    @cached_property
    def _times_done(self) -> Counter[UUID]:
        return Counter() if self.is_to_come else super()._times_done

    @cached_property
    def _left_out(self) -> set[UUID]:
        return set() if self.is_to_come else super()._left_out
