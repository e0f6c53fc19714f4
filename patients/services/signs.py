"""A patient has a warning sign: everything stops until a clinician has checked."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, TypedDict, Unpack
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import Action
from accounts.models import LOST, User
from accounts.services import NotPossible
from outbox.outcomes import SENDER
from patients.models import ClosedBecause, HeldEntry, LateSign, Patient, Pause, Session, WarningSign
from patients.results import in_plain
from patients.schedule import local_date
from patients.services import notices, plans
from patients.services.days import excuse, settle_told_on
from patients.services.session_days import TAKEN_FOR
from patients.services.sessions import results_of
from programmes.models import Item
from programmes.safety import Sign

__all__ = [
    "AlreadyChecked",
    "NotPossible",
    "TooMuch",
    "check",
    "follow_up",
    "hold",
    "tell",
    "tell_late",
]

LEADS_TOO_AFTER = timedelta(hours=4)
"""So long a sign may stand unchecked before the clinic's leads are written to as well."""


HELD_AT_MOST = 30
"""So many things are kept of what was sent while a sign is unchecked: more nobody reads."""

HELD_WORDS_AT_MOST = 20_000
"""Characters of all their notes together."""


class TooMuch(NotPossible):
    """As much as anyone reads is kept already; this is not."""


class AlreadyChecked(NotPossible):
    """Someone was quicker; the first check stands."""


@transaction.atomic
def tell(patient: Patient, *, which: Iterable[str] = (), by: User, now: datetime) -> WarningSign:
    """Record it, stop the programme, and write to the clinician. Told twice it is told once.

    ``which`` are values of ``Sign``, and are added to what was said before; it may be empty:
    nobody has to say which sign it is. No reminder goes out until a clinician has checked.
    """
    current = plans.lock_patient(patient)
    return _tell(current, which, told_at=now, by=by, now=now)


@transaction.atomic
def tell_late(
    patient: Patient,
    *,
    client_id: UUID,
    told_at: datetime,
    which: Iterable[str] = (),
    by: User,
    now: datetime,
) -> bool:
    """The same of a sign that was told on a phone without a network; False if it had come before:
    for this record, since no key may keep the sign of another one from being told.

    ``told_at`` is put right by our clock. What was done since then is held, as if we had known;
    where it cannot be, or a sign was checked since, the sign counts as told now: whoever
    checked did not know of it.
    """
    current = plans.lock_patient(patient)
    plans.take_turn(current)
    known = LateSign.objects.filter(sign__patient=current, told_by=by, client_id=client_id)
    if known.exists():
        return False
    told_at = _believed(told_at, current, now=now)
    sign = _tell(current, which, told_at=told_at, by=by, now=now)
    _set_aside(sign, by=by, now=now)
    LateSign.objects.create(
        sign=sign, client_id=client_id, told_by=by, told_at=told_at, received_at=now
    )
    return True


def _set_aside(sign: WarningSign, *, by: User, now: datetime) -> None:
    """Hold what was done since it was told and has come before it, as if we had known."""
    own = Session.objects.filter(assignment__patient=sign.patient, source=Session.Source.PATIENT)
    since = own.not_undone().filter(performed_at__gte=sign.told_at, assignment__ended_on=None)
    told_on = local_date(sign.told_at, sign.patient.zone)
    for session in since.select_related("assignment__patient", "day").order_by("performed_at"):
        with suppress(TooMuch):  # the session itself stays to be read
            _hold_session(session, sign, now=now)
        session.undone_at = now
        session.save(update_fields=["undone_at"])
        audit.record_about(sign.patient, by, Action.SESSION_SET_ASIDE, session, now=now)
        settle_told_on(session.assignment, session.day.on)
        if session.day.on > told_on:  # enough seemed to be done that day
            excuse(session.assignment, [session.day.on])


def _hold_session(session: Session, sign: WarningSign, *, now: datetime) -> None:
    items = Item.objects.filter(programme=session.programme_id).select_related("exercise_version")
    went = {} if session.is_one_tap else results_of(session)
    hold(
        sign.patient,
        what=HeldEntry.What.SESSION,
        client_id=session.client_id,
        on=session.day.on,
        by=session.recorded_by,
        now=now,
        performed_at=session.performed_at,
        pain_after=session.pain_after,
        effort=session.effort,
        note=session.note,
        results=in_plain(went, items),
    )


def _believed(told_at: datetime, patient: Patient, *, now: datetime) -> datetime:
    checked_since = patient.warning_signs.filter(checked_at__gte=told_at)
    can_be = now - TAKEN_FOR <= told_at <= now
    return told_at if can_be and not checked_since.exists() else now


def _tell(
    current: Patient, which: Iterable[str], *, told_at: datetime, by: User, now: datetime
) -> WarningSign:
    known: WarningSign | None = current.warning_signs.open().first()
    if known is not None:
        return _add(known, which, told_at=told_at, by=by, now=now)
    sign = WarningSign(patient=current, told_by=by, told_at=told_at, which=_in_order(which))
    sign.letter = notices.to_responsible(current, now=now, by=None)
    sign.leads_told_at = None if sign.letter else now
    sign.save(force_insert=True)
    _stop(sign, by=by, now=now)
    audit.record_about(current, by, Action.SIGN_TOLD, sign, now=now)
    return sign


def _stop(sign: WarningSign, *, by: User, now: datetime) -> None:
    for assignment in sign.patient.assignments.running():
        plans.hold(assignment, because_of=sign, by=by, now=now)


