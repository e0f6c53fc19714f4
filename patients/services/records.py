"""A patient's record: added, edited, invited, and taken up by the person it is about."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit, letters, names, services
from accounts.actions import Action
from accounts.links import absolute
from accounts.mail_limits import TooManyLetters
from accounts.models import AddressTrouble, Clinic, Letter, User
from accounts.services import (
    HasAccount,
    LinkClosed,
    NotPossible,
    checked_address,
    checked_name,
    create_account,
)
from accounts.tokens import VALID_FOR, hash_of, new_token
from accounts.zones import canonical, known_zones
from patients.models import ClosedBecause, Invitation, Patient, PhoneLink
from patients.schedule import local_date
from patients.services import access
from patients.services.days import lay_out_days, restate
from patients.services.plans import change_time_zone

__all__ = [
    "Added",
    "HasAccount",
    "LinkClosed",
    "NotPossible",
    "OtherAccount",
    "WrongYear",
    "accept",
    "add_patient",
    "change_called",
    "edit_patient",
    "invite",
    "same_address",
    "take_turn",
    "take_up",
    "try_address_again",
    "welcome",
]


EDITED = ["name", "called", "email", "telephone", "year_of_birth", "clinician", "precautions"]
TAKEN_UP = ["user", "closed_user", "access_closed_at", "access_closed_by", "access_closed_because"]


class WrongYear(NotPossible):
    """Not the year of birth that the clinic wrote. ``tries_left`` may be 0."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(_("That is not the year that your clinic has."))
        self.tries_left = tries_left


class OtherAccount(NotPossible):
    """The invitation was sent to another address than that of the person signed in."""


class Added(NamedTuple):
    patient: Patient
    not_invited: str = ""  # why not, in a sentence; empty if they are, or nobody asked for it


def same_address(clinic: Clinic, email: str) -> QuerySet[Patient]:
    """This clinic's records with the same e-mail address, however it is spelled."""
    address = User.objects.normalise(email)
    return Patient.objects.filter(clinic=clinic, email=address).exclude(email="")


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
    called: str = "",
    telephone: str = "",
    year_of_birth: int | None = None,
    precautions: Collection[str] = (),
    client_id: UUID | None = None,
    invite_now: bool = False,
) -> Added:
    """A new record in the care of ``clinician``. Invites only if asked to; where that would be
    one invitation too many, the record is added all the same, and ``not_invited`` says why.

    ``telephone`` comes as ``accounts.telephone`` reads it. A ``client_id`` that the clinic has
    seen is answered with the record it made, and nothing is sent. Raises NotPossible, and adds
    nobody, if there is no address to invite, the name is none, or we do not take the address.
    """
    fields = {
        "clinician": clinician,
        "name": checked_name(name),
        "called": checked_name(called),
        "email": _checked(email),
        "telephone": telephone,
        "year_of_birth": year_of_birth,
        "time_zone": time_zone,
        "language": clinic.language,
        "precautions": list(precautions),
        "created_at": now,
    }
    patient, is_new = _record_of(client_id, clinic, fields)
    if is_new:
        audit.record_about(patient, by, Action.PATIENT_ADDED, now=now)
    return _invited_if_possible(patient, by, now) if is_new and invite_now else Added(patient)


def _checked(email: str) -> str:
    return checked_address(email) if email.strip() else ""


def _invited_if_possible(patient: Patient, by: User, now: datetime) -> Added:
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
    year_of_birth: int | None,
    called: str | None = None,
    precautions: Collection[str] | None = None,
    by: User,
    now: datetime,
) -> None:
    """Correct a record. With another address, the person who has the page loses it, and every link
    that was mailed stops working.

    Without ``called`` and ``precautions`` what is noted stays. ``year_of_birth`` may be None.
    Whether the plan waits for an invitation may change with it, from tomorrow on. Raises
    NotPossible for what is no name, or an address that we do not take.
    """
    current = access.as_now(patient)
    address = _checked(email)
    has_moved = address != current.email
    current.name, current.email, current.clinician = checked_name(name), address, clinician
    if called is not None:
        current.called = checked_name(called)
    if precautions is not None:
        current.precautions = list(precautions)
    current.telephone, current.year_of_birth = telephone, year_of_birth
    current.save(update_fields=EDITED)
    change_time_zone(current, time_zone=time_zone, by=by, now=now)
    if has_moved:
        _move(current, by=by, now=now)
    audit.record_about(current, by, Action.PATIENT_EDITED, now=now)
    patient.refresh_from_db()


