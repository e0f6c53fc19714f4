"""Why a session is not taken, or not changed any more. Each raises, with the reason in words."""

from collections.abc import Collection
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.kept_query import KeptQuery
from accounts.models import User
from accounts.services import NotPossible
from patients.models import Assignment, Day, HeldEntry, Session, WarningSign
from patients.schedule import instant
from patients.services.days import today_of
from patients.services.session_days import TAKEN_FOR, may_still_change, was_open
from programmes.models import Item


class TooLate(NotPossible):
    """The patient's time to add or change it is over; their clinic still can."""


class NotYours(TooLate):
    """The record was someone's page when they opened it, and is not any more."""


class NotThatDay(NotPossible):
    """The day has not come yet, or these are not its exercises."""


class NothingSaid(NotPossible):
    """Of no exercise it was said how it went."""


class Stopped(NotPossible):
    """The patient has told of a warning sign, and nobody has checked it yet."""


def source_of(assignment: Assignment, by: User) -> Session.Source:
    is_own = assignment.patient.user_id == by.pk
    return Session.Source.PATIENT if is_own else Session.Source.STAFF


def refuse_stranger(assignment: Assignment, by: User) -> None:
    """Asked of the record as it is now: access may have been closed a moment ago."""
    patient = assignment.patient
    if patient.user_id != by.pk and not by.clinics_as_staff().filter(pk=patient.clinic_id).exists():
        raise NotYours(_("This page is not yours any more."))


def refuse_day(day: Day, assignment: Assignment, *, by: User, now: datetime) -> None:
    refuse_stranger(assignment, by)
    today = today_of(assignment, now=now)
    if day.on > today:
        raise NotThatDay(_("That day has not come yet."))
    if source_of(assignment, by) == Session.Source.PATIENT and not may_still_change(
        day, today=today
    ):
        raise TooLate(_("That day is over. Your clinic can still add to it for you."))


def refuse_moment(
    performed_at: datetime, day: Day, phone_zone: ZoneInfo | None, *, now: datetime
) -> None:
    if performed_at > now:
        words = _(
            "This is in the future. Look whether the date and the time of your phone are right."
        )
        raise NotThatDay(words)
    if performed_at < now - TAKEN_FOR:
        words = ngettext(
            "This was more than %(days)d day ago. Your clinic can still add it for you.",
            "This was more than %(days)d days ago. Your clinic can still add it for you.",
            TAKEN_FOR.days,
        )
        raise TooLate(words % {"days": TAKEN_FOR.days})
    zones = [day.assignment.patient.zone, *filter(None, [phone_zone])]
    if was_open(day, performed_at=performed_at, zones=zones):
        return
    if performed_at < instant(day.on, time(0), zones[0]):
        raise NotThatDay(_("That day had not come yet."))
    raise TooLate(_("That day was over by then. Your clinic can still add to it for you."))


def refuse_version(*, is_allowed: bool) -> None:
    if not is_allowed:
        raise NotThatDay(_("Your exercises have changed. Please look at today's page again."))


def refuse_after_a_sign(assignment: Assignment, moment: datetime, *, by: User) -> None:
    """What was done before the sign was told is kept, however late it comes."""
    is_own = source_of(assignment, by) == Session.Source.PATIENT
    if is_own and TOLD(patient=assignment.patient_id, by=moment):
        raise Stopped(_("Leave the exercises until your clinic has spoken to you."))


TOLD: KeptQuery[UUID] = KeptQuery(
    lambda patient, by: (
        WarningSign.objects.filter(patient=patient, told_at__lte=by)
        .stopping()
        .values_list("pk", flat=True)
    ),
    patient=UUID,
    by=datetime,
)


def refuse_while_stopped(
    assignment: Assignment, *, client_id: UUID, performed_at: datetime, by: User
) -> None:
    """The same of what comes late: by the sign that stood at that moment, also if it has been
    checked since; and what was held once stays so."""
    patient = assignment.patient
    signs = patient.warning_signs.stopping_at(performed_at, patient.zone)
    before = HeldEntry.objects.filter(client_id=client_id, sent_by=by, what=HeldEntry.What.SESSION)
    if source_of(assignment, by) == Session.Source.PATIENT and (signs.exists() or before.exists()):
        raise Stopped(_("Leave the exercises until your clinic has spoken to you."))


def refuse_items(results: Collection[UUID], items: list[Item]) -> None:
    if not set(results) <= {item.pk for item in items}:
        raise NotThatDay(_("Your exercises have changed. Please look at today's page again."))
