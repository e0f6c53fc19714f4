"""What became of a reminder, in a sentence: one for the clinic's staff, one for the patient."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.models import State
from patients.models import Patient
from reminders.history import History, Line, Silent
from reminders.silence import Reason

# Why, to the patient; each goes on after a colon.
TO_PATIENT: dict[str, str | Promise] = {
    Reason.NO_DAY: gettext_lazy("nothing was asked of you"),
    Reason.ENDED: gettext_lazy("your programme has ended"),
    Reason.ACCESS_CLOSED: gettext_lazy("this page was closed then"),
    Reason.SIGNED_OFF: gettext_lazy("you told us of a warning sign"),
    Reason.PAUSED: gettext_lazy("a pause"),
    Reason.REST_DAY: gettext_lazy("a rest day"),
    Reason.NOT_STARTED: gettext_lazy("not started yet"),
    Reason.NO_ADDRESS: gettext_lazy("we have no e-mail address to write to"),
    Reason.BOUNCED: gettext_lazy("our mail to you does not arrive"),
    Reason.SWITCHED_OFF: gettext_lazy("your reminders are off"),
    Reason.REVIEW_OVERDUE: gettext_lazy("it is past time for your check-up. Your clinic knows"),
    Reason.COMPLETE: gettext_lazy("you had done all that was asked"),
    Reason.NOT_TODAY: gettext_lazy("you told us “not today”"),
    Reason.ON_TRACK: gettext_lazy("you had done enough by then"),
    Reason.TOO_SOON: gettext_lazy("the last one had come less than 2 hours before"),
    Reason.BACKED_OFF: gettext_lazy("after many days without a session we write less often"),
    Silent.STOPPED: gettext_lazy("you told us of a warning sign"),
    Silent.CHANGED: gettext_lazy("you have changed your times since then"),
    Silent.UNKNOWN: gettext_lazy("we no longer know why"),
}

# The same to staff, where it is not the reason's own label.
TO_STAFF: dict[str, str | Promise] = {
    Silent.STOPPED: gettext_lazy("stopped because of a warning sign"),
    Silent.CHANGED: gettext_lazy("the patient has chosen other times since"),
    Silent.UNKNOWN: gettext_lazy("a rule kept it back, and nothing that is kept says which"),
}

# What a state means, to staff, after its own word.
MEANS: dict[str, str | Promise] = {
    State.DUE: gettext_lazy("It goes out within a minute, or is tried again."),
    State.CLAIMED: gettext_lazy("It goes out within a minute, or is tried again."),
    State.SENT: gettext_lazy("The mail server has taken it."),
    State.UNCERTAIN: gettext_lazy("It is not sent again: nobody should get it twice."),
    State.EXPIRED: gettext_lazy("It could not leave within 2 hours or before midnight."),
    State.FAILED: gettext_lazy("It is not tried again."),
}

OUTCOMES_TO_PATIENT: dict[str, str | Promise] = {
    State.DUE: gettext_lazy("It is on its way."),
    State.CLAIMED: gettext_lazy("It is on its way."),
    State.HANDED: gettext_lazy("It is on its way."),
    State.UNCERTAIN: gettext_lazy(
        "We sent it, but we do not know if it arrived. We never send one twice."
    ),
    State.FAILED: gettext_lazy("It did not go through. Your mail service did not take it."),
    State.EXPIRED: gettext_lazy("It could not leave in time, so we left it out. Sorry."),
}


class Told(NamedTuple):
    """One line of the page, as it is read."""

    planned: str
    words: str
    sent: str


def told_to_staff(history: History) -> list[tuple[date, list[Told]]]:
    return _told(history, for_staff)


def told_to_patient(history: History) -> list[tuple[date, list[Told]]]:
    return _told(history, lambda line: for_patient(line, history.patient))


def _told(history: History, tell: Callable[[Line], str]) -> list[tuple[date, list[Told]]]:
    """Each day with what became of its times."""
    return [
        (on, [Told(planned_at(line), tell(line), sent_at(line, history.patient)) for line in lines])
        for on, lines in history.by_day
    ]


def planned_at(line: Line) -> str:
    """ "8:30", or that it is about the whole day."""
    return time_format(line.at, "TIME_OF_DAY") if line.at else _("all day")


def sent_at(line: Line, patient: Patient) -> str:
    """The patient's own time at which it was handed over; "" if it was not."""
    if line.row is None or line.row.handed_at is None:
        return ""
    return time_format(line.row.handed_at.astimezone(patient.zone), "CLOCK_WITH_SECONDS")


def for_staff(line: Line) -> str:
    """ "kept back: the day was complete already"."""
    if line.row is None:
        return _silent_for_staff(line)
    said = line.row.get_state_display()
    why = _("%(said)s: %(why)s") % {"said": said, "why": line.row.why} if line.row.why else said
    means = MEANS.get(line.row.state)
    return f"{why}. {means}" if means else why


def _silent_for_staff(line: Line) -> str:
    if line.why == Silent.AHEAD:
        return _("To come, if something is still left to do then")
    why = TO_STAFF[line.why] if line.why in TO_STAFF else Reason(str(line.why)).label
    words = _("None will come: %(why)s") if line.is_ahead else _("None: %(why)s")
    return words % {"why": why}


def for_patient(line: Line, patient: Patient) -> str:
    """ "We sent you a reminder at 8:30."."""
    if line.row is None or line.row.state == State.SKIPPED:
        return _silent_for_patient(line)
    if line.row.state == State.SENT and line.row.handed_at:
        at = time_format(line.row.handed_at.astimezone(patient.zone), "TIME_OF_DAY")
        return _("We sent you a reminder at %(at)s.") % {"at": at}
    return str(OUTCOMES_TO_PATIENT[line.row.state])


def _silent_for_patient(line: Line) -> str:
    if line.why == Silent.AHEAD:
        return _("A reminder comes if something is still left to do.")
    reason = line.row.reason if line.row else line.why
    why = TO_PATIENT.get(reason or "", TO_PATIENT[Silent.UNKNOWN])
    words = _("None will come: %(why)s.") if line.is_ahead else _("None came: %(why)s.")
    return words % {"why": why}
