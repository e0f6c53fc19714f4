"""One patient's page as a clinician reads it: what was asked, what was logged. Reads only.

The number of queries is the same for one session and for hundreds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import AddressTrouble
from caseload import caseload_page, lately, precautions, session_log
from caseload import record_queries as queries
from caseload.concerns import Concern, Kind
from patients import day_marks, plan_changes
from patients.facts import Pain
from patients.models import (
    AddressChange,
    Assignment,
    Day,
    DealtWith,
    Invitation,
    NotToday,
    Patient,
    Pause,
    Session,
    WarningSign,
)
from patients.pain_line import PainLine, Reading
from patients.schedule import DAY, WEEK, local_date
from programmes.models import Item, Programme
from programmes.precautions import AsksFirst, asking_first

WEEKS = 6


@dataclass(frozen=True)
class Version:
    """A version of the patient's programme and the dates it was, or is, in force."""

    programme: Programme
    items: list[Item]
    since: date | None  # None: replaced or ended before its first day came
    until: date | None  # None: still in force
    today: date


@dataclass
class Record:
    """What the page shows. Every part is read once, when it is first asked for."""

    patient: Patient
    row: caseload_page.Row
    now: datetime

    @property
    def today(self) -> date:
        return self.row.today

    @property
    def next_step(self) -> str:
        """What is left to do for this patient: "assign", "finish_change" or nothing."""
        if not self.is_running:
            return "assign"
        return "finish_change" if self.draft else ""

    @cached_property
    def assignment(self) -> Assignment | None:
        """The running programme, else the one that ended last."""
        return next(iter(queries.GIVEN(patient=self.patient.pk)), None)

    @property
    def is_running(self) -> bool:
        return self.assignment is not None and self.assignment.ended_on is None

    @property
    def records_for_them(self) -> bool:
        """Nobody else can: without an address or an account the clinic ticks off sessions."""
        return self.is_running and not self.patient.email and self.patient.user_id is None

    @property
    def has_begun(self) -> bool:
        return self.assignment is not None and self.assignment.starts_on <= self.today

    @cached_property
    def invitation(self) -> Invitation | None:
        """The one still open; it may have run out."""
        open_ones: QuerySet[Invitation] = self.patient.invitations.open()
        return open_ones.first()

    @property
    def may_invite(self) -> bool:
        """Nobody has opened an invitation to this address."""
        return self.patient.is_waiting or (
            bool(self.patient.email) and self.patient.is_in_by_phone_only
        )

    @property
    def may_sign_phone_in(self) -> bool:
        """Not where access was closed and an invitation can be sent: that checks the address."""
        patient = self.patient
        is_shut = patient.is_closed and bool(patient.email) and self.invitation is None
        return not patient.has_died and not is_shut

    @property
    def invitation_sent_on(self) -> date | None:
        return self._date_of(self.invitation.created_at) if self.invitation else None

    @property
    def invitation_ends_on(self) -> date | None:
        return self._date_of(self.invitation.expires_at) if self.invitation else None

    @property
    def invitation_has_run_out(self) -> bool:
        return self.invitation is not None and self.invitation.expires_at <= self.now

    @property
    def access_closed_on(self) -> date | None:
        return self._date_of(self.patient.access_closed_at)

    @cached_property
    def address_change(self) -> AddressChange | None:
        """The patient's wish for another address, while it is open."""
        if not self.row.known.has_address_change:
            return None
        wishes: QuerySet[AddressChange] = self.patient.address_changes.open().with_link()
        return wishes.select_related("user").first()

    @cached_property
    def address_trouble(self) -> AddressTrouble | None:
        """The patient's address, if mail servers have refused it and nothing goes there."""
        if self.row.known.address_state is None:
            return None
        closed: QuerySet[AddressTrouble] = AddressTrouble.objects.of(self.patient.address).closed()
        return closed.first()

    @property
    def refused_on(self) -> date | None:
        return self._date_of(self.address_trouble.counted_at) if self.address_trouble else None

    def _date_of(self, at: datetime | None) -> date | None:
        """The patient's own."""
        return local_date(at, self.patient.zone) if at else None

    @cached_property
    def signs(self) -> list[WarningSign]:
        """Every warning sign that was told, the one that nobody has checked yet first."""
        return queries.SIGNS(patient=self.patient.pk)

    @property
    def warning(self) -> WarningSign | None:
        """The one that nobody has checked yet."""
        return next((sign for sign in self.signs if sign.checked_at is None), None)

    @property
    def past_signs(self) -> list[WarningSign]:
        return [sign for sign in self.signs if sign.checked_at is not None]

    @property
    def concerns(self) -> list[Concern]:
        """What needs attention, apart from the warning sign, which has a box of its own."""
        return [one for one in self.row.concerns if one.kind != Kind.WARNING_SIGN]

    @cached_property
    def dealt_with(self) -> list[DealtWith]:
        """Every reason that someone has dealt with, those taken back too, the newest first."""
        return queries.DEALT_WITH(patient=self.patient.pk)

    @property
    def last_words(self) -> Session | None:
        """The session with the patient's newest note."""
        return self.row.last_words

    @property
    def not_today(self) -> list[NotToday]:
        """Each day of the last six weeks that the patient left out and why, newest first."""
        since = self.today - WEEK * WEEKS
        left_out = (day for day in reversed(self._days) if hasattr(day, "not_today"))
        return [day.not_today for day in left_out if day.on > since]

    @cached_property
    def pause(self) -> Pause | None:
        """The pause that is on, or the next to come."""
        if self.assignment is None or not self.is_running:
            return None
        return next(iter(queries.PAUSES(assignment=self.assignment.pk, today=self.today)), None)

    @property
    def pause_is_on(self) -> bool:
        return self.pause is not None and self.pause.from_on <= self.today

    @cached_property
    def line(self) -> list[Programme]:
        """Every version of the programme, newest first, a draft of the next one among them."""
        if self.assignment is None:
            return []
        return queries.LINE(line=self.assignment.programme.line_id)

    @cached_property
    def items(self) -> dict[UUID, list[Item]]:
        """Of each version, in its order."""
        if self.assignment is None:
            return {}
        found: dict[UUID, list[Item]] = {version.pk: [] for version in self.line}
        for item in queries.ITEMS(line=self.assignment.programme.line_id):
            found.setdefault(item.programme_id, []).append(item)
        return found

    @property
    def draft(self) -> Programme | None:
        """A change that has been begun and not published."""
        return next((p for p in self.line if not p.is_published), None) if self.is_running else None

    @cached_property
    def one_off(self) -> Programme | None:
        """A programme that is being built for this patient and not given yet."""
        return next(iter(queries.ONE_OFF(patient=self.patient.pk)), None)

    @property
    def programme(self) -> Programme | None:
        """The version in force, with its items."""
        current = self.assignment.programme_id if self.assignment else None
        return next((p for p in self.line if p.pk == current), None)

    @property
    def exercises(self) -> list[tuple[Item, lately.Lately | None]]:
        """Those of the version in force, and how each went lately while the programme runs."""
        items = self.items[self.programme.pk] if self.programme else []
        return [(item, self._lately.get(item.exercise_version.exercise_id)) for item in items]

    @cached_property
    def _lately(self) -> dict[UUID, lately.Lately]:
        if self.assignment is None or not self.is_running:
            return {}
        return lately.of_exercises(self.assignment, today=self.today)

    @property
    def search_without(self) -> str:
        """The query of a library search that leaves those out."""
        return precautions.search_without(self.patient)

    @property
    def asking_first(self) -> list[AsksFirst]:
        """Exercises of the running programme for which the patient should ask first."""
        if not self.is_running or self.programme is None:
            return []
        return asking_first(self.items[self.programme.pk], self.patient.precautions)

    @property
    def versions(self) -> list[Version]:
        """Newest first. In force from the first day that was laid out with it."""
        return list(self._versions())

    def _versions(self) -> Iterator[Version]:
        until = self.assignment.ended_on if self.assignment else None
        in_force_from = {
            version.programme_id: version.on
            for version in self._laid_out
            if self.assignment and version.assignment_id == self.assignment.pk
        }
        for programme in self.line:
            if programme.is_published:
                since = in_force_from.get(programme.pk)
                yield Version(programme, self.items[programme.pk], since, until, self.today)
                until = since - DAY if since else until

    @cached_property
    def _laid_out(self) -> list[plan_changes.Version]:
        """Every version that is, was or will be in force, of earlier programmes too."""
        return plan_changes.versions_of(self.patient, until=date.max)

    @cached_property
    def _days(self) -> list[Day]:
        """Of the last six weeks and the next, oldest first; of a date the latest last."""
        since, until = self.today - WEEK * (WEEKS + 1) + DAY, self.today + WEEK
        return queries.DAYS(patient=self.patient.pk, since=since, until=until)

    @cached_property
    def calendar(self) -> list[list[day_marks.Mark]]:
        days = {day.on: day for day in self._days}
        return day_marks.of_weeks(days, weeks=WEEKS, today=self.today)

    @cached_property
    def pain_line(self) -> PainLine | None:
        """The pain logged in the last six weeks; None if there is none."""
        since = self.today - WEEK * WEEKS
        readings = [
            Reading(Pain(score=score, on=on), hour=_hour(at, self.patient))
            for score, on, at in queries.PAINS(
                patient=self.patient.pk, since=since, until=self.today
            )
        ]
        if not readings:
            return None
        begun = [version for version in self._laid_out if version.on <= self.today]
        changes = plan_changes.changes_among(begun, since=since, known=self.items)
        return PainLine(readings, since=since, until=self.today, changes=changes)

    @property
    def sessions(self) -> session_log.Sessions:
        return session_log.Sessions(self.patient.pk)

    def read_log(self, sessions: Iterable[Session]) -> list[session_log.Entry]:
        """The entries of one page of ``sessions``."""
        known = {item.pk: item for items in self.items.values() for item in items}
        return session_log.read(sessions, self.patient, known)


def of_patient(patient: Patient, *, now: datetime) -> Record:
    """The page of one record; the caller has made sure that it may be seen."""
    [row] = caseload_page.read_page(caseload_page.rows_of([patient.pk], now=now))
    return Record(patient=patient, row=row, now=now)


def _hour(at: datetime, patient: Patient) -> float:
    local = at.astimezone(patient.zone)
    return local.hour + local.minute / 60
