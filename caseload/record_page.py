"""One patient's page as a clinician reads it: what was asked, what was logged. Reads only.

The number of queries is the same for one session and for hundreds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Min, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from accounts.models import AddressTrouble
from caseload import caseload_page, lately, precautions, session_log
from caseload.concerns import Concern, Kind
from patients import day_marks
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
from patients.plan_changes import changes_of
from patients.schedule import DAY, WEEK, local_date
from programmes.models import Item, Programme
from programmes.precautions import AsksFirst, asking_first

WEEKS = 6
IN_ORDER = ("performed_at", "received_at", "pk")  # of the sessions of a day


@dataclass(frozen=True)
class Version:
    """A version of the patient's programme and the dates it was, or is, in force."""

    programme: Programme
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
        assignments = self.patient.assignments.select_related("programme", "assigned_by")
        return assignments.order_by(F("ended_on").desc(nulls_first=True), "-assigned_at").first()

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
        return list(self.patient.warning_signs.for_record_page())

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
        return list(self.patient.dealt_with.newest_first())

    @property
    def last_words(self) -> Session | None:
        """The session with the patient's newest note."""
        return self.row.last_words

    @cached_property
    def not_today(self) -> list[NotToday]:
        """Each day of the last six weeks that the patient left out and why, newest first."""
        since = self.today - WEEK * WEEKS
        said = NotToday.objects.filter(day__assignment__patient=self.patient, day__on__gt=since)
        return list(said.select_related("day").order_by("-day__on"))

    @cached_property
    def pause(self) -> Pause | None:
        """The pause that is on, or the next to come."""
        if not self.is_running:
            return None
        pauses = Pause.objects.filter(assignment=self.assignment)
        return (
            pauses.filter(Q(until_on=None) | Q(until_on__gte=self.today))
            .order_by(F("because_of").asc(nulls_last=True), "from_on")
            .first()
        )

    @property
    def pause_is_on(self) -> bool:
        return self.pause is not None and self.pause.from_on <= self.today

    @cached_property
    def line(self) -> list[Programme]:
        """Every version of the programme, newest first, a draft of the next one among them."""
        if self.assignment is None:
            return []
        line = Programme.objects.filter(line_id=self.assignment.programme.line_id)
        said = line.select_related("words").prefetch_related("items__exercise_version__exercise")
        return list(said.order_by("-version"))

    @property
    def draft(self) -> Programme | None:
        """A change that has been begun and not published."""
        return next((p for p in self.line if not p.is_published), None) if self.is_running else None

    @cached_property
    def one_off(self) -> Programme | None:
        """A programme that is being built for this patient and not given yet."""
        return Programme.objects.filter(one_off__patient=self.patient).first()

    @property
    def programme(self) -> Programme | None:
        """The version in force, with its items."""
        current = self.assignment.programme_id if self.assignment else None
        return next((p for p in self.line if p.pk == current), None)

    @property
    def exercises(self) -> list[tuple[Item, lately.Lately | None]]:
        """Those of the version in force, and how each went lately while the programme runs."""
        items = self.programme.items.all() if self.programme else []
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
        return asking_first(self.programme.items.all(), self.patient.precautions)

    @property
    def versions(self) -> list[Version]:
        """Newest first. In force from the first day that was laid out with it."""
        return list(self._versions())

    def _versions(self) -> Iterator[Version]:
        until = self.assignment.ended_on if self.assignment else None
        for programme in self.line:
            if programme.is_published:
                since = self._in_force_from.get(programme.pk)
                yield Version(programme, since, until, self.today)
                until = since - DAY if since else until

    @cached_property
    def _in_force_from(self) -> dict[UUID, date]:
        days = Day.objects.filter(assignment=self.assignment).order_by().values("programme")
        first = days.annotate(first=Min("on")).values_list("programme", "first")
        return dict(first)

    @cached_property
    def calendar(self) -> list[list[day_marks.Mark]]:
        days = Day.objects.filter(
            assignment__patient=self.patient,
            on__gt=self.today - WEEK * (WEEKS + 1),
            on__lte=self.today + WEEK,
        )
        latest_last = days.with_sessions_done().order_by("on", "assignment__assigned_at")
        return day_marks.of_weeks(
            {day.on: day for day in latest_last}, weeks=WEEKS, today=self.today
        )

    @cached_property
    def pain_line(self) -> PainLine | None:
        """The pain logged in the last six weeks; None if there is none."""
        since = self.today - WEEK * WEEKS
        sessions = Session.objects.not_undone().filter(
            assignment__patient=self.patient, day__on__range=(since, self.today)
        )
        scored = sessions.annotate(score=Coalesce("pain_after", "pain_before"))
        rows = scored.exclude(score=None).order_by("day__on", "performed_at", "received_at")
        readings = [
            Reading(Pain(score=score, on=on), hour=_hour(at, self.patient))
            for score, on, at in rows.values_list("score", "day__on", "performed_at")
        ]
        if not readings:
            return None
        changes = changes_of(self.patient, since=since, until=self.today)
        return PainLine(readings, since=since, until=self.today, changes=changes)

    @property
    def sessions(self) -> QuerySet[Session]:
        """Newest first, those taken back too; ``number`` counts those of each day that are not undone."""
        not_undone = ExpressionWrapper(Q(undone_at=None), output_field=BooleanField())
        number = Window(RowNumber(), partition_by=["day", not_undone], order_by=IN_ORDER)
        return (
            Session.objects.filter(assignment__patient=self.patient)
            .annotate(number=number)
            .select_related("day", "recorded_by")
            .order_by("-day__on", *(f"-{name}" for name in IN_ORDER))
        )

    def read_log(self, sessions: Iterable[Session]) -> list[session_log.Entry]:
        """The entries of one page of ``sessions``."""
        return session_log.read(sessions, self.patient)


def of_patient(patient: Patient, *, now: datetime) -> Record:
    """The page of one record; the caller has made sure that it may be seen."""
    [row] = caseload_page.read_page(caseload_page.rows_of([patient.pk], now=now))
    return Record(patient=patient, row=row, now=now)


def _hour(at: datetime, patient: Patient) -> float:
    local = at.astimezone(patient.zone)
    return local.hour + local.minute / 60
