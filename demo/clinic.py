"""The demo clinic: six believable weeks, made with the product's own services.

Every row is made by the verb that a person would have used, at the moment they
would have used it, so that the demo cannot show a state the product could not
reach. The same day gives the same clinic: chance has a fixed seed.
"""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from accounts import services as accounts
from accounts.models import Clinic, Letter, Membership, User
from demo.people import (
    CLINIC,
    CLINICIAN,
    LEAD,
    PASSWORD,
    PEOPLE,
    WEEKS,
    Person,
    State,
    Template,
)
from exercises.models import ExerciseVersion
from patients.models import Assignment, Patient, Session
from patients.services import plans, records, sessions
from programmes import services as programmes
from programmes.models import Programme

SEED = 20
SESSION_HOURS = (8, 13, 18)
EXERCISES = {
    Template.HAMSTRINGS: (
        "Low back and tight hamstrings",
        ("lying-hamstring-stretch", "knee-across-buttock-stretch", "tummy-tightening"),
    ),
    Template.GENTLE_START: (
        "Gentle start for sciatica",
        ("pelvic-tilt", "heel-slide", "lying-hamstring-stretch"),
    ),
}


class NotADemo(Exception):
    """This database holds, or may hold, real people."""


def load(*, now: datetime) -> bool:
    """Make the demo clinic; False if it is there already. Raises NotADemo."""
    if not settings.DEMO:
        raise NotADemo("The demo clinic is loaded only where DEMO=1, as `make run` sets it.")
    with transaction.atomic():
        if User.objects.filter(email=LEAD[0]).exists():
            return False
        if User.objects.exists() or Clinic.objects.exists():
            raise NotADemo(
                "This database has people in it who are not the demo's. Nothing was added."
            )
        _fill(now)
    return True


def _fill(now: datetime) -> None:
    began = now - timedelta(weeks=WEEKS + 1)
    lead = accounts.start_clinic(
        CLINIC,
        email=LEAD[0],
        person_name=LEAD[1],
        time_zone="Europe/London",
        password=PASSWORD,
        now=began,
    )
    clinician = _join(lead, began)
    templates = _templates(lead.clinic, clinician, began)
    for number, person in enumerate(PEOPLE):
        by = lead.user if person.by_lead else clinician
        _add(person, lead.clinic, templates[person.template], by, now, Random(SEED + number))  # noqa: S311
    _forget_letters(now)


def _join(lead: Membership, now: datetime) -> User:
    address, name = CLINICIAN
    invitation = accounts.invite_to_team(
        lead.clinic,
        address=address,
        name=name,
        role=Membership.Role.CLINICIAN,
        by=lead.user,
        now=now,
    )
    accounts.accept_team_invitation(invitation, now=now, password=PASSWORD)
    return User.objects.get(email=address)


def _templates(clinic: Clinic, by: User, now: datetime) -> dict[Template, Programme]:
    """Two published templates, and a draft somebody is still working on."""
    made = {}
    for key, (title, slugs) in EXERCISES.items():
        made[key] = _programme(clinic, title, slugs, by, now)
        programmes.publish(made[key], by=by, now=now)
    _programme(
        clinic, "Long days at a desk", ("sitting-hamstring-stretch", "tummy-tightening"), by, now
    )
    return made


def _programme(
    clinic: Clinic, title: str, slugs: tuple[str, ...], by: User, now: datetime
) -> Programme:
    programme = programmes.create(clinic, title=title, by=by, now=now)
    versions = {
        v.exercise.slug: v for v in ExerciseVersion.objects.current().select_related("exercise")
    }
    for slug in slugs:
        programmes.add_item(programme, versions[slug], by=by, now=now)
    return programme


def _add(
    person: Person, clinic: Clinic, template: Programme, by: User, now: datetime, chance: Random
) -> None:
    zone = ZoneInfo(person.zone)
    today = now.astimezone(zone).date()
    starts_on = today - timedelta(days=person.started_days_ago)
    met_at = min(_at(starts_on, time(9), zone), now)
    patient = records.add_patient(
        clinic,
        name=person.name,
        email=person.email,
        clinician=by,
        time_zone=person.zone,
        by=by,
        now=met_at,
    )
    assignment = plans.assign(
        template,
        to=patient,
        starts_on=starts_on,
        review_on=max(today + timedelta(days=person.review_in_days), starts_on),
        by=by,
        now=met_at,
    )
    if person.email:
        _invite(patient, person, by, met_at)
    if person.state is not State.INVITED:
        _live_through(assignment, person, by, now, chance)


def _invite(patient: Patient, person: Person, by: User, now: datetime) -> None:
    invitation = records.invite(patient, by=by, now=now)
    if person.state is not State.INVITED:
        user = records.accept(invitation, now=now, time_zone=person.zone)
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])


def _live_through(
    assignment: Assignment, person: Person, by: User, now: datetime, chance: Random
) -> None:
    """Day by day from the start until now."""
    zone = ZoneInfo(person.zone)
    today = now.astimezone(zone).date()
    for days_ago in range(person.started_days_ago, -1, -1):
        on = today - timedelta(days=days_ago)
        if days_ago % 7 == 0 or days_ago == person.started_days_ago:
            plans.lay_out_days(assignment, now=min(_at(on, time(6), zone), now))
        _change_state(assignment, person, by, days_ago, min(_at(on, time(7), zone), now))
        _log(assignment, person, by, on, days_ago, now, chance)


def _change_state(
    assignment: Assignment, person: Person, by: User, days_ago: int, now: datetime
) -> None:
    is_first_silent = days_ago == person.silent_days - 1
    if person.state is State.FINISHED and is_first_silent:
        plans.end(assignment, reason="Goals reached", by=by, now=now)
    if person.state is State.PAUSED and is_first_silent:
        on = now.astimezone(ZoneInfo(person.zone)).date()
        plans.pause(assignment, from_on=on, until_on=None, reason="On holiday", by=by, now=now)


def _log(
    assignment: Assignment,
    person: Person,
    by: User,
    on: date,
    days_ago: int,
    now: datetime,
    chance: Random,
) -> None:
    day = assignment.days.filter(on=on).first()
    wanted = person.sessions_on(days_ago, chance)
    for hour in SESSION_HOURS[:wanted] if day else ():
        performed = _at(on, time(hour, chance.randrange(60)), ZoneInfo(person.zone))
        if days_ago == 0:
            performed = min(performed, now - timedelta(minutes=20))
        note = person.notes.get(days_ago, "") if hour == SESSION_HOURS[0] else ""
        sessions.log_session(
            day,
            client_id=uuid.UUID(int=chance.getrandbits(128), version=4),
            by=assignment.patient.user or by,
            now=performed,
            performed_at=performed,
            pain_after=person.pain_on(days_ago, chance) if chance.random() < 0.7 else None,
            effort=_effort(chance),
            note=note,
        )


def _effort(chance: Random) -> str:
    easy, right, hard = Session.Effort.EASY, Session.Effort.RIGHT, Session.Effort.HARD
    return str(chance.choices(["", easy, right, hard], weights=[4, 1, 5, 1])[0])


def _at(on: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC)


def _forget_letters(now: datetime) -> None:
    """The past's invitations are not posted today; the one that is still open is."""
    Letter.objects.filter(created_at__lt=now - timedelta(days=7)).delete()
