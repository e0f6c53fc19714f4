"""Today as the patient's page reads it: what to do now, and what is done. Reads only.

The number of queries is the same for one exercise and for twenty, for one day of
history and for sixty.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.kept_query import KeptQuery
from accounts.models import User
from patients import day_marks
from patients.models import Assignment, Day, NotToday, Patient, Pause, Session
from patients.schedule import DAY, WEEK, is_from_an_earlier_day, local_date
from patients.services.pain import Scores, last_scores, much_pain
from patients.services.sessions import hurt_on, times_done
from programmes.models import Item
from programmes.next_session_items import Offer, minutes_left, minutes_of, offers, one_tap
from reminders.next_reminder import NextReminder, next_reminder
from today.plan_week import PlanWeek, plan_week
from today.what_was_done import WhatWasDone

MORNING, AFTERNOON, EVENING = 4, 12, 18  # the hours at which they begin


GIVEN: KeptQuery[Assignment] = KeptQuery(
    lambda patient: (
        Assignment.objects.filter(patient=patient)
        .select_related("programme__words")
        .running_first()[:1]
    ),
    patient=UUID,
)
DAYS: KeptQuery[Day] = KeptQuery(
    lambda assignment, first, over: (
        Day.objects.filter(assignment=assignment, on__gte=first, on__lt=over)
        .with_sessions_done()
        .select_related("not_today")
    ),
    assignment=UUID,
    first=date,
    over=date,
)
LAST_SESSION: KeptQuery[UUID] = KeptQuery(
    lambda day: (
        Session.objects.not_undone().filter(day=day).newest_first().values_list("pk", flat=True)[:1]
    ),
    day=UUID,
)
ITEMS: KeptQuery[Item] = KeptQuery(
    lambda programme: Item.objects.filter(programme=programme).select_related(
        "exercise_version__exercise"
    ),
    programme=UUID,
)


class PartOfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Situation(StrEnum):
    """Which form the page takes today."""

    NONE = "none"  # no programme yet
    ENDED = "ended"
    UPCOMING = "upcoming"  # it starts on a later date
    ASKED = "asked"
    REST = "rest"
    PAUSED = "paused"
    NOT_STARTED = "not_started"


@dataclass(frozen=True)
class Card:
    """One exercise on the page."""

    item: Item
    is_done: bool
    is_left_out: bool = False  # it hurt today: not offered again before tomorrow


@dataclass
class Today:
    """What the page shows. Every part is read once, when it is first asked for."""

    record: Patient
    now: datetime

    @cached_property
    def on(self) -> date:
        return local_date(self.now, self.record.zone)

    @property
    def part_of_day(self) -> PartOfDay | None:
        """None where it is not known at which hour the page is read."""
        hour = self.now.astimezone(self.record.zone).hour
        if MORNING <= hour < AFTERNOON:
            return PartOfDay.MORNING
        return PartOfDay.AFTERNOON if AFTERNOON <= hour < EVENING else PartOfDay.EVENING

    @cached_property
    def assignment(self) -> Assignment | None:
        """The running programme, else the one that ended last."""
        return next(iter(GIVEN(patient=self.record.pk)), None)

    @cached_property
    def situation(self) -> Situation:
        if self.assignment is None:
            return Situation.NONE
        if self.assignment.ended_on is not None:
            return Situation.ENDED
        if self.on < self.assignment.starts_on:
            return Situation.UPCOMING
        return Situation(self.day.state) if self.day else Situation.NOT_STARTED

    @property
    def is_check_up_due(self) -> bool:
        """The day of the review has passed, and the programme goes on."""
        running = self.assignment if self.situation != Situation.ENDED else None
        return running is not None and running.review_on < self.on

    @cached_property
    def was_done(self) -> WhatWasDone | None:
        """Of a programme that has ended."""
        if self.assignment is None or self.situation != Situation.ENDED:
            return None
        return WhatWasDone(self.assignment)

    @cached_property
    def _days(self) -> dict[date, Day]:
        """This week's and yesterday's."""
        if self.assignment is None:
            return {}
        monday = self.on - timedelta(self.on.weekday())
        first, over = min(monday, self.on - DAY), monday + WEEK
        days = DAYS(assignment=self.assignment.pk, first=first, over=over)
        for day in days:
            day.assignment = self.assignment
        return {day.on: day for day in days}

    @property
    def day(self) -> Day | None:
        return self._days.get(self.on)

    @property
    def week(self) -> list[day_marks.Mark]:
        """Monday to Sunday."""
        [week] = day_marks.of_weeks(self._days, weeks=1, today=self.on)
        return week

    @property
    def plan_week(self) -> PlanWeek | None:
        """Counted up to the check-up; None before the first day."""
        return plan_week(self.assignment, self.on) if self.assignment else None

    @cached_property
    def next_reminder(self) -> NextReminder | None:
        """None once nothing more is asked today, too: a page that says "rest" says no more."""
        is_open = self.situation == Situation.ASKED and not self.is_over_for_today
        if not is_open and self.situation != Situation.REST:
            return None
        return next_reminder(self.record, now=self.now)

    @cached_property
    def paused_until(self) -> date | None:
        """The last paused date; None while nobody has set one."""
        pauses = Pause.objects.filter(assignment=self.assignment, from_on__lte=self.on)
        covering = pauses.filter(Q(until_on=None) | Q(until_on__gte=self.on))
        latest = covering.order_by(F("until_on").desc(nulls_first=True))
        return latest.values_list("until_on", flat=True).first()

    # --- how far today is ---

    @property
    def done(self) -> int:
        return self.day.sessions_done if self.day else 0

    @cached_property
    def last_session(self) -> UUID | None:
        """Today's last one, which can still be changed or undone; None before the first."""
        return next(iter(LAST_SESSION(day=self.day.pk)), None) if self.day and self.done else None

    @property
    def is_complete(self) -> bool:
        return bool(self.day and self.day.asked and self.done >= self.day.asked.min)

    @property
    def is_full(self) -> bool:
        """The most that is asked for is done: a further session is advised against."""
        return bool(self.day and self.day.is_full)

    @property
    def is_over_for_today(self) -> bool:
        """Enough is done, or nothing more is coming."""
        return self.is_complete or self.has_much_pain or self.not_today is not None

    @property
    def asks_for_more(self) -> bool:
        """Another session is to be done today, and there is something to do in it."""
        is_asked = self.situation == Situation.ASKED and not self.is_over_for_today
        return is_asked and bool(self.next_items)

    @cached_property
    def _scores(self) -> list[Scores]:
        return last_scores(self.assignment) if self.assignment else []

    @property
    def first_pain(self) -> int | None:
        """The first score of today, 0–10, against which a rise within the day is measured."""
        said = (score for one in self._scores if one.on == self.on for score in one.in_turn)
        return next((score for score in said if score is not None), None)

    @cached_property
    def _much_pain(self) -> list[tuple[date, bool]]:
        """Of the last sessions with a score, the newest first: the day, and if it was much."""
        scores = self._scores
        return list(zip((one.on for one in scores), much_pain(scores), strict=True))[::-1]

    @property
    def has_much_pain(self) -> bool:
        """Whether the last score of today asks for rest rather than praise."""
        return self._much_pain[:1] == [(self.on, True)]

    @property
    def has_much_pain_again(self) -> bool:
        """Whether it is the second time in a row."""
        return self.has_much_pain and [much for _on, much in self._much_pain[:2]] == [True, True]

    @cached_property
    def has_told_of_pain(self) -> bool:
        """The clinic was told, and nobody has been in touch yet."""
        return bool(self.record.pain_reports.open().exists())

    @property
    def not_today(self) -> NotToday | None:
        """Why no more is coming today, if the patient said so."""
        return getattr(self.day, "not_today", None)

    @property
    def open_yesterday(self) -> Day | None:
        """Yesterday, while something can still be added to what it asked for."""
        day = self._days.get(self.on - DAY) if self.situation != Situation.ENDED else None
        if day is None or day.state != Day.State.ASKED or day.asked is None:
            return None
        return None if day.is_full else day

    @property
    def is_night(self) -> bool:
        """Yesterday's evening may still be going on: its session may be begun, or gone on with."""
        return not is_from_an_earlier_day(self.on - DAY, now=self.now, zone=self.record.zone)

    @property
    def begun_days(self) -> list[Day]:
        """The days whose session, begun on this device, may be gone on with."""
        dates = [self.on, self.on - DAY] if self.is_night else [self.on]
        return [self._days[on] for on in dates if on in self._days]

    # --- what to do ---

    @cached_property
    def items(self) -> Sequence[Item]:
        """Every exercise of the programme that is in force."""
        if self.assignment is None:
            return []
        programme = self.day.programme_id if self.day else self.assignment.programme_id
        return ITEMS(programme=programme)

    @cached_property
    def _times_done(self) -> Counter[UUID]:
        return times_done(self.day) if self.day and self.done else Counter()

    @cached_property
    def _left_out(self) -> set[UUID]:
        """What hurt today."""
        return hurt_on(self.day) if self.day else set()

    @cached_property
    def _offers(self) -> list[Offer]:
        if self.day is None or self.assignment is None:
            return []
        starts_on, left_out = self.assignment.starts_on, self._left_out
        return offers(
            self.items, self._times_done, on=self.on, starts_on=starts_on, left_out=left_out
        )

    @cached_property
    def next_items(self) -> list[Item]:
        """What one tap would mark as done."""
        return one_tap(self._offers)

    @property
    def is_part_of_it(self) -> bool:
        """Some of today's exercises have had their share already."""
        return len(self.next_items) < len(self.cards)

    @cached_property
    def cards(self) -> list[Card]:
        """The exercises of today; all of them where today asks for none."""
        return [self._card(item) for item in self.items if self._is_due(item)] or [
            self._card(item) for item in self.items
        ]

    @cached_property
    def other_cards(self) -> list[Card]:
        """The programme's exercises for other days."""
        today = {card.item.pk for card in self.cards}
        return [self._card(item) for item in self.items if item.pk not in today]

    def _is_due(self, item: Item) -> bool:
        start = self.assignment.starts_on if self.assignment else self.on
        return item.numbers.is_due_on(self.on, starts_on=start)

    def _card(self, item: Item) -> Card:
        is_done = self._times_done[item.pk] >= item.per_day_min
        return Card(item, is_done, is_left_out=item.pk in self._left_out)

    @property
    def all_cards(self) -> list[Card]:
        """Every exercise, to read: nothing about what is done today."""
        return [Card(item, is_done=False) for item in self.items]

    @property
    def minutes_left(self) -> Sequence[int]:
        """How long each session takes that the day still asks for, in turn; none on other days."""
        if self.situation != Situation.ASKED or self.assignment is None:
            return []
        starts_on, left_out = self.assignment.starts_on, self._left_out
        return minutes_left(
            self.items, self._times_done, on=self.on, starts_on=starts_on, left_out=left_out
        )

    @property
    def minutes(self) -> int:
        """About how long the next session takes: what one tap would mark as done."""
        return minutes_of(self.next_items or [card.item for card in self.cards])


def items_of(records: Iterable[Patient]) -> QuerySet[Item]:
    """The exercises that these records were ever given, today's and earlier ones."""
    given = Q(programme__assignment__patient__in=records)
    on_a_day = Q(
        programme__in=Day.objects.filter(assignment__patient__in=records).values("programme")
    )
    return Item.objects.filter(given | on_a_day)


OWN_ITEM: KeptQuery[Item] = KeptQuery(
    lambda user, item: (
        items_of(Patient.objects.own_of(User(pk=user)))
        .filter(pk=item)
        .select_related("exercise_version__exercise", "programme")
        .prefetch_related("exercise_version__shown__photo")
    ),
    user=UUID,
    item=UUID,
)


def given_to(records: Sequence[Patient], item: Item) -> Patient:
    """Which of these records was given this exercise; of several, one with a warning sign first."""
    if len(records) == 1:
        return records[0]
    stopped_first = sorted(records, key=lambda record: not record.is_stopped)
    return next(one for one in stopped_first if items_of([one]).filter(pk=item.pk).exists())
