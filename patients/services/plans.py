"""A programme is given to a patient, changed, paused and ended. Each verb audits itself."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

import programmes.services as programmes
from accounts import audit
from accounts.actions import Action
from accounts.models import User
from accounts.services import NotPossible
from patients.models import Assignment, Patient, Pause, WarningSign, ZoneChange
from patients.schedule import DAY, dates_between, local_date
from patients.services.days import (
    excuse,
    lay_out_all_days,
    lay_out_days,
    lock,
    restate,
    today_of,
)
from programmes.models import Programme

__all__ = [
    "NotAssignable",
    "NotPossible",
    "assign",
    "change_review",
    "change_time_zone",
    "changes_on",
    "end",
    "hold",
    "lay_out_all_days",
    "lay_out_days",
    "pause",
    "publish_change",
    "resume",
    "start_change",
    "take_turn",
    "use_template",
]


class NotAssignable(NotPossible):
    """This programme cannot be given to this patient now; the text says what to do first."""


@transaction.atomic
def assign(
    template: Programme, *, to: Patient, starts_on: date, review_on: date, by: User, now: datetime
) -> Assignment:
    """Give a patient their own copy of a published programme, and lay out its days.

    Raises NotAssignable.
    """
    patient = lock_patient(to)
    _refuse_template(template, patient)
    refuse_unassignable(patient, starts_on=starts_on, review_on=review_on, now=now)
    own = programmes.copy(template, patient_id=patient.pk, by=by, now=now)
    return begin(own, patient, starts_on=starts_on, review_on=review_on, by=by, now=now)


def lock_patient(patient: Patient) -> Patient:
    """The record as it is now, nobody else's until the transaction ends."""
    return Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)


def begin(
    own: Programme, patient: Patient, *, starts_on: date, review_on: date, by: User, now: datetime
) -> Assignment:
    """Put a published programme of the patient's own in force, and lay out its days."""
    assignment = Assignment.objects.create(
        patient=patient,
        programme=own,
        starts_on=starts_on,
        review_on=review_on,
        assigned_by=by,
        assigned_at=now,
    )
    lay_out_days(assignment, now=now)
    _record(by, Action.PLAN_ASSIGNED, assignment, now=now)
    return assignment


def _refuse_template(template: Programme, patient: Patient) -> None:
    if template.clinic_id != patient.clinic_id:
        raise NotAssignable(_("This programme belongs to another clinic."))
    if not template.is_published:
        raise NotAssignable(_("Publish the programme before you assign it."))
    if template.archived_at is not None:
        raise NotAssignable(_("This template is archived. Bring it back first."))


def refuse_unassignable(
    patient: Patient, *, starts_on: date, review_on: date, now: datetime
) -> None:
    """Raises NotAssignable with what to do first; the record is locked."""
    if starts_on < local_date(now, patient.zone):
        raise NotAssignable(_("Choose today or a later day to start."))
    if review_on < starts_on:
        raise NotAssignable(_("The review comes after the start."))
    if patient.warning_signs.open().exists():
        raise NotAssignable(_("Check the warning sign first."))
    if patient.assignments.running().exists():
        raise NotAssignable(_("End the running programme first, or change it."))


@transaction.atomic
def start_change(assignment: Assignment, *, by: User, now: datetime) -> Programme:
    """The draft of the next version: a new one, or the one already begun. Raises NotPossible."""
    current = _running(assignment)
    draft = programmes.revise(current.programme, by=by, now=now)
    _record(by, Action.PLAN_CHANGE_STARTED, current, now=now)
    return draft


