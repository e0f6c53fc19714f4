"""How long somebody has to wait, in words."""

from datetime import datetime, timedelta
from math import ceil

from django.utils.translation import ngettext

HOUR = timedelta(hours=1)


def in_words(until: datetime, *, now: datetime) -> str:
    """ "5 minutes", "3 hours": rounded up, so that who waits that long gets through."""
    left = max(until - now, timedelta(minutes=1))
    if left <= 2 * HOUR:
        minutes = ceil(left / timedelta(minutes=1))
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = ceil(left / HOUR)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
