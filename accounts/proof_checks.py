"""How someone signed in shows once more who they are: by their password, a fresh code
or a passkey.

The same limits count as at the door: see ``accounts.sign_in``.
"""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase

from accounts import passkeys, pending, sign_in
from accounts.actions import Action
from accounts.errors import NotShown, Unproved
from accounts.limits import CODE_TRIES, Reached
from accounts.models import Letter, User
from accounts.network import network_of
from accounts.requests import SignedInRequest

SENT = "confirm_code"  # what the session holds of the code on its way


def check_password(user: User, typed: str, *, now: datetime) -> None:
    """Raises NotShown for a wrong one, and after too many."""
    try:
        is_right = sign_in.is_own_password(user, typed, now=now)
    except Reached as reached:
        raise NotShown(Unproved.MANY_PASSWORDS, reached=reached) from reached
    if not is_right:
        raise NotShown(Unproved.WRONG_PASSWORD)
    sign_in.note(user, Action.PROVED_BY_PASSWORD, now=now)


def check_passkey(request: SignedInRequest, answer: str, *, now: datetime) -> None:
    """``answer``: what the browser says to a question asked a moment ago. Raises NotShown."""
    user, network = request.user, network_of(request)
    try:
        used = passkeys.used_by(request.session, answer, network=network, of=user, now=now)
    except Reached as reached:
        raise NotShown(Unproved.MANY_PASSKEYS, reached=reached) from reached
    if used is None:
        raise NotShown(Unproved.WRONG_PASSKEY)
    sign_in.note(user, Action.PROVED_BY_PASSKEY, now=now)


def send_code(request: SignedInRequest, *, now: datetime) -> None:
    """E-mail a code to the person; an earlier one no longer counts. Raises NotShown."""
    if request.user.email is None:
        raise NotShown(Unproved.NO_ADDRESS)
    try:
        asked = sign_in.ask_for_code(_attempt(request, now), Letter.Asked.CONFIRM)
    except Reached as reached:
        raise NotShown(Unproved.MANY_CODES_SENT, reached=reached) from reached
    pending.keep(request.session, asked, key=SENT)


def is_code_sent(session: SessionBase, *, now: datetime) -> bool:
    """One was sent that can still be typed."""
    sent = pending.of(session, now=now, key=SENT)
    return sent is not None and not sent.is_too_old(now)


def check_code(request: SignedInRequest, typed: str, *, now: datetime) -> None:
    """``typed`` as a CodeField gives it. Raises NotShown for a wrong one, an old one, and after
    three tries. It works once."""
    sent = pending.of(request.session, now=now, key=SENT)
    if sent is None or sent.is_too_old(now):
        pending.forget(request.session, key=SENT)
        raise NotShown(Unproved.OLD_CODE)
    try:
        account = sign_in.account_by_code(_attempt(request, now), typed, request=sent.request)
    except Reached as reached:
        raise _after_too_many(request, reached) from reached
    if account is None:
        raise NotShown(Unproved.WRONG_CODE)
    pending.forget(request.session, key=SENT)
    sign_in.note(account, Action.PROVED_BY_CODE, now=now)


def _after_too_many(request: SignedInRequest, reached: Reached) -> NotShown:
    """Of a code that was guessed at too often there is nothing to wait for."""
    if reached.limit == CODE_TRIES:
        pending.forget(request.session, key=SENT)
        return NotShown(Unproved.CODE_TRIED_OUT)
    return NotShown(Unproved.MANY_CODES_TYPED, reached=reached)


def _attempt(request: SignedInRequest, now: datetime) -> sign_in.Attempt:
    return sign_in.attempt_of(request, request.user.email or "", now=now)
