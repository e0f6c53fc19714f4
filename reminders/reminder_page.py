"""What can be answered to a reminder, as its day stands now. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from accounts.kept_query import KeptQuery
from accounts.models import User
from patients.models import Day, NotToday, Session, WarningSign
from patients.rest_of_day import had_much_pain, has_only_what_hurt_left
from patients.schedule import local_date
from patients.services.pain import had_much_pain_on
from reminders import tokens
from reminders.models import Reminder

ATTEMPTS = 20  # sessions that one reminder can log and take back


DAYS: KeptQuery[Day] = KeptQuery(
    lambda assignment, on: (
        Day.objects.filter(assignment=assignment, on=on)
        .with_sessions_done()
        .select_related("not_today")
    ),
    assignment=UUID,
    on=date,
)
STOPPING: KeptQuery[WarningSign] = KeptQuery(
    lambda patient: WarningSign.objects.filter(patient=patient).stopping()[:1], patient=UUID
)
IS_REST: KeptQuery[bool] = KeptQuery(
    lambda day: (
        Day.objects.filter(pk=day)
        .annotate(is_rest=has_only_what_hurt_left())
        .values_list("is_rest", flat=True)
    ),
    day=UUID,
)
LOGGED: KeptQuery[Session] = KeptQuery(
    lambda assignment, **keys: Session.objects.filter(
        assignment=assignment, client_id__in=keys.values()
    ).select_related("day"),
    assignment=UUID,
    **{f"key_{n}": UUID for n in range(ATTEMPTS)},
)


class Situation(StrEnum):
    """Whether anything is asked, and if not, why not."""

    ASKED = "asked"
    COMPLETE = "complete"
    STOPPED = "stopped"  # by a warning sign that nobody has checked
    PAUSED = "paused"
    ENDED = "ended"
    NOTHING = "nothing"  # a rest day, or no day any more
    CLOSED = "closed"  # nobody may sign in for this record


@dataclass
class Answer:
    """What the page of a reminder shows, and what its buttons may do."""

    reminder: Reminder
    now: datetime

    @property
    def user(self) -> User | None:
        """On whose behalf the buttons act; None once the account is closed."""
        user = self.reminder.patient.user
        return user if user is not None and user.is_active else None

    @cached_property
    def day(self) -> Day | None:
        found = DAYS(assignment=self.reminder.assignment_id, on=self.reminder.on)
        return found[0] if found else None

    @cached_property
    def situation(self) -> Situation:
        if self.user is None:
            return Situation.CLOSED
        if self.is_stopped:
            return Situation.STOPPED
        if self.reminder.assignment.ended_on is not None:
            return Situation.ENDED
        return self._of_the_day()

    @cached_property
    def is_stopped(self) -> bool:
        """By a warning sign, until the clinic says that it goes on."""
        return bool(STOPPING(patient=self.reminder.patient_id))

    def _of_the_day(self) -> Situation:
        if self.day is not None and self.day.state == Day.State.PAUSED:
            return Situation.PAUSED
        if self.day is None or self.day.state != Day.State.ASKED or self.day.asked is None:
            return Situation.NOTHING
        is_complete = self.day.sessions_done >= self.day.asked.min
        return Situation.COMPLETE if is_complete else Situation.ASKED

    @cached_property
    def has_much_pain(self) -> bool:
        """Whether the day's last score asks for rest rather than praise."""
        return had_much_pain_on(self.reminder.on, self.reminder.assignment)

    @cached_property
    def asks_for_rest(self) -> bool:
        """Whether nothing should be begun any more that day, though less was done than it asks."""
        if self.day is None or self.has_much_pain:
            return self.has_much_pain
        [is_rest] = IS_REST(day=self.day.pk) or [False]
        return is_rest

    @property
    def is_over(self) -> bool:
        """Its buttons do nothing any more."""
        return self.now > self.reminder.due_at + tokens.A_DAY

    @property
    def may_start(self) -> bool:
        """Whether a session of that day may be begun now."""
        is_asked = self.situation == Situation.ASKED and self.day is not None
        return is_asked and not self.asks_for_rest

    @property
    def is_today(self) -> bool:
        """Whether the reminder's day is still going on where the patient is."""
        return local_date(self.now, self.reminder.patient.zone) == self.reminder.on

    @property
    def done_in_words(self) -> str:
        """ "1 of 2–3 done"."""
        if self.day is None or self.day.asked is None:
            return ""
        return _("%(done)d of %(asked)s done") % {
            "done": self.day.sessions_done,
            "asked": self.day.asked,
        }

    def client_id(self, attempt: int = 0) -> UUID:
        """The key of the one session that this reminder can log, however often it is pressed.

        After each undo there is another one: a press from before the undo stays undone.
        """
        return uuid5(self.reminder.pk, f"done {attempt}" if attempt else "done")

    @cached_property
    def _logged(self) -> dict[UUID, Session]:
        """Every session that was logged from this reminder, those taken back too."""
        keys = {f"key_{n}": key for n, key in enumerate(self.client_ids)}
        logged = LOGGED(assignment=self.reminder.assignment_id, **keys)
        return {one.client_id: one for one in logged}

    @property
    def client_ids(self) -> list[UUID]:
        """The key of each session that it can log."""
        return [self.client_id(attempt) for attempt in range(ATTEMPTS)]

    def logged_at(self, attempt: int) -> Session | None:
        return self._logged.get(self.client_id(attempt))

    @property
    def session(self) -> Session | None:
        """The session logged from this reminder that counts."""
        return next((one for one in self._logged.values() if one.undone_at is None), None)

    @property
    def taken_back(self) -> int:
        """How often it was undone: the number of the next attempt."""
        return sum(one.undone_at is not None for one in self._logged.values())

    @property
    def can_log(self) -> bool:
        return self.taken_back < ATTEMPTS

    @cached_property
    def not_today(self) -> NotToday | None:
        """What was said about this day."""
        return getattr(self.day, "not_today", None)


def answers(reminders: Sequence[Reminder], now: datetime) -> list[Answer]:
    """An answer for each, in their order, by as many queries as one takes."""
    found = [Answer(reminder, now) for reminder in reminders]
    of = {"assignment__in": {one.assignment_id for one in reminders}}
    days = Day.objects.with_sessions_done().filter(**of, on__in={one.on for one in reminders})
    days = days.select_related("not_today").annotate(
        much_pain=had_much_pain(), only_what_hurt=has_only_what_hurt_left()
    )
    by_date: dict[tuple[UUID, date], Any] = {(one.assignment_id, one.on): one for one in days}
    keys = [key for answer in found for key in answer.client_ids]
    sessions = Session.objects.filter(**of, client_id__in=keys).select_related("day")
    patients = {one.patient_id for one in reminders}
    signs = WarningSign.objects.filter(patient__in=patients).stopping()
    stopped = set(signs.values_list("patient", flat=True))
    for answer in found:
        day = by_date.get((answer.reminder.assignment_id, answer.reminder.on))
        answer.day, answer.not_today = day, getattr(day, "not_today", None)
        answer.is_stopped = answer.reminder.patient_id in stopped
        answer.has_much_pain = day is not None and day.much_pain
        answer.asks_for_rest = day is not None and (day.much_pain or day.only_what_hurt)
        answer._logged = {
            one.client_id: one for one in sessions if one.client_id in answer.client_ids
        }
    return found