@transaction.atomic
def change_called(patient: Patient, *, called: str, by: User, now: datetime) -> None:
    """What the patient wants to be called; "" for the whole name. The caller has the row's turn.

    What it is already changes nothing. Raises NotPossible for what is no name.
    """
    wanted = checked_name(called)
    if wanted == patient.called:
        return
    patient.called = wanted
    patient.save(update_fields=["called"])
    audit.record_about(patient, by, Action.CALLED_CHANGED, now=now)


def _move(patient: Patient, *, by: User, now: datetime) -> None:
    """The clinic wrote another address, or none: nobody has proved that it is the same person."""
    account = patient.user.email if patient.user else None
    if account is not None and account != patient.email:
        access.put_out(patient, because=ClosedBecause.NEW_ADDRESS, by=by, now=now)
    else:
        access.close_links(patient, now=now)
        _lay_out(patient, now=now)


def _lay_out(patient: Patient, *, now: datetime) -> None:
    for assignment in patient.assignments.running():
        lay_out_days(assignment, now=now)


def _begin_today(patient: Patient, *, now: datetime) -> None:
    for assignment in patient.assignments.running():
        restate(assignment, local_date(now, patient.zone))


@transaction.atomic
def invite(patient: Patient, *, by: User, now: datetime, again: bool = False) -> Invitation:
    """Send the link to their page; one sent earlier stops working. Raises NotPossible, also
    for too many invitations in a day.

    Where someone has accepted already, only ``again``: the one who has loses the page. Where their
    account has no address, nobody loses it: who opens the link gives that account this address.
    """
    current = access.as_now(patient)
    _refuse_to_invite(current, again=again)
    if current.user_id is not None and not current.is_in_by_phone_only:
        access.put_out(current, because=ClosedBecause.INVITED_AGAIN, by=by, now=now)
    access.revoke_invitations(current, now=now)
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


def _refuse_to_invite(patient: Patient, *, again: bool) -> None:
    if not patient.email:
        raise NotPossible(_("Add an e-mail address first."))
    checked_address(patient.email)  # one from before may be spelled in a way we refuse now
    if patient.has_died:
        words = _("%(name)s is noted as having died. If that was a mistake, say so first.")
        raise NotPossible(words % {"name": patient.name})
    has_accepted = patient.user_id is not None and not patient.is_in_by_phone_only
    if has_accepted and not again:
        raise NotPossible(_("%(name)s has accepted already.") % {"name": patient.name})


def _post(invitation: Invitation, token: str, *, now: datetime) -> Letter:
    """Who made the page, and the link: the clinic by its name in e-mail, since its own can tell
    what someone is treated for."""
    patient = invitation.patient
    return letters.post(
        "patient_invitation",
        to=invitation.address,
        context={
            "called": patient.addressed_as,
            "inviter": invitation.invited_by.name,
            "days": VALID_FOR.days,
            "link": absolute(reverse("today:invitation", args=[token])),
        },
        kind=Letter.Kind.INVITATION,
        now=now,
        by=invitation.invited_by,
        clinic=patient.clinic,
        language=patient.language,
    )


@transaction.atomic
def try_address_again(patient: Patient, *, by: User, now: datetime) -> None:
    """Write to an address once more that mail servers have refused; see ``AddressTrouble``."""
    AddressTrouble.objects.try_again(patient.address)
    audit.record_about(patient, by, Action.ADDRESS_TRIED_AGAIN, now=now)


