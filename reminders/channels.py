"""The ways in which a reminder can reach somebody. A new one needs no change of a table.

A channel's name is what the rows keep. Each is planned, claimed, judged and delivered
by itself: one row a slot and channel, and the gap between two is kept within a channel.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from outbox.carrier import Carrying

if TYPE_CHECKING:
    from reminders.models import Reminder

EMAIL = "email"

_registered: dict[str, "Channel"] = {}


@dataclass(frozen=True, kw_only=True)
class Channel:
    """``wanted`` is a condition on a ``patients.Day``: whose days this channel speaks of."""

    name: str
    write: Callable[["Reminder", datetime], Any]
    carrier: Callable[[], Carrying]
    wanted: Q = Q()


def register(channel: Channel) -> None:
    """Make a channel known; each app's ``ready`` does so for its own."""
    _registered[channel.name] = channel


def unregister(name: str) -> None:
    """Forget a channel: nothing more is planned for it, and rows still waiting expire."""
    del _registered[name]


def every() -> Iterable[Channel]:
    return tuple(_registered.values())


def named(name: str) -> Channel:
    """Raises KeyError for a channel that is not registered."""
    return _registered[name]


def validate(name: str) -> None:
    if name not in _registered:
        raise ValidationError("%(name)s is no channel", params={"name": name})
