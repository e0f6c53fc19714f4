"""The log on a record: its sessions, and how each exercise of them went. Reads only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from caseload import record_queries as queries
from exercises.dose import Dose
from patients.models import Patient, Session, Tick
from patients.results import Went
from programmes.models import Item


class Line(NamedTuple):
    """One exercise of a session."""

    item: Item  # with the version of the exercise
    went: Went

    @property
    def name(self) -> str:
        return str(self.item.exercise_version.name)

    @property
    def dose(self) -> Dose:
        """What was asked for, as it stood then."""
        return self.item.numbers

    @property
    def is_as_asked(self) -> bool:
        """Done, with nothing to add: as much as was asked, where that was said, and no pain."""
        amount = self.went.amount
        within = amount is None or amount in self.dose.amount
        return self.went.result == Tick.Result.DONE and within and self.went.pain is None


@dataclass(frozen=True)
class Entry:
    """One session in the log."""

    session: Session
    number: int | None  # among the sessions of its day; None of one taken back
    at: datetime  # in the patient's own time
    lines: list[Line]  # in the order of the programme
    recorded_by: User | None  # None: the patient logged it

    @property
    def on(self) -> date:
        """The day it counts for."""
        return self.session.day.on

    @property
    def can_be_taken_back(self) -> bool:
        """The clinic's own entries, as long as they stand."""
        return self.recorded_by is not None and self.session.undone_at is None

    @property
    def sent_on(self) -> date | None:
        """The patient's date on which it came, if that was later: it was done without a network."""
        came_on = self.session.received_at.astimezone(self.at.tzinfo).date()
        return came_on if self.recorded_by is None and came_on > self.at.date() else None

    @cached_property
    def done(self) -> int:
        """How many exercises were done."""
        return sum(line.went.result == Tick.Result.DONE for line in self.lines)

    @property
    def in_part(self) -> int:
        """How many were done in part, also until they hurt."""
        return sum(line.went.is_some for line in self.lines) - self.done

    @cached_property
    def counts(self) -> bool:
        """Whether the day and the share of what was asked know it: some of it was done."""
        return any(line.went.is_some for line in self.lines)

    @cached_property
    def as_asked(self) -> list[Line]:
        return [line for line in self.lines if line.is_as_asked]

    @cached_property
    def otherwise(self) -> list[Line]:
        """The exercises of which there is more to say than that they were done."""
        return [line for line in self.lines if not line.is_as_asked]


@dataclass(frozen=True)
class Sessions:
    """A patient's, newest first, as a ``Paginator`` takes them. The first page is asked for most."""

    patient: UUID

    def count(self) -> int:
        return next(iter(queries.HOW_MANY(patient=self.patient)), 0)

    def __len__(self) -> int:
        return self.count()

    def __iter__(self) -> Iterator[Session]:
        return iter(queries.sessions_of(self.patient))

    def __getitem__(self, part: slice) -> list[Session]:
        if part.start == 0 and part.stop <= queries.PAGE:
            return queries.FIRST_PAGE(patient=self.patient)[part]
        return list(queries.sessions_of(self.patient)[part])


def read(sessions: Iterable[Any], patient: Patient, known: Mapping[UUID, Item]) -> list[Entry]:
    """The entries of these sessions of one patient, each with its ``number``. ``known`` are items
    that were read before; one query brings the ticks, one more the items of earlier programmes.
    """
    sessions = list(sessions)
    ticks = queries.TICKS(sessions=[session.pk for session in sessions]) if sessions else []
    others = list({item for _session, item, *_went in ticks} - known.keys())
    found = queries.OTHER_ITEMS(items=others) if others else []
    items = {**known, **{item.pk: item for item in found}}
    by_session: dict[UUID, list[Line]] = {}
    for session, item, *went in ticks:
        by_session.setdefault(session, []).append(Line(items[item], Went(*went)))
    for lines in by_session.values():
        lines.sort(key=lambda line: line.item.position)
    return [_entry(session, by_session.get(session.pk, []), patient) for session in sessions]


def _entry(session: Any, lines: list[Line], patient: Patient) -> Entry:
    is_staff = session.source == Session.Source.STAFF
    return Entry(
        session=session,
        number=session.number if session.undone_at is None else None,
        at=session.performed_at.astimezone(patient.zone),
        lines=lines,
        recorded_by=session.recorded_by if is_staff else None,
    )
