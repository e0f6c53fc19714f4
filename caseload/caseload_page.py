"""The caseload as its page reads it: who needs me, and why. Reads only.

Four queries answer for all patients asked for, however many they are; two more bring what only
the rows of a page show. See ``patients/facts.py``; who comes first is kept by ``standings``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from functools import cached_property
from uuid import UUID

from accounts.kept_query import AnyOf, KeptQuery
from caseload import concerns, dealing, statuses
from caseload.concerns import Concern, Kind, Measure
from caseload.dealing import Dealt
from patients import day_marks
from patients.adherence import Adherence, first_day, of_days
from patients.facts import PatientFacts, RunningPlan, facts_for
from patients.models import Day, DealtWith, Patient, Session

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
    days: list[Day] = field(default_factory=list)  # of the last two weeks
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

    @cached_property
    def adherence(self) -> Adherence:
        """Of the running programme."""
        return of_days(self.days, today=self.today)

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


def rows_of(patients: Iterable[UUID], *, now: datetime) -> list[Row]:
    """Of these patients, who needs me first; ``read_page`` brings the rest. Four queries."""
    keys = list(patients)
    dealt = _dealt_with(keys)
    rows = [Row(known, dealt.get(key, {})) for key, known in facts_for(keys, now=now).items()]
    return sorted(rows, key=lambda row: row.order)


def read_page(rows: Sequence[Row]) -> Sequence[Row]:
    """Bring what only a page shows, in two queries for all its rows."""
    _read_days({row.running.assignment_id: row for row in rows if row.running})
    by_patient = {row.patient.pk: row for row in rows}
    for session in LAST_WORDS(patients=list(by_patient)):
        by_patient[session.assignment.patient_id].last_words = session
    return rows


def _read_days(by_assignment: dict[UUID, Row]) -> None:
    """Those on which the share of what was asked is reckoned, the week among them."""
    todays = {row.today for row in by_assignment.values()} or {date.max}
    since, until = first_day(min(todays)), max(todays)
    for day in DAYS(assignments=list(by_assignment), since=since, until=until):
        by_assignment[day.assignment_id].days.append(day)


def _dealt_with(patients: list[UUID]) -> dict[UUID, dict[Kind, Dealt]]:
    by_patient: dict[UUID, dict[Kind, Dealt]] = {}
    for row in DEALT_WITH(patients=patients):
        found = by_patient.setdefault(row.patient_id, {})
        found[Kind[row.kind.upper()]] = Dealt(
            reason=row.reason,
            measure=Measure.from_json(row.measure),
            on=row.on,
            until_on=row.until_on,
            at=row.at,
        )
    return by_patient


DEALT_WITH: KeptQuery[DealtWith] = KeptQuery(
    lambda patients: DealtWith.objects.latest_of_each().filter(AnyOf("patient", patients)),
    patients=list[UUID],
)
DAYS: KeptQuery[Day] = KeptQuery(
    lambda assignments, since, until: Day.objects.filter(
        AnyOf("assignment", assignments), on__gte=since, on__lte=until
    ).with_sessions_done(),
    assignments=list[UUID],
    since=date,
    until=date,
)
LAST_WORDS: KeptQuery[Session] = KeptQuery(
    lambda patients: Session.objects.last_words_of(patients), patients=list[UUID]
)
