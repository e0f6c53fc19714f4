"""The ways in which a reminder can reach someone. A new one needs no change of a table.

A channel's name is what the rows keep. Each is planned, claimed, judged and delivered
by itself: one row a slot and channel, and the gap between two is kept within a channel.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from outbox.transport import Transport

EMAIL = "email"


@dataclass(frozen=True, kw_only=True)
class Channel:
    """``write`` makes a message of a Reminder, as ``transport`` takes it. ``wanted`` is a
    condition on a ``patients.Day``: the days that this channel may write about.
    """

    name: str
    write: Callable[[Any, datetime], Any]
    transport: Callable[[], Transport]
    wanted: Q = Q()


# By name. Each app's ``ready`` adds its own; rows of a channel that is gone wait and expire.
CHANNELS: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    CHANNELS[channel.name] = channel


def validate(name: str) -> None:
    if name not in CHANNELS:
        raise ValidationError("%(name)s is no channel", params={"name": name})
