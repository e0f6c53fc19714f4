"""Limits that have been used as often as they may be."""

from datetime import datetime

import clock
from accounts import limits
from accounts.limits import Limit

HERE = "127.0.0.1"  # the network of the test client


def use_up(limit: Limit, key: str = HERE, *, now: datetime | None = None) -> None:
    """By someone else, at this moment."""
    for _ in range(limit.number):
        limits.use(limit, key, now=now or clock.now())
