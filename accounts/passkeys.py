"""Passkeys: what unlocks a phone signs its owner in here, too. See docs/adr/0050.

The rows are allauth's, the proofs are checked by fido2. A question is put to a browser once, for
one purpose, and answered within minutes: it is forgotten with the first answer, right or wrong.
"""

import json
import logging
import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from accounts import audit, letters, limits
from accounts.actions import Action
from accounts.limits import Reached
from accounts.mail_limits import TooManyLetters
from accounts.models import Letter, User

logger = logging.getLogger("sign_in")

ASKED = "passkey_asked"  # what the session holds of a question to this browser
VALID_FOR = timedelta(minutes=10)
MOST = 10  # for one account
LONGEST = 16_000  # characters of an answer; one without attestation has about 2,000
NAME_LENGTH = 60
ADD, USE = "add", "use"
# Whatever is wrong with bytes that a stranger sends, it is no passkey.
MALFORMED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


class NotAdded(Exception):
    """The answer does not fit what was asked, or the account has as many as it may."""


@dataclass(frozen=True)
class Used:
    """Someone has shown that a passkey is theirs. ``is_here``: it is this device's own, and was
    not lent by a phone next to it."""

    account: User
    is_here: bool


# --- the questions --------------------------------------------------------------------


def ask_to_add(session: SessionBase, user: User, *, now: datetime) -> dict[str, Any]:
    """What a browser is told so that it makes a passkey for this person."""
    entity = get_adapter().get_public_key_credential_user_entity(user)
    options, state = _server().register_begin(
        PublicKeyCredentialUserEntity(**entity),
        credentials=_credentials(user),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _keep(session, state, ADD, now=now)
    return dict(options.public_key)


def ask_to_use(session: SessionBase, user: User | None, *, now: datetime) -> dict[str, Any]:
    """What a browser is told so that it shows a passkey: this person's, or of whoever is there."""
    options, state = _server().authenticate_begin(
        credentials=_credentials(user) if user else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _keep(session, state, USE, now=now)
    return dict(options.public_key)


# --- the answers ----------------------------------------------------------------------


def add(session: SessionBase, user: User, *, name: str, answer: str, now: datetime) -> bool:
    """Keep the passkey that this browser has made, and tell its owner by e-mail. True if it is
    the device's own. Raises NotAdded."""
    state = _take(session, ADD, now=now)
    try:
        said = _read(answer)
        made = _server().register_complete(state, said)
        credential = _credential_to_keep(said)
        _keep_passkey(user, name, credential, made.credential_data, now=now)
    except MALFORMED as error:
        raise NotAdded from error
    with suppress(TooManyLetters):
        if user.email:
            letters.post(
                "passkey_added",
                to=user.email,
                context={},
                kind=Letter.Kind.NOTICE,
                now=now,
                by=user,
                clinic=user.only_clinic(),
            )
    return _is_here(said)


def used_by(
    session: SessionBase, answer: str, *, network: str, of: User | None = None, now: datetime
) -> Used | None:
    """Who has shown a passkey of theirs, of this person if one is given; None for nobody.

    Counted before it is looked at. Raises Reached without a look at it.
    """
    uses = [(limits.PASSKEY_NETWORK, network)]
    limits.use_all(uses, now=now)
    state, used = _take(session, USE, now=now), None
    with suppress(*MALFORMED):
        said = _read(answer)
        used = _judge(state, said, of or _named_in(said), now=now)
    if used is None:
        _failed(of or _claimed(answer), now=now)
        return None
    limits.give_back(uses, used_at=now)
    return used


def _judge(
    state: dict[str, Any], said: dict[str, Any], account: User | None, *, now: datetime
) -> Used | None:
    if account is None:
        return None
    fits = _server().authenticate_complete(state, _credentials(account), said)
    try:  # by then its answer is right; of two at the same moment one counts
        limits.use(limits.PASSKEY_ONCE, state["challenge"], now=now)
    except Reached:
        return None
    for passkey in of_account(account):
        if _credential_of(passkey).credential_id == fits.credential_id:
            passkey.last_used_at = now
            passkey.save(update_fields=["last_used_at"])
            return Used(account, _is_here(said))
    return None


def _failed(account: User | None, *, now: datetime) -> None:
    if account is not None:
        audit.record(None, Action.PASSKEY_WRONG, account, clinic=None, now=now)
    logger.info("sign-in", extra={"event": Action.PASSKEY_WRONG.value})


# --- the passkeys of an account -------------------------------------------------------


def of_account(user: User) -> list[Authenticator]:
    """The oldest first; each has ``data["name"]`` and ``data["key"]``, its name in addresses."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return list(found.order_by("created_at", "pk"))


def find(user: User, key: UUID) -> Authenticator | None:
    """One of this person's own."""
    return next((one for one in of_account(user) if one.data["key"] == str(key)), None)


def rename(passkey: Authenticator, name: str) -> None:
    passkey.data["name"] = name
    passkey.save(update_fields=["data"])


@transaction.atomic
def remove(passkey: Authenticator, *, by: User, now: datetime) -> None:
    """It signs nobody in any more."""
    if Authenticator.objects.filter(pk=passkey.pk).delete()[0]:
        audit.record(by, Action.PASSKEY_REMOVED, by, clinic=None, now=now)


def end_all(user: User) -> None:
    """With the access that they opened. The caller writes down why."""
    Authenticator.objects.filter(user=user).delete()


@transaction.atomic
def _keep_passkey(
    user: User, name: str, credential: dict[str, Any], made: Any, *, now: datetime
) -> None:
    _take_turn(user)
    known = [one.credential_id for one in _credentials(user)]
    if made.credential_id in known or len(known) >= MOST:
        raise NotAdded
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "key": str(uuid4()), "credential": credential},
        created_at=now,
    )
    audit.record(user, Action.PASSKEY_ADDED, user, clinic=None, now=now)


