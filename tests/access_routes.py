"""What the access sweep knows of an address: who may open it, and how.

Each app lists its own in ``tests/<app>/routes.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from tests.cast import Cast


class Audience(Enum):
    EVERYONE = auto()  # signed in or not
    SIGNED_IN = auto()  # anybody with an account; shows their own things only
    STAFF = auto()  # anyone at work in any clinic; rows scoped inside
    LEAD = auto()  # leads only; rows scoped inside
    PATIENTS = auto()  # anyone who has a record; rows scoped inside
    OPERATOR = auto()  # whoever looks after the machine
    OWN_RECORD = auto()  # the patient whose record it is
    OWN_ELSE_HELP = auto()  # the patient whose record it is; everybody else reads whom to call
    CLINIC = auto()  # people of the record's clinic: its staff, and its patients
    RECORD_STAFF = auto()  # staff of the record's clinic
    RECORD_LEAD = auto()  # the lead of the record's clinic


OPEN = {Audience.EVERYONE, Audience.OWN_ELSE_HELP}  # nobody is sent to sign in


@dataclass(frozen=True)
class Route:
    name: str
    audience: Audience
    kwargs: Callable[[Cast], dict[str, Any]] = lambda cast: {}
    method: str = "get"
    data: Callable[[Cast], dict[str, Any]] = lambda cast: {}
    prepare: Callable[[Cast], object] = lambda cast: None
    also: frozenset[int] = frozenset()  # further statuses that are right for those allowed

    def __str__(self) -> str:
        return self.name
