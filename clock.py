"""The only reader of time.

Views, commands and tasks call ``clock.now()`` and hand the moment down as
``now=``; services and pure modules never ask for it themselves.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> datetime:
    """The present instant in UTC, shifted by ``CLOCK_OFFSET`` seconds in demos and tests."""
    return datetime.now(UTC) + timedelta(seconds=settings.CLOCK_OFFSET)


def today(zone: str) -> date:
    """The local date in an IANA time zone at this moment."""
    return now().astimezone(ZoneInfo(zone)).date()
