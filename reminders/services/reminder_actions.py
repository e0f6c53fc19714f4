"""What the buttons of a reminder's page do: each its one thing, once."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import NotPossible
from patients.models import HeldEntry, NotToday, Session
from patients.services import sessions, signs
from patients.services.days import lock
from reminders.models import Reminder
from reminders.reminder_page import Answer, Situation


class AnotherOne(NotPossible):
    """A session was logged within the last 10 minutes: was this one more?"""


@transaction.atomic
def done(
    reminder: Reminder, *, attempt: int = 0, is_another: bool = False, now: datetime
) -> Session:
    """Log one session of the reminder's day, as one tap on Today does; pressed twice it is one.

    ``attempt`` is how often it was undone when the button was shown: one shown before an undo
    brings nothing back.
    Raises AnotherOne, which ``is_another`` answers, NotPossible where nothing is asked, and
    Stopped while a warning sign is unchecked.
    """
    lock(reminder.assignment)
    answer = Answer(reminder, now)
    _refuse_stopped(answer)
    attempt = min(attempt, answer.taken_back)
    if known := answer.session or answer.logged_at(attempt):
        return known
    day, user = answer.day, answer.user
    if answer.situation != Situation.ASKED or day is None or user is None or not answer.can_log:
        raise NotPossible(_("Nothing more is asked on that day."))
    key = answer.client_id(attempt)
    if not is_another and sessions.is_soon_after_last(day, client_id=key, now=now):
        raise AnotherOne(_("A session was saved a few minutes ago."))
    return sessions.log_session(day, client_id=key, by=user, now=now)


@transaction.atomic
def score(reminder: Reminder, *, pain: int, now: datetime) -> None:
    """Keep how much pain, 0–10, was said after the session that this reminder logged; the last
    score counts. What else was said of it stays.

    Raises NotPossible where there is no such session, and once its day is over.
    """
    answer = Answer(reminder, now)
    session, user = answer.session, answer.user
    if session is None or user is None:
        raise NotPossible(_("There is no session to say it of."))
    sessions.take_turn(session)
    sessions.describe_session(
        session, pain_after=pain, effort=session.effort, note=session.note, by=user, now=now
    )


@transaction.atomic
def undo(reminder: Reminder, *, now: datetime) -> None:
    """Take back the session that this reminder logged, and no other; or that day's "not today",
    while the day lasts. Raises NotPossible.
    """
    answer = Answer(reminder, now)
    if answer.session is None and answer.not_today and answer.is_today and answer.user:
        sessions.take_back_not_today(answer.not_today.day, by=answer.user, now=now)
        return
    if answer.session is None and answer.taken_back:  # pressed twice
        return
    if answer.session is None or answer.user is None:
        raise NotPossible(_("There is nothing to take back."))
    sessions.undo_session(answer.session, by=answer.user, now=now)


@transaction.atomic
def not_today(reminder: Reminder, *, reason: str, now: datetime) -> NotToday:
    """Keep a ``NotToday.Reason`` for the clinic; no more reminders come that day.

    Raises NotPossible where nothing is asked, and once the day is over; Stopped while a
    warning sign is unchecked.
    """
    lock(reminder.assignment)
    answer = Answer(reminder, now)
    _refuse_stopped(answer)
    if answer.situation != Situation.ASKED or answer.day is None or answer.user is None:
        raise NotPossible(_("Nothing more is asked on that day."))
    if not answer.is_today:
        raise NotPossible(_("That day is over."))
    return sessions.say_not_today(answer.day, reason=reason, by=answer.user, now=now)


def _refuse_stopped(answer: Answer) -> None:
    if answer.situation == Situation.STOPPED:
        raise sessions.Stopped(_("Leave the exercises until your clinic has spoken to you."))


@transaction.atomic
def hold(reminder: Reminder, *, what: HeldEntry.What, note: str = "", now: datetime) -> None:
    """Keep for the clinic what was pressed while a warning sign is unchecked, if it is not
    too much by now. The page says whom to call either way.
    """
    answer = Answer(reminder, now)
    if answer.user is None:
        return
    with suppress(signs.TooMuch):
        signs.hold(
            reminder.patient,
            what=what,
            client_id=answer.client_id(),
            on=reminder.on,
            by=answer.user,
            now=now,
            note=note,
        )
