"""Header and envelope hold a domain in ASCII: the bytes that a real mail server got."""

import re

import pytest
import time_machine

from accounts.models import AddressTrouble, Clinic, Letter
from config.mail import sender_from
from outbox import delivery
from patients.services import records
from reminders import tasks
from tests.factories import PatientFactory
from tests.outbox.letters import NOW
from tests.reminders.nudging import MINUTE, MORNING, asked_day, looked_until
from tests.reminders.nudging import deliver as deliver_reminders

pytestmark = pytest.mark.django_db
TYPED = ["ana@müller-praxis.example", "ana@faß.example", "ana@例え.テスト"]
SENT = ["ana@xn--mller-praxis-dlb.example", "ana@xn--fa-hia.example", "ana@xn--r8jz45g.xn--zckzah"]


def invited(address: str) -> None:
    patient = PatientFactory(user=None, email="")
    records.edit_patient(
        patient,
        name="Ana Reed",
        email=address,
        telephone="",
        year_of_birth=None,
        clinician=patient.clinician,
        time_zone="Europe/London",
        by=patient.clinician,
        now=NOW,
    )
    records.invite(patient, by=patient.clinician, now=NOW)


def deliver() -> int:
    return delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: NOW)


def headers(raw: bytes, name: str) -> list[bytes]:
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return re.findall(rb"^%s: (.*)$" % name.encode(), head, re.MULTILINE)


@pytest.mark.parametrize(("typed", "sent"), list(zip(TYPED, SENT, strict=True)))
def test_an_invitation_goes_to_the_domain_that_was_typed(smtp_server, typed, sent):
    invited(typed)
    assert deliver() == 1
    [(_sender, recipients)] = smtp_server.envelopes
    assert recipients == [sent]
    assert headers(smtp_server.raw[0], "To") == [sent.encode()]


def test_a_refusal_closes_the_address_that_was_written_to(smtp_server):
    smtp_server.behaviour = "refuse 550"
    invited(TYPED[1])
    deliver()
    assert AddressTrouble.objects.of(TYPED[1]).closed().get().address == SENT[1]
    assert not AddressTrouble.objects.of("ana@fass.example").exists()


def test_the_sender_s_domain_too(smtp_server, settings):
    settings.DEFAULT_FROM_EMAIL = sender_from(f"Praxis Müller <{TYPED[0]}>")
    invited(TYPED[1])
    deliver()
    assert smtp_server.envelopes == [(SENT[0], [SENT[1]])]
    [header] = headers(smtp_server.raw[0], "From")
    assert header.endswith(f" <{SENT[0]}>".encode())
    assert (
        smtp_server.messages[0]["From"].addresses[0].display_name == Clinic.objects.get().mail_name
    )


def test_a_reminder_and_all_it_says_of_our_own_domain(smtp_server, settings):
    settings.SITE_URL = "https://xn--bungen-2ya.example"
    settings.MESSAGE_ID_DOMAIN = "xn--bungen-2ya.example"
    asked_day(assignment__patient__user__email=SENT[0])
    looked_until(MORNING - MINUTE)
    with time_machine.travel(MORNING, tick=False):
        tasks.tick()
        assert deliver_reminders(MORNING) == 1
    [(_sender, recipients)] = smtp_server.envelopes
    assert recipients == [SENT[0]]
    [raw] = smtp_server.raw
    assert headers(raw, "To") == [SENT[0].encode()]
    assert headers(raw, "Message-ID")[0].endswith(b"@xn--bungen-2ya.example>")
    assert headers(raw, "List-Unsubscribe")[0].startswith(b"<https://xn--bungen-2ya.example/")