@transaction.atomic
def publish_change(
    draft: Programme, *, by: User, now: datetime, seen: str | None = None
) -> Assignment:
    """Freeze a draft and put it in force: today if nothing is logged today, else tomorrow.

    Raises NotPossible once the plan has ended, and what ``programmes.services.publish`` raises.
    """
    running = Assignment.objects.running().filter(programme__line_id=draft.line_id).first()
    if running is None:
        raise NotPossible(_("This programme has ended. Assign a programme again to go on."))
    assignment = _running(running)
    programmes.publish(draft, by=by, now=now, seen=seen)
    _put_in_force(draft, assignment, now=now)
    _record(by, Action.PLAN_CHANGE_PUBLISHED, assignment, now=now)
    return assignment


@transaction.atomic
def use_template(
    assignment: Assignment, template: Programme, *, instead_of: UUID, by: User, now: datetime
) -> None:
    """Make a template the next version of what this patient has: the plan goes on, its past stays.

    In force today if nothing is logged today, else tomorrow. ``instead_of`` is the version
    whose changes were read. Raises NotPossible.
    """
    current = _running(assignment)
    _refuse_template(template, current.patient)
    if current.programme_id != instead_of:
        words = _("The programme was changed meanwhile. Read what changes now, then press again.")
        raise NotPossible(words)
    try:
        following = programmes.follow_with(current.programme, template, by=by, now=now)
    except programmes.DraftOpen as begun:
        raise NotPossible(str(begun)) from begun
    _put_in_force(following, current, now=now)
    _record(by, Action.PLAN_REPLACED, current, now=now)


def changes_on(assignment: Assignment, *, now: datetime) -> date:
    """The first day that another version would be in force."""
    today = today_of(assignment, now=now)
    return today + DAY if _is_logged_today(assignment, now=now) else today


def _put_in_force(version: Programme, assignment: Assignment, *, now: datetime) -> None:
    assignment.programme = version
    assignment.save(update_fields=["programme"])
    lay_out_days(assignment, now=now, today_too=not _is_logged_today(assignment, now=now))


def _is_logged_today(assignment: Assignment, *, now: datetime) -> bool:
    today = today_of(assignment, now=now)
    return bool(assignment.sessions.not_undone().filter(day__on=today).exists())


@transaction.atomic
def pause(
    assignment: Assignment,
    *,
    from_on: date,
    until_on: date | None = None,
    reason: str = "",
    by: User,
    now: datetime,
) -> Pause:
    """Ask for nothing from one local date to another, both included, or until resumed.

    If today is among them it is excused, unless its minimum is already reached.
    Raises NotPossible.
    """
    current = _running(assignment)
    today = today_of(current, now=now)
    _refuse_unpausable(current, from_on, until_on, today=today)
    pause = Pause.objects.create(
        assignment=current, from_on=from_on, until_on=until_on, reason=reason, paused_by=by
    )
    if from_on <= today:
        excuse(current, [today])
    lay_out_days(current, now=now)
    _record(by, Action.PLAN_PAUSED, current, now=now)
    return pause


def _refuse_unpausable(
    assignment: Assignment, from_on: date, until_on: date | None, *, today: date
) -> None:
    if from_on < today:
        raise NotPossible(_("A pause begins today or later."))
    if until_on is not None and until_on < from_on:
        raise NotPossible(_("The last day of a pause comes after its first."))
    overlapping = assignment.pauses.filter(Q(until_on=None) | Q(until_on__gte=from_on))
    if until_on is not None:
        overlapping = overlapping.filter(from_on__lte=until_on)
    if overlapping.exists():
        raise NotPossible(_("There is a pause on these days already."))


@transaction.atomic
def hold(assignment: Assignment, *, because_of: WarningSign, by: User, now: datetime) -> Pause:
    """Ask for nothing from the day on which it was told until resumed. A clinician's own pauses
    stay next to it. The days since then are excused where it reached us late."""
    current = _running(assignment)
    told_on = local_date(because_of.told_at, current.patient.zone)
    held_already = current.pauses.filter(until_on=None, because_of__isnull=False).first()
    pause = held_already or Pause(assignment=current, from_on=told_on, paused_by=by)
    pause.reason, pause.because_of = _("warning sign"), because_of
    pause.from_on = min(pause.from_on, told_on)
    pause.save()
    today = today_of(current, now=now)
    excuse(current, [*dates_between(pause.from_on - DAY, today), today])
    lay_out_days(current, now=now)
    _record(by, Action.PLAN_PAUSED, current, now=now)
    return pause


