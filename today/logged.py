"""A session that was logged, as the page after it reads it, and how far its day is. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.kept_query import KeptQuery
from accounts.models import Clinic
from patients.models import Day, Session, Tick
from patients.results import Went
from patients.schedule import local_date
from patients.services.pain import had_much_pain_on
from patients.services.sessions import may_still_change, results_of
from patients.so_far import Fall, milestone, pain_fall
from programmes.models import Item
from today.plan_week import PlanWeek, plan_week
from today.today_page import ITEMS

A_MOMENT = timedelta(minutes=1)
SEVERAL = 2  # sessions after which somebody is likely to come back


class Stands(StrEnum):
    """How far a day is."""

    SHORT = "short"
    COMPLETE = "complete"  # the smallest number that it asks for
    FULL = "full"  # the largest
    OVER = "over"


@dataclass(frozen=True)
class Ring:
    """Sessions of ``of``, before this one and with it; both are at most ``of``."""

    of: int
    before: int
    now: int

    @property
    def new(self) -> int:
        return self.now - self.before


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
        return DAY(day=self.session.day_id)[0]

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

    @cached_property
    def items(self) -> Sequence[Item]:
        """Every exercise of the version under which it was done."""
        return ITEMS(programme=self.session.programme_id)

    @cached_property
    def results(self) -> dict[UUID, Went]:
        return results_of(self.session)

    @property
    def is_counted(self) -> bool:
        """Whether any of it was done."""
        return any(went.is_some for went in self.results.values())

    @property
    def fills(self) -> bool:
        """Whether the ring fills: once, just after it was logged, and not after much pain."""
        return self.now - self.session.received_at < A_MOMENT and not self.has_much_pain

    @cached_property
    def hurt(self) -> list[Item]:
        """What was stopped because it hurt."""
        went = self.results
        return [i for i in self.items if i.pk in went and went[i.pk].result == Tick.Result.HURT]

    @property
    def may_suggest_home_screen(self) -> bool:
        """From the second session that counts on, and not after one that hurt."""
        if self.has_much_pain or self.hurt or not self.is_counted:
            return False
        return len(FIRST_COUNTED(patient=self.session.assignment.patient_id)) == SEVERAL

    # --- what is true of the programme

    @property
    def tells_so_far(self) -> bool:
        """Not after much pain, nor where nothing was done, nor to whoever did too much."""
        too_much = self.has_much_pain or (self.counts and self.stands == Stands.OVER)
        return self.is_counted and not too_much

    @property
    def week(self) -> PlanWeek | None:
        return plan_week(self.session.assignment, self.day.on)

    @cached_property
    def pain_fall(self) -> Fall | None:
        return pain_fall(self.session.assignment)

    @cached_property
    def milestone(self) -> int | None:
        return milestone(self.session)

    @property
    def ring(self) -> Ring | None:
        """How much of the day's smallest number is done; None on a day that asks for none."""
        asked = self.day.asked
        if asked is None or not self.counts:
            return None
        before = self.done - 1 if self.is_counted else self.done
        return Ring(asked.min, before=min(before, asked.min), now=min(self.done, asked.min))

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


DAY: KeptQuery[Day] = KeptQuery(
    lambda day: Day.objects.with_sessions_done().filter(pk=day), day=UUID
)
FIRST_COUNTED: KeptQuery[Any] = KeptQuery(
    lambda patient: (
        Session.objects.counted().filter(assignment__patient=patient).values_list("pk")[:SEVERAL]
    ),
    patient=UUID,
)
