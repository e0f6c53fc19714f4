"""When no reminder goes out: each rule once, with its condition, its words and when it held.

A condition is about a ``patients.Day`` to which ``models.ReminderQuerySet.judge`` has added what
is looked up. Planning asks the rules that the day itself answers (``is_planned_by``); the
hand-over asks all of them in the UPDATE that stamps a row; the pages that say why ask them again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import cast

from django.db.models import F, Q, Value
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from patients.models import Day
from patients.thresholds import FORTNIGHTLY_AFTER, WEEKLY_AFTER

# Between two reminders to one person: as they are chosen (GAP), and as they are sent (LEAST_GAP).
# The first may have left some minutes late; the next, two hours after its time, still goes out.
GAP = timedelta(hours=2)
LEAST_GAP = GAP - timedelta(minutes=10)
# How much later than its time a reminder may leave: then it is worse than none.
GRACE = timedelta(hours=2)
AFTER_REVIEW = timedelta(days=14)
# After so many days without a session only one reminder in so many days. The clinician is told.
BACK_OFFS = ((FORTNIGHTLY_AFTER, timedelta(days=14)), (WEEKLY_AFTER, timedelta(days=7)))

HOUR = timedelta(hours=1)
PATIENT = "assignment__patient"


class Reason(StrEnum):
    """Kept in a reminder's row."""

    NO_DAY = "no_day"
    ENDED = "ended"
    ACCESS_CLOSED = "access_closed"
    WARNING_SIGN = "warning_sign"
    PAUSED = "paused"
    REST_DAY = "rest_day"
    NOT_STARTED = "not_started"
    NO_ADDRESS = "no_address"
    BOUNCED = "bounced"
    SWITCHED_OFF = "switched_off"
    REVIEW_OVERDUE = "review_overdue"
    COMPLETE = "complete"
    NOT_TODAY = "not_today"
    MUCH_PAIN = "much_pain"
    HURT = "hurt"
    ON_TRACK = "on_track"
    TOO_SOON = "too_soon"
    BACKED_OFF = "backed_off"


@dataclass(frozen=True, kw_only=True)
class PastSlot:
    """One time of a past day, as far as what is dated can tell."""

    slot: int
    asked: int
    done: int
    had_warning_sign: bool
    is_on: bool
    was_left_out: bool


@dataclass(frozen=True, kw_only=True)
class Rule:
    """``to_staff`` and ``to_patient`` each go on after a colon."""

    reason: Reason
    condition: Q
    to_staff: str | Promise
    to_patient: str | Promise
    # Planning asks it, too: then there is no row, for these hold for most people most days.
    is_planned_by: bool = False
    # Whether it held at a time that is past; None: nothing dated says so.
    held: Callable[[PastSlot], bool] | None = None
    # It looks at the day as a whole, so that asking it now tells about then, too.
    is_still_true: bool = False
    # It is about every time of a day in this state.
    day_state: Day.State | None = None


def _of_state(
    state: Day.State, reason: Reason, to_staff: str | Promise, to_patient: str | Promise
) -> Rule:
    return Rule(
        reason=reason,
        condition=Q(state=state),
        to_staff=to_staff,
        to_patient=to_patient,
        day_state=state,
    )


def _counted(one: str, many: str, number: int) -> Promise:
    """Lazily, as everything that stands in a module."""
    return cast(Promise, lazy(lambda: ngettext(one, many, number) % {"number": number}, str)())


BY_EMAIL = Q(channel="email")
NOBODY_THERE = Q(**{f"{PATIENT}__user": None}) | Q(**{f"{PATIENT}__user__is_active": False})
NO_ADDRESS = Q(**{f"{PATIENT}__email": ""}) | Q(**{f"{PATIENT}__user__email": None})

