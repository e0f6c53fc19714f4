"""A patient's record: added, edited, invited, and taken up by the person it is about."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit, letters, names
from accounts.actions import Action
from accounts.links import absolute
from accounts.mail_limits import TooManyLetters
from accounts.models import Clinic, Letter, Mailbox, User
from accounts.services import (
    HasAccount,
    LinkClosed,
    NotPossible,
    checked_name,
    create_account,
)
from accounts.tokens import VALID_FOR, hash_of, new_token
from accounts.zones import canonical, known_zones
from patients.models import Invitation, Patient
from patients.schedule import local_date
from patients.services.days import lay_out_days, restate
from patients.services.plans import change_time_zone

__all__ = [
    "Added",
    "HasAccount",
    "LinkClosed",
    "NotPossible",
    "OtherAccount",
    "accept",
    "add_patient",
    "edit_patient",
    "invite",
    "same_address",
    "take_turn",
    "try_address_again",
    "welcome",
]


class OtherAccount(NotPossible):
    """The invitation was sent to another address than that of the person signed in."""


class Added(NamedTuple):
    patient: Patient
    not_invited: str = ""  # why not, in a sentence; empty if they are, or nobody asked for it


def same_address(clinic: Clinic, email: str) -> QuerySet[Patient]:
    """This clinic's records with the same e-mail address, however it is spelled."""
    address = User.objects.normalise(email)
    return Patient.objects.filter(clinic=clinic, email__iexact=address).exclude(email="")


@transaction.atomic
def add_patient(
    clinic: Clinic,
    *,
    name: str,
    email: str,
    clinician: User,
    time_zone: str,
    by: User,
    now: datetime,
    telephone: str = "",
    precautions: Collection[str] = (),
    client_id: UUID | None = None,
    invite_now: bool = False,
) -> Added:
    """A new record in the care of ``clinician``. Invites only if asked to; where that would be
    one invitation too many, the record is added all the same, and ``not_invited`` says why.

    ``email`` may be "", and so may ``telephone``, which comes as ``accounts.telephone`` reads it.

    A ``client_id`` that the clinic has seen is answered with the record it made: nothing
    changes and nothing is sent. Raises NotPossible, and adds nobody, if there is no address
    to invite, or the name is none.
    """
    fields = {
        "clinician": clinician,
        "name": checked_name(name),
        "email": User.objects.normalise(email),
        "telephone": telephone,
        "time_zone": time_zone,
        "language": clinic.language,
        "precautions": list(precautions),
        "created_at": now,
    }
    patient, is_new = _record_of(client_id, clinic, fields)
    if is_new:
        audit.record_about(patient, by, Action.PATIENT_ADDED, now=now)
    if is_new and invite_now:
        return _invited_if_possible(patient, by=by, now=now)
    return Added(patient)


def _invited_if_possible(patient: Patient, *, by: User, now: datetime) -> Added:
    try:
        invite(patient, by=by, now=now)
    except TooManyLetters as refusal:
        return Added(patient, not_invited=str(refusal))
    return Added(patient)


def _record_of(
    client_id: UUID | None, clinic: Clinic, fields: dict[str, Any]
) -> tuple[Patient, bool]:
    """The record, and whether it is new. Of two at once the second waits for the first."""
    if client_id is None:
        return Patient.objects.create(clinic=clinic, **fields), True
    return Patient.objects.get_or_create(clinic=clinic, client_id=client_id, defaults=fields)


def take_turn(patient_id: UUID) -> None:
    """Nobody else changes this record until the transaction ends."""
    list(Patient.objects.select_for_update(of=("self",)).filter(pk=patient_id).values("pk"))


@transaction.atomic
def edit_patient(
    patient: Patient,
    *,
    name: str,
    email: str,
    telephone: str,
    clinician: User,
    time_zone: str,
    precautions: Collection[str] | None = None,
    by: User,
    now: datetime,
) -> None:
    """Correct a record. With another address, an invitation on its way stops working.

    Without ``precautions`` those that are noted stay.
    Whether the plan waits for an invitation may change with it, from tomorrow on. Raises
    NotPossible for what is no name.
    """
    current = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    address = User.objects.normalise(email)
    has_moved = address != current.email
    current.name, current.email, current.clinician = checked_name(name), address, clinician
    if precautions is not None:
        current.precautions = list(precautions)
    current.telephone = telephone
    current.save(update_fields=["name", "email", "telephone", "clinician", "precautions"])
    change_time_zone(current, time_zone=time_zone, by=by, now=now)
    if has_moved:
        current.invitations.open().update(revoked_at=now)
        _lay_out(current, now=now)
    audit.record_about(current, by, Action.PATIENT_EDITED, now=now)
    patient.refresh_from_db()


