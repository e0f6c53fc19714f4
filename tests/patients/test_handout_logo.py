"""The clinic's logo at the head of the handout."""

import shutil

import pytest
import time_machine
from django.urls import reverse

from tests.accounts.logos import with_logo
from tests.factories import ClinicFactory, PatientFactory
from tests.patients.scene import NOW, running
from tests.pdf import Read

pytestmark = pytest.mark.django_db
SIZES = {"square": (1000, 1000), "wide": (1600, 200)}


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def patient():
    return running(patient=PatientFactory(clinic=ClinicFactory(name="Riverside"))).patient


def printed(phone, form: str) -> Read:
    return Read(phone.get(reverse("today:own_handout"), {"form": form}).content)


@pytest.mark.parametrize("form", ["compact", "long"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_logo_stands_at_the_head_and_is_said(patient, as_user, form, size):
    clinic, phone = patient.clinic, as_user(patient.user)
    bare = printed(phone, form)
    assert (bare.photos, bare.picture_words) == ([], [])
    with_logo(clinic, size=size)
    read = printed(phone, form)
    assert read.photos == [(clinic.logo_width, clinic.logo_height)]
    assert read.picture_words[0] == "Logo of Riverside"
    assert read.is_accessible
    assert (read.text, len(read.pages)) == (bare.text, len(bare.pages))


def test_without_its_file_the_handout_goes_without(patient, as_user, own_photos):
    with_logo(patient.clinic)
    shutil.rmtree(own_photos)
    assert printed(as_user(patient.user), "compact").photos == []
