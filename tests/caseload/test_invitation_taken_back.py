"""An invitation that was sent by mistake is taken back, and a record says one truth about it."""

import pytest
import time_machine
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEvent, Letter, User
from caseload import caseload_page
from caseload.words import record as say
from outbox import delivery
from patients.models import ClosedBecause, Patient
from patients.services import access, records
from patients.services.records import NotPossible
from tests.at_once import all_at_once
from tests.caseload.test_close_access import link_in
from tests.factories import PatientFactory
from tests.patients.forms_sent import page
from tests.patients.scene import NOW, log, running, waiting_patient

pytestmark = pytest.mark.django_db
TAKE_BACK = "Take the invitation back"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def closed() -> Patient:
    """Access was closed; a session of today was logged before."""
    plan = running(patient=PatientFactory(name="Sam Reed"))
    log(plan)
    why = ClosedBecause.LOST_PHONE
    access.close_access(plan.patient, because=why, by=plan.patient.clinician, now=NOW)
    return plan.patient


@pytest.fixture
def waiting() -> Patient:
    return waiting_patient(name="Sam Reed")


def invite(patient: Patient) -> str:
    return link_in(records.invite(patient, by=patient.clinician, now=NOW).letter)


def row_of(patient: Patient) -> caseload_page.Row:
    rows = caseload_page.rows_of([patient.pk], now=NOW)
    [row] = caseload_page.read_page(rows)
    return row


@pytest.mark.parametrize("who", ["waiting", "closed"])
def test_one_press_on_the_record_closes_the_link(request, client, as_user, smtp_server, who):
    patient = request.getfixturevalue(who)
    physio, link = as_user(patient.clinician), invite(patient)
    assertContains(physio.get(page("record", patient)), TAKE_BACK)
    answer = physio.post(page("take_invitation_back", patient), follow=True)
    assertContains(answer, "The invitation is taken back. Its link no longer works.")
    assert client.post(link).status_code == 410
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: NOW)
    assert not smtp_server.messages
    assertNotContains(answer, TAKE_BACK)
    assertContains(answer, "Send invitation")
    events = AuditEvent.objects.filter(action="patient_invitation_taken_back")
    assert events.get().patient_id == patient.pk


def test_no_reason_is_made_up_for_a_mere_invitation(waiting, as_user):
    invite(waiting)
    physio: Client = as_user(waiting.clinician)
    answer = physio.post(page("take_invitation_back", waiting), follow=True)
    for wrong in ("A phone was lost", "Access is closed", "Not sent yet"):
        assertNotContains(answer, wrong)
    assertContains(answer, "The invitation that was sent works no longer.")
    assert "No invitation is open" in [say.status(status) for status in row_of(waiting).statuses]


def test_once_accepted_it_is_too_late_and_the_page_says_what_helps(waiting, as_user):
    invitation = records.invite(waiting, by=waiting.clinician, now=NOW)
    records.accept(invitation, now=NOW)
    answer = as_user(waiting.clinician).post(page("take_invitation_back", waiting), follow=True)
    assertContains(answer, "It has been accepted by now. Close access instead.")


def test_twice_says_that_there_is_none(waiting, as_user):
    invite(waiting)
    physio = as_user(waiting.clinician)
    for words in ("is taken back", "There is no invitation to take back."):
        answer = physio.post(page("take_invitation_back", waiting), follow=True)
        assertContains(answer, words)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("again", range(3))
def test_accepting_and_taking_back_at_once_have_one_winner(again):
    patient = waiting_patient()
    invitation = records.invite(patient, by=patient.clinician, now=NOW)
    deeds = [
        lambda: records.accept(invitation, now=NOW),
        lambda: access.take_invitation_back(patient, by=patient.clinician, now=NOW),
    ]
    answers = all_at_once(lambda n: deeds[n](), times=2)
    refused = [answer for answer in answers if isinstance(answer, NotPossible)]
    assert len(refused) == 1, answers
    patient.refresh_from_db()
    assert (patient.user is not None) == isinstance(answers[0], User)


def test_a_closed_record_with_a_new_invitation_says_one_thing(closed, as_user):
    physio = as_user(closed.clinician)
    assertContains(physio.get(page("record", closed)), "Access is closed")
    invite(closed)
    record = physio.get(page("record", closed))
    assertNotContains(record, "Access is closed")
    assertContains(record, "not accepted yet")
    assertContains(record, f"Access was closed on Mon 4 May by {closed.clinician}")
    physio.post(page("take_invitation_back", closed))
    assertContains(physio.get(page("record", closed)), "Access is closed")


def test_today_of_a_closed_record_is_in_true_words(closed, as_user):
    assert say.today(row_of(closed)) == "1 session · access closed"
    record = as_user(closed.clinician).get(page("record", closed))
    assertContains(record, "1 session · access closed")
    assertNotContains(record, "ot started")
    invite(closed)
    assert say.today(row_of(closed)) == "nothing asked, 1 session"
