"""A browser that waits for a code: what its session holds of it.

The same whether the address has an account or not, and never the code.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from accounts.codes import VALID_FOR

KEY = "code_asked_for"


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
    session.pop(key, None)
