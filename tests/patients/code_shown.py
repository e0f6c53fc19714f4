"""A code on the clinician's screen, and the phone that scans it."""

from datetime import datetime

from django.test import Client
from django.urls import reverse

from patients.models import Patient, PhoneLink
from patients.services import phones
from tests.patients.scene import NOW

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


def shown(patient: Patient, *, now: datetime = NOW) -> PhoneLink:
    return phones.make(patient, by=patient.clinician, now=now)


def address(link: PhoneLink) -> str:
    return reverse("today:phone", args=[link.code_shown])


def a_phone() -> Client:
    return Client(headers={"User-Agent": IPHONE})


def scanned(patient: Patient, *, now: datetime = NOW) -> Client:
    """A phone that has been signed in, in the room."""
    phone = a_phone()
    assert phone.post(address(shown(patient, now=now))).status_code == 302
    patient.refresh_from_db()
    return phone
