"""A patient asks to be written to, and to sign in, at another address. See docs/adr/0034.

Every clinic whose record hangs on the account confirms; then the new address answers by a link.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit, letters, limits, words
from accounts.actions import Action
from accounts.links import absolute
from accounts.models import Letter, User
from accounts.services import LinkClosed, NotPossible, as_now, checked_address
from accounts.tokens import VALID_FOR, hash_of, new_token
from patients.models import AddressChange, Patient

__all__ = [
    "LinkClosed",
    "NotPossible",
    "answer",
    "ask",
    "confirm",
    "decline",
    "page_closed",
    "take_back",
    "take_confirmation_back",
]

End = AddressChange.End


@transaction.atomic
def ask(user: User, *, address: str, now: datetime) -> None:
    """Ask each clinic whose record this account opens; what was asked before is taken back.

    Nobody learns here whether an address has an account: one that has does not answer its
    link as meant. Raises NotPossible for staff, for an address that we do not take, and for
    too many wishes in a day.
    """
    records = _lock_records(user)
    address = checked_address(address)
    _refuse(user, address)
    try:
        limits.use(limits.ADDRESS_ASKED, str(user.pk), now=now)
    except limits.Reached as reached:
        raise NotPossible(words.too_many_tries(reached, now=now)) from reached
    _close(_open_of(user), End.TAKEN_BACK, now=now)
    for record in records:
        change = record.address_changes.create(user=user, address=address, asked_at=now)
        audit.record_about(record, user, Action.ADDRESS_CHANGE_ASKED, change, now=now)


def _refuse(user: User, address: str) -> None:
    if user.clinics_as_staff().exists():
        raise NotPossible(_("You work in a clinic with this account, so its address stays."))
    if user.email is None:
        raise NotPossible(_("Tell your clinic the address: they write it down and invite you."))
    if address == user.email:
        raise NotPossible(_("You sign in with this address already."))


@transaction.atomic
def take_back(user: User, *, now: datetime) -> None:
    """The patient wants it no longer; a link that was sent is closed. Again: changes nothing."""
    for record in _lock_records(user):
        for change in record.address_changes.open():
            audit.record_about(record, user, Action.ADDRESS_CHANGE_TAKEN_BACK, change, now=now)
    _close(_open_of(user), End.TAKEN_BACK, now=now)


@transaction.atomic
def confirm(change: AddressChange, *, by: User, now: datetime) -> bool:
    """This clinic agrees, for all its records of the account. True once the link is on its way.

    Raises NotPossible where nothing waits for it any more, and for too many letters.
    """
    _lock_records(change.user)
    rows = list(_open_of(change.user).select_related("patient__clinic"))
    mine = _of_clinic(rows, change)
    if not mine:
        raise NotPossible(_("This wish has been answered already, or was taken back."))
    for row in mine:
        row.confirmed_at, row.confirmed_by = now, by
        row.save(update_fields=["confirmed_at", "confirmed_by"])
        audit.record_about(row.patient, by, Action.ADDRESS_CHANGE_CONFIRMED, row, now=now)
    if any(row.confirmed_at is None for row in rows):
        return False
    _send_link(mine[0], by=by, now=now)
    return True


def _of_clinic(rows: Iterable[AddressChange], change: AddressChange) -> list[AddressChange]:
    """Those of the same clinic that still wait for it, ``change`` among them; else none."""
    clinic = change.patient.clinic_id
    mine = [r for r in rows if r.patient.clinic_id == clinic and r.confirmed_at is None]
    return mine if change in mine else []


@transaction.atomic
def decline(change: AddressChange, *, by: User, now: datetime) -> None:
    """This clinic does not agree: the address stays. Raises NotPossible as ``confirm`` does."""
    _lock_records(change.user)
    mine = _of_clinic(_open_of(change.user).select_related("patient__clinic"), change)
    if not mine:
        raise NotPossible(_("This wish has been answered already, or was taken back."))
    for row in mine:
        audit.record_about(row.patient, by, Action.ADDRESS_CHANGE_DECLINED, row, now=now)
    _close(_open_of(change.user), End.DECLINED, now=now)


@transaction.atomic
def take_confirmation_back(change: AddressChange, *, by: User, now: datetime) -> None:
    """This clinic agrees no longer: the address stays, and a link that was sent is closed.

    Raises NotPossible where the new address has answered, or nobody wants it any more.
    """
    _lock_records(change.user)
    clinic = change.patient.clinic_id
    rows = _open_of(change.user).filter(patient__clinic=clinic, confirmed_at__isnull=False)
    mine = list(rows.select_related("patient"))
    if change not in mine:
        raise NotPossible(_("This wish has been answered already, or was taken back."))
    for row in mine:
        action = Action.ADDRESS_CONFIRMATION_TAKEN_BACK
        audit.record_about(row.patient, by, action, row, now=now)
    _close(_open_of(change.user), End.DECLINED, now=now)


def _send_link(change: AddressChange, *, by: User, now: datetime) -> None:
    """The link to the new address, a notice to the present one."""
    token, patient = new_token(), change.patient
    context = {
        "called": patient.addressed_as,
        "days": VALID_FOR.days,
        "link": absolute(reverse("today:new_address", args=[token])),
    }
    change.token_hash, change.expires_at = hash_of(token), now + VALID_FOR
    change.letter = letters.post(
        "new_address",
        to=change.address,
        context=context,
        kind=Letter.Kind.INVITATION,
        now=now,
        by=by,
        clinic=patient.clinic,
        language=patient.language,
    )
    change.save(update_fields=["token_hash", "expires_at", "letter"])
    letters.post(
        "address_changing",
        to=change.user.address,
        context={"called": patient.addressed_as},
        kind=Letter.Kind.NOTICE,
        now=now,
        by=None,
        language=patient.language,
    )


def answer(change: AddressChange, *, now: datetime) -> None:
    """The new address has answered: the account signs in, and gets mail, there from now on.

    Signs nobody in. Every link that was mailed to the former address is closed. Raises
    LinkClosed.
    """
    with transaction.atomic():
        records = _lock_records(change.user)
        current = AddressChange.objects.get(pk=change.pk)
        if not current.is_open_at(now):
            raise LinkClosed(_("This link can no longer be used."))
        if _is_agreed(current, records) and _move(current, records, now=now):
            return
        _close(_open_of(current.user), End.OVERTAKEN, now=now)
    raise LinkClosed(_("This link can no longer be used."))


def _is_agreed(change: AddressChange, records: list[Patient]) -> bool:
    """Every record that the account opens by now is one whose clinic has confirmed."""
    rows = _open_of(change.user).filter(address=change.address, confirmed_at__isnull=False)
    confirmed = set(rows.values_list("patient", flat=True))
    return bool(records) and confirmed == {record.pk for record in records}


def _move(change: AddressChange, records: list[Patient], *, now: datetime) -> bool:
    """False if someone else has the address by now."""
    person = as_now(change.user)
    former, person.email = person.address, change.address
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError:
        return False
    for record in records:
        record.email, record.links_valid_from = person.email, now
        record.save(update_fields=["email", "links_valid_from"])
        audit.record_about(record, None, Action.ADDRESS_CHANGED, change, now=now)
    _close(_open_of(person), End.CHANGED, now=now)
    _tell_former_address(former, records, now=now)
    return True


def _tell_former_address(former: str, records: list[Patient], *, now: datetime) -> None:
    """The last letter to the former address: if it was someone else, the owner reads it there."""
    letters.post(
        "address_changed",
        to=former,
        context={
            "called": records[0].addressed_as,
            "telephones": _telephones(records),
        },
        kind=Letter.Kind.NOTICE,
        now=now,
        by=None,
        language=records[0].language,
    )


def _telephones(records: list[Patient]) -> list[str]:
    """Of each clinic that has one, as it is written there."""
    numbers = [record.clinic.phone for record in records]
    return list(dict.fromkeys(str(number) for number in numbers if number))


def page_closed(user: User, *, now: datetime) -> None:
    """A page of this account was closed, so it may be in wrong hands: they ask again, and the
    clinics of its other pages are asked with it. The settings say so.
    """
    _close(_open_of(user), End.PAGE_CLOSED, now=now)


def _lock_records(user: User) -> list[Patient]:
    """Every record that the account opens; nobody else changes them, or asks, meanwhile."""
    records = Patient.objects.select_for_update(of=("self",)).filter(user=user)
    return list(records.order_by("pk"))


def _open_of(user: User) -> QuerySet[AddressChange]:
    rows: QuerySet[AddressChange] = AddressChange.objects.open()
    return rows.filter(user=user)


def _close(rows: QuerySet[AddressChange], end: AddressChange.End, *, now: datetime) -> None:
    letters.withdraw(rows.exclude(letter=None).values_list("letter", flat=True))
    rows.update(closed_at=now, end=end)