def _add(
    sign: WarningSign, which: Iterable[str], *, told_at: datetime, by: User, now: datetime
) -> WarningSign:
    """Which it is too, and since when, if it turns out to have been told earlier."""
    said = _in_order({*sign.which, *which})
    if said != sign.which:
        sign.which = said
        sign.save(update_fields=["which"])
        audit.record_about(sign.patient, by, Action.SIGN_NAMED, sign, now=now)
    if told_at < sign.told_at:
        sign.told_at = told_at
        sign.save(update_fields=["told_at"])
        audit.record_about(sign.patient, by, Action.SIGN_TOLD, sign, now=now)
        _stop(sign, by=by, now=now)
    return sign


def _in_order(which: Iterable[str]) -> list[str]:
    """As the help page lists them, each once."""
    said = {Sign(value) for value in which}
    return [sign.value for sign in Sign if sign in said]


@transaction.atomic
def check(sign: WarningSign, *, note: str, goes_on: bool, by: User, now: datetime) -> None:
    """A clinician has seen to it; the programme goes on, or stays paused until resumed.

    ``note`` says what was asked, found and advised, and is kept with the clinician's name as
    it is now. Raises AlreadyChecked, and NotPossible for one's own record.
    """
    patient = Patient.objects.select_for_update(of=("self",)).get(pk=sign.patient_id)
    if patient.user_id == by.pk:
        raise NotPossible(_("This is your own record. A colleague has to check it."))
    checked = WarningSign.objects.open().filter(pk=sign.pk)
    if not checked.update(checked_by=by, checked_by_name=str(by), checked_at=now, check_note=note):
        raise AlreadyChecked(_("Somebody has checked this already."))
    action = Action.SIGN_CHECKED_GOES_ON if goes_on else Action.SIGN_CHECKED_STAYS_PAUSED
    audit.record_about(patient, by, action, sign, now=now)
    if goes_on:
        _resume(patient, by=by, now=now)


def _resume(patient: Patient, *, by: User, now: datetime) -> None:
    """End the pause of the sign; one that a clinician has set for another reason stays."""
    held = Pause.objects.filter(until_on=None, because_of__isnull=False)
    for assignment in patient.assignments.running().filter(pauses__in=held):
        plans.resume(assignment, by=by, now=now)


class Sent(TypedDict, total=False):
    """What was typed. Pain is 0–10 or None, effort a ``Session.Effort`` or "", ``results`` how
    each exercise went, as ``patients.results.in_plain`` has it.
    """

    pain_after: int | None
    effort: str
    note: str
    results: list[dict[str, Any]]


@transaction.atomic
def hold(
    patient: Patient,
    *,
    what: HeldEntry.What,
    client_id: UUID,
    on: date,
    by: User,
    now: datetime,
    performed_at: datetime | None = None,
    **sent: Unpack[Sent],
) -> None:
    """Keep for the clinician what came while a sign is unchecked. It counts for nothing.

    ``on`` is the patient's date that it is about; ``client_id`` tells a repeat from a second one.
    ``performed_at``: it was done then without a network, and the sign may have been checked since.
    Raises TooMuch for more than anyone would read.
    """
    signs = patient.warning_signs.stopping()
    if performed_at is not None:
        signs = patient.warning_signs.stopping_at(performed_at, patient.zone)
    sign = signs.select_for_update(of=("self",)).first()
    if sign is None:  # it goes on since a moment ago
        return
    held = sign.held.filter(client_id=client_id, what=what)
    if held.filter(**sent).exists():
        return
    _refuse_too_much(sign, sent.get("note", ""))
    # Other words about the same thing stand next to the first ones.
    key = uuid4() if held.exists() else client_id
    HeldEntry.objects.create(
        sign=sign, client_id=key, what=what, on=on, sent_by=by, sent_at=performed_at or now, **sent
    )


def _refuse_too_much(sign: WarningSign, note: str) -> None:
    kept = list(sign.held.values_list("note", flat=True))
    if len(kept) >= HELD_AT_MOST or len(note) + sum(map(len, kept)) > HELD_WORDS_AT_MOST:
        raise TooMuch(
            _(
                "Your clinic can see what you sent before. This one is not kept, so please call them."
            )
        )


def follow_up(*, now: datetime) -> int:
    """Write to the leads of signs that nobody has checked in time, or whose mail did not arrive.

    How many there were. Running it twice changes nothing.
    """
    late = Q(told_at__lte=now - LEADS_TOO_AFTER)
    lost = Q(letter__state__in=LOST) | Q(letter__reason__startswith=SENDER)
    waiting = WarningSign.objects.open().filter(late | lost, leads_told_at=None)
    # A letter that someone waits would make a colleague call the family.
    waiting = waiting.exclude(patient__access_closed_because=ClosedBecause.DIED)
    return sum(_tell_leads(key, now=now) for key in waiting.values_list("pk", flat=True))


@transaction.atomic
def _tell_leads(key: UUID, *, now: datetime) -> bool:
    open_ones = WarningSign.objects.open().select_for_update(of=("self",), skip_locked=True)
    sign = open_ones.filter(pk=key, leads_told_at=None).select_related("patient__clinic").first()
    if sign is None:  # checked, or told by another worker
        return False
    is_late = sign.told_at <= now - LEADS_TOO_AFTER
    notices.to_leads(sign.patient, is_late=is_late, now=now, by=None)
    sign.leads_told_at = now
    sign.save(update_fields=["leads_told_at"])
    return True
