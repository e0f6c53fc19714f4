"""Where a record stands, as values. Pure: no database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from accounts.models import User
from patients.facts import PatientFacts, RunningPlan
from patients.models import Patient
from patients.schedule import local_date


class State(Enum):
    DIED = auto()
    SIGN_NOT_CHECKED = auto()
    ACCESS_CLOSED = auto()
    NOT_INVITED = auto()
    NO_INVITATION_OPEN = auto()
    INVITATION_CLOSED = auto()
    INVITED = auto()
    NO_PROGRAMME = auto()
    ENDED = auto()
    STOPPED = auto()
    PAUSED_UNTIL = auto()
    PAUSED = auto()
    STARTS = auto()
    REVIEW_IN = auto()
    REVIEW_TODAY = auto()
    REVIEW_DUE = auto()
    ADDRESS_ASKED = auto()
    ADDRESS_CONFIRMED = auto()


NEEDS_CARE = {
    State.NOT_INVITED,
    State.NO_INVITATION_OPEN,
    State.INVITATION_CLOSED,
    State.NO_PROGRAMME,
    State.ADDRESS_ASKED,
}


@dataclass(frozen=True)
class Status:
    """Where a record stands: since or until when, by whom, in how many days."""

    state: State
    on: date | None = None
    by: User | None = None
    days: int = 0

    @property
    def tone(self) -> str:
        """That of a badge."""
        return "caution" if self.state in NEEDS_CARE else "neutral"


def of(known: PatientFacts) -> Iterator[Status]:
    """The most important first."""
    if known.has_died:
        yield from _died(known)
        return
    if known.is_closed:
        yield _closed(State.ACCESS_CLOSED, known.patient)
    elif known.is_waiting:
        yield _invitation(known)
    if known.running is None:
        yield _without_programme(known)
    elif not known.is_waiting:
        yield _running(known.running, known.today)
    if known.address_asked:
        yield Status(State.ADDRESS_ASKED)
    elif known.address_waits:
        yield Status(State.ADDRESS_CONFIRMED)


def _died(known: PatientFacts) -> Iterator[Status]:
    """Nothing else that would make a colleague call the family; what was told is still said."""
    yield _closed(State.DIED, known.patient)
    if known.warned_at is not None:
        yield Status(State.SIGN_NOT_CHECKED, on=known.warned_at.date())


def _closed(state: State, patient: Patient) -> Status:
    at = patient.access_closed_at
    on = local_date(at, patient.zone) if at else None
    return Status(state, on=on, by=patient.access_closed_by)


def _invitation(known: PatientFacts) -> Status:
    if known.invitation is None:
        return Status(State.NO_INVITATION_OPEN if known.was_invited else State.NOT_INVITED)
    if known.invitation.is_closed:
        return Status(State.INVITATION_CLOSED)
    return Status(State.INVITED, on=known.invitation.sent_on)


def _without_programme(known: PatientFacts) -> Status:
    if known.last_ended_on:
        return Status(State.ENDED, on=known.last_ended_on)
    return Status(State.NO_PROGRAMME)


def _running(plan: RunningPlan, today: date) -> Status:
    if plan.is_stopped:
        return Status(State.STOPPED)
    if plan.is_paused and plan.paused_until:
        return Status(State.PAUSED_UNTIL, on=plan.paused_until)
    if plan.is_paused:
        return Status(State.PAUSED)
    if plan.starts_on > today:
        return Status(State.STARTS, on=plan.starts_on)
    return _review(plan.review_on, today)


def _review(review_on: date, today: date) -> Status:
    days = (review_on - today).days
    if days > 0:
        return Status(State.REVIEW_IN, on=review_on, days=days)
    return Status(State.REVIEW_DUE if days < 0 else State.REVIEW_TODAY, on=review_on)