@transaction.atomic
def resume(assignment: Assignment, *, by: User, now: datetime) -> None:
    """End the pause: it covers whole local dates, so tomorrow is asked for again.

    One that began today, or is still to come, is taken back altogether. Raises
    NotPossible if there is none.
    """
    current = _running(assignment)
    if current.patient.warning_signs.open().exists():
        raise NotPossible(_("Check the warning sign first."))
    today = today_of(current, now=now)
    pauses = current.pauses.filter(Q(until_on=None) | Q(until_on__gte=today))
    # The one of a warning sign first: a clinician's own is ended by a press of its own.
    pause = pauses.order_by(F("because_of").asc(nulls_last=True), "from_on").first()
    if pause is None:
        raise NotPossible(_("This programme is not paused."))
    if pause.from_on < today:
        pause.until_on = today
        pause.save(update_fields=["until_on"])
    else:
        pause.delete()
        restate(current, today)
    lay_out_days(current, now=now)
    _record(by, Action.PLAN_RESUMED, current, now=now)


@transaction.atomic
def end(assignment: Assignment, *, reason: str, by: User, now: datetime) -> None:
    """End it today. Future days without sessions go; the past stays. Raises NotPossible."""
    current = _running(assignment)
    current.ended_on = today_of(current, now=now)
    current.end_reason = reason
    current.save(update_fields=["ended_on", "end_reason"])
    current.days.filter(on__gt=current.ended_on, sessions=None).delete()
    _record(by, Action.PLAN_ENDED, current, now=now)


def take_turn(patient: Patient) -> None:
    """Nobody else changes the patient's running programme until the transaction ends."""
    list(patient.assignments.running().select_for_update(of=("self",)).values("pk"))


@transaction.atomic
def change_review(assignment: Assignment, *, review_on: date, by: User, now: datetime) -> None:
    """Plan the check-up for another day, not before the start. Raises NotPossible."""
    current = _running(assignment)
    if review_on < current.starts_on:
        raise NotPossible(_("The review comes after the start."))
    current.review_on = review_on
    current.save(update_fields=["review_on"])
    _record(by, Action.PLAN_REVIEW_CHANGED, current, now=now)


@transaction.atomic
def change_time_zone(patient: Patient, *, time_zone: str, by: User, now: datetime) -> None:
    """Move the patient's local dates to another IANA zone.

    A date that this skips is excused; one that comes again keeps its row. Where reminders may be
    under way, ``reminders.services.follow_zone`` does this and keeps their times.
    """
    if patient.time_zone == time_zone:
        return
    before, after = local_date(now, patient.zone), local_date(now, ZoneInfo(time_zone))
    ZoneChange.objects.update_or_create(
        patient=patient,
        changed_at=now,
        defaults={"after": time_zone},
        create_defaults={"before": patient.time_zone, "after": time_zone},
    )
    patient.time_zone = time_zone
    patient.save(update_fields=["time_zone"])
    for assignment in patient.assignments.running():
        excuse(lock(assignment), dates_between(before, after))
        lay_out_days(assignment, now=now)
    audit.record_about(patient, by, Action.TIME_ZONE_CHANGED, now=now)


def _running(assignment: Assignment) -> Assignment:
    """The assignment, locked; NotPossible once it has ended."""
    current = lock(assignment)
    if current.ended_on is not None:
        raise NotPossible(_("This programme has ended."))
    return current


def _record(by: User, action: Action, assignment: Assignment, *, now: datetime) -> None:
    audit.record_about(assignment.patient, by, action, assignment, now=now)
