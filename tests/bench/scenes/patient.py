"""A patient's pages: six drawn exercises of the library twice a day, with twelve weeks behind them."""

import uuid
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import NamedTuple

from django.core.management import call_command
from django.urls import reverse

from accounts.models import Clinic, Membership, User
from exercises.models import ExerciseVersion
from patients.models import Assignment, Day, Patient, Session, Tick
from patients.schedule import instant, local_date
from programmes.models import Item, ItemWords, Programme
from reminders import tokens
from reminders.channels import EMAIL
from reminders.models import Reminder
from tests.bench.crowd import bulk, person
from tests.bench.scenes import Measured, Request
from tests.factories import (
    AssignmentFactory,
    ClinicFactory,
    ItemFactory,
    MembershipFactory,
    PatientFactory,
    ProgrammeFactory,
)

EXERCISES, A_DAY = 6, 2
BEHIND, AHEAD = timedelta(weeks=12), timedelta(weeks=4)
TIMES = (time(9), time(19))
TICKED = 150  # people who tick off one session each


class Own(NamedTuple):
    """Somebody, and what their pages are about."""

    user: User
    day: Day
    items: list[Item]


def measured(*, now: datetime) -> list[Measured]:
    """One patient's pages; a session is ticked off by one person after another."""
    call_command("load_library", stdout=StringIO())
    one, done, *others = practice(2 + TICKED, now=now)
    item = reverse("today:item", args=[one.items[0].pk])
    return [
        Measured("today", 2, [Request(one.user, reverse("today:today"))]),
        Measured("item", 2, [Request(one.user, item)]),
        Measured("reminder", 2, [Request(one.user, reminder_page(one, now=now))]),
        Measured("progress", 2, [Request(one.user, reverse("today:progress"))]),
        Measured("tick", 2.5, [_tick(other, now=now) for other in others]),
        Measured("describe", 4, [Request(done.user, describe_page(done, now=now))]),
    ]


def practice(size: int, *, now: datetime) -> list[Own]:
    """So many people of one clinic; the first has a note at each exercise."""
    lead = person()
    lead.save()
    clinic = ClinicFactory(name="Riverside Backs", telephone="+442079460000")
    MembershipFactory(user=lead, clinic=clinic, role=Membership.Role.LEAD)
    users = bulk(User, [person() for _ in range(size)])
    patients = bulk(
        Patient,
        [PatientFactory.build(clinic=clinic, clinician=lead, user=user) for user in users],
    )
    programmes = _programmes(patients, clinic, lead)
    items = _items(programmes)
    for item in items[:EXERCISES]:
        ItemWords.objects.create(item=item, note="Slowly, and only as far as it is easy.")
    Programme.objects.filter(pk__in=[one.pk for one in programmes]).update(published_at=now)
    today = local_date(now, patients[0].zone)
    days = _days(patients, programmes, lead, today=today)
    _history(days, items, today=today)
    todays = [day for day in days if day.on == today]
    return [
        Own(user, day, items[n * EXERCISES : (n + 1) * EXERCISES])
        for n, (user, day) in enumerate(zip(users, todays, strict=True))
    ]


def _programmes(patients: list[Patient], clinic: Clinic, by: User) -> list[Programme]:
    drafts = [
        ProgrammeFactory.build(
            clinic=clinic, created_by=by, is_template=False, patient_id=patient.pk
        )
        for patient in patients
    ]
    return bulk(Programme, drafts)


def _items(programmes: list[Programme]) -> list[Item]:
    drawn = ExerciseVersion.objects.exclude(figure={}).select_related("exercise").order_by("name")
    versions = list(drawn[:EXERCISES])
    items = [
        ItemFactory.build(
            programme=programme,
            position=position,
            exercise_version=version,
            side=Item.Side.RIGHT if version.is_sided else "",
        )
        for programme in programmes
        for position, version in enumerate(versions)
    ]
    return bulk(Item, items)


def _days(
    patients: list[Patient], programmes: list[Programme], by: User, *, today: date
) -> list[Day]:
    given = [
        AssignmentFactory.build(
            patient=patient,
            programme=programme,
            starts_on=today - BEHIND,
            review_on=today + AHEAD,
            assigned_by=by,
        )
        for patient, programme in zip(patients, programmes, strict=True)
    ]
    days = [
        Day(
            assignment=assignment,
            on=assignment.starts_on + timedelta(n),
            programme=assignment.programme,
            state=Day.State.ASKED,
            asked_min=A_DAY,
            asked_max=A_DAY + 1,
        )
        for assignment in bulk(Assignment, given)
        for n in range((BEHIND + AHEAD).days)
    ]
    return bulk(Day, days)


def _history(days: list[Day], items: list[Item], *, today: date) -> None:
    """Every past day complete, in the morning and the evening, with a score.

    Of those who only tick a session off each exercise is ticked in the last week.
    """
    sessions = bulk(Session, [_session(day, at) for day in days if day.on < today for at in TIMES])
    of: dict[uuid.UUID, list[Item]] = {}
    for item in items:
        of.setdefault(item.programme_id, []).append(item)
    first, lately = days[0].assignment, today - timedelta(weeks=1)
    ticks = [
        Tick(session=one, item=item)
        for one in sessions
        if one.assignment == first or one.day.on >= lately
        for item in of[one.programme_id]
    ]
    bulk(Tick, ticks)


def _session(day: Day, at: time) -> Session:
    patient = day.assignment.patient
    performed_at = instant(day.on, at, patient.zone)
    return Session(
        assignment=day.assignment,
        day=day,
        programme=day.programme,
        client_id=uuid.uuid4(),
        performed_at=performed_at,
        received_at=performed_at,
        recorded_by=patient.user,
        pain_after=2 + day.on.day % 3,
    )


def reminder_page(one: Own, *, now: datetime) -> str:
    """The page that the button of a reminder of an hour ago opens."""
    due_at = now - timedelta(hours=1)
    assignment = one.day.assignment
    reminder = Reminder.objects.create(
        patient=assignment.patient,
        assignment=assignment,
        on=one.day.on,
        at=due_at.astimezone(assignment.patient.zone).time(),
        channel=EMAIL,
        due_at=due_at,
        planned_at=due_at,
        expires_at=now + timedelta(hours=2),
    )
    return reverse("reminders:answer", args=[tokens.make(reminder, purpose="open")])


def describe_page(one: Own, *, now: datetime) -> str:
    """The page that asks how it was, after a session that was just ticked off."""
    session = _session(one.day, now.astimezone(one.day.assignment.patient.zone).time())
    session.performed_at = session.received_at = now
    session.pain_after = None
    session.save()
    bulk(Tick, [Tick(session=session, item=item) for item in one.items])
    return reverse("today:session_describe", args=[session.pk])


def _tick(one: Own, *, now: datetime) -> Request:
    """“I’ve already done it”."""
    sent = {
        "client_id": str(uuid.uuid4()),
        "performed_at": now.isoformat(),
        "programme": str(one.day.programme_id),
        "page_on": one.day.on.isoformat(),
    }
    return Request(one.user, reverse("today:session_log", args=[one.day.pk]), sent)
