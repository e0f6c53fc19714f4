"""Sign a patient's phone in, in the room, by a code that the clinic shows. See docs/adr/0051."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, letters, limits, names, words
from accounts.actions import Action
from accounts.device_kinds import DeviceKind
from accounts.models import User
from accounts.services import (
    HasAccount,
    LinkClosed,
    NotPossible,
    account_for,
    create_account,
    create_account_without_address,
)
from accounts.tokens import hash_of
from patients.models import Patient, PhoneLink
from patients.services import access, records

__all__ = [
    "HasAccount",
    "LinkClosed",
    "NotPossible",
    "OtherAccount",
    "check",
    "is_open",
    "make",
    "sign_in",
    "take_back",
]

MINUTES = 5
VALID_FOR = timedelta(minutes=MINUTES)

logger = logging.getLogger("access")


class OtherAccount(NotPossible):
    """Someone else is signed in on that phone."""


@transaction.atomic
def make(patient: Patient, *, by: User, now: datetime) -> PhoneLink:
    """A code to show; one made before ends. Raises NotPossible as ``check`` does, and for too
    many in an hour.
    """
    current = access.as_now(patient)
    check(current)
    try:
        limits.use(limits.PHONE_LINKS, str(by.pk), now=now)
    except limits.Reached as reached:
        raise NotPossible(words.too_many_tries(reached, now=now)) from reached
    _end(current, now=now)
    link = PhoneLink(patient=current, made_by=by, created_at=now, expires_at=now + VALID_FOR)
    link.token_hash = hash_of(link.code)
    link.save(force_insert=True)
    audit.record_about(current, by, Action.PHONE_LINK_MADE, link, now=now)
    return link


def check(patient: Patient) -> None:
    """Raises NotPossible, in words for staff, where no code signs a phone in to this record."""
    values = {"name": patient.name}
    if patient.has_died:
        said = _("%(name)s is noted as having died. If that was a mistake, say so first.")
        raise NotPossible(said % values)
    if patient.is_closed and patient.email and not patient.invitations.open().exists():
        raise NotPossible(
            _("Access to this page is closed. Check the address and send an invitation first.")
        )
    if patient.user is not None:
        _check_account(patient.user, patient)


def _check_account(owner: User, patient: Patient) -> None:
    """A clinic opens its own pages only, and nobody's way in to other people's."""
    values = {"name": patient.name}
    if not owner.is_active:
        raise NotPossible(_("The account of %(name)s is closed.") % values)
    elsewhere = owner.patient_records.exclude(clinic=patient.clinic_id).exists()
    if elsewhere or owner.is_operator or owner.clinics_as_staff().exists():
        said = _(
            "The account of %(name)s opens more than this clinic’s pages, so a code shown here does"
            " not sign a phone in. They sign in with their e-mail address."
        )
        raise NotPossible(said % values)


@transaction.atomic
def take_back(patient: Patient, *, by: User, now: datetime) -> None:
    """The code that is shown signs nobody in any more. Raises NotPossible where none does."""
    current = access.as_now(patient)
    link = current.phone_links.open().first()
    if link is None:
        raise NotPossible(_("There is no code to take back."))
    _end(current, now=now)
    audit.record_about(current, by, Action.PHONE_LINK_TAKEN_BACK, link, now=now)


def _end(patient: Patient, *, now: datetime) -> None:
    patient.phone_links.open().update(ended_at=now)


@transaction.atomic
def sign_in(
    link: PhoneLink, *, user: User | None, device: DeviceKind, now: datetime, time_zone: str = ""
) -> User:
    """Whom to sign in on the phone that asks; the code is used up by it.

    ``user`` is who is signed in there already. Where nobody has the record's page yet, this is
    like accepting an invitation: an account is made, with the record's address or without one.
    Raises LinkClosed, OtherAccount, HasAccount (the address has an account, whose owner signs in
    the usual way first).
    """
    patient = access.as_now(link.patient)
    current = PhoneLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if not is_open(current, now=now):
        raise LinkClosed(_("This code can no longer be used."))
    owner = _owner_of(patient, user)
    current.used_at, current.used_by, current.used_on = now, owner, device
    current.save(update_fields=["used_at", "used_by", "used_on"])
    if patient.user_id is None:
        _accept_invitations(patient, now=now)
        records.take_up(patient, owner, time_zone=time_zone, now=now)
    audit.record_about(patient, owner, Action.PHONE_LINK_USED, current, now=now)
    logger.info("phone signed in", extra={"event": Action.PHONE_LINK_USED.value})
    return owner


def is_open(link: PhoneLink, *, now: datetime) -> bool:
    """It would sign a phone in: whoever made it still works there, too."""
    clinics = link.made_by.clinics_as_staff().filter(pk=link.patient.clinic_id)
    if link.why_closed(now) or not link.made_by.is_active or not clinics.exists():
        return False
    try:
        check(link.patient)
    except NotPossible:
        return False
    return True


def _owner_of(patient: Patient, user: User | None) -> User:
    """The account that the page belongs to, made if need be."""
    present = patient.user or (account_for(patient.email) if patient.email else None)
    if user is not None and user != present:
        raise OtherAccount(_("Someone else is signed in on this phone."))
    if patient.user is None and present is not None and user is None:
        raise HasAccount(_("This e-mail address already has an account."))
    return present or _new_account(patient)


def _new_account(patient: Patient) -> User:
    name = names.for_mail(patient.name)
    if patient.email:
        return create_account(patient.email, name=name)
    return create_account_without_address(name=name)


def _accept_invitations(patient: Patient, *, now: datetime) -> None:
    """What they ask for has happened; a letter with one that has not left yet stays here."""
    open_ones = patient.invitations.open()
    letters.withdraw(open_ones.exclude(letter=None).values_list("letter", flat=True))
    open_ones.update(accepted_at=now)
