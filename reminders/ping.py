"""Tell a monitor on another machine that the tick has run; it raises an alarm when these calls stop.

The request says nothing but that it came. Whatever goes wrong with it is logged and
forgotten; its address, which may hold a key, is in no log.
"""

import logging
from http.client import HTTPException
from urllib.request import urlopen

from django.conf import settings
from django.core.cache import cache

logger = logging.getLogger("reminders")

PATIENCE = 5  # seconds
ONCE_IN = 50  # seconds: two beats make one call a minute; the next minute's is never held back


def ping() -> bool:
    """Call REMINDERS_PING_URL, at most once a minute; True if someone answered."""
    if not cache.add("reminders.ping", 1, timeout=ONCE_IN):
        return False
    try:
        with urlopen(settings.REMINDERS_PING_URL, timeout=PATIENCE):  # noqa: S310  the operator's
            return True
    except (OSError, HTTPException, ValueError) as error:
        logger.warning("monitor not reached", extra={"why": type(error).__name__})
        return False
