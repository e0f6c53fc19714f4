"""A session that was logged, as the page after it reads it, and how far its day is. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from accounts.models import Clinic
from patients.models import Day, Session
from patients.schedule import local_date
from patients.services.pain import had_much_pain_on
from patients.services.sessions import may_still_change


class Stands(StrEnum):
    """How far a day is."""

    SHORT = "short"
    COMPLETE = "complete"  # the smallest number that it asks for
    FULL = "full"  # the largest
    OVER = "over"


@dataclass
class Logged:
    """What the page after a session says about it and its day."""

    session: Session
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return self.session.assignment.patient.zone

    @cached_property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    @cached_property
    def day(self) -> Day:
        return Day.objects.with_sessions_done().get(pk=self.session.day_id)

    @property
    def done(self) -> int:
        return self.day.sessions_done

    @property
    def clinic(self) -> Clinic:
        return self.session.assignment.patient.clinic

    @cached_property
    def has_much_pain(self) -> bool:
        """Whether this session's score, or the last one of its day, asks for rest."""
        return had_much_pain_on(self.day.on, self.session.assignment)

    @property
    def is_undone(self) -> bool:
        return self.session.undone_at is not None

    @property
    def is_today(self) -> bool:
        return self.session.day.on == self.today

    @property
    def is_open(self) -> bool:
        """Whether the patient may still describe it or take it back."""
        return not self.is_undone and may_still_change(self.day, today=self.today)

    @property
    def counts(self) -> bool:
        return self.day.state == Day.State.ASKED

    @property
    def stands(self) -> Stands:
        asked = self.day.asked
        if asked is None or self.done < asked.min:
            return Stands.SHORT
        if self.done < asked.max:
            return Stands.COMPLETE
        return Stands.FULL if self.done == asked.max else Stands.OVER
