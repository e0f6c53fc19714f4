"""An address that refuses our mail: the clinician sees it, and what helps."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AddressTrouble, AuditEvent, Letter, User
from caseload.concerns import Kind
from outbox import delivery
from patients.models import Assignment, Patient
from patients.services import records
from tests.caseload.test_caseload import kinds, words
from tests.cast import Cast
from tests.factories import PatientFactory
from tests.outbox.letters import make_letter
from tests.patients.past import NOW, TODAY, ago, lay, lay_days

COMES_BACK = "E-mail to this person comes back; ask for another address"
LOST = "The invitation could not be delivered; send it again, or to another address"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def physio(cast: Cast, as_user):
    Assignment.objects.update(review_on=ago(-30))
    return as_user(cast.clinician)


@pytest.fixture
def waiting(cast: Cast) -> Patient:
    """Invited a moment ago, the letter not yet sent."""
    patient = PatientFactory(
        clinic=cast.clinic, clinician=cast.clinician, user=None, email="tom@example.org"
    )
    records.invite(patient, by=cast.clinician, now=NOW)
    return patient


def close(address: str, state=AddressTrouble.State.REFUSED, **fields) -> AddressTrouble:
    defaults = {"state": state, "counted_at": NOW - timedelta(1), "code": "550"}
    return AddressTrouble.objects.create(address=address, **(defaults | fields))


def pause(address: str) -> AddressTrouble:
    return close(address, AddressTrouble.State.PAUSED, refusals=3, code="452")


def deliver(now=NOW) -> None:
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: now)


def page(patient: Patient, name: str = "record") -> str:
    return reverse(f"caseload:{name}", args=[patient.pk])


def test_the_caseload_says_so(cast, physio):
    close(cast.patient.email)
    assertContains(physio.get("/patients/"), COMES_BACK)


def test_the_record_says_since_when_and_what_helps(cast, physio):
    close(cast.patient.email)
    response = physio.get(page(cast.record))
    assertContains(response, COMES_BACK)
    assertContains(response, "On Sun 3 May the mail server of sam@example.org refused")
    assertContains(response, "Try this address again")


def test_one_put_off_again_and_again_is_told_apart(cast, physio):
    pause(cast.patient.email)
    assert words(cast.record) == [
        "E-mail to this person keeps being put off, so reminders wait; ask about the address"
    ]
    assertContains(physio.get(page(cast.record)), "put our mail off again and again")


def test_an_address_in_doubt_is_nobodys_concern(cast, physio):
    close(cast.patient.email, AddressTrouble.State.DOUBTFUL, refusals=2)
    assert kinds(cast.record) == []
    assertNotContains(physio.get(page(cast.record)), "Try this address again")


def test_trying_again_opens_the_address_and_is_audited(cast, physio):
    close(cast.patient.email)
    assert physio.get(page(cast.record, "try_address")).status_code == 405
    response = physio.post(page(cast.record, "try_address"), follow=True)
    assertRedirects(response, page(cast.record))
    assertContains(response, "We write to sam@example.org again.")
    assertNotContains(response, COMES_BACK)
    assert not AddressTrouble.objects.closed().exists()
    assert AuditEvent.objects.filter(action="address_tried_again").get().actor == cast.clinician


@pytest.mark.parametrize(("answer", "state"), [("550", "refused"), ("450", "paused")])
def test_trying_again_lets_one_message_through_and_a_no_closes_at_once(
    cast, physio, smtp_server, answer, state
):
    """Whichever clinic presses: what is known of an address is everybody's."""
    elsewhere = PatientFactory(user=None, email=cast.patient.email)
    close(cast.patient.email)
    records.try_address_again(elsewhere, by=elsewhere.clinician, now=NOW)
    assert kinds(cast.record) == []
    smtp_server.behaviour = f"refuse {answer}"
    make_letter(to=cast.patient.email, due_at=NOW, expires_at=NOW + timedelta(minutes=30))
    deliver()
    assert AddressTrouble.objects.get().state == state
    assert kinds(cast.record) == [Kind.ADDRESS]


def test_trying_again_forgets_nothing_until_a_message_arrives(cast, physio, smtp_server):
    close(cast.patient.email)
    physio.post(page(cast.record, "try_address"))
    assert AddressTrouble.objects.get().code == "550"
    make_letter(to=cast.patient.email, due_at=NOW, expires_at=NOW + timedelta(minutes=30))
    deliver()
    assert not AddressTrouble.objects.exists()


