"""What happens at a patient's account stands on the trail of the record and of the clinic."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import trail
from accounts.actions import Action
from accounts.models import User
from accounts.services import account_for, create_account
from caseload.words.trail import did
from patients.models import ClosedBecause, Patient
from patients.services import access, records
from tests.factories import MembershipFactory, PatientFactory
from tests.patients.scene import HOUR, NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SIGN_IN = "/accounts/login/"
LOCKED = Action.SIGN_IN_LOCKED.label


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient(cast, clock_hands) -> Patient:
    """Taken up by an account that was there before."""
    create_account("grace@example.org", name="")
    return taken_up(cast)


def taken_up(cast, clinic=None, *, now=NOW) -> Patient:
    clinician = cast.clinician if clinic is None else MembershipFactory(clinic=clinic).user
    patient = PatientFactory(
        clinic=clinic or cast.clinic, clinician=clinician, user=None, email="grace@example.org"
    )
    accept(patient, now=now)
    return patient


def accept(patient: Patient, *, now=NOW) -> User:
    records.invite(patient, by=patient.clinician, now=now)
    invitation = patient.invitations.open().get()
    owner = records.accept(invitation, now=now, user=account_for(invitation.address))
    patient.refresh_from_db()
    return owner


def attack(address: str = "grace@example.org") -> None:
    for _ in range(5):
        Client().post(SIGN_IN, {"login": address, "password": "wrong wrong"})


def shown(client: Client, page: str = "/settings/trail/") -> list[str]:
    return [did(line.event.action) for line in client.get(page).context["lines"]]


def of_record(patient: Patient) -> str:
    return reverse("caseload:record_trail", args=[patient.pk])


def actions(parts: trail.Trail) -> list[str]:
    return [event.action for event in trail.all_of(parts)]


def test_a_lock_stands_on_the_record_and_in_the_clinic(cast, as_user, patient, clock_hands):
    clock_hands.shift(MINUTE)
    attack()
    lead = as_user(cast.lead)
    for page in (of_record(patient), "/settings/trail/"):
        assert shown(lead, page).count(LOCKED) == 1
        assert shown(lead, page).count(Action.PASSWORD_WRONG.label) == 5


def test_a_record_without_an_event_of_its_beginning_shows_its_account(cast, as_user):
    attack(cast.patient.email)
    assert LOCKED in shown(as_user(cast.lead), of_record(cast.record))


def test_refusals_of_a_patient_who_tries_numbers_stand_there(cast, as_user, patient, clock_hands):
    clock_hands.shift(MINUTE)
    as_user(patient.user).get(reverse("caseload:record", args=[uuid4()]))
    lead = as_user(cast.lead)
    for page in (of_record(patient), "/settings/trail/"):
        assert Action.PERMISSION_REFUSED.label in shown(lead, page)


def test_the_saved_files_hold_them_too(cast, as_user, patient, clock_hands):
    clock_hands.shift(MINUTE)
    attack()
    lead = as_user(cast.lead)
    for name, args in (("record_trail_export", [patient.pk]), ("clinic_trail_export", [])):
        saved = lead.get(reverse(f"caseload:{name}", args=args)).getvalue().decode()
        assert Action.SIGN_IN_LOCKED.value in saved


def test_another_clinic_and_another_record_show_nothing_of_it(cast, as_user, patient, clock_hands):
    clock_hands.shift(MINUTE)
    attack()
    other = MembershipFactory(role="lead")
    PatientFactory(clinic=other.clinic)
    assert LOCKED not in shown(as_user(other.user))
    assert LOCKED not in shown(as_user(cast.lead), of_record(cast.record))


def test_an_account_with_records_in_two_clinics_is_on_both(cast, as_user, patient, clock_hands):
    other = MembershipFactory(role="lead")
    theirs = taken_up(cast, other.clinic)
    clock_hands.shift(MINUTE)
    attack()
    assert shown(as_user(cast.lead)).count(LOCKED) == 1
    for page in (of_record(theirs), "/settings/trail/"):
        assert shown(as_user(other.user), page).count(LOCKED) == 1


def test_what_came_before_the_record_was_taken_up_is_not_its_matter(cast, clock_hands):
    create_account("grace@example.org", name="")
    attack()
    clock_hands.shift(HOUR)
    patient = taken_up(cast, now=NOW + HOUR)
    assert Action.SIGN_IN_LOCKED not in actions(trail.of_patient(patient.pk))
    assert Action.SIGN_IN_LOCKED not in actions(trail.of_clinic(cast.clinic))


def test_after_closing_no_more_but_what_happened_stays(patient, clock_hands):
    clock_hands.shift(MINUTE)
    attack()
    later = NOW + 2 * MINUTE
    access.close_access(patient, because=ClosedBecause.OTHER, by=patient.clinician, now=later)
    clock_hands.shift(HOUR)
    attack()
    assert actions(trail.of_patient(patient.pk)).count(Action.SIGN_IN_LOCKED) == 1
    accept(patient, now=NOW + 2 * HOUR)
    clock_hands.shift(2 * HOUR)
    attack()
    for parts in (trail.of_patient(patient.pk), trail.of_clinic(patient.clinic)):
        assert actions(parts).count(Action.SIGN_IN_LOCKED) == 2


def test_a_colleague_who_is_a_patient_there_too_is_shown_once(cast, as_user, patient, clock_hands):
    MembershipFactory(user=patient.user, clinic=cast.clinic)
    clock_hands.shift(MINUTE)
    attack()
    assert shown(as_user(cast.lead)).count(LOCKED) == 1
