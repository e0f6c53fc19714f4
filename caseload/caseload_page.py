"""The caseload as its page reads it: who needs me, and why. Reads only.

Four queries answer for every patient in scope, however many they are; four
more bring what only the rows of a page show. See ``caseload/queries.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.limits import WRONG_YEARS
from accounts.models import Mailbox
from caseload import dealing, queries, statuses
from caseload.concerns import Concern, Facts, Kind, Measure
from caseload.dealing import Dealt
from patients import day_marks
from patients.adherence import Adherence, of_row, with_adherence
from patients.facts import OverRange, Pain, WeekOfPain
from patients.models import Day, DealtWith, Patient, Session
from patients.schedule import local_date

NO_DATA = Adherence(done=0, asked=0, days=0)


ACTIONS = {Kind.WARNING_SIGN: "check", Kind.INVITATION: "send_again", Kind.REVIEW: "review"}


class Group(IntEnum):
    """How the list is divided, who needs me first."""

    NEEDS_ME = 0
    TO_SET_UP = 1
    RUNNING = 2
    PAUSED = 3
    CLOSED = 4
    ENDED = 5
    DIED = 6

    @property
    def words(self) -> str:
        return {
            Group.NEEDS_ME: _("Asks for you"),
            Group.TO_SET_UP: _("Still to set up"),
            Group.RUNNING: _("Nothing asks for you"),
            Group.PAUSED: _("Paused"),
            Group.CLOSED: _("Access closed"),
            Group.ENDED: _("Ended"),
            Group.DIED: _("Have died"),
        }[self]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of a running assignment before its days are read."""

    assignment_id: UUID
    starts_on: date
    review_on: date
    silent_days: int
    silent_asked_days: int
    plan_since: datetime
    last_logged_on: date | None
    last_pain: Pain | None
    last_low_pain_at: datetime | None
    pain_this_week: WeekOfPain | None
    pain_week_before: WeekOfPain | None
    not_today_on: date | None
    over_range: OverRange | None
    is_paused: bool
    is_stopped: bool  # the pause is that of a warning sign
    paused_until: date | None

    def added_to(self, facts: Facts) -> Facts:
        return replace(
            facts,
            plan_since=self.plan_since,
            last_logged_on=self.last_logged_on,
            last_pain=self.last_pain,
            last_low_pain_at=self.last_low_pain_at,
            pain_this_week=self.pain_this_week,
            pain_week_before=self.pain_week_before,
            not_today_on=self.not_today_on,
            silent_days=self.silent_days,
            silent_asked_days=self.silent_asked_days,
            over_range=self.over_range,
            review_on=self.review_on,
        )