def accept(
    invitation: Invitation,
    *,
    now: datetime,
    time_zone: str = "",
    year: int | None = None,
    user: User | None = None,
) -> User:
    """Take up the record, once: as ``user``, or with a new account if that is None.

    Where a phone was signed in before, to an account without an address, that account gets this
    one; unless ``user`` is another account, which has it already: then the record moves to it.

    ``time_zone`` is the browser's; one we do not know leaves the record's as it is. ``year`` of
    birth must be the record's, if the clinic wrote one; the third wrong one closes the link.
    The days from today on are asked for. Raises LinkClosed, WrongYear, HasAccount (new
    account, but the address has one) or OtherAccount.
    """
    with transaction.atomic():
        # The record first, as ``invite`` and ``edit_patient`` do: nobody waits in a circle.
        patient = access.as_now(invitation.patient)
        current = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        has_accepted = patient.user_id is not None and not patient.is_in_by_phone_only
        if not current.is_open_at(now) or has_accepted:
            raise LinkClosed(_("This link can no longer be used."))
        _refuse_other(current, patient, user)
        if patient.year_of_birth in (None, year):
            owner = _owner_of(patient, current.address, user, now=now)
            current.accepted_at = now
            current.save(update_fields=["accepted_at"])
            take_up(patient, owner, time_zone=time_zone, now=now)
            audit.record_about(patient, owner, Action.INVITATION_ACCEPTED, current, now=now)
            return owner
        _count_wrong_year(patient, current, by=user, now=now)
    raise WrongYear(current.tries_left)  # now that it is counted for good


def _count_wrong_year(
    patient: Patient, invitation: Invitation, *, by: User | None, now: datetime
) -> None:
    invitation.wrong_years += 1
    invitation.save(update_fields=["wrong_years"])
    audit.record_about(patient, by, Action.INVITATION_YEAR_WRONG, invitation, now=now)


def _owner_of(patient: Patient, address: str, user: User | None, *, now: datetime) -> User:
    present = patient.user  # whose account has no address, or None
    if present is None:
        return user or create_account(address, name=names.for_mail(patient.name))
    if user is not None and user != present:
        services.close_ways_in(present)  # it opened this record only
        return user
    services.give_address(present, address)
    audit.record_about(patient, present, Action.ACCOUNT_GOT_ADDRESS, now=now)
    return present


def take_up(patient: Patient, owner: User, *, time_zone: str, now: datetime) -> None:
    """Someone has this record's page from now on, and is asked from today on.

    The caller has locked the record, and writes down how it came about.
    """
    patient.user, patient.closed_user = owner, None
    patient.access_closed_at, patient.access_closed_by = None, None
    patient.access_closed_because = ""
    patient.save(update_fields=TAKEN_UP)
    if time_zone in known_zones():
        change_time_zone(patient, time_zone=canonical(time_zone), by=owner, now=now)
    _lay_out(patient, now=now)
    _begin_today(patient, now=now)
    _end_sign_ins_of_others(patient, owner)


def _end_sign_ins_of_others(patient: Patient, owner: User) -> None:
    """A phone that another clinic has signed in to the account would see this record, too."""
    of_others = PhoneLink.objects.filter(used_by=owner).exclude(patient__clinic=patient.clinic_id)
    if of_others.exists():
        services.end_sign_ins(owner)
        owner.refresh_from_db(fields=["session_round"])


def _refuse_other(invitation: Invitation, patient: Patient, user: User | None) -> None:
    if user is not None and user != patient.user and not user.is_at(invitation.address):
        raise OtherAccount(_("This invitation was sent to another e-mail address."))


@transaction.atomic
def welcome(patient: Patient, *, by: User, now: datetime) -> None:
    """The first visit is over: it is not shown again. Doing it again changes nothing."""
    if Patient.objects.filter(pk=patient.pk, welcomed_at=None).update(welcomed_at=now):
        audit.record_about(patient, by, Action.FIRST_VISIT_ENDED, now=now)
