"""The demo clinic: six believable weeks, made with the product's own services.

Every row is made by the verb that a person would have used, at the moment they
would have used it, so that the demo cannot show a state the product could not
reach. The same day gives the same clinic: chance has a fixed seed.
"""

import io
from datetime import datetime, timedelta
from operator import attrgetter
from random import Random

from django.conf import settings
from django.db import transaction

from accounts import clinic_logo, telephone
from accounts import services as accounts
from accounts.models import Clinic, Letter, Membership, User
from demo import lives, logo, past_reminders
from demo.people import (
    CLINIC,
    CLINICIAN,
    LEAD,
    OPENING_HOURS,
    PASSWORD,
    PEOPLE,
    TELEPHONE,
    WEEKS,
    Template,
)
from exercises.models import ExerciseVersion
from pictures.logo import as_logo
from pictures.sanitiser import made_safe
from programmes import services as programmes
from programmes.models import Programme

SEED = 20
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
    _give_numbers(lead, began)
    _give_logo(lead, began)
    accounts.make_operator(LEAD[0], now=began)
    clinician = _join(lead, began)
    templates = _templates(lead.clinic, clinician, began)
    events = list(past_reminders.events((person.zone for person in PEOPLE), now=now))
    for number, person in enumerate(PEOPLE):
        by = lead.user if person.by_lead else clinician
        days, went = Random(SEED + number), Random(-SEED - number)  # noqa: S311  a story, no secret
        life = lives.Life(person, by, now, days, went)
        events += life.events(lead.clinic, templates[person.template])
    for event in sorted(events, key=attrgetter("at")):
        event.act()
    past_reminders.forget_heartbeats()
    # The past's invitations are not posted today.
    Letter.objects.all().delete()


def _give_numbers(lead: Membership, now: datetime) -> None:
    lead.clinic.telephone = telephone.read(TELEPHONE, lead.clinic.country)
    lead.clinic.opening_hours = OPENING_HOURS
    accounts.change_clinic(lead.clinic, by=lead.user, now=now)


def _give_logo(lead: Membership, now: datetime) -> None:
    made = made_safe(io.BytesIO(logo.drawn()), write=as_logo)
    clinic_logo.change(lead.clinic, made, by=lead.user, now=now)


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
    """Two published templates, and a draft someone is still working on."""
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
