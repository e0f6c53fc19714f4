"""What the days and sessions of running programmes say, looked up for many at once."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from accounts.kept_query import AnyOf, KeptQuery
from patients.models import Assignment, Day, NotToday, Pause, Session, Tick
from patients.schedule import WEEK
from patients.their_dates import EARLIER_THAN_ANY, TheirDates, their_date
from patients.thresholds import NOT_TODAY_WITHIN, OVER_RANGE_WITHIN, PAIN_HIGH
from programmes.models import Item


def _rows(patients: list[UUID], **dates: Any) -> Any:
    running = Assignment.objects.running().filter(AnyOf("patient", patients))
    return (
        running.annotate(today=their_date("patient__time_zone", given=dates))
        .annotate(last_logged_on=Subquery(_last_logged()))
        .annotate(
            silence=Subquery(_silence()),
            last_pain=Subquery(_last_pain()),
            last_low_pain_at=Subquery(_last_low_pain()),
            pain_weeks=Subquery(_pain_weeks()),
            not_today_on=Subquery(_not_today()),
            over_range=Subquery(_over_range()),
            pause=Subquery(_pause()),
        )
        .values(
            *("pk", "patient_id", "assigned_at", "starts_on", "review_on"),
            *("last_logged_on", "silence", "last_pain", "last_low_pain_at", "pain_weeks"),
            *("not_today_on", "over_range", "pause", "today"),
        )
    )


def _hurts(patients: list[UUID], since: date) -> Any:
    """Joined, not looked up patient by patient: few things hurt."""
    still_there = Item.objects.filter(
        programme=OuterRef("session__assignment__programme"),
        exercise_version__exercise=OuterRef("item__exercise_version__exercise"),
    )
    ticks = Tick.objects.filter(
        AnyOf("session__assignment__patient", patients),
        result=Tick.Result.HURT,
        session__undone_at=None,
        session__assignment__ended_on=None,
        session__day__on__gte=since,
    )
    return ticks.order_by("-session__performed_at", "-session__received_at", "pk").values(
        "pain",
        # Asked of the few: a filter would join everybody's items, and EXISTS would read them all.
        is_there=Subquery(still_there.values("pk")[:1]),
        assignment=F("session__assignment"),
        exercise=F("item__exercise_version__exercise"),
        name=F("item__exercise_version__name"),
        on=F("session__day__on"),
        at=F("session__performed_at"),
    )


def _last_logged() -> Any:
    """The day of the last session. By time, for which there is an index; not by day."""
    sessions = Session.objects.not_undone().filter(assignment=OuterRef("pk"))
    return sessions.order_by("-performed_at").values("day__on")[:1]


def _silence() -> Any:
    """Days since the last session, up to yesterday; those under a pause left out."""
    days = Day.objects.filter(
        assignment=OuterRef("pk"),
        on__gt=Coalesce(OuterRef("last_logged_on"), Value(EARLIER_THAN_ANY)),
        on__lt=OuterRef("today"),
        state__in=[Day.State.ASKED, Day.State.REST],
    )
    counts = JSONObject(
        days=models.Count("pk"), asked=models.Count("pk", filter=Q(state=Day.State.ASKED))
    )
    return days.order_by().values("assignment").annotate(json=counts).values("json")


def _scored() -> Any:
    """The sessions with a score, the newest first."""
    sessions = Session.objects.not_undone().filter(assignment=OuterRef("pk"))
    scored = sessions.annotate(score=Coalesce("pain_after", "pain_before")).exclude(score=None)
    return scored.newest_first()


def _last_pain() -> Any:
    return _scored().values(json=JSONObject(score="score", on="day__on"))[:1]


def _last_low_pain() -> Any:
    return _scored().filter(score__lt=PAIN_HIGH).values("performed_at")[:1]


def _pain_weeks() -> Any:
    """Mean and number of scores: of the seven days up to today, and of the seven before.

    From the days to their sessions: fourteen days are few, a line's sessions are many.
    """
    today = OuterRef("today")
    days = Day.objects.filter(
        assignment=OuterRef("pk"), on__gt=today - Value(2 * WEEK), on__lte=today
    ).annotate(week_before=today - Value(WEEK))
    score = Coalesce("sessions__pain_after", "sessions__pain_before")
    not_undone = Q(sessions__undone_at=None)
    this = not_undone & Q(on__gt=F("week_before"))
    before = not_undone & Q(on__lte=F("week_before"))
    means = JSONObject(
        now=models.Avg(score, filter=this),
        now_readings=models.Count(score, filter=this),
        before=models.Avg(score, filter=before),
        before_readings=models.Count(score, filter=before),
    )
    return days.order_by().values("assignment").annotate(json=means).values("json")


def _not_today() -> Any:
    """The last of the recent days that were left out because of pain."""
    today = OuterRef("today")
    recent = Day.objects.filter(
        assignment=OuterRef("pk"),
        on__gt=today - Value(timedelta(NOT_TODAY_WITHIN)),
        on__lte=today,
        not_today__reason=NotToday.Reason.PAIN,
    )
    return recent.order_by("-on").values("on")[:1]


def _over_range() -> Any:
    recent = Day.objects.asked().filter(
        assignment=OuterRef("pk"),
        on__gt=OuterRef("today") - Value(timedelta(OVER_RANGE_WITHIN)),
        on__lte=OuterRef("today"),
    )
    over = recent.with_sessions_done().filter(Q(sessions_done__gt=F("asked_max"))).order_by("-on")
    return over.values(json=JSONObject(on="on", done="sessions_done", asked_max="asked_max"))[:1]


def _pause() -> Any:
    today = OuterRef("today")
    pauses = Pause.objects.filter(assignment=OuterRef("pk"), from_on__lte=today)
    current = pauses.filter(Q(until_on=None) | Q(until_on__gte=today))
    of_a_sign_first = F("because_of").asc(nulls_last=True)
    latest = current.order_by(of_a_sign_first, F("until_on").desc(nulls_first=True))
    return latest.values(json=JSONObject(until="until_on", sign="because_of"))[:1]


ROWS: KeptQuery[dict[str, Any]] = KeptQuery(_rows, patients=list[UUID], **TheirDates.TYPES)
"""A row for each running assignment, with what is known of it as small objects."""

HURTS: KeptQuery[dict[str, Any]] = KeptQuery(_hurts, patients=list[UUID], since=date)
"""What was stopped since a day because it hurt, in running programmes, newest first; ``is_there``
says whether the exercise still is.
"""