@dataclass
class Row:
    """One patient of the caseload, on their own local date."""

    patient: Any  # a Patient, with what ``queries.with_record_facts`` adds
    today: date
    standing: Standing | None  # None: no running programme
    warned_at: datetime | None  # local; of a warning sign that nobody has checked
    pain_told_at: datetime | None  # local; of much pain, the last time
    dealt: Mapping[Kind, Dealt]  # how each kind of reason was dealt with last
    invited_on: date | None  # of an invitation that nobody has accepted
    ended_on: date | None  # of the programme that ended last
    days: list[Day] = field(default_factory=list)  # of the last seven dates
    adherence: Adherence = NO_DATA
    last_words: Session | None = None  # the session with the patient's newest note

    @cached_property
    def facts(self) -> Facts:
        facts = self.facts_about_mail
        if self.standing is not None:
            facts = self.standing.added_to(facts)
        # Nobody can log anything: that nothing comes is no reason to look.
        return replace(facts, silent_days=0, silent_asked_days=0) if self.is_closed else facts

    @property
    def facts_about_mail(self) -> Facts:
        """Once the programme has ended nothing is sent, and nothing need be done about it."""
        if self.has_ended:
            return Facts(today=self.today, warned_at=self.warned_at, pain_told_at=self.pain_told_at)
        return Facts(
            today=self.today,
            warned_at=self.warned_at,
            pain_told_at=self.pain_told_at,
            invited_on=self.invited_on if self.is_waiting else None,
            invitation_is_lost=self._invitation_is_lost,
            mail_failed_at=self._mail_failed_at,
            mail_comes_back=self.mailbox == Mailbox.State.REFUSED,
            mail_waits=self.mailbox == Mailbox.State.PAUSED,
            is_reminded=self.patient.user_id is not None and self.mailbox is None,
        )

    @property
    def _invitation_is_lost(self) -> bool:
        return self.is_waiting and bool(self.patient.invitation_is_lost)

    @property
    def _mail_failed_at(self) -> datetime | None:
        lost_at = self.patient.invited_at if self._invitation_is_lost else None
        return max((at for at in (lost_at, self.patient.mailbox_at) if at), default=None)

    @property
    def mailbox(self) -> str | None:
        """The state of an address that is closed."""
        state: str | None = self.patient.mailbox
        return state

    @cached_property
    def concerns(self) -> list[Concern]:
        """Nothing asks for a visit or a call once somebody has died; see docs/adr/0034."""
        if self.has_died:
            return []
        return dealing.standing(self.facts, self.dealt)

    @property
    def action(self) -> str:
        """What helps with the most pressing reason: "check", "send_again", "review" or "deal"."""
        first = self.concerns[0] if self.concerns else None
        if first is None:
            return ""
        if first.kind == Kind.ADDRESS and self._invitation_is_lost:
            return "send_again"
        return ACTIONS.get(first.kind, "deal")

    @property
    def can_be_dealt_with(self) -> bool:
        """Something else than a warning sign asks for an eye."""
        return any(not concern.is_warning for concern in self.concerns)

    @property
    def has_warning_sign(self) -> bool:
        return self.warned_at is not None and not self.has_died

    @property
    def has_died(self) -> bool:
        has_died: bool = self.patient.has_died
        return has_died

    @property
    def is_waiting(self) -> bool:
        return self.patient.is_waiting and not self.has_ended

    @property
    def is_tried_out(self) -> bool:
        """The invitation is closed: a wrong year of birth was typed too often."""
        return (self.patient.wrong_years or 0) >= WRONG_YEARS.number

    @property
    def was_invited(self) -> bool:
        return bool(self.patient.was_invited)

    @property
    def address_waits(self) -> bool:
        """This clinic has agreed to another address, which has not answered yet."""
        return bool(self.patient.has_address_change) and not self.address_asked

    @property
    def address_asked(self) -> bool:
        """The patient waits for this clinic's word on another address."""
        return bool(self.patient.address_asked)

    @property
    def is_closed(self) -> bool:
        """Access was taken back, and nobody has been invited since."""
        is_closed: bool = self.patient.is_closed
        return is_closed and self.invited_on is None

    @property
    def has_ended(self) -> bool:
        return self.standing is None and self.ended_on is not None

    @cached_property
    def _by_date(self) -> dict[date, Day]:
        return {day.on: day for day in self.days}

    @property
    def today_day(self) -> Day | None:
        return self._by_date.get(self.today)

    @property
    def today_in_words(self) -> str:
        words = day_marks.words_of(self.today_day, self.today, self.today)
        day = self.today_day
        if not self.is_closed or day is None or day.state != Day.State.NOT_STARTED:
            return words
        closed = _("access closed")
        return f"{day_marks.sessions_of(day)} · {closed}" if day.sessions_done else closed

    @property
    def today_in_figures(self) -> str:
        """ "1 of 2–3" on a day that asks for sessions, else in words."""
        day = self.today_day
        if day is None or day.state != Day.State.ASKED:
            return self.today_in_words
        return _("%(done)d of %(asked)s") % {
            "done": day.sessions_done,
            "asked": day_marks.asked_in_figures(day),
        }

    @property
    def week(self) -> list[day_marks.Mark]:
        return day_marks.of_week(self._by_date, today=self.today)

    @property
    def statuses(self) -> list[statuses.Status]:
        return list(statuses.of_row(self))

    @property
    def order(self) -> tuple[int, int, int, str, str]:
        """By group, then the most pressing concern, then by name."""
        first = self.concerns[0].kind if self.concerns else 0
        name = self.patient.name.casefold()
        return (self.group, first, -len(self.concerns), name, str(self.patient.pk))

    @property
    def group(self) -> Group:
        if self.has_died:
            return Group.DIED
        if self.concerns:
            return Group.NEEDS_ME
        if self.has_ended:
            return Group.ENDED
        if self.is_closed:
            return Group.CLOSED
        if self.standing is None or (self.is_waiting and self.invited_on is None):
            return Group.TO_SET_UP
        return Group.PAUSED if self.standing.is_paused else Group.RUNNING


