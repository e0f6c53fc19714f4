"""The caseload as its page reads it: who needs me, and why. Reads only.

Three queries answer for every patient in scope, however many they are; three
more bring what only the rows of a page show. See ``patients/querysets.py``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Mailbox
from patients import concerns, marks, querysets
from patients.adherence import Adherence, of_row, with_adherence
from patients.concerns import Concern, Facts, OverRange, Pain, WeekOfPain, short_date
from patients.models import Day, Patient
from patients.schedule import local_date

NO_DATA = Adherence(done=0, asked=0, days=0)


class Group(IntEnum):
    """How the list is divided, who needs me first."""

    NEEDS_ME = 0
    TO_SET_UP = 1
    RUNNING = 2
    PAUSED = 3
    ENDED = 4

    @property
    def words(self) -> str:
        return {
            Group.NEEDS_ME: _("Asks for you"),
            Group.TO_SET_UP: _("Still to set up"),
            Group.RUNNING: _("Nothing asks for you"),
            Group.PAUSED: _("Paused"),
            Group.ENDED: _("Ended"),
        }[self]


@dataclass(frozen=True)
class Status:
    """Where a record stands, in words; the tone is that of a badge."""

    words: str
    tone: str = "neutral"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of a running assignment before its days are read."""

    assignment_id: UUID
    starts_on: date
    review_on: date
    silent_days: int
    silent_asked_days: int
    last_pain: Pain | None
    pain_this_week: WeekOfPain | None
    pain_week_before: WeekOfPain | None
    not_today_on: date | None
    over_range: OverRange | None
    is_paused: bool
    paused_until: date | None

    def added_to(self, facts: Facts) -> Facts:
        return replace(
            facts,
            last_pain=self.last_pain,
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

    patient: Any  # a Patient, with what ``querysets.with_record_facts`` adds
    today: date
    standing: Standing | None  # None: no running programme
    warned_at: datetime | None  # local; of a warning sign that nobody has checked
    pain_told_on: date | None  # of much pain that nobody has been in touch about
    invited_on: date | None  # of an invitation that nobody has accepted
    ended_on: date | None  # of the programme that ended last
    days: list[Day] = field(default_factory=list)  # of the last seven dates
    adherence: Adherence = NO_DATA

    @cached_property
    def facts(self) -> Facts:
        facts = self.facts_about_mail
        return self.standing.added_to(facts) if self.standing else facts

    @property
    def facts_about_mail(self) -> Facts:
        """Once the programme has ended nothing is sent, and nothing need be done about it."""
        if self.has_ended:
            return Facts(today=self.today, warned_at=self.warned_at, pain_told_on=self.pain_told_on)
        return Facts(
            today=self.today,
            warned_at=self.warned_at,
            pain_told_on=self.pain_told_on,
            invited_on=self.invited_on if self.is_waiting else None,
            invitation_is_lost=self.is_waiting and bool(self.patient.invitation_is_lost),
            mail_comes_back=self.mailbox == Mailbox.State.REFUSED,
            mail_waits=self.mailbox == Mailbox.State.PAUSED,
            is_reminded=self.patient.user_id is not None and self.mailbox is None,
        )

    @property
    def mailbox(self) -> str | None:
        """The state of an address that is closed."""
        state: str | None = self.patient.mailbox
        return state

    @cached_property
    def concerns(self) -> list[Concern]:
        return concerns.of(self.facts)

    @property
    def has_warning_sign(self) -> bool:
        return self.warned_at is not None

    @property
    def is_waiting(self) -> bool:
        return self.patient.is_waiting and not self.has_ended

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
        return marks.words_of(self.today_day, self.today, self.today)

    @property
    def today_in_figures(self) -> str:
        """ "1 of 2–3" on a day that asks for sessions, else in words."""
        day = self.today_day
        if day is None or day.state != Day.State.ASKED:
            return self.today_in_words
        return _("%(done)d of %(asked)s") % {
            "done": day.sessions_done,
            "asked": marks.asked_in_figures(day),
        }

    @property
    def week(self) -> list[marks.Mark]:
        return marks.of_week(self._by_date, today=self.today)

    @property
    def statuses(self) -> list[Status]:
        return list(_statuses(self))

    @property
    def order(self) -> tuple[int, int, int, str, str]:
        """By group, then the most pressing concern, then by name."""
        first = self.concerns[0].kind if self.concerns else 0
        name = self.patient.name.casefold()
        return (self.group, first, -len(self.concerns), name, str(self.patient.pk))

    @property
    def group(self) -> Group:
        if self.concerns:
            return Group.NEEDS_ME
        if self.has_ended:
            return Group.ENDED
        if self.standing is None or (self.is_waiting and self.invited_on is None):
            return Group.TO_SET_UP
        return Group.PAUSED if self.standing.is_paused else Group.RUNNING


def rows_of(patients: QuerySet[Patient], *, now: datetime) -> list[Row]:
    """Every patient of the queryset, who needs me first; ``read_page`` brings the rest."""
    dates = querysets.local_dates(patients, now)
    running = {row["patient_id"]: _standing(row) for row in querysets.standings(patients, dates)}
    annotated = querysets.with_record_facts(patients).select_related("clinician", "clinic")
    rows = [
        _row(
            patient,
            # A zone that is new since the first query has no date there.
            dates.get(patient.time_zone) or local_date(now, patient.zone),
            running.get(patient.pk),
        )
        for patient in annotated
    ]
    return sorted(rows, key=lambda row: row.order)


def read_page(rows: Sequence[Row], *, now: datetime) -> Sequence[Row]:
    """Bring what only a page shows, in three queries for all its rows: week and adherence."""
    _read_weeks({row.standing.assignment_id: row for row in rows if row.standing})
    by_patient = {row.patient.pk: row for row in rows}
    for patient in with_adherence(Patient.objects.filter(pk__in=by_patient), now=now):
        by_patient[patient.pk].adherence = of_row(patient)
    return rows


def _read_weeks(by_assignment: dict[UUID, Row]) -> None:
    todays = {row.today for row in by_assignment.values()} or {querysets.EARLIER_THAN_ANY}
    since, until = min(todays) - querysets.WEEK, max(todays)
    days = Day.objects.filter(assignment__in=by_assignment, on__gt=since, on__lte=until)
    for day in days.with_sessions_done():
        by_assignment[day.assignment_id].days.append(day)


def _row(patient: Any, today: date, standing: Standing | None) -> Row:
    return Row(
        patient=patient,
        today=today,
        standing=standing,
        warned_at=patient.warned_at.astimezone(patient.zone) if patient.warned_at else None,
        pain_told_on=_on(patient.pain_told_at, patient),
        invited_on=_on(patient.invited_at, patient),
        ended_on=patient.last_ended_on,
    )


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
        silent_days=silence.get("days", 0),
        silent_asked_days=silence.get("asked", 0),
        last_pain=_dated(Pain, row["last_pain"]),
        pain_this_week=_week_of_pain(weeks.get("now"), weeks.get("now_readings")),
        pain_week_before=_week_of_pain(weeks.get("before"), weeks.get("before_readings")),
        not_today_on=row["not_today_on"],
        over_range=_dated(OverRange, row["over_range"]),
        is_paused=pause is not None,
        paused_until=_date(pause["until"]) if pause else None,
    )


