"""What is known of patients, as values: set-based, whatever the number of patients.

"Today" is each patient's own date. It is worked out in Python, per time zone, and
handed to the database as a plain date.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.kept_query import AnyOf, KeptQuery
from accounts.limits import WRONG_YEARS
from accounts.models import LOST, AddressTrouble
from outbox.outcomes import SENDER
from patients.models import (
    AddressChange,
    Assignment,
    Invitation,
    LateSign,
    PainReport,
    Patient,
    WarningSign,
)
from patients.running_plans import HURTS, ROWS
from patients.schedule import DAY, local_date
from patients.their_dates import TheirDates
from patients.thresholds import HURT_WITHIN


@dataclass(frozen=True)
class Pain:
    """A score from 0 to 10 and the patient's own date of it."""

    score: int
    on: date


@dataclass(frozen=True)
class WeekOfPain:
    """The mean of a week's pain scores, 0–10, and how many there were."""

    mean: float
    readings: int


@dataclass(frozen=True)
class OverRange:
    """A day with more sessions than it asked for at most."""

    on: date
    done: int
    asked_max: int


@dataclass(frozen=True)
class Hurt:
    """An exercise that was stopped because it hurt, so often within ``HURT_WITHIN`` days."""

    exercise: str  # its name
    times: int
    at: datetime  # the last time
    on: date  # the day that this counts for
    pain: int | None  # 0–10, the last time


@dataclass(frozen=True)
class OpenInvitation:
    """One that nobody has accepted. ``is_lost``: its e-mail was refused, or could not leave;
    ``is_ours_to_mend``: because a mail server refuses our sender, whatever the address.
    """

    sent_at: datetime
    sent_on: date  # the patient's own
    is_lost: bool
    is_ours_to_mend: bool
    wrong_years: int  # how often another year of birth was typed

    @property
    def is_closed(self) -> bool:
        """A wrong year of birth was typed too often."""
        return self.wrong_years >= WRONG_YEARS.number


@dataclass(frozen=True, kw_only=True)
class RunningPlan:
    """The running programme, and what its days and sessions say. What is not known is None."""

    assignment_id: UUID
    assigned_at: datetime
    starts_on: date
    review_on: date
    last_logged_on: date | None
    silent_days: int  # since the last session or the start, today and pauses left out
    silent_asked_days: int
    last_pain: Pain | None
    last_low_pain_at: datetime | None  # of the last session with less than PAIN_HIGH
    pain_this_week: WeekOfPain | None
    pain_week_before: WeekOfPain | None
    not_today_on: date | None  # the last day left out because of pain
    over_range: OverRange | None
    hurts: tuple[Hurt, ...]  # exercises still in it, the one that hurt last first
    is_paused: bool
    is_stopped: bool  # the pause is that of a warning sign
    paused_until: date | None


@dataclass(frozen=True, kw_only=True)
class PatientFacts:
    """What is known of one patient on their own local date. What is not known is None."""

    patient: Patient  # as the queryset loads it
    today: date
    running: RunningPlan | None  # None: no running programme
    last_ended_on: date | None  # of the programme that ended last
    warned_at: datetime | None  # local; of a warning sign that nobody has checked
    warning_came_at: datetime | None  # local; when we heard of it, if it was told without a network
    warning_id: UUID | None  # of that sign
    pain_told_at: datetime | None  # local; of much pain, the last time
    invitation: OpenInvitation | None
    was_invited: bool  # once, whether it is open or not
    account_address: str | None  # None too where a code in the clinic signs them in
    address_state: str | None  # an AddressTrouble.State, of an address that is closed
    address_closed_at: datetime | None
    has_address_change: bool  # the patient's wish for another address is open
    address_asked: bool  # it waits for the clinic's word

    @property
    def has_died(self) -> bool:
        return self.patient.has_died

    @property
    def has_ended(self) -> bool:
        return self.running is None and self.last_ended_on is not None

    @property
    def is_waiting(self) -> bool:
        """For someone to accept an invitation to a programme that goes on."""
        return self.patient.is_waiting and not self.has_ended

    @property
    def is_closed(self) -> bool:
        """Access was taken back, and nobody has been invited since."""
        return self.patient.is_closed and self.invitation is None

    @property
    def address_waits(self) -> bool:
        """The clinic has agreed to another address, which has not answered yet."""
        return self.has_address_change and not self.address_asked

    @property
    def invitation_is_lost(self) -> bool:
        return self.is_waiting and self.invitation is not None and self.invitation.is_lost

    @property
    def invitation_is_ours_to_mend(self) -> bool:
        return self.invitation_is_lost and bool(self.invitation and self.invitation.is_ours_to_mend)

    @property
    def is_reminded(self) -> bool:
        """There is an account with an address to write to, and mail arrives there."""
        return self.account_address is not None and self.address_state is None

    @property
    def mail_failed_at(self) -> datetime | None:
        """Of the last refusal, or of the lost invitation."""
        lost_at = self.invitation.sent_at if self.invitation and self.invitation_is_lost else None
        return max((at for at in (lost_at, self.address_closed_at) if at), default=None)


def facts_for(patients: Iterable[UUID], *, now: datetime) -> dict[UUID, PatientFacts]:
    """What is known of each of these patients. Three queries."""
    keys = list(patients)
    rows = RECORDS(patients=keys)
    dates = TheirDates.at(now, (row.time_zone for row in rows))
    hurts = _by_assignment(HURTS(patients=keys, since=dates.today - DAY * HURT_WITHIN))
    running = {
        row["patient_id"]: _running(row, hurts.get(row["pk"], []))
        for row in ROWS(patients=keys, **dates.values)
    }
    return {row.pk: _facts(row, local_date(now, row.zone), running.get(row.pk)) for row in rows}


