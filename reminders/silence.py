"""When no reminder goes out: every rule once, for the plan and for the moment of sending.

The rules are conditions on a ``Day`` and a slot (counted from 0). Planning asks those that
the day itself answers; the hand-over asks all of them, of the day behind each row, in the
UPDATE that stamps it.
"""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, cast

from django.db import models
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Least
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from accounts.models import AddressTrouble
from outbox.models import State
from patients.models import Day, DayQuerySet, NotToday, Session, WarningSign
from patients.thresholds import FORTNIGHTLY_AFTER, WEEKLY_AFTER
from reminders.channels import EMAIL

# Two hours between two reminders to one person. The first may have left some
# minutes late, which must not silence a slot exactly two hours after it.
GAP = timedelta(hours=2) - timedelta(minutes=10)
AFTER_REVIEW = timedelta(days=14)
# So many silent days: then only one reminder in so many days. The clinician is told.
BACK_OFFS = ((FORTNIGHTLY_AFTER, timedelta(days=14)), (WEEKLY_AFTER, timedelta(days=7)))
LEFT_US = (State.HANDED, State.SENT, State.UNCERTAIN)

PATIENT = "assignment__patient"
SIGNED_OFF = Q(has_warning_sign=True)
LEFT_OUT = Q(is_left_out=True)
OVERDUE = Q(on__gt=F("assignment__review_on") + Value(AFTER_REVIEW))


class Reason(models.TextChoices):
    """Kept in the row as its reason; the words are for the clinic's staff."""

    NO_DAY = "no_day", _("nothing was asked that day")
    ENDED = "ended", _("the programme has ended")
    ACCESS_CLOSED = "access_closed", _("access to the patient's page was closed")
    SIGNED_OFF = "signed_off", _("the patient told of a warning sign, not checked yet")
    PAUSED = "paused", _("the programme is paused")
    REST_DAY = "rest_day", _("a rest day")
    NOT_STARTED = "not_started", _("the invitation is not accepted yet")
    NO_ADDRESS = "no_address", _("no e-mail address to write to")
    BOUNCED = "bounced", _("e-mail to this address comes back")
    SWITCHED_OFF = "switched_off", _("the patient switched reminders off")
    REVIEW_OVERDUE = "review_overdue", _("the review is overdue by more than 14 days")
    COMPLETE = "complete", _("the day was complete already")
    NOT_TODAY = "not_today", _("the patient said “not today”")
    ON_TRACK = "on_track", _("enough was done by that time")
    TOO_SOON = "too_soon", _("the last reminder was less than 2 hours before")
    BACKED_OFF = "backed_off", _("after many days without a session there are fewer reminders")


def without_silence(days: DayQuerySet, *, slot: Combinable) -> QuerySet[Any]:
    """Of asked days only those whose slot nothing about the day itself silences.

    Whether somebody was reminded lately, has gone quiet or cannot be reached takes longer
    to find out and holds for few: that is left to ``with_silence``, which asks everything.
    """
    # COMPLETE and ON_TRACK in one, for one look at the sessions.
    known = _with_the_day(days).annotate(enough=Least(F("asked_min"), slot + Value(1)))
    # Looked up row by row, in this order: as conditions of their own, the server might join
    # whole tables.
    rules = (OVERDUE, Q(sessions_done__gte=F("enough")), SIGNED_OFF, LEFT_OUT)
    whens = [When(rule, then=Value(True)) for rule in rules]
    judged: QuerySet[Any] = known.annotate(is_silent=Case(*whens, default=Value(False)))
    return judged.filter(is_silent=False)


def with_silence(
    days: DayQuerySet,
    *,
    slot: Combinable,
    channel: Combinable,
    reminders: QuerySet[Any],
    now: datetime,
) -> QuerySet[Any]:
    """Add ``silence``: the Reason why this slot of the day stays silent, "" if it speaks.

    ``reminders`` are all there are by this channel, so that nobody gets two of them in
    a short time. What a rule has to look up is looked up row by row, in an index, and only
    where no rule before it held: as fast for one row as for a hundred thousand.
    """
    left = reminders.filter(state__in=LEFT_US)
    lately = left.filter(
        # To the same person, whichever of their records it was about.
        patient__user=OuterRef(f"{PATIENT}__user"),
        handed_at__gt=now - GAP,
        on__gt=(now - timedelta(days=2)).date(),  # true of all of them; an index knows it
    )
    closed = AddressTrouble.objects.closed().filter(address=OuterRef(f"{PATIENT}__user__email"))
    last = left.filter(patient=OuterRef(PATIENT)).order_by("-on").values("on")[:1]
    known: QuerySet[Any] = _with_the_day(days).annotate(
        reminded_on=Subquery(last),
        reminded_lately=Exists(lately),
        mail_comes_back=Exists(closed),
    )
    lately_on = OuterRef("on") - Value(timedelta(days=min(number for number, _gap in BACK_OFFS)))
    known = known.annotate(session_lately=Subquery(_last_session(lately_on)))
    for number, _gap in BACK_OFFS:
        known = _with_days_back(known, number)
    whens = [When(rule, then=Value(reason.value)) for reason, rule in _rules(slot, channel)]
    silence = Case(*whens, default=Value(""), output_field=CharField())
    judged: QuerySet[Any] = known.annotate(silence=silence)
    return judged