# Most telling first: the first that holds is the one recorded.
RULES = (
    Rule(
        reason=Reason.ENDED,
        condition=Q(assignment__ended_on__isnull=False),
        to_staff=_("the programme has ended"),
        to_patient=_("your programme has ended"),
    ),
    Rule(
        reason=Reason.ACCESS_CLOSED,
        condition=Q(**{f"{PATIENT}__access_closed_at__isnull": False}),
        to_staff=_("access to the patient's page was closed"),
        to_patient=_("this page was closed then"),
    ),
    Rule(
        reason=Reason.WARNING_SIGN,
        condition=Q(has_warning_sign=True),
        to_staff=_("the patient told of a warning sign, not checked yet"),
        to_patient=_("you told us of a warning sign"),
        is_planned_by=True,
        held=lambda then: then.had_warning_sign,
    ),
    _of_state(Day.State.PAUSED, Reason.PAUSED, _("the programme is paused"), _("a pause")),
    _of_state(Day.State.REST, Reason.REST_DAY, _("a rest day"), _("a rest day")),
    _of_state(
        Day.State.NOT_STARTED,
        Reason.NOT_STARTED,
        _("the invitation is not accepted yet"),
        _("not started yet"),
    ),
    Rule(
        reason=Reason.NO_ADDRESS,
        condition=NOBODY_THERE | BY_EMAIL & NO_ADDRESS,
        to_staff=_("no e-mail address to write to"),
        to_patient=_("we have no e-mail address to write to"),
        is_still_true=True,
    ),
    Rule(
        reason=Reason.BOUNCED,
        condition=BY_EMAIL & Q(mail_comes_back=True),
        to_staff=_("e-mail to this address comes back"),
        to_patient=_("our mail to you does not arrive"),
    ),
    Rule(
        reason=Reason.SWITCHED_OFF,
        condition=Q(**{f"{PATIENT}__reminder_preference__is_on": False}),
        to_staff=_("the patient switched reminders off"),
        to_patient=_("your reminders are off"),
        held=lambda then: not then.is_on,
    ),
    Rule(
        reason=Reason.REVIEW_OVERDUE,
        condition=Q(on__gt=F("assignment__review_on") + Value(AFTER_REVIEW)),
        to_staff=_counted(
            "the review is overdue by more than %(number)d day",
            "the review is overdue by more than %(number)d days",
            AFTER_REVIEW.days,
        ),
        to_patient=_("it is past time for your check-up. Your clinic knows"),
        is_planned_by=True,
        is_still_true=True,
    ),
    Rule(
        reason=Reason.COMPLETE,
        condition=Q(sessions_done__gte=F("asked_min")),
        to_staff=_("the day was complete already"),
        to_patient=_("you had done all that was asked"),
        is_planned_by=True,
        held=lambda then: then.done >= then.asked,
    ),
    Rule(
        reason=Reason.NOT_TODAY,
        condition=Q(is_left_out=True),
        to_staff=_("the patient said “not today”"),
        to_patient=_("you told us “not today”"),
        is_planned_by=True,
        held=lambda then: then.was_left_out,
    ),
    # Whoever was told to rest, or to leave out what hurts, is not asked to do it that evening.
    Rule(
        reason=Reason.MUCH_PAIN,
        condition=Q(had_much_pain=True),
        to_staff=_("there was much pain at the last session of the day"),
        to_patient=_("you had much pain, and rest was better"),
        is_planned_by=True,
        is_still_true=True,
    ),
    Rule(
        reason=Reason.HURT,
        condition=Q(has_only_what_hurt_left=True),
        to_staff=_("all that was left of the day had hurt"),
        to_patient=_("all that was left had hurt"),
        is_planned_by=True,
        is_still_true=True,
    ),
    Rule(
        reason=Reason.ON_TRACK,
        condition=Q(sessions_done__gt=F("slot")),  # counted from 0
        to_staff=_("enough was done by that time"),
        to_patient=_("you had done enough by then"),
        is_planned_by=True,
        held=lambda then: then.done > then.slot,
    ),
    Rule(
        # Who asks for one more today is not somebody who has gone quiet.
        reason=Reason.BACKED_OFF,
        condition=Q(reminded_on__gt=F("on") - F("least_gap"), is_asked_for=False),
        to_staff=_("after many days without a session there are fewer reminders"),
        to_patient=_("after many days without a session we write less often"),
    ),
    # The last one: of what only it keeps back, most leaves a little later.
    Rule(
        reason=Reason.TOO_SOON,
        condition=Q(reminded_lately=True),
        to_staff=_counted(
            "the last reminder was less than %(number)d hour before",
            "the last reminder was less than %(number)d hours before",
            GAP // HOUR,
        ),
        to_patient=_counted(
            "the last one had come less than %(number)d hour before",
            "the last one had come less than %(number)d hours before",
            GAP // HOUR,
        ),
    ),
)

BY_REASON = {rule.reason: rule for rule in RULES}
BY_DAY_STATE = {rule.day_state: rule.reason for rule in RULES if rule.day_state}
