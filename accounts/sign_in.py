"""Signing in, within limits that count what is aimed at: the account, or its known device.

For an address without an account everything here does the same work, writes the same rows and
says the same: nobody learns from it whether someone has an account. See docs/adr/0035.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts import (
    audit,
    codes,
    devices,
    letters,
    limits,
    passkey_offer,
    pending,
    sessions,
)
from accounts.actions import Action
from accounts.limits import Limit, Reached, Use
from accounts.models import Letter, User
from accounts.network import network_of
from accounts.requests import SignedInRequest
from accounts.services import account_for

logger = logging.getLogger("sign_in")


@dataclass(frozen=True)
class Attempt:
    """Someone at the door: the address they typed, and what it has to do with where they are."""

    address: str  # in one spelling
    account: User | None
    known_device: str  # its number, if it has signed in to this account before; else ""
    network: str
    now: datetime

    @property
    def key(self) -> str:
        """What the limits count."""
        if self.known_device and self.account:
            return f"device:{self.known_device}:{self.account.pk}"
        return f"address:{self.address}"

    @property
    def subject(self) -> User:
        """What the audit trail names. Without an account: a number that only ever means the
        same address, made of it by the secret key."""
        digest = salted_hmac("accounts.no_account", self.address, algorithm="sha256")
        return self.account or User(pk=UUID(bytes=digest.digest()[:16]))

    def uses(self, *own: Limit, network: Limit) -> list[Use]:
        """Of a known device nothing counts for the network: others there cannot shut it out."""
        mine = [(limit, self.key) for limit in own]
        return mine if self.known_device else [*mine, (network, self.network)]


def attempt_of(request: HttpRequest, address: str, *, now: datetime) -> Attempt:
    address = User.objects.normalise(address)
    account, device = account_for(address), devices.of(request)
    known = account is not None and device.knows(account)
    return Attempt(address, account, device.number if known else "", network_of(request), now)


# --- with a password ------------------------------------------------------------------


def account_by_password(attempt: Attempt, password: str) -> User | None:
    """The account, if this is its password. Raises Reached without a look at it."""
    uses = attempt.uses(limits.PASSWORD, limits.PASSWORD_DAY, network=limits.PASSWORD_NETWORK)
    limits.use_all(uses, now=attempt.now)
    if attempt.account is None:
        User().set_password(password)  # takes as long as to check one
    elif attempt.account.check_password(password):
        limits.give_back(uses, used_at=attempt.now)
        return attempt.account
    _failed(None, attempt.subject, Action.PASSWORD_WRONG, uses, now=attempt.now)
    return None


def is_own_password(user: User, password: str, *, now: datetime) -> bool:
    """For someone signed in who types it again. Raises Reached without a look at it."""
    uses = [(limits.OLD_PASSWORD, str(user.pk))]
    limits.use_all(uses, now=now)
    # Not user.check_password: it may store the password in a newer way, which ends the session.
    if user.has_usable_password() and check_password(password, user.password):
        limits.give_back(uses, used_at=now)
        return True
    _failed(user, user, Action.PASSWORD_WRONG, uses, now=now)
    return False


def note(user: User, action: Action, *, now: datetime) -> None:
    """What someone who is signed in has done with their own way in."""
    _note(user, action, user, now=now)


# --- with a code, or a link for a new password ------------------------------------------


def ask_for_code(attempt: Attempt, asked: Letter.Asked = Letter.Asked.CODE) -> pending.Pending:
    """Have a code sent to the address, if it has an account.

    Raises Reached, also where no code would be looked at.
    """
    if reached := codes_locked(attempt):
        raise reached
    limits.use_all(_codes_asked(attempt), now=attempt.now)
    letter = _ask(attempt, asked, Action.CODE_ASKED_FOR)
    return pending.Pending(letter.pk, attempt.address, attempt.now)


def ask_for_reset(attempt: Attempt) -> None:
    """Have a link for a new password sent to the address, if it has an account."""
    limits.use_all(attempt.uses(limits.RESET, network=limits.RESET_NETWORK), now=attempt.now)
    _ask(attempt, Letter.Asked.RESET, Action.RESET_ASKED_FOR)


@transaction.atomic
def _ask(attempt: Attempt, asked: Letter.Asked, action: Action) -> Letter:
    _note(None, action, attempt.subject, now=attempt.now)
    return letters.ask(asked, to=attempt.address, now=attempt.now)


def account_by_code(attempt: Attempt, code: str, *, request: UUID) -> User | None:
    """The account, if this is the code that was sent to it for this request; once.

    Each guess is counted before it is looked at. Raises Reached without a look at it.
    """
    tries: Use = (limits.CODE_TRIES, str(request))
    wrong = _wrong_codes(attempt)
    limits.use_all([tries, *wrong], now=attempt.now)
    is_right = codes.fits(code, request)
    if not is_right or attempt.account is None or not attempt.account.is_active:
        _failed(None, attempt.subject, Action.CODE_WRONG, wrong, now=attempt.now)
        return None
    limits.give_back(wrong, used_at=attempt.now)
    try:
        limits.use(limits.CODE_ONCE, str(request), now=attempt.now)
    except Reached:  # pressed twice at the same moment
        return None
    return attempt.account


def codes_locked(attempt: Attempt) -> Reached | None:
    """Why no code is looked at here for a while; None if one is. Counts nothing."""
    return limits.reached_of(_wrong_codes(attempt), now=attempt.now)


def is_code_possible(attempt: Attempt) -> bool:
    """One would be sent, and looked at. Counts nothing."""
    uses = [*_wrong_codes(attempt), *_codes_asked(attempt)]
    return limits.reached_of(uses, now=attempt.now) is None


def has_tries_left(request: UUID, *, now: datetime) -> bool:
    return limits.free_at(limits.CODE_TRIES, str(request), now=now) is None


def _codes_asked(attempt: Attempt) -> list[Use]:
    return attempt.uses(limits.CODE_ASKED, limits.CODE_ASKED_DAY, network=limits.CODE_ASKED_NETWORK)


def _wrong_codes(attempt: Attempt) -> list[Use]:
    return attempt.uses(limits.CODE_WRONG, limits.CODE_WRONG_DAY, network=limits.CODE_WRONG_NETWORK)


# --- in and out -----------------------------------------------------------------------


def sign_in(request: HttpRequest, user: User, *, how: Action, now: datetime) -> None:
    """Every way in ends here."""
    pending.forget(request.session)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    sessions.note_proof(request.session, now=now)
    if how != Action.SIGNED_IN_BY_PASSKEY:
        passkey_offer.begin(request.session, now=now)
    note(user, how, now=now)


def trust(request: SignedInRequest, *, now: datetime) -> None:
    """Whoever has just signed in here says that this phone is their own."""
    sessions.trust(request.session)
    note(request.user, Action.PHONE_TRUSTED, now=now)


def sign_out(request: HttpRequest, *, now: datetime) -> None:
    """What a person does. A sign-in that has lasted as long as it may just ends."""
    user = request.user
    if user.is_authenticated:
        _note(user, Action.SIGNED_OUT, user, now=now)
    logout(request)


def _failed(
    by: User | None, subject: User, action: Action, uses: list[Use], *, now: datetime
) -> None:
    _note(by, action, subject, now=now)
    if limits.reached_of(uses, now=now):  # by this try: any other is not looked at
        _note(None, Action.SIGN_IN_LOCKED, subject, now=now)


def _note(by: User | None, action: Action, subject: User, *, now: datetime) -> None:
    """One row, and one line in the log: which account only in the row, an address in neither."""
    audit.record(by, action, subject, clinic=None, now=now)
    logger.info("sign-in", extra={"event": action.value})