def _date(text: str | None) -> date | None:
    """Dates come out of the database's JSON as text."""
    return date.fromisoformat(text) if text else None


def _dated[T](kind: type[T], values: dict[str, Any] | None) -> T | None:
    return kind(**{**values, "on": _date(values["on"])}) if values else None


def _week_of_pain(mean: float | None, readings: int | None) -> WeekOfPain | None:
    return WeekOfPain(mean=mean, readings=readings or 0) if mean is not None else None


def _statuses(row: Row) -> Iterator[Status]:
    if row.is_waiting:
        yield _invitation_status(row.invited_on)
    if row.standing is None:
        yield _without_programme(row)
    elif not row.is_waiting:
        yield Status(_running_in_words(row.standing, row.today))


def _invitation_status(invited_on: date | None) -> Status:
    if invited_on is None:
        return Status(_("Not invited yet"), "caution")
    return Status(_("Invited %(on)s") % {"on": short_date(invited_on)})


def _without_programme(row: Row) -> Status:
    if row.ended_on:
        return Status(_("Ended %(on)s") % {"on": short_date(row.ended_on)})
    return Status(_("No programme yet"), "caution")


def _running_in_words(standing: Standing, today: date) -> str:
    if standing.is_paused and standing.paused_until:
        return _("Paused until %(on)s") % {"on": short_date(standing.paused_until)}
    if standing.is_paused:
        return _("Paused until resumed")
    if standing.starts_on > today:
        return _("Starts %(on)s") % {"on": short_date(standing.starts_on)}
    return review_in_words(standing.review_on, today)


def review_in_words(review_on: date, today: date) -> str:
    """ "Review in 9 days", "Review today", "Review due Thu 19 Nov"."""
    days = (review_on - today).days
    if days == 0:
        return _("Review today")
    if days < 0:
        return _("Review due %(on)s") % {"on": short_date(review_on)}
    return ngettext("Review in %(n)d day", "Review in %(n)d days", days) % {"n": days}
