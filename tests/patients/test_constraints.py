"""The rules that the database keeps by itself, each by its name."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from patients.models import (
    AddressChange,
    Assignment,
    Day,
    Invitation,
    Patient,
    Pause,
    Session,
    Tick,
)
from tests.cast import Cast, make_cast
from tests.factories import LONG_AGO, AssignmentFactory, DayFactory, PatientFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def session(cast: Cast, **fields) -> Session:
    said = {
        "assignment": cast.assignment, "day": cast.day, "programme": cast.day.programme,
        "client_id": uuid4(), "performed_at": LONG_AGO, "received_at": LONG_AGO,
        "recorded_by": cast.patient,
    }  # fmt: skip
    return Session.objects.create(**said | fields)


def invitation(cast: Cast, **fields) -> Invitation:
    said = {
        "patient": cast.record, "address": "sam@example.org", "token_hash": uuid4().hex,
        "invited_by": cast.clinician, "created_at": LONG_AGO, "expires_at": LONG_AGO + DAY,
    }  # fmt: skip
    return Invitation.objects.create(**said | fields)


def day(cast: Cast, **fields) -> Day:
    said = {
        "assignment": cast.assignment, "on": cast.day.on + DAY, "programme": cast.day.programme,
        "state": "asked", "asked_min": 1, "asked_max": 2,
    }  # fmt: skip
    return Day.objects.create(**said | fields)


def pause(cast: Cast, **fields) -> Pause:
    said = {"assignment": cast.assignment, "from_on": cast.day.on, "paused_by": cast.clinician}
    return Pause.objects.create(**said | fields)


def closed(cast: Cast, **fields) -> Patient:
    said = {"access_closed_at": LONG_AGO, "access_closed_by": cast.clinician}
    said |= {"access_closed_because": "died", "links_valid_from": LONG_AGO}
    return PatientFactory(**said | fields)


def wish(cast: Cast, **fields) -> AddressChange:
    said = {"patient": cast.record, "user": cast.patient, "address": "sam@example.net"}
    return AddressChange.objects.create(**said | {"asked_at": LONG_AGO} | fields)


def twice(act):
    return lambda cast: (act(cast), act(cast))


def same_client_id(cast: Cast):
    """Of one account, on another record of theirs."""
    other = DayFactory(assignment__patient__user=cast.patient)
    of_other = {"assignment": other.assignment, "day": other, "programme": other.programme}
    return session(cast, client_id=session(cast).client_id, **of_other)


def same_form(cast: Cast):
    key = uuid4()
    return [PatientFactory(clinic=cast.clinic, client_id=key) for _ in range(2)]


def tick(cast: Cast, **fields) -> Tick:
    return Tick.objects.create(session=session(cast), item=cast.day.programme.items.get(), **fields)


def same_item(cast: Cast):
    ticked = session(cast)
    item = cast.day.programme.items.first()
    return [Tick.objects.create(session=ticked, item=item) for _ in range(2)]


def two_of_a_sign(cast: Cast):
    sign = cast.record.warning_signs.create(told_by=cast.patient, told_at=LONG_AGO)
    return [pause(cast, because_of=sign) for _ in range(2)]


REFUSED = {
    "invitation_address_is_as_kept": lambda cast: invitation(cast, address="Sam@example.org"),
    "address_change_address_is_as_kept": lambda cast: wish(cast, address="sam@müller.example"),
    "patient_email_is_as_kept": lambda cast: PatientFactory(email="sam@müller.example"),
    "invitation_expires_later": lambda cast: invitation(cast, expires_at=LONG_AGO),
    "invitation_accepted_or_revoked": lambda cast: invitation(
        cast, accepted_at=LONG_AGO, revoked_at=LONG_AGO
    ),
    "invitation_one_open_per_patient": twice(invitation),
    "assignment_one_running_per_patient": lambda cast: AssignmentFactory(patient=cast.record),
    "assignment_review_after_start": lambda cast: Assignment.objects.filter(
        pk=cast.assignment.pk
    ).update(review_on=cast.assignment.starts_on - DAY),
    "assignment_end_reason_of_ended": lambda cast: Assignment.objects.filter(
        pk=cast.assignment.pk
    ).update(end_reason="Goals reached"),
    "day_once_per_assignment": twice(day),
    "day_asks_a_range": lambda cast: day(cast, asked_min=3, asked_max=2),
    "day_asked_has_a_target": lambda cast: day(cast, asked_min=None, asked_max=None),
    "patient_precautions_are_known": lambda cast: PatientFactory(precautions=["XYZ"]),
    "patient_once_per_client_id": same_form,
    "patient_telephone_is_full": lambda cast: PatientFactory(telephone="020 7946 0958"),
    "session_once_per_client_id": same_client_id,
    "session_pain_before_is_0_to_10": lambda cast: session(cast, pain_before=11),
    "session_pain_after_is_0_to_10": lambda cast: session(cast, pain_after=11),
    "tick_once_per_item": same_item,
    "tick_pain_is_0_to_10": lambda cast: tick(cast, pain=11),
    "tick_reason_of_skipped": lambda cast: tick(cast, skip_reason="no_time"),
    "tick_skipped_has_no_amount": lambda cast: tick(cast, result="skipped", amount=2),
    "pause_ends_after_it_begins": lambda cast: pause(cast, until_on=cast.day.on - DAY),
    "patient_year_of_birth_is_a_year": lambda cast: PatientFactory(year_of_birth=1899),
    "patient_access_closed_by_somebody": lambda cast: PatientFactory(
        user=None, access_closed_at=LONG_AGO, links_valid_from=LONG_AGO
    ),
    "patient_access_closed_means_nobody": lambda cast: closed(cast, user=cast.patient),
    "patient_closed_user_until_somebody_has_it": lambda cast: PatientFactory(
        closed_user=cast.patient
    ),
    "invitation_three_wrong_years": lambda cast: invitation(cast, wrong_years=4),
    "address_change_one_open_per_record": twice(wish),
    "address_change_confirmed_by_somebody": lambda cast: wish(cast, confirmed_at=LONG_AGO),
    "address_change_closed_has_an_end": lambda cast: wish(cast, closed_at=LONG_AGO),
    "address_change_link_is_confirmed": lambda cast: wish(
        cast, token_hash="x", expires_at=LONG_AGO
    ),
    "pause_one_open": twice(pause),
    "pause_one_of_a_sign": two_of_a_sign,
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(cast, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        REFUSED[name](cast)


def test_every_constraint_of_ours_is_tested_here():
    models = (Patient, Invitation, AddressChange, Assignment, Day, Session, Tick, Pause)
    names = {c.name for model in models for c in model._meta.constraints}
    assert names == set(REFUSED)
