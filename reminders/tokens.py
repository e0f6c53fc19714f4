"""Links in reminder e-mails that act without signing in.

A token is a reminder's key and its minute, signed for one purpose. Nothing about a person
is in it, it signs nobody in, and it does its one thing only: the link in the e-mail opens
a page, and each button on that page carries a token of its own. What is about the day is
over with the day; an "unsubscribe" must still be heard when a mailbox is read late.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer, b64_encode
from django.utils.encoding import force_bytes

if TYPE_CHECKING:
    from reminders.models import Reminder

Purpose = Literal["open", "done", "undo", "not_today", "change", "stop"]

A_DAY, A_YEAR = timedelta(hours=24), timedelta(days=365)
VALID_FOR: dict[Purpose, timedelta] = {
    "open": A_DAY,
    "done": A_DAY,
    "undo": A_DAY,
    "not_today": A_DAY,
    "change": A_YEAR,
    "stop": A_YEAR,
}


# What the page behind a reminder's button may hold: nothing that outlives the page itself.
OF_A_DAY = [purpose for purpose, span in VALID_FOR.items() if span == A_DAY]


class Link(NamedTuple):
    """What a token says: whose reminder, and until when it works."""

    key: uuid.UUID
    until: datetime


def make(reminder: Reminder, *, purpose: Purpose) -> str:
    """The token that stands in a link of this reminder."""
    return _signer(purpose).sign(f"{reminder.pk.hex}.{int(reminder.due_at.timestamp()):x}")


def read(token: str, *, purpose: Purpose) -> Link | None:
    """What it says; None unless the token is ours and for this purpose."""
    try:
        key, _dot, due = _signer(purpose).unsign(token).partition(".")
        due_at = datetime.fromtimestamp(int(due, 16), UTC)
        return Link(uuid.UUID(key), due_at + VALID_FOR[purpose])
    except (BadSignature, ValueError):
        return None


class QuickSigner(Signer):
    """Signs as Django does, which derives the same key anew for every signature."""

    @cached_property
    def _derived(self) -> bytes:
        return hashlib.sha256(force_bytes(self.salt) + b"signer" + force_bytes(self.key)).digest()

    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        if key is not None:  # to read a token; Django's own way, which shows that ours is the same
            return super().signature(value, key)
        return b64_encode(hmac.digest(self._derived, force_bytes(value), "sha256")).decode()


def _signer(purpose: str) -> Signer:
    return _signing(purpose, settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))


@cache
def _signing(purpose: str, _key: str, _fallbacks: tuple[str, ...]) -> Signer:
    """Kept for as long as the keys, which it reads when it is made."""
    return QuickSigner(salt=f"reminders.{purpose}", sep=".")
