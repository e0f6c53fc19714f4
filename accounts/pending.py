"""A browser that waits for a code: what its session holds of it.

The same whether the address has an account or not, and never the code.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from accounts.codes import VALID_FOR

KEY = "code_asked_for"
TYPED = "address_at_the_door"


@dataclass(frozen=True)
class Pending:
    request: UUID
    address: str
    asked_at: datetime

    def is_too_old(self, now: datetime) -> bool:
        return now - self.asked_at > VALID_FOR


def keep(session: SessionBase, pending: Pending, *, key: str = KEY) -> None:
    """From now on only this code counts in this browser."""
    asked_at = pending.asked_at.timestamp()
    session[key] = [str(pending.request), pending.address, asked_at]


def of(session: SessionBase, *, now: datetime, key: str = KEY) -> Pending | None:
    if key not in session:
        return None
    request, address, asked_at = session[key]
    return Pending(UUID(request), address, datetime.fromtimestamp(asked_at, now.tzinfo))


def forget(session: SessionBase, *, key: str = KEY) -> None:
    for each in (key, TYPED):
        session.pop(each, None)


def keep_address(session: SessionBase, address: str, *, now: datetime) -> None:
    """For the other pages of the door, so that nobody types it twice."""
    session[TYPED] = [address, now.timestamp()]


def address_of(session: SessionBase, *, now: datetime) -> str:
    """Whose code this browser waits for, or what was typed here a few minutes ago; else ""."""
    if asked := of(session, now=now):
        return asked.address
    address, at = session.get(TYPED, ["", 0])
    return address if now.timestamp() - at <= VALID_FOR.total_seconds() else ""