def _with_the_day(days: DayQuerySet) -> QuerySet[Any]:
    """Add what happened that day, and whether a warning sign is open."""
    signs = WarningSign.objects.open().filter(patient=OuterRef(PATIENT))
    known: QuerySet[Any] = days.with_sessions_done().annotate(
        has_warning_sign=Exists(signs),
        is_left_out=Exists(NotToday.objects.filter(day=OuterRef("pk"))),
    )
    return known


def _rules(slot: Combinable, channel: Combinable) -> list[tuple[Reason, Q]]:
    """Most telling first: the first that holds is the one recorded."""
    by_email = Q(Exact(Value(EMAIL), channel))
    return [
        (Reason.ENDED, Q(assignment__ended_on__isnull=False)),
        (Reason.ACCESS_CLOSED, Q(**{f"{PATIENT}__access_closed_at__isnull": False})),
        (Reason.SIGNED_OFF, SIGNED_OFF),
        (Reason.PAUSED, Q(state=Day.State.PAUSED)),
        (Reason.REST_DAY, Q(state=Day.State.REST)),
        (Reason.NOT_STARTED, Q(state=Day.State.NOT_STARTED)),
        (Reason.NO_ADDRESS, _nobody_there() | by_email & Q(**{f"{PATIENT}__email": ""})),
        (Reason.BOUNCED, by_email & Q(mail_comes_back=True)),
        (Reason.SWITCHED_OFF, Q(**{f"{PATIENT}__reminder_preference__is_on": False})),
        (Reason.REVIEW_OVERDUE, OVERDUE),
        (Reason.COMPLETE, Q(sessions_done__gte=F("asked_min"))),
        (Reason.NOT_TODAY, LEFT_OUT),
        (Reason.ON_TRACK, Q(sessions_done__gt=slot)),
        (Reason.TOO_SOON, Q(reminded_lately=True)),
        (Reason.BACKED_OFF, _backed_off()),
    ]


def _nobody_there() -> Q:
    return Q(**{f"{PATIENT}__user": None}) | Q(**{f"{PATIENT}__user__is_active": False})


def _with_days_back(days: QuerySet[Any], number: int) -> QuerySet[Any]:
    """Add the date so many days back, those under a pause not counted, and what came since."""
    earlier = Day.objects.filter(
        assignment=OuterRef("assignment"),
        on__lt=OuterRef("on"),
        state__in=[Day.State.ASKED, Day.State.REST],
    )
    back = earlier.order_by("-on").values("on")[number - 1 : number]
    last = _last_session(OuterRef(f"date_{number}_back"))
    added = {f"date_{number}_back": Subquery(back), f"session_in_{number}": Subquery(last)}
    return cast(QuerySet[Any], days.annotate(**added))


def _last_session(since: Combinable) -> QuerySet[Any]:
    """The date of the last session in [since, the day]: from the newest on, to end at once."""
    sessions = Exists(Session.objects.counted().filter(day=OuterRef("pk")))
    days = Day.objects.filter(
        sessions, assignment=OuterRef("assignment"), on__range=(since, OuterRef("on"))
    )
    return days.order_by("-on").values("on")[:1]


def _backed_off() -> Q:
    """Silent for so many days, and reminded within the gap that follows from it.

    In the order of cost. So many asked days are at least as many dates: who was here
    within those is through at once, as most people are.
    """
    longest = max(gap for _days, gap in BACK_OFFS)
    first = min(days for days, _gap in BACK_OFFS)
    each = (_is_silent_for(days) & _reminded_within(gap) for days, gap in BACK_OFFS)
    not_lately = Q(session_lately__isnull=True)
    return _reminded_within(longest) & not_lately & _is_silent_for(first) & reduce(or_, each)


def _reminded_within(gap: timedelta) -> Q:
    return Q(reminded_on__gt=F("on") - Value(gap))


def _is_silent_for(days: int) -> Q:
    nothing_since = Q(**{f"session_in_{days}__isnull": True})
    return nothing_since & Q(**{f"date_{days}_back__isnull": False})
