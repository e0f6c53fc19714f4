"""A patient has died: the clinic notes it, and nobody is made to ring or write."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Letter
from caseload import caseload_page
from caseload.words import record as say
from patients.models import ClosedBecause, Patient
from patients.services import access, plans, records, signs
from tests.factories import PatientFactory
from tests.patients.forms_sent import page
from tests.patients.scene import (
    HOUR,
    NOW,
    log,
    patient_without_email,
    running,
    states,
    template_for,
    waiting_patient,
)

pytestmark = pytest.mark.django_db
CASELOAD = reverse("caseload:caseload")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture(params=["with an account", "invited", "without an address"])
def patient(request) -> Patient:
    """With weeks of a programme before them."""
    if request.param == "with an account":
        return running(patient=PatientFactory(name="Sam Reed", telephone="+442079460001")).patient
    if request.param == "invited":
        found = waiting_patient(name="Sam Reed", telephone="+442079460001")
        records.invite(found, by=found.clinician, now=NOW)
    else:
        found = patient_without_email(name="Sam Reed", telephone="+442079460001")
    return running(patient=found).patient


@pytest.fixture
def known(as_user) -> Patient:
    return running(patient=PatientFactory(name="Sam Reed")).patient


@pytest.fixture
def physio(request, as_user) -> Client:
    name = "patient" if "patient" in request.fixturenames else "known"
    return as_user(request.getfixturevalue(name).clinician)


def die(patient: Patient) -> None:
    access.close_access(patient, because=ClosedBecause.DIED, by=patient.clinician, now=NOW)


def row_of(patient: Patient) -> caseload_page.Row:
    [row] = caseload_page.rows_of([patient.pk], now=NOW + HOUR)
    return row


def test_it_can_be_noted_of_everybody_from_the_record(patient, physio):
    assertContains(physio.get(page("record", patient)), page("note_death", patient))
    asks = physio.get(page("note_death", patient))
    assertContains(asks, "Note that Sam Reed has died")
    patient.refresh_from_db()
    assert not patient.has_died, "looking changes nothing"
    answer = physio.post(page("note_death", patient), follow=True)
    assertContains(answer, "Sam Reed has died")
    assertContains(answer, f"Noted on Mon 4 May by {patient.clinician}.")
    patient.refresh_from_db()
    assert (patient.user, patient.has_died) == (None, True)
    event = AuditEvent.objects.get(action="death_noted")
    assert (event.actor, event.patient_id) == (patient.clinician, patient.pk)


def test_it_can_be_noted_after_access_was_closed(known, physio):
    access.close_access(known, because=ClosedBecause.LOST_PHONE, by=known.clinician, now=NOW)
    physio.post(page("note_death", known))
    known.refresh_from_db()
    assert known.has_died


def test_nothing_is_asked_any_more(patient):
    die(patient)
    [plan] = patient.assignments.all()
    assert set(states(plan).values()) == {"not_started"}
    assert not patient.invitations.open().exists()


def test_the_record_offers_nothing_that_would_go_on_with_it(patient, physio):
    [plan] = patient.assignments.all()
    plans.pause(plan, from_on=plan.starts_on, until_on=None, by=patient.clinician, now=NOW)
    die(patient)
    record = physio.get(page("record", patient))
    for name in ("invite", "resume", "change_programme", "record_session", "use_template"):
        assertNotContains(record, page(name, patient))
    assertNotContains(record, 'href="tel:+442079460001"')
    for offered in ("end", "take_death_back", "edit"):
        assertContains(record, page(offered, patient))


def test_a_draft_or_an_ended_programme_is_no_next_step(known, physio):
    [plan] = known.assignments.all()
    plans.end(plan, reason="", by=known.clinician, now=NOW)
    die(known)
    assertNotContains(physio.get(page("record", known)), page("build", known))


def test_the_caseload_says_it_first_and_the_row_asks_for_nobody(known, physio):
    log(running_plan(known), pain_after=9)
    signs.tell(known, by=known.user, now=NOW)
    die(known)
    row = row_of(known)
    assert (row.group, row.concerns, row.has_warning_sign) == (caseload_page.Group.DIED, [], False)
    assert [say.status(status) for status in row.statuses] == [
        f"Has died. Noted Mon 4 May by {known.clinician}",
        "A warning sign of Mon 4 May was not checked",
    ]
    assertContains(physio.get(CASELOAD), "<small> Has died</small>")
    record = physio.get(page("record", known))
    assertNotContains(record, "please look at this now")
    [sign] = known.warning_signs.all()
    check = reverse("caseload:check_sign", args=[known.pk, sign.pk])
    assertContains(record, check)
    assertNotContains(physio.get(check), "go_on")


def running_plan(patient: Patient):
    return patient.assignments.get()


def test_no_letter_says_that_somebody_waits(known):
    signs.tell(known, by=known.user, now=NOW)
    die(known)
    sent = Letter.objects.count()
    assert signs.follow_up(now=NOW + timedelta(hours=5)) == 0
    assert Letter.objects.count() == sent


def test_nobody_gives_a_programme_to_them_by_choosing_from_a_list(known, physio):
    [plan] = known.assignments.all()
    plans.end(plan, reason="", by=known.clinician, now=NOW)
    chosen = {"programme": template_for(known).pk}
    assertContains(physio.get(reverse("caseload:assign_from"), chosen), "Sam Reed")
    die(known)
    assertNotContains(physio.get(reverse("caseload:assign_from"), chosen), "Sam Reed")


@pytest.mark.parametrize("press", ["invite", "invite_again"])
def test_an_invitation_asks_first_whether_it_was_a_mistake(known, physio, press):
    die(known)
    answer = physio.post(page(press, known), follow=True)
    assertContains(answer, "If that was a mistake, say so first.")
    assert not known.invitations.exists()


def test_a_mistake_is_taken_back_and_nobody_is_invited_by_it(patient, physio):
    die(patient)
    assertContains(physio.get(page("take_death_back", patient)), "Was it a mistake")
    patient.refresh_from_db()
    assert patient.has_died, "looking changes nothing"
    answer = physio.post(page("take_death_back", patient), follow=True)
    assertNotContains(answer, "Sam Reed has died")
    patient.refresh_from_db()
    assert (patient.has_died, patient.is_closed) == (False, bool(patient.email))
    assert not patient.invitations.open().exists()
    asked = {"not_started"} if patient.email else {"asked"}
    assert set(states(running_plan(patient)).values()) == asked
    assert AuditEvent.objects.filter(action="death_taken_back", patient_id=patient.pk).exists()
    assertRedirects(physio.get(page("take_death_back", patient)), page("record", patient))