def _lay_out(patient: Patient, *, now: datetime) -> None:
    for assignment in patient.assignments.running():
        lay_out_days(assignment, now=now)


def _begin_today(patient: Patient, *, now: datetime) -> None:
    for assignment in patient.assignments.running():
        restate(assignment, local_date(now, patient.zone))


@transaction.atomic
def invite(patient: Patient, *, by: User, now: datetime) -> Invitation:
    """Send the link to their page; one sent earlier stops working. Raises NotPossible, also
    for too many invitations in a day.

    A record that is in use already is asked over to its new address only.
    """
    current = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    if not current.email:
        raise NotPossible(_("Add an e-mail address first."))
    if current.user_id is not None and not current.has_new_address:
        raise NotPossible(_("%(name)s has accepted already.") % {"name": current.name})
    current.invitations.open().update(revoked_at=now)
    token = new_token()
    invitation: Invitation = current.invitations.create(
        address=current.email,
        invited_by=by,
        token_hash=hash_of(token),
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    invitation.letter = _post(invitation, token, now=now)
    invitation.save(update_fields=["letter"])
    audit.record_about(current, by, Action.PATIENT_INVITED, invitation, now=now)
    return invitation


def _post(invitation: Invitation, token: str, *, now: datetime) -> Letter:
    """First name and link only: a clinic's name can tell what somebody is treated for."""
    patient = invitation.patient
    return letters.post(
        "patient_invitation",
        to=invitation.address,
        context={
            "first_name": patient.first_name,
            "days": VALID_FOR.days,
            "link": absolute(reverse("patients:invitation", args=[token])),
        },
        kind=Letter.Kind.INVITATION,
        now=now,
        by=invitation.invited_by,
        clinic=patient.clinic,
        language=patient.language,
    )


@transaction.atomic
def try_address_again(patient: Patient, *, by: User, now: datetime) -> None:
    """Write to an address once more that mail servers have refused; see ``Mailbox``."""
    Mailbox.objects.try_again(patient.address)
    audit.record_about(patient, by, Action.ADDRESS_TRIED_AGAIN, now=now)


@transaction.atomic
def accept(
    invitation: Invitation, *, now: datetime, time_zone: str = "", user: User | None = None
) -> User:
    """Take up the record, once: as ``user``, or with a new account if that is None.

    Whoever had it before at another address has it no longer. ``time_zone`` is the browser's; one we do not know leaves the record's as it is.
    The days from today on are asked for. Raises LinkClosed, HasAccount (new account,
    but the address has one) or OtherAccount.
    """
    # The record first, as ``invite`` and ``edit_patient`` do: nobody waits in a circle.
    patient = Patient.objects.select_for_update(of=("self",)).get(pk=invitation.patient_id)
    current = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not current.is_open_at(now):
        raise LinkClosed(_("This link can no longer be used."))
    owner = _owner(current, patient, user)
    current.accepted_at = now
    current.save(update_fields=["accepted_at"])
    was_waiting = patient.user_id is None
    patient.user = owner
    patient.save(update_fields=["user"])
    if time_zone in known_zones():
        change_time_zone(patient, time_zone=canonical(time_zone), by=owner, now=now)
    if was_waiting:  # else the days are asked for already
        _lay_out(patient, now=now)
        _begin_today(patient, now=now)
    audit.record_about(patient, owner, Action.INVITATION_ACCEPTED, current, now=now)
    return owner


def _owner(invitation: Invitation, patient: Patient, user: User | None) -> User:
    if user is None:
        return create_account(invitation.address, name=names.for_mail(patient.name))
    if user.email.lower() != invitation.address.lower():
        raise OtherAccount(_("This invitation was sent to another e-mail address."))
    return user


@transaction.atomic
def welcome(patient: Patient, *, by: User, now: datetime) -> None:
    """The first visit is over: it is not shown again. Doing it again changes nothing."""
    if Patient.objects.filter(pk=patient.pk, welcomed_at=None).update(welcomed_at=now):
        audit.record_about(patient, by, Action.FIRST_VISIT_ENDED, now=now)
