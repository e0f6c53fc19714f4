"""Who is written to of a warning sign: the clinician at once, the leads where that is not enough."""

from datetime import timedelta

import pytest
import time_machine
from celery.schedules import crontab
from django.urls import reverse

from accounts.models import AddressTrouble, Clinic, Letter, Membership
from outbox import delivery
from outbox.models import State
from outbox.outcomes import NotAccepted
from patients.services import signs
from patients.tasks import follow_up_signs
from tests.factories import MembershipFactory, PatientFactory
from tests.patients.scene import HOUR, NOW, running

pytestmark = pytest.mark.django_db
CASELOAD = reverse("caseload:caseload")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def plan(cast):
    cast.assignment.delete()
    Clinic.objects.update(name_in_mail="Green Door")
    return running(patient=cast.record)


@pytest.fixture
def address(cast):
    return reverse("today:warning", args=[cast.record.pk])


@pytest.fixture
def patient(cast, as_user):
    return as_user(cast.patient)


def test_the_clinician_gets_a_letter_that_tells_nothing(cast, plan, patient, address, smtp_server):
    patient.post(address)
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: NOW)
    [message] = smtp_server.messages
    assert (message["To"], message["Subject"]) == (
        cast.clinician.email,
        "Please look at your caseload",
    )
    whole = message.as_string().lower()
    assert f"http://testserver{CASELOAD}" in whole
    for private in ("sam", "reed", "sign", "pain", "pause", "riverside", str(cast.record.pk)):
        assert private not in whole.replace("testserver", "").replace("homestretch", "")


def test_the_leads_are_told_where_the_clinician_has_left(cast, plan, patient, address):
    cast.clinician.memberships.update(deactivated_at=NOW)
    MembershipFactory(role=Membership.Role.LEAD)  # of another clinic
    patient.post(address)
    assert [letter.to for letter in Letter.objects.all()] == [cast.lead.email]


def letters_to() -> list[str]:
    return sorted(Letter.objects.values_list("to", flat=True))


def test_the_leads_are_told_where_mail_to_the_clinician_is_refused(cast, plan, patient, address):
    refusal = NotAccepted("550", for_good=True, of_recipient=True)
    AddressTrouble.objects.note_refusal(cast.clinician.email, refusal, now=NOW)
    patient.post(address)
    assert letters_to() == [cast.lead.email]


def test_the_leads_are_told_once_the_letter_to_the_clinician_is_lost(cast, plan, patient, address):
    patient.post(address)
    assert letters_to() == [cast.clinician.email]
    erased = Letter.ERASED_AT_THE_END
    Letter.objects.update(state=State.FAILED, finished_at=NOW, **erased)
    assert [signs.follow_up(now=NOW), signs.follow_up(now=NOW)] == [1, 0]
    assert letters_to() == sorted([cast.clinician.email, cast.lead.email])


def test_the_leads_are_told_too_when_it_is_unchecked_after_four_hours(
    cast, plan, patient, address, smtp_server
):
    patient.post(address)
    assert signs.follow_up(now=NOW + 4 * HOUR - timedelta(seconds=1)) == 0
    later = NOW + 4 * HOUR
    assert [signs.follow_up(now=later), signs.follow_up(now=later + HOUR)] == [1, 0]
    assert letters_to() == sorted([cast.clinician.email, cast.lead.email])
    delivery.deliver(
        Letter.objects.filter(to=cast.lead.email), write=Letter.as_email, clock=lambda: later
    )
    [message] = smtp_server.messages
    assert message["Subject"] == "Someone still waits: please look at the caseload"
    whole = message.as_string().lower()
    assert "more than four hours" in whole
    assert f"http://testserver{CASELOAD}?who=all" in message.get_body(("plain",)).get_content()
    for private in ("sam", "reed", "sign", "pain", "pause", "riverside", str(cast.record.pk)):
        assert private not in whole.replace("testserver", "").replace("homestretch", "")


def test_once_checked_nobody_else_is_written_to(cast, plan, patient, address):
    patient.post(address)
    sign = cast.record.warning_signs.get()
    signs.check(sign, note="All well", goes_on=False, by=cast.clinician, now=NOW)
    assert signs.follow_up(now=NOW + 5 * HOUR) == 0


def test_beat_asks_every_minute_whether_a_sign_waits(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["signs"]
    assert entry == {"task": follow_up_signs.name, "schedule": crontab()}


def test_a_colleague_is_told_of_a_clinicians_own_sign(cast):
    own = PatientFactory(clinic=cast.clinic, clinician=cast.clinician, user=cast.clinician)
    signs.tell(own, by=cast.clinician, now=NOW)
    assert letters_to() == [cast.lead.email]


def test_a_lead_alone_is_told_of_their_own_sign_rather_than_nobody(cast):
    own = PatientFactory(clinic=cast.clinic, clinician=cast.lead, user=cast.lead)
    signs.tell(own, by=cast.lead, now=NOW)
    assert letters_to() == [cast.lead.email]
