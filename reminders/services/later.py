""" "Later today", and taking it back: each once, without a sign-in."""

from datetime import datetime, time

from django.db import transaction
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import Action
from accounts.services import NotPossible
from outbox.models import State
from patients.schedule import DAY, instant
from patients.services.days import lock
from reminders.models import Reminder
from reminders.reminder_page import Answer
from reminders.rules import GRACE
from reminders.services.choices import take_turn
from reminders.services.later_offer import Later


@transaction.atomic
def remind_later(reminder: Reminder, *, at: time, now: datetime) -> Reminder:
    """Write one more reminder of this one's day ahead of its time, at a local time that is offered.

    Pressed twice it is one. Raises NotPossible for a time that is not offered (any more), and
    where one was asked for at another time.
    """
    take_turn(reminder.patient)  # before its programme, as whoever moves the record does
    lock(reminder.assignment)
    later = Later(Answer(reminder, now))
    if known := later.asked_for:
        if known.at == at:
            return known
        words = _("You have asked for one more already, at %(at)s.")
        raise NotPossible(words % {"at": time_format(later.comes_at or known.at, "TIME_OF_DAY")})
    if not later.is_offered:
        raise NotPossible(_("No more reminders can be asked for today."))
    if at not in later.times:
        words = _("%(at)s is not possible. Choose another time.")
        raise NotPossible(words % {"at": time_format(at, "TIME_OF_DAY")})
    audit.record_about(reminder.patient, None, Action.REMINDER_ASKED_FOR, now=now)
    return _write(reminder, at, now=now)


def _write(reminder: Reminder, at: time, *, now: datetime) -> Reminder:
    zone = reminder.patient.zone
    due_at, midnight = (
        instant(reminder.on, at, zone),
        instant(reminder.on + DAY, time(), zone),
    )
    row: Reminder = Reminder.objects.create(
        patient=reminder.patient,
        assignment=reminder.assignment,
        on=reminder.on,
        at=at,
        channel=reminder.channel,
        origin=Reminder.Origin.LATER,
        due_at=due_at,
        expires_at=min(due_at + GRACE, midnight),
        planned_at=now,
    )
    return row


@transaction.atomic
def take_back_later(reminder: Reminder, *, now: datetime) -> None:
    """No letter at the time that was asked for, which may then be asked for at another time.

    Pressed twice it is once. Raises NotPossible when it has begun to leave.
    """
    take_turn(reminder.patient)
    later = Later(Answer(reminder, now))
    if later.asked_for is None:
        return
    # Nothing has left and nothing came of it: no trace is worth a second row in its place.
    waiting = Reminder.objects.filter(pk=later.asked_for.pk, state=State.DUE, doubts=0)
    deleted, _of_tables = waiting.delete()
    if not deleted:
        raise NotPossible(_("It is too late to take this back."))
    audit.record_about(reminder.patient, None, Action.REMINDER_TAKEN_BACK, now=now)
