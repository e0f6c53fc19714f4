"""Sessions are logged, described and undone.

The same session sent twice is one session: ``client_id`` is made on the page,
and the assignment is locked while one is logged.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, TypedDict, Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import Action
from accounts.kept_query import KeptQuery
from accounts.models import User
from accounts.services import NotPossible
from patients.models import Assignment, Day, NotToday, Session, Tick
from patients.results import Went
from patients.schedule import DAY, instant
from patients.services.days import lock, settle_told_on, today_of
from patients.services.known_sessions import is_soon_after_last, logged_before, moment_of
from patients.services.one_tap import settle_later, ticks_by_one_tap, times_on, what_hurt_on
from patients.services.session_days import (
    TAKEN_FOR,
    is_in_force,
    leads_by,
    may_be_gone_through,
    may_still_change,
    over_at,
    was_given,
)
from patients.services.session_refusals import (
    NothingSaid,
    NotThatDay,
    NotYours,
    Stopped,
    TooLate,
    refuse_after_a_sign,
    refuse_day,
    refuse_items,
    refuse_moment,
    refuse_stranger,
    refuse_version,
    refuse_while_stopped,
    source_of,
)
from programmes.models import Item

__all__ = [
    "NotPossible",
    "NotThatDay",
    "NotYours",
    "NothingSaid",
    "Stopped",
    "TooLate",
    "describe_session",
    "hurt_on",
    "is_in_force",
    "is_soon_after_last",
    "leads_by",
    "log_late",
    "log_session",
    "logged_before",
    "may_be_gone_through",
    "may_still_change",
    "over_at",
    "results_of",
    "say_not_today",
    "take_back_not_today",
    "take_turn",
    "times_done",
    "undo_late",
    "undo_session",
    "was_given",
    "worst",
]


class Felt(TypedDict, total=False):
    """How a session may be said to have felt. Pain is 0–10 or None, effort a ``Session.Effort``."""

    pain_before: int | None
    pain_after: int | None
    effort: str
    note: str


class Said(Felt, total=False):
    """What may be said about a session."""

    performed_at: datetime | None  # as the phone says; one that cannot be counts as now


@transaction.atomic
def log_session(
    day: Day,
    *,
    client_id: UUID,
    by: User,
    now: datetime,
    programme_id: UUID | None = None,
    results: Mapping[UUID, Went] | None = None,
    said_of_that_day: bool = False,
    **said: Unpack[Said],
) -> Session:
    """Log one session on the day on whose page it was begun.

    ``results`` says for each item's key how it went; without it, one tap: the items still
    short of their minimum are done, or all offered if none is. What hurt gives the session
    its pain where nobody has said how it was afterwards. ``programme_id`` is the version the
    page showed, by default the day's.
    ``said_of_that_day``: the patient said on a later day that it was done on this one. A known
    ``client_id`` is answered with the session it made, even an undone one.
    Raises TooLate, NotThatDay, NothingSaid, or Stopped for what was done after a warning sign was told.
    """
    assignment = lock(day.assignment)
    if known := logged_before(client_id=client_id, by=by):
        return known
    _look_again(day, assignment)
    performed_at = moment_of(said.get("performed_at"), day, assignment, now=now)
    day_ends = instant(day.on + DAY, time(0), assignment.patient.zone)
    done_by = min(performed_at, day_ends) if said_of_that_day else performed_at
    refuse_after_a_sign(assignment, done_by, by=by)
    said["performed_at"] = performed_at
    refuse_day(day, assignment, by=by, now=now)
    version_id = programme_id or day.programme_id
    refuse_version(is_allowed=is_in_force(version_id, day))
    session = Session(assignment=assignment, day=day, programme_id=version_id, client_id=client_id)
    return _keep(session, results, by=by, now=now, said=said)


@transaction.atomic
def log_late(
    day: Day,
    *,
    client_id: UUID,
    performed_at: datetime,
    phone_zone: ZoneInfo | None,
    programme_id: UUID,
    results: Mapping[UUID, Went] | None = None,
    by: User,
    now: datetime,
    **said: Unpack[Felt],
) -> Session:
    """Log what the patient did without a network, up to 14 days later, judged by when it was done.

    ``performed_at`` is put right by the clock of the server; ``programme_id`` is the version that
    the phone showed. The rest, and what is raised, as in ``log_session``. A past day of a programme
    that has ended since still takes it.
    """
    assignment = lock(day.assignment)
    refuse_stranger(assignment, by)
    if known := logged_before(client_id=client_id, by=by):
        return known
    _look_again(day, assignment)
    refuse_moment(performed_at, day, phone_zone, now=now)
    refuse_version(is_allowed=was_given(programme_id, day))
    refuse_while_stopped(assignment, client_id=client_id, performed_at=performed_at, by=by)
    session = Session(
        assignment=assignment, day=day, programme_id=programme_id, client_id=client_id
    )
    return _keep(session, results, by=by, now=now, said={**said, "performed_at": performed_at})


def _look_again(day: Day, assignment: Assignment) -> None:
    """It may have been laid again while we waited, or be gone with the end of the programme."""
    try:
        day.refresh_from_db()
    except Day.DoesNotExist:
        raise NotThatDay(_("That day had not come yet.")) from None
    day.assignment = assignment


def _keep(
    session: Session,
    results: Mapping[UUID, Went] | None,
    *,
    by: User,
    now: datetime,
    said: Said,
) -> Session:
    for name, value in said.items():
        setattr(session, name, value)
    session.received_at, session.is_one_tap = now, results is None
    ticks = _ticks(session, results)
    if session.pain_after is None:
        session.pain_after = worst(ticks)
    session.source, session.recorded_by = source_of(session.assignment, by), by
    try:
        with transaction.atomic():
            session.save(force_insert=True)
    except IntegrityError:  # sent for another of their records at the same moment
        if known := logged_before(client_id=session.client_id, by=by):
            return known
        raise
    _tick(session, ticks)
    _settle(session)
    _record(by, Action.SESSION_LOGGED, session, now=now)
    return session


def _settle(session: Session) -> None:
    """What follows from it for its day, which may be over: it may have come late."""
    settle_later(session)
    settle_told_on(session.assignment, session.day.on)


def worst(ticks: Mapping[UUID, Went]) -> int | None:
    """The most pain, 0–10, of what was stopped because it hurt; None where nobody said."""
    hurt = (went.pain for went in ticks.values() if went.result == Tick.Result.HURT)
    return max((pain for pain in hurt if pain is not None), default=None)


def _tick(session: Session, ticks: Mapping[UUID, Went]) -> None:
    """Keep how each item went, in place of what was said of it before."""
    Tick.objects.bulk_create(
        [Tick(session=session, item_id=item, **went._asdict()) for item, went in ticks.items()],
        update_conflicts=True,
        unique_fields=["session", "item"],
        update_fields=list(Went._fields),
    )


def _ticks(session: Session, results: Mapping[UUID, Went] | None) -> dict[UUID, Went]:
    """How each item went; NotThatDay if one belongs to another programme."""
    if results is None:
        return ticks_by_one_tap(session)
    refuse_items(results, list(Item.objects.filter(programme=session.programme_id)))
    if not results:
        raise NothingSaid(_("Nothing was said of any exercise, so nothing was saved."))
    return dict(results)


def times_done(day: Day) -> Counter[UUID]:
    """How often each item was done, or done in part, on this day."""
    return times_on(day)


def hurt_on(day: Day) -> set[UUID]:
    """The items that were stopped on this day because they hurt: not offered again that day."""
    return what_hurt_on(day)


def results_of(session: Session) -> dict[UUID, Went]:
    """How each of its items went, as it was said last."""
    return {item: Went(*said) for item, *said in RESULTS(session=session.pk)}


RESULTS: KeptQuery[Any] = KeptQuery(
    lambda session: Tick.objects.filter(session=session).values_list("item_id", *Went._fields),
    session=UUID,
)


def take_turn(session: Session) -> None:
    """The session as it is now; nobody else changes it until the transaction ends."""
    lock(session.assignment)
    session.refresh_from_db(fields=["pain_after", "effort", "note", "undone_at"])


@transaction.atomic
def describe_session(
    session: Session,
    *,
    pain_after: int | None,
    effort: str,
    note: str,
    results: Mapping[UUID, Went] | None = None,
    has_come_late: bool = False,
    by: User,
    now: datetime,
) -> None:
    """Say how a session felt: pain 0–10 or None, a ``Session.Effort`` or "", a note; and how
    its exercises went, where ``results`` says it of some. What hurt gives the session its pain
    where nobody says how it was afterwards, also where that was said before. ``has_come_late``:
    it waited on a phone without a network, and is taken as long as the session itself would be.

    Raises TooLate, also for a session that was taken back, and NotThatDay if one of the
    exercises is of another programme.
    """
    current = _changeable(session, by=by, now=now, has_come_late=has_come_late)
    if current.undone_at is not None:
        raise TooLate(_("This session was taken back."))
    if pain_after is None:
        pain_after = worst(results_of(current) | dict(results or {}))
    current.pain_after, current.effort, current.note = pain_after, effort, note
    current.save(update_fields=["pain_after", "effort", "note"])
    if results:
        refuse_items(results, list(Item.objects.filter(programme=current.programme_id)))
        _tick(current, results)
        current.is_one_tap = False
        current.save(update_fields=["is_one_tap"])
        settle_told_on(current.assignment, current.day.on)
    _record(by, Action.SESSION_DESCRIBED, current, now=now)


@transaction.atomic
def undo_session(session: Session, *, by: User, now: datetime) -> None:
    """Take a session back. It is kept, marked, so that a replay cannot revive it. Raises TooLate."""
    current = _changeable(session, by=by, now=now)
    if current.undone_at is None:
        _take_back(current, now, by=by, now=now)


@transaction.atomic
def undo_late(session: Session, *, undone_at: datetime, by: User, now: datetime) -> None:
    """Take back what was taken back on a phone without a network, put right by the clock of the
    server. Raises TooLate for what was done more than 14 days ago."""
    refuse_stranger(lock(session.assignment), by)
    session.refresh_from_db()
    if session.performed_at < now - TAKEN_FOR:
        raise TooLate(_("That day is over. Your clinic can still change it for you."))
    if session.undone_at is None:
        _take_back(session, max(min(undone_at, now), session.performed_at), by=by, now=now)


def _take_back(session: Session, undone_at: datetime, *, by: User, now: datetime) -> None:
    session.undone_at = undone_at
    session.save(update_fields=["undone_at"])
    settle_told_on(session.assignment, session.day.on)
    _record(by, Action.SESSION_UNDONE, session, now=now)


@transaction.atomic
def say_not_today(day: Day, *, reason: str, by: User, now: datetime) -> NotToday:
    """Keep why no more is coming on this day, a ``NotToday.Reason``; the last word counts.

    The day asks for as much as before. Raises TooLate or NotThatDay for another day than today,
    and Stopped while a warning sign is unchecked.
    """
    assignment, today = lock(day.assignment), today_of(day.assignment, now=now)
    refuse_stranger(assignment, by)
    if day.on > today:
        raise NotThatDay(_("That day has not come yet."))
    if day.on < today:
        raise TooLate(_("That day is over."))
    refuse_after_a_sign(assignment, now, by=by)
    note, _is_new = NotToday.objects.update_or_create(
        day=day, defaults={"reason": NotToday.Reason(reason), "said_at": now}
    )
    audit.record_about(day.assignment.patient, by, Action.NOT_TODAY_SAID, day, now=now)
    return note


@transaction.atomic
def take_back_not_today(day: Day, *, by: User, now: datetime) -> None:
    """More may be coming on this day after all, and reminders too."""
    refuse_stranger(lock(day.assignment), by)
    if NotToday.objects.filter(day=day).delete()[0]:
        audit.record_about(day.assignment.patient, by, Action.NOT_TODAY_TAKEN_BACK, day, now=now)


def _changeable(
    session: Session, *, by: User, now: datetime, has_come_late: bool = False
) -> Session:
    assignment = lock(session.assignment)
    refuse_stranger(assignment, by)
    current: Session = assignment.sessions.select_related("day").get(pk=session.pk)
    is_own = source_of(assignment, by) == Session.Source.PATIENT
    is_open = may_still_change(current.day, today=today_of(assignment, now=now))
    is_taken = has_come_late and current.performed_at >= now - TAKEN_FOR
    if is_own and not is_open and not is_taken:
        raise TooLate(_("That day is over. Your clinic can still change it for you."))
    return current


def _record(by: User, action: Action, session: Session, *, now: datetime) -> None:
    audit.record_about(session.assignment.patient, by, action, session, now=now)
