"""Links in reminder e-mails that act without signing in.

A token is a reminder's key and its minute, signed for one purpose. Nothing about a person
is in it, it signs nobody in, and it does its one thing only: the link in the e-mail opens
a page, and each button on that page carries a token of its own. What is about the day is
over with the day; an "unsubscribe" must still be heard when a mailbox is read late.
"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, Protocol

from django.core.signing import BadSignature, Signer

Purpose = Literal["open", "done", "undo", "not_today", "later", "not_later", "change", "stop"]

A_DAY, A_YEAR = timedelta(hours=24), timedelta(days=365)
VALID_FOR: dict[Purpose, timedelta] = {
    "open": A_DAY,
    "done": A_DAY,
    "undo": A_DAY,
    "not_today": A_DAY,
    "later": A_DAY,
    "not_later": A_DAY,
    "change": A_YEAR,
    "stop": A_YEAR,
}


# What the page behind a reminder's button may hold: nothing that outlives the page itself.
OF_A_DAY = [purpose for purpose, span in VALID_FOR.items() if span == A_DAY]


class Row(Protocol):
    """A reminder."""

    pk: uuid.UUID
    due_at: datetime


class Link(NamedTuple):
    """What a token says: whose reminder, and until when it works."""

    key: uuid.UUID
    until: datetime


def make(reminder: Row, *, purpose: Purpose) -> str:
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


def _signer(purpose: Purpose) -> Signer:
    return Signer(salt=f"reminders.{purpose}", sep=".")
