"""Links in reminder e-mails that act without signing in.

A token is a reminder's key and its minute, signed for one purpose. Nothing about a person
is in it, it signs nobody in, and it does its one thing only: the link in the e-mail opens
a page, and each button on that page carries a token of its own. A letter that names several
people has a key, too: that of the first reminder in it. What is about the day is
over with the day; an "unsubscribe" must still be heard when a mailbox is read late.
"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, Protocol

from django.core.signing import BadSignature, Signer

Purpose = Literal[
    "open",
    "done",
    "score",
    "undo",
    "not_today",
    "later",
    "not_later",
    "choose",
    "change",
    "stop",
    "letter",
    "letter_change",
]

A_DAY, A_YEAR = timedelta(hours=24), timedelta(days=365)
VALID_FOR: dict[Purpose, timedelta] = {
    "open": A_DAY,
    "done": A_DAY,
    "score": A_DAY,
    "undo": A_DAY,
    "not_today": A_DAY,
    "later": A_DAY,
    "not_later": A_DAY,
    "choose": A_DAY,
    "change": A_YEAR,
    "stop": A_YEAR,
    "letter": A_DAY,
    "letter_change": A_YEAR,
}
OF_A_LETTER: tuple[Purpose, ...] = ("letter", "letter_change")  # whose key is the letter's


# What the page behind a reminder's button may hold: nothing that outlives the page itself.
OF_A_PAGE: list[Purpose] = [
    purpose for purpose, span in VALID_FOR.items() if span == A_DAY and purpose not in OF_A_LETTER
]


class Row(Protocol):
    """A reminder, or a letter."""

    @property
    def pk(self) -> uuid.UUID: ...
    @property
    def due_at(self) -> datetime: ...


class Letter(NamedTuple):
    """What several reminders left in together: the key of the first of them, and when it was due."""

    pk: uuid.UUID
    due_at: datetime


class Link(NamedTuple):
    """What a token says: whose reminder, and until when it works."""

    key: uuid.UUID
    until: datetime


def make(reminder: Row, *, purpose: Purpose) -> str:
    """The token that stands in a link of this reminder, or of this letter."""
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
