"""What the patient did, as they read it: what was done, never what was not. Reads only.

The number of queries is the same for one exercise and for twenty, for one day and for a year.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from uuid import UUID

from accounts.kept_query import KeptQuery
from patients import day_marks
from patients.adherence import Adherence, first_day, of_days
from patients.exercise_tallies import Tally, Ticked, last_ticked, tallies_of
from patients.facts import Pain
from patients.models import Assignment, Day, Patient, Session
from patients.pain_line import MIDDAY, PainLine, Reading
from patients.plan_changes import changes_of
from patients.schedule import DAY, WEEK, local_date
from programmes.models import Item
from today.today_page import GIVEN, ITEMS

MONTHS = 12  # at most, this one among them
WEEKS = 6  # at least, if there were programmes before this one
WEEKS_LATELY = 4  # in which the results of each exercise are counted
MONTHS_OPEN = 2  # the earlier ones are opened by a press


DAYS: KeptQuery[Day] = KeptQuery(
    lambda patient, since, until: (
        Day.objects.filter(assignment__patient=patient, on__gte=since, on__lte=until)
        .with_sessions_done()
        .order_by("on", "assignment__assigned_at")  # the latest last
    ),
    patient=UUID,
    since=date,
    until=date,
)
PAINS: KeptQuery[tuple[date, int | None]] = KeptQuery(
    lambda patient, since, until: (
        Session.objects.not_undone()
        .filter(assignment__patient=patient, day__on__range=(since, until))
        .filter(pain_after__isnull=False)
        .order_by("day__on", "performed_at", "received_at")
        .values_list("day__on", "pain_after")
    ),
    patient=UUID,
    since=date,
    until=date,
)


@dataclass(frozen=True)
class PainWeek:
    """The scores of one week, Monday to Sunday, one a day."""

    begins_on: date
    pains: list[Pain]


@dataclass(frozen=True)
class Practised:
    """An exercise of the programme, and what became of it."""

    item: Item
    tally: Tally


@dataclass(frozen=True)
class Former:
    """An exercise that is no longer in the programme, and when it was last done."""

    ticked: Ticked
    last_on: date


@dataclass
class Progress:
    """What the page shows. Every part is read once, when it is first asked for."""

    record: Patient
    now: datetime

    weeks_lately = WEEKS_LATELY

    @cached_property
    def today(self) -> date:
        return local_date(self.now, self.record.zone)

    @cached_property
    def assignment(self) -> Assignment | None:
        """The running programme, else the one that ended last."""
        return next(iter(GIVEN(patient=self.record.pk)), None)

    # --- from when ---

    @property
    def _oldest(self) -> date:
        """The first of the earliest month that is shown of any programme, however long it runs."""
        year, month = divmod(self.today.year * 12 + self.today.month - MONTHS, 12)
        return date(year, month + 1, 1)

    @property
    def is_cut(self) -> bool:
        """The programme began before what is shown of it."""
        return self.assignment is not None and self.assignment.starts_on < self._oldest

    @cached_property
    def _days(self) -> dict[date, Day]:
        if self.assignment is None:
            return {}
        some_weeks = self.today - WEEK * WEEKS
        since = max(self._oldest, min(self.assignment.starts_on, some_weeks))
        return {day.on: day for day in DAYS(patient=self.record.pk, since=since, until=self.today)}

    @property
    def has_begun(self) -> bool:
        return bool(self._days)

    @property
    def since(self) -> date:
        """The first day that is shown."""
        return min(self._days, default=self.today)

    # --- what was done ---

    @property
    def sessions(self) -> int:
        return sum(day.sessions_done for day in self._days.values())

    @cached_property
    def _months(self) -> list[day_marks.Month]:
        """This month first; none without a programme in it."""
        months = day_marks.of_months(self._days, since=self.since, today=self.today)
        return [month for month in reversed(months) if month.has_days]

    @property
    def months(self) -> list[day_marks.Month]:
        return self._months[:MONTHS_OPEN]

    @property
    def earlier_months(self) -> list[day_marks.Month]:
        return self._months[MONTHS_OPEN:]

    @cached_property
    def last_days(self) -> Adherence:
        """Of the last 14 days of the running programme."""
        running = self.assignment if self.assignment and not self.assignment.ended_on else None
        first = first_day(self.today)
        lately = (day for on, day in self._days.items() if on >= first)
        return of_days(
            [day for day in lately if running and day.assignment_id == running.pk],
            today=self.today,
        )

    # --- pain ---

    @cached_property
    def pain(self) -> PainLine | None:
        """The last score of each day; None if there is none."""
        rows = PAINS(patient=self.record.pk, since=self.since, until=self.today)
        readings = [
            Reading(Pain(score=score, on=on), hour=MIDDAY)
            for on, score in dict(rows).items()
            if score is not None
        ]
        if not readings:
            return None
        changes = changes_of(self.record, since=self.since, until=self.today)
        return PainLine(readings, since=self.since, until=self.today, changes=changes)

    @property
    def pain_weeks(self) -> list[PainWeek]:
        """The same scores as numbers, this week first."""
        pains = [reading.pain for reading in self.pain.readings] if self.pain else []
        weeks = groupby(pains, key=lambda pain: pain.on - timedelta(pain.on.weekday()))
        return [PainWeek(monday, list(found)) for monday, found in weeks][::-1]

    # --- each exercise ---

    @cached_property
    def _items(self) -> list[Item]:
        """Of the version that is in force."""
        if self.assignment is None:
            return []
        today = self._days.get(self.today)
        version = today.programme_id if today else self.assignment.programme_id
        return ITEMS(programme=version)

    @cached_property
    def _tallies(self) -> dict[UUID, Tally]:
        lately = self.today - WEEK * WEEKS_LATELY + DAY
        return tallies_of(self.record, since=self.since, lately=lately, until=self.today)

    @property
    def exercises(self) -> list[Practised]:
        """In the order of the programme."""
        return [
            Practised(item, self._tallies.get(item.exercise_version.exercise_id, Tally()))
            for item in self._items
        ]

    @cached_property
    def former_exercises(self) -> list[Former]:
        """Those done in the time that is shown, the one done last first."""
        now = {item.exercise_version.exercise_id for item in self._items}
        done = {
            exercise: tally.last_on
            for exercise, tally in self._tallies.items()
            if exercise not in now and tally.last_on
        }
        if not done:
            return []
        ticked = last_ticked(self.record, since=self.since, until=self.today)
        former = [Former(ticked[exercise], last_on) for exercise, last_on in done.items()]
        return sorted(former, key=lambda one: one.last_on, reverse=True)