def _facts(row: Any, today: date, running: RunningPlan | None) -> PatientFacts:
    return PatientFacts(
        patient=row,
        today=today,
        running=running,
        last_ended_on=row.last_ended_on,
        warned_at=_local(row.warned_at, row.zone),
        warning_came_at=_local(row.warning_came_at, row.zone),
        warning_id=row.warning_id,
        pain_told_at=_local(row.pain_told_at, row.zone),
        invitation=_invitation(row),
        was_invited=row.was_invited,
        account_address=row.account_address,
        address_state=row.address_state,
        address_closed_at=row.address_closed_at,
        has_address_change=row.has_address_change,
        address_asked=row.address_asked,
    )


def _invitation(row: Any) -> OpenInvitation | None:
    if row.invited_at is None:
        return None
    return OpenInvitation(
        sent_at=row.invited_at,
        sent_on=local_date(row.invited_at, row.zone),
        is_lost=bool(row.invitation_is_lost or row.invitation_is_ours_to_mend),
        is_ours_to_mend=bool(row.invitation_is_ours_to_mend),
        wrong_years=row.wrong_years,
    )


def _running(row: dict[str, Any], hurts: list[dict[str, Any]]) -> RunningPlan:
    silence, weeks, pause = row["silence"] or {}, row["pain_weeks"] or {}, row["pause"]
    return RunningPlan(
        assignment_id=row["pk"],
        assigned_at=row["assigned_at"],
        starts_on=row["starts_on"],
        review_on=row["review_on"],
        last_logged_on=row["last_logged_on"],
        silent_days=silence.get("days", 0),
        silent_asked_days=silence.get("asked", 0),
        last_pain=_dated(Pain, row["last_pain"]),
        last_low_pain_at=row["last_low_pain_at"],
        pain_this_week=_week_of_pain(weeks.get("now"), weeks.get("now_readings")),
        pain_week_before=_week_of_pain(weeks.get("before"), weeks.get("before_readings")),
        not_today_on=row["not_today_on"],
        over_range=_dated(OverRange, row["over_range"]),
        hurts=tuple(_hurts(hurts, today=row["today"])),
        is_paused=pause is not None,
        is_stopped=pause is not None and pause["sign"] is not None,
        paused_until=_date(pause["until"]) if pause else None,
    )


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at else None


def _date(text: str | None) -> date | None:
    """Dates come out of the database's JSON as text."""
    return date.fromisoformat(text) if text else None


def _dated[T](kind: type[T], values: dict[str, Any] | None) -> T | None:
    return kind(**{**values, "on": _date(values["on"])}) if values else None


def _by_assignment(rows: Iterable[dict[str, Any]]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["assignment"], []).append(row)
    return found


def _hurts(newest_first: Iterable[dict[str, Any]], *, today: date) -> Iterator[Hurt]:
    lately = [
        one
        for one in newest_first
        if one["is_there"] and 0 <= (today - one["on"]).days < HURT_WITHIN
    ]
    times = Counter(one["exercise"] for one in lately)
    last: dict[UUID, dict[str, Any]] = {}
    for one in lately:
        last.setdefault(one["exercise"], one)
    for key, one in last.items():
        said = {name: one[name] for name in ("at", "on", "pain")}
        yield Hurt(one["name"], times=times[key], **said)


def _week_of_pain(mean: float | None, readings: int | None) -> WeekOfPain | None:
    return WeekOfPain(mean=mean, readings=readings or 0) if mean is not None else None


def _records(patients: list[UUID]) -> QuerySet[Any]:
    """What stands at the record itself, and how mail to it gets on."""
    named = Patient.objects.select_related("clinician", "clinic", "access_closed_by")
    invitations = Invitation.objects.open().filter(patient=OuterRef("pk"))
    lost = models.Case(models.When(letter__state__in=LOST, then=True), default=False)
    ours = models.Case(models.When(letter__reason__startswith=SENDER, then=True), default=False)
    # Where the account signs in; before there is one, where the invitation goes.
    address = Coalesce(OuterRef("user__email"), OuterRef("email"))
    closed = AddressTrouble.objects.closed().filter(address=address)
    ended = Assignment.objects.filter(patient=OuterRef("pk"), ended_on__isnull=False)
    warning = WarningSign.objects.open().filter(patient=OuterRef("pk"))
    late = LateSign.objects.of_open_ones().filter(sign__patient=OuterRef("pk"))
    pain = PainReport.objects.filter(patient=OuterRef("pk")).order_by("-told_at")
    changes = AddressChange.objects.filter(patient=OuterRef("pk"))
    return named.filter(AnyOf("pk", patients)).annotate(
        has_address_change=models.Exists(changes.open()),
        address_asked=models.Exists(changes.to_confirm()),
        was_invited=models.Exists(Invitation.objects.filter(patient=OuterRef("pk"))),
        warned_at=Subquery(warning.values("told_at")[:1]),
        warning_came_at=Subquery(late.values("received_at")[:1]),
        warning_id=Subquery(warning.values("pk")[:1]),
        pain_told_at=Subquery(pain.values("told_at")[:1]),
        invited_at=Subquery(invitations.values("created_at")[:1]),
        invitation_is_lost=Subquery(invitations.values(lost=lost)[:1]),
        invitation_is_ours_to_mend=Subquery(invitations.values(ours=ours)[:1]),
        wrong_years=Subquery(invitations.values("wrong_years")[:1]),
        account_address=models.F("user__email"),
        address_state=Subquery(closed.values("state")[:1]),
        address_closed_at=Subquery(closed.values("counted_at")[:1]),
        last_ended_on=Subquery(ended.order_by("-ended_on").values("ended_on")[:1]),
    )


RECORDS: KeptQuery[Any] = KeptQuery(_records, patients=list[UUID])
