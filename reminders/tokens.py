"""Links in reminder e-mails that act without signing in.

A token is a reminder's key, signed for one purpose; nothing about a person is in it,
and it opens nothing but that person's reminder settings. It is good for a year after
the reminder, as a mailbox may be read late and an "unsubscribe" must still be heard.
"""

import uuid
from datetime import timedelta
from typing import Literal

from django.core.signing import BadSignature, Signer

VALID_FOR = timedelta(days=365)

Purpose = Literal["change", "stop"]


def make(key: uuid.UUID, *, purpose: Purpose) -> str:
    """The token that stands in a link of the reminder with this key."""
    return _signer(purpose).sign(key.hex)


def read(token: str, *, purpose: str) -> uuid.UUID | None:
    """The reminder's key; None unless the token is ours and for this purpose."""
    try:
        return uuid.UUID(_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"reminders.{purpose}", sep=".")
