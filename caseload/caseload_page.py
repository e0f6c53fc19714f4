"""The caseload as its page reads it: who needs me, and why. Reads only.

Five queries answer for every patient in scope, however many they are; four
more bring what only the rows of a page show. See ``patients/facts.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from caseload import concerns, dealing, statuses
from caseload.concerns import Concern, Kind, Measure
from caseload.dealing import Dealt
from patients import day_marks
from patients.adherence import Adherence, of_row, with_adherence
from patients.facts import PatientFacts, RunningPlan, facts_for
from patients.models import Day, DealtWith, Patient, Session
from patients.schedule import WEEK
from patients.their_dates import EARLIER_THAN_ANY

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


@dataclass
class Row:
    """One patient of the caseload, on their own local date."""

    known: PatientFacts
    dealt: Mapping[Kind, Dealt]  # how each kind of reason was dealt with last
    days: list[Day] = field(default_factory=list)  # of the last seven dates
    adherence: Adherence = NO_DATA
    last_words: Session | None = None  # the session with the patient's newest note

    @property
    def patient(self) -> Patient:
        return self.known.patient

    @property
    def today(self) -> date:
        return self.known.today

    @property
    def running(self) -> RunningPlan | None:
        """None: no running programme."""
        return self.known.running

    @cached_property
    def concerns(self) -> list[Concern]:
        """Nothing asks for a visit or a call once someone has died; see docs/adr/0034."""
        if self.known.has_died:
            return []
        return dealing.standing(concerns.Facts.of(self.known), self.dealt)

    @property
    def action(self) -> str:
        """What helps with the most pressing reason: "check", "send_again", "review" or "deal"."""
        first = self.concerns[0] if self.concerns else None
        if first is None:
            return ""
        if first.kind == Kind.ADDRESS and self.known.invitation_is_lost:
            return "send_again"
        return ACTIONS.get(first.kind, "deal")

    @property
    def can_be_dealt_with(self) -> bool:
        """Something other than a warning sign needs attention."""
        return any(not concern.is_warning for concern in self.concerns)

    @property
    def has_warning_sign(self) -> bool:
        return self.known.warned_at is not None and not self.known.has_died

    @cached_property
    def _by_date(self) -> dict[date, Day]:
        return {day.on: day for day in self.days}

    @property
    def today_day(self) -> Day | None:
        return self._by_date.get(self.today)

    @property
    def week(self) -> list[day_marks.Mark]:
        return day_marks.of_week(self._by_date, today=self.today)

    @property
    def statuses(self) -> list[statuses.Status]:
        return list(statuses.of(self.known))

    @property
    def order(self) -> tuple[int, int, int, str, str]:
        """By group, then the most pressing concern, then by name."""
        first = self.concerns[0].kind if self.concerns else 0
        name = self.patient.name.casefold()
        return (self.group, first, -len(self.concerns), name, str(self.patient.pk))

    @property
    def group(self) -> Group:
        known = self.known
        if known.has_died:
            return Group.DIED
        if self.concerns:
            return Group.NEEDS_ME
        if known.has_ended:
            return Group.ENDED
        if known.is_closed:
            return Group.CLOSED
        if known.running is None or (known.is_waiting and known.invitation is None):
            return Group.TO_SET_UP
        return Group.PAUSED if known.running.is_paused else Group.RUNNING


def rows_of(patients: QuerySet[Patient], *, now: datetime) -> list[Row]:
    """Every patient of the queryset, who needs me first; ``read_page`` brings the rest."""
    named = patients.select_related("clinician", "clinic", "access_closed_by")
    dealt = _dealt_with(patients)
    rows = [Row(known, dealt.get(key, {})) for key, known in facts_for(named, now=now).items()]
    return sorted(rows, key=lambda row: row.order)


def read_page(rows: Sequence[Row], *, now: datetime) -> Sequence[Row]:
    """Bring what only a page shows, in four queries for all its rows."""
    _read_weeks({row.running.assignment_id: row for row in rows if row.running})
    by_patient = {row.patient.pk: row for row in rows}
    for patient in with_adherence(Patient.objects.filter(pk__in=by_patient), now=now):
        by_patient[patient.pk].adherence = of_row(patient)
    for session in Session.objects.last_words_of(by_patient):
        by_patient[session.assignment.patient_id].last_words = session
    return rows


def _read_weeks(by_assignment: dict[UUID, Row]) -> None:
    todays = {row.today for row in by_assignment.values()} or {EARLIER_THAN_ANY}
    since, until = min(todays) - WEEK, max(todays)
    days = Day.objects.filter(assignment__in=by_assignment, on__gt=since, on__lte=until)
    for day in days.with_sessions_done():
        by_assignment[day.assignment_id].days.append(day)


def _dealt_with(patients: QuerySet[Patient]) -> dict[UUID, dict[Kind, Dealt]]:
    by_patient: dict[UUID, dict[Kind, Dealt]] = {}
    rows = DealtWith.objects.latest_of_each().filter(patient__in=patients.order_by().values("pk"))
    for row in rows:
        found = by_patient.setdefault(row.patient_id, {})
        found[Kind[row.kind.upper()]] = Dealt(
            reason=row.reason,
            measure=Measure.from_json(row.measure),
            on=row.on,
            until_on=row.until_on,
            at=row.at,
        )
    return by_patient
