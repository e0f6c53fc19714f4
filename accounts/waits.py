"""How long someone has to wait, in words."""

from datetime import datetime
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_words(until: datetime, *, now: datetime) -> str:
    """ "1 hour and 5 minutes": rounded up, so that who waits that long gets through."""
    hours, minutes = divmod(max(1, ceil((until - now).total_seconds() / 60)), 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if minutes:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes})
    return _(" and ").join(parts)
