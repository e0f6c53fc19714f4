"""Where a record stands, in a few words. Pure: no database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patients.schedule import local_date
from patients.words import short_date

if TYPE_CHECKING:
    from caseload.caseload_page import Row, Standing


@dataclass(frozen=True)
class Status:
    """Where a record stands, in words; the tone is that of a badge."""

    words: str
    tone: str = "neutral"


def of_row(row: "Row") -> Iterator[Status]:
    if row.has_died:
        yield from _died(row)
        return
    if row.is_closed:
        yield _access_closed(row)
    elif row.is_waiting:
        yield _invitation_status(row)
    if row.standing is None:
        yield _without_programme(row)
    elif not row.is_waiting:
        yield Status(_running_in_words(row.standing, row.today))
    if row.address_asked:
        yield Status(_("Asks for another address"), "caution")
    elif row.address_waits:
        yield Status(_("New address confirmed, not used yet"))


def _invitation_status(row: "Row") -> Status:
    if row.invited_on is None:
        words = _("No invitation is open") if row.was_invited else _("Not invited yet")
        return Status(words, "caution")
    if row.is_tried_out:
        return Status(_("Invitation closed: wrong year of birth three times"), "caution")
    return Status(_("Invited %(on)s") % {"on": short_date(row.invited_on)})


def _died(row: "Row") -> Iterator[Status]:
    """Nothing else that would make a colleague ring the family; what was told is still said."""
    closed = row.patient
    on = short_date(local_date(closed.access_closed_at, closed.zone))
    words = _("Has died. Noted %(on)s by %(who)s")
    yield Status(words % {"on": on, "who": closed.access_closed_by})
    if row.warned_at is not None:
        words = _("A warning sign of %(on)s was not checked")
        yield Status(words % {"on": short_date(row.warned_at.date())})


def _access_closed(row: "Row") -> Status:
    closed = row.patient
    on = short_date(local_date(closed.access_closed_at, closed.zone))
    words = _("Access closed %(on)s by %(who)s")
    return Status(words % {"on": on, "who": closed.access_closed_by})


def _without_programme(row: "Row") -> Status:
    if row.ended_on:
        return Status(_("Ended %(on)s") % {"on": short_date(row.ended_on)})
    return Status(_("No programme yet"), "caution")


def _running_in_words(standing: "Standing", today: date) -> str:
    if standing.is_stopped:
        return _("Stopped: warning sign")
    if standing.is_paused and standing.paused_until:
        return _("Paused until %(on)s") % {"on": short_date(standing.paused_until)}
    if standing.is_paused:
        return _("Paused until resumed")
    if standing.starts_on > today:
        return _("Starts %(on)s") % {"on": short_date(standing.starts_on)}
    return review_in_words(standing.review_on, today)


def review_in_words(review_on: date, today: date) -> str:
    """ "Review in 9 days", "Review today", "Review due Thu 19 Nov"."""
    days = (review_on - today).days
    if days == 0:
        return _("Review today")
    if days < 0:
        return _("Review due %(on)s") % {"on": short_date(review_on)}
    return ngettext("Review in %(n)d day", "Review in %(n)d days", days) % {"n": days}
