"""What the caseload asks the database: set-based, whatever the number of patients.

"Today" is each patient's own date. It is worked out in Python, per time zone, and
handed to the database as a plain date.
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Avg,
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import LOST, Mailbox
from patients.models import (
    AddressChange,
    Assignment,
    Day,
    Invitation,
    NotToday,
    PainReport,
    Patient,
    Pause,
    Session,
    WarningSign,
)
from patients.schedule import local_date
from patients.thresholds import NOT_TODAY_WITHIN, OVER_RANGE_WITHIN, PAIN_HIGH

WEEK = timedelta(7)
EARLIER_THAN_ANY = date(1900, 1, 1)


def local_dates(patients: QuerySet[Patient], now: datetime) -> dict[str, date]:
    """The local date in each time zone that these patients live in. One query."""
    zones = patients.order_by().values_list("time_zone", flat=True).distinct()
    return {zone: local_date(now, ZoneInfo(zone)) for zone in zones}


def with_record_facts(patients: QuerySet[Patient]) -> QuerySet[Any]:
    """Add ``last_ended_on``; ``warned_at`` of a warning sign not checked yet, and
    ``warning_id``, ``pain_told_at`` of much pain, the last time; and how mail gets on:
    ``invited_at``, ``invitation_is_lost`` and ``wrong_years`` of the invitation still open, and
    ``mailbox`` and ``mailbox_at``, the state of an address that is closed and since when. And
    ``has_address_change``: the patient's wish for another address is open; ``address_asked``:
    it waits for the clinic. ``was_invited``: an invitation was sent once, open or not.
    """
    invitations = Invitation.objects.open().filter(patient=OuterRef("pk"))
    lost = Case(When(letter__state__in=LOST, then=True), default=False)
    # Where the account signs in; before there is one, where the invitation goes.
    address = Coalesce(OuterRef("user__email"), OuterRef("email"))
    closed = Mailbox.objects.closed().filter(address=address)
    ended = Assignment.objects.filter(patient=OuterRef("pk"), ended_on__isnull=False)
    warning = WarningSign.objects.open().filter(patient=OuterRef("pk"))
    pain = PainReport.objects.filter(patient=OuterRef("pk")).order_by("-told_at")
    changes = AddressChange.objects.filter(patient=OuterRef("pk"))
    return patients.annotate(
        has_address_change=Exists(changes.open()),
        address_asked=Exists(changes.to_confirm()),
        was_invited=Exists(Invitation.objects.filter(patient=OuterRef("pk"))),
        warned_at=Subquery(warning.values("told_at")[:1]),
        warning_id=Subquery(warning.values("pk")[:1]),
        pain_told_at=Subquery(pain.values("told_at")[:1]),
        invited_at=Subquery(invitations.values("created_at")[:1]),
        invitation_is_lost=Subquery(invitations.values(lost=lost)[:1]),
        wrong_years=Subquery(invitations.values("wrong_years")[:1]),
        mailbox=Subquery(closed.values("state")[:1]),
        mailbox_at=Subquery(closed.values("counted_at")[:1]),
        last_ended_on=Subquery(ended.order_by("-ended_on").values("ended_on")[:1]),
    )


def standings(patients: QuerySet[Patient], dates: dict[str, date]) -> Any:
    """One row (a dict) per running assignment: what concerns are derived from, as small objects.

    ``dates`` is what ``local_dates`` says of the same patients.
    """
    running = Assignment.objects.running().filter(patient__in=patients.order_by().values("pk"))
    return (
        running.annotate(today=_today(dates))
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
            *("not_today_on", "over_range", "pause"),
        )
    )


def _today(dates: dict[str, date]) -> Case:
    """The patient's date as an expression: at most three different ones at any moment."""
    whens = [
        When(patient__time_zone__in=[z for z, on in dates.items() if on == day], then=Value(day))
        for day in sorted(set(dates.values()))
    ]
    return Case(*whens, default=Value(EARLIER_THAN_ANY), output_field=DateField())


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
    counts = JSONObject(days=Count("pk"), asked=Count("pk", filter=Q(state=Day.State.ASKED)))
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
    kept = Q(sessions__undone_at=None)
    this, before = kept & Q(on__gt=F("week_before")), kept & Q(on__lte=F("week_before"))
    means = JSONObject(
        now=Avg(score, filter=this),
        now_readings=Count(score, filter=this),
        before=Avg(score, filter=before),
        before_readings=Count(score, filter=before),
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
    over = recent.with_sessions_done().filter(sessions_done__gt=F("asked_max")).order_by("-on")
    return over.values(json=JSONObject(on="on", done="sessions_done", asked_max="asked_max"))[:1]


def _pause() -> Any:
    today = OuterRef("today")
    pauses = Pause.objects.filter(assignment=OuterRef("pk"), from_on__lte=today)
    current = pauses.filter(Q(until_on=None) | Q(until_on__gte=today))
    of_a_sign_first = F("because_of").asc(nulls_last=True)
    latest = current.order_by(of_a_sign_first, F("until_on").desc(nulls_first=True))
    return latest.values(json=JSONObject(until="until_on", sign="because_of"))[:1]