def rows_of(patients: QuerySet[Patient], *, now: datetime) -> list[Row]:
    """Every patient of the queryset, who needs me first; ``read_page`` brings the rest."""
    dates = queries.local_dates(patients, now)
    dealt = _dealt_with(patients)
    running = {row["patient_id"]: _standing(row) for row in queries.standings(patients, dates)}
    annotated = queries.with_record_facts(patients).select_related(
        "clinician", "clinic", "access_closed_by"
    )
    rows = [
        _row(
            patient,
            # A zone that is new since the first query has no date there.
            dates.get(patient.time_zone) or local_date(now, patient.zone),
            running.get(patient.pk),
            dealt.get(patient.pk, {}),
        )
        for patient in annotated
    ]
    return sorted(rows, key=lambda row: row.order)


def read_page(rows: Sequence[Row], *, now: datetime) -> Sequence[Row]:
    """Bring what only a page shows, in four queries for all its rows."""
    _read_weeks({row.standing.assignment_id: row for row in rows if row.standing})
    by_patient = {row.patient.pk: row for row in rows}
    for patient in with_adherence(Patient.objects.filter(pk__in=by_patient), now=now):
        by_patient[patient.pk].adherence = of_row(patient)
    for session in Session.objects.last_words_of(by_patient):
        by_patient[session.assignment.patient_id].last_words = session
    return rows


def _read_weeks(by_assignment: dict[UUID, Row]) -> None:
    todays = {row.today for row in by_assignment.values()} or {queries.EARLIER_THAN_ANY}
    since, until = min(todays) - queries.WEEK, max(todays)
    days = Day.objects.filter(assignment__in=by_assignment, on__gt=since, on__lte=until)
    for day in days.with_sessions_done():
        by_assignment[day.assignment_id].days.append(day)


def _row(patient: Any, today: date, standing: Standing | None, dealt: Mapping[Kind, Dealt]) -> Row:
    return Row(
        patient=patient,
        today=today,
        standing=standing,
        warned_at=_local(patient.warned_at, patient),
        pain_told_at=_local(patient.pain_told_at, patient),
        dealt=dealt,
        invited_on=_on(patient.invited_at, patient),
        ended_on=patient.last_ended_on,
    )


def _local(at: datetime | None, patient: Any) -> datetime | None:
    return at.astimezone(patient.zone) if at else None


def _dealt_with(patients: QuerySet[Patient]) -> dict[UUID, dict[Kind, Dealt]]:
    by_patient: dict[UUID, dict[Kind, Dealt]] = {}
    rows = DealtWith.objects.latest_of_each().filter(patient__in=patients.order_by().values("pk"))
    for row in rows:
        found = by_patient.setdefault(row.patient_id, {})
        found[Kind[row.kind.upper()]] = Dealt(
            reason=row.reason,
            measure=_dated(Measure, row.measure),
            on=row.on,
            until_on=row.until_on,
        )
    return by_patient


def _on(at: datetime | None, patient: Any) -> date | None:
    """The patient's own date of a moment."""
    return local_date(at, patient.zone) if at else None


def _standing(row: dict[str, Any]) -> Standing:
    silence, weeks = row["silence"] or {}, row["pain_weeks"] or {}
    pause = row["pause"]
    return Standing(
        assignment_id=row["pk"],
        starts_on=row["starts_on"],
        review_on=row["review_on"],
        plan_since=row["assigned_at"],
        last_logged_on=row["last_logged_on"],
        silent_days=silence.get("days", 0),
        silent_asked_days=silence.get("asked", 0),
        last_pain=_dated(Pain, row["last_pain"]),
        last_low_pain_at=row["last_low_pain_at"],
        pain_this_week=_week_of_pain(weeks.get("now"), weeks.get("now_readings")),
        pain_week_before=_week_of_pain(weeks.get("before"), weeks.get("before_readings")),
        not_today_on=row["not_today_on"],
        over_range=_dated(OverRange, row["over_range"]),
        is_paused=pause is not None,
        is_stopped=pause is not None and pause["sign"] is not None,
        paused_until=_date(pause["until"]) if pause else None,
    )


def _date(text: str | None) -> date | None:
    """Dates come out of the database's JSON as text."""
    return date.fromisoformat(text) if text else None


def _dated[T](kind: type[T], values: dict[str, Any] | None) -> T | None:
    return kind(**{**values, "on": _date(values["on"])}) if values else None


def _week_of_pain(mean: float | None, readings: int | None) -> WeekOfPain | None:
    return WeekOfPain(mean=mean, readings=readings or 0) if mean is not None else None
