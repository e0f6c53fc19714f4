"""Where a record stands, in a few words. Pure: no database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patients.facts import PatientFacts, RunningPlan
from patients.schedule import local_date
from patients.words import short_date


@dataclass(frozen=True)
class Status:
    """Where a record stands, in words; the tone is that of a badge."""

    words: str
    tone: str = "neutral"


def of(known: PatientFacts) -> Iterator[Status]:
    if known.has_died:
        yield from _died(known)
        return
    if known.is_closed:
        yield _access_closed(known)
    elif known.is_waiting:
        yield _invitation_status(known)
    if known.running is None:
        yield _without_programme(known)
    elif not known.is_waiting:
        yield Status(_running_in_words(known.running, known.today))
    if known.address_asked:
        yield Status(_("Asks for another address"), "caution")
    elif known.address_waits:
        yield Status(_("New address confirmed, not used yet"))


def _invitation_status(known: PatientFacts) -> Status:
    if known.invitation is None:
        words = _("No invitation is open") if known.was_invited else _("Not invited yet")
        return Status(words, "caution")
    if known.invitation.is_closed:
        return Status(_("Invitation closed: wrong year of birth three times"), "caution")
    return Status(_("Invited %(on)s") % {"on": short_date(known.invitation.sent_on)})


def _died(known: PatientFacts) -> Iterator[Status]:
    """Nothing else that would make a colleague ring the family; what was told is still said."""
    closed = known.patient
    on = short_date(local_date(closed.access_closed_at, closed.zone))
    words = _("Has died. Noted %(on)s by %(who)s")
    yield Status(words % {"on": on, "who": closed.access_closed_by})
    if known.warned_at is not None:
        words = _("A warning sign of %(on)s was not checked")
        yield Status(words % {"on": short_date(known.warned_at.date())})


def _access_closed(known: PatientFacts) -> Status:
    closed = known.patient
    on = short_date(local_date(closed.access_closed_at, closed.zone))
    words = _("Access closed %(on)s by %(who)s")
    return Status(words % {"on": on, "who": closed.access_closed_by})


def _without_programme(known: PatientFacts) -> Status:
    if known.last_ended_on:
        return Status(_("Ended %(on)s") % {"on": short_date(known.last_ended_on)})
    return Status(_("No programme yet"), "caution")


def _running_in_words(plan: RunningPlan, today: date) -> str:
    if plan.is_stopped:
        return _("Stopped: warning sign")
    if plan.is_paused and plan.paused_until:
        return _("Paused until %(on)s") % {"on": short_date(plan.paused_until)}
    if plan.is_paused:
        return _("Paused until resumed")
    if plan.starts_on > today:
        return _("Starts %(on)s") % {"on": short_date(plan.starts_on)}
    return review_in_words(plan.review_on, today)


def review_in_words(review_on: date, today: date) -> str:
    """ "Review in 9 days", "Review today", "Review due Thu 19 Nov"."""
    days = (review_on - today).days
    if days == 0:
        return _("Review today")
    if days < 0:
        return _("Review due %(on)s") % {"on": short_date(review_on)}
    return ngettext("Review in %(n)d day", "Review in %(n)d days", days) % {"n": days}
