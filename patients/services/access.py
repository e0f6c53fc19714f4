"""Take a patient's access back: at once, for the account, the invitations and every mailed link.

See docs/adr/0034. The record goes on: nothing that was logged changes.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, letters, passkeys, services
from accounts.actions import Action
from accounts.models import User
from accounts.services import NotPossible
from patients.models import ClosedBecause, Patient
from patients.schedule import local_date
from patients.services.addresses import page_closed
from patients.services.days import lay_out_days, restate

__all__ = [
    "NotPossible",
    "as_now",
    "close_access",
    "close_links",
    "put_out",
    "revoke_invitations",
    "take_death_back",
    "take_invitation_back",
]

logger = logging.getLogger("access")

CLOSED = ["access_closed_at", "access_closed_by", "access_closed_because"]
PUT_OUT = ["user", "closed_user", "welcomed_at", "links_valid_from", *CLOSED]


def as_now(patient: Patient) -> Patient:
    """The record as it is now; nobody else changes it until the transaction ends."""
    return Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)


@transaction.atomic
def close_access(patient: Patient, *, because: ClosedBecause, by: User, now: datetime) -> None:
    """Nobody has this record's page any more, until an invitation sent after this is accepted.

    Where nobody has accepted yet there is only an invitation to take back, and no reason is
    kept; a death can be noted of everyone. Doing it again changes nothing. Raises NotPossible
    where there is nothing to close.
    """
    current = as_now(patient)
    if current.has_died:
        return
    if current.user_id is not None or because == ClosedBecause.DIED:
        put_out(current, because=because, by=by, now=now)
    elif current.invitations.open().exists():
        take_invitation_back(current, by=by, now=now)
    elif not current.is_closed:
        raise NotPossible(_("Nobody has access to this page."))
    patient.refresh_from_db()


@transaction.atomic
def take_invitation_back(patient: Patient, *, by: User, now: datetime) -> None:
    """The link that was sent opens nothing; its letter does not leave. Raises NotPossible where
    none is open, also because it was accepted a moment ago.
    """
    current = as_now(patient)
    if current.user_id is not None:
        raise NotPossible(_("It has been accepted by now. Close access instead."))
    open_one = current.invitations.open().first()
    if open_one is None:
        raise NotPossible(_("There is no invitation to take back."))
    revoke_invitations(current, now=now)
    audit.record_about(current, by, Action.PATIENT_INVITATION_TAKEN_BACK, open_one, now=now)


@transaction.atomic
def take_death_back(patient: Patient, *, by: User, now: datetime) -> None:
    """It was noted by mistake. Nobody is invited by it: with an address, access stays closed.

    Without one the clinic records again, from today on. Again: changes nothing.
    """
    current = as_now(patient)
    if not current.has_died:
        return
    if current.email:
        current.access_closed_because = ClosedBecause.OTHER
    else:
        current.access_closed_at, current.access_closed_by = None, None
        current.access_closed_because = ""
    current.save(update_fields=CLOSED)
    for assignment in current.assignments.running():
        lay_out_days(assignment, now=now)
        restate(assignment, local_date(now, current.zone))
    audit.record_about(current, by, Action.DEATH_TAKEN_BACK, now=now)
    patient.refresh_from_db()


def put_out(patient: Patient, *, because: ClosedBecause, by: User, now: datetime) -> None:
    """Close access to a record that the caller has locked, with the address it has by now."""
    former = patient.user
    patient.closed_user = former or patient.closed_user
    patient.user, patient.welcomed_at, patient.links_valid_from = None, None, now
    patient.access_closed_at, patient.access_closed_by = now, by
    patient.access_closed_because = because
    patient.save(update_fields=PUT_OUT)
    revoke_invitations(patient, now=now)
    _end_phone_links(patient, now=now)
    if former is not None:
        _shut_out(former, because=because)
        page_closed(former, now=now)
    _ask_nothing(patient, now=now)
    is_death = because == ClosedBecause.DIED
    action = Action.DEATH_NOTED if is_death else Action.ACCESS_CLOSED
    audit.record_about(patient, by, action, now=now)
    logger.info("access closed", extra={"event": action.value})


def close_links(patient: Patient, *, now: datetime) -> None:
    """Links in e-mails about this record that were made up to now are closed."""
    revoke_invitations(patient, now=now)
    _end_phone_links(patient, now=now)
    patient.links_valid_from = now
    patient.save(update_fields=["links_valid_from"])


def revoke_invitations(patient: Patient, *, now: datetime) -> None:
    """Those that are open; a letter with one that has not left yet stays here."""
    revoked = patient.invitations.open()
    letters.withdraw(revoked.exclude(letter=None).values_list("letter", flat=True))
    revoked.update(revoked_at=now)


def _end_phone_links(patient: Patient, *, now: datetime) -> None:
    patient.phone_links.open().update(ended_at=now)


def _shut_out(former: User, *, because: str) -> None:
    """Someone who may still see something else keeps the password, but not on a phone that is lost."""
    person = services.as_now(former)
    has_more = person.patient_records.exists() or person.clinics_as_staff().exists()
    if not has_more:
        services.close_ways_in(person)
    elif because == ClosedBecause.LOST_PHONE:
        passkeys.end_all(person)
        services.end_sign_ins(person)


def _ask_nothing(patient: Patient, *, now: datetime) -> None:
    """Of someone who cannot tick: not from tomorrow on, nor today unless it is done already."""
    for assignment in patient.assignments.running():
        lay_out_days(assignment, now=now)
        today = local_date(now, patient.zone)
        day = assignment.days.with_sessions_done().filter(on=today).first()
        if day is not None and not day.is_enough:
            restate(assignment, today)