def test_an_ended_programme_asks_for_no_address(cast):
    Assignment.objects.update(ended_on=ago(1))
    close(cast.patient.email)
    assert kinds(cast.record) == []


def test_somebody_elses_address_is_no_matter_here(cast):
    close("other@example.org")
    assert Kind.ADDRESS not in kinds(cast.record)


@pytest.mark.parametrize("spoil", ["refuse", "expire", "no"])
def test_an_invitation_that_is_lost_is_a_concern(waiting, smtp_server, spoil):
    if spoil == "refuse":
        smtp_server.behaviour = "refuse 550"
        deliver()
    elif spoil == "expire":
        smtp_server.stop()
        deliver(NOW + timedelta(days=1))
    else:
        smtp_server.behaviour = "554 no"
        deliver()
    assert words(waiting) == [LOST]


def test_where_the_server_refuses_our_sender_no_other_address_is_asked_for(
    waiting, physio, smtp_server
):
    smtp_server.behaviour = "from 550 5.7.1 not you"
    deliver()
    [said] = words(waiting)
    assert said.startswith("The invitation has not left: the mail server refuses our sender")
    assertContains(physio.get(page(waiting)), "The address tom@example.org is not the cause.")
    assertNotContains(physio.get(page(waiting)), "ask for another address")
    smtp_server.behaviour = "accept"
    deliver(NOW + timedelta(minutes=2))
    assert words(waiting) == []


def test_an_invitation_that_arrived_or_is_on_its_way_is_none(waiting, smtp_server):
    assert kinds(waiting) == []
    deliver()
    assert kinds(waiting) == []


def test_sending_it_to_another_address_ends_the_concern(cast, physio, waiting, smtp_server):
    smtp_server.behaviour = "refuse 550"
    deliver()
    assertContains(physio.get(page(waiting)), "It could not be delivered to tom@example.org.")
    smtp_server.behaviour = "accept"
    details = {
        "name": waiting.name,
        "email": "tom@example.net",
        "clinician": cast.clinician.pk,
        "time_zone": "Europe/London",
    }
    assertRedirects(physio.post(page(waiting, "edit"), details), page(waiting))
    assert kinds(waiting) == []
    physio.post(page(waiting, "invite"))
    deliver()
    assert [message["To"] for message in smtp_server.messages] == ["tom@example.net"]
    assert kinds(waiting) == []


def new_address(cast: Cast, address: str = "sam@example.net") -> None:
    records.edit_patient(
        cast.record,
        name=cast.record.name,
        email=address,
        telephone="",
        year_of_birth=None,
        clinician=cast.clinician,
        time_zone=cast.record.time_zone,
        by=cast.clinician,
        now=NOW,
    )


def test_a_new_address_puts_the_account_out_and_is_invited_anew(cast, physio, smtp_server):
    close(cast.patient.email)
    new_address(cast)
    cast.record.refresh_from_db()
    assert cast.record.user is None
    assertContains(physio.get(page(cast.record)), "To give access again, send an invitation.")
    physio.post(page(cast.record, "invite"))
    deliver()
    [message] = smtp_server.messages
    assert message["To"] == "sam@example.net"
    accept(message)
    cast.record.refresh_from_db()
    assert cast.record.user == User.objects.get(email="sam@example.net")
    assert kinds(cast.record) == []


def accept(message) -> None:
    text = message.get_body(("plain",)).get_content()
    [link] = [word for word in text.split() if "/invitations/" in word]
    assert Client().post(link.removeprefix("http://testserver")).url == "/today/"


def test_moving_to_a_new_address_keeps_the_days(cast, smtp_server):
    lay_days(cast.assignment, range(1, 3), done=1)
    lay(cast.assignment, ago(0), done=1)
    so_far = cast.assignment.days.filter(on__lte=TODAY).order_by("on")
    before = list(so_far.values("pk", "on", "state", "asked_min"))
    new_address(cast)
    records.invite(cast.record, by=cast.clinician, now=NOW)
    deliver()
    accept(smtp_server.messages[0])
    assert list(so_far.values("pk", "on", "state", "asked_min")) == before


def test_who_has_an_account_at_that_address_is_not_invited_again(cast):
    with pytest.raises(records.NotPossible, match="has accepted already"):
        records.invite(cast.record, by=cast.clinician, now=NOW)
