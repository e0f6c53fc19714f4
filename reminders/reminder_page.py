"""What can be answered to a reminder, as its day stands now. Reads only."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _

from accounts.models import User
from patients.models import Day, NotToday, Session
from patients.rest_of_day import has_only_what_hurt_left
from patients.schedule import local_date
from patients.services.pain import had_much_pain_on
from reminders.models import Reminder

ATTEMPTS = 20  # sessions that one reminder can log and take back


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
        days = Day.objects.with_sessions_done().filter(on=self.reminder.on)
        found: Day | None = days.filter(assignment=self.reminder.assignment_id).first()
        return found

    @cached_property
    def situation(self) -> Situation:
        if self.user is None:
            return Situation.CLOSED
        if self.reminder.patient.warning_signs.stopping().exists():
            return Situation.STOPPED
        if self.reminder.assignment.ended_on is not None:
            return Situation.ENDED
        return self._of_the_day()

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
        days = Day.objects.annotate(is_rest=has_only_what_hurt_left())
        return bool(days.filter(pk=self.day.pk, is_rest=True).exists())

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

    def client_id(self, attempt: int = 0) -> uuid.UUID:
        """The key of the one session that this reminder can log, however often it is pressed.

        After each undo there is another one: a press from before the undo stays undone.
        """
        return uuid.uuid5(self.reminder.pk, f"done {attempt}" if attempt else "done")

    @cached_property
    def _logged(self) -> dict[uuid.UUID, Session]:
        """Every session that was logged from this reminder, those taken back too."""
        keys = [self.client_id(attempt) for attempt in range(ATTEMPTS)]
        logged = Session.objects.filter(assignment=self.reminder.assignment_id, client_id__in=keys)
        return {one.client_id: one for one in logged.select_related("day")}

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
        return NotToday.objects.filter(day=self.day).first() if self.day else None