def _take_turn(user: User) -> None:
    """Of two presses the second sees what the first has made."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


# --- between the two ------------------------------------------------------------------


def _server() -> Fido2Server:
    """Answers count from pages of our own address only, not of one below or next to it."""
    rp = PublicKeyCredentialRpEntity(**get_adapter().get_public_key_credential_rp_entity())
    return Fido2Server(
        rp,
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin == settings.SITE_URL.lower(),  # as browsers spell it
    )


def _keep(session: SessionBase, state: dict[str, Any], purpose: str, *, now: datetime) -> None:
    session[ASKED] = [purpose, now.timestamp(), state]


def _take(session: SessionBase, purpose: str, *, now: datetime) -> dict[str, Any]:
    """What was asked, once; empty if nothing was, for this purpose and lately."""
    asked, at, state = session.pop(ASKED, ["", 0, {}])
    is_late = not 0 <= now.timestamp() - at <= VALID_FOR.total_seconds()
    return {} if is_late or asked != purpose else state


def _read(answer: str) -> dict[str, Any]:
    """Raises one of MALFORMED for what no browser says."""
    if len(answer) > LONGEST:
        raise ValueError("too long")
    said = json.loads(answer)
    if not isinstance(said, dict):
        raise TypeError("not an object")
    return said


def _credential_to_keep(said: dict[str, Any]) -> dict[str, Any]:
    """As allauth keeps it, and nothing else that came along."""
    response = said["response"]
    parts = ("clientDataJSON", "attestationObject")
    key = websafe_encode(websafe_decode(said["rawId"]))
    return {
        "id": key,
        "rawId": key,
        "type": "public-key",
        "response": {part: websafe_encode(websafe_decode(response[part])) for part in parts},
        "clientExtensionResults": {},
    }


def _credential_of(passkey: Authenticator) -> AttestedCredentialData:
    credential: AttestedCredentialData = passkey.wrap().authenticator_data.credential_data
    return credential


def _credentials(user: User) -> list[AttestedCredentialData]:
    return [_credential_of(passkey) for passkey in of_account(user)]


def _named_in(said: dict[str, Any]) -> User | None:
    """The account that a passkey says it is of; nothing is shown by that yet."""
    handle = websafe_decode(said["response"]["userHandle"])
    return User.objects.filter(pk=UUID(bytes=handle)).first()


def _claimed(answer: str) -> User | None:
    with suppress(*MALFORMED):
        return _named_in(_read(answer))
    return None


def _is_here(said: dict[str, Any]) -> bool:
    return said.get("authenticatorAttachment") == "platform"
