"""The one sheet: what it holds, how many pages it takes, and that nothing is torn apart."""

import itertools
import os
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading
from tests.exercises.photos import draft_of, publish, with_photos
from tests.factories import LONG_AGO, ClinicFactory, PatientFactory
from tests.patients.scene import NOW, running
from tests.pdf import Read

pytestmark = pytest.mark.django_db
DEMO = ("pelvic-tilt", "heel-slide", "lying-hamstring-stretch")
FOUNDING = ("lying-hamstring-stretch", "figure-four-stretch", "tummy-tightening")
SEVEN = (*DEMO, "bridge", "cat-camel", "walking", "knee-rolls")
NOTE = "Do this one on the bed in the morning. Go slowly, and stop at the first stretch."
FORMS = ("compact", "long")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sheet(as_user):
    """``sheet(slugs, note=…, country=…, form=…)``: what the patient prints, read back."""
    loading.load(library.read(), now=LONG_AGO)

    def read(slugs, *, note=NOTE, country="GB", form="compact") -> Read:
        clinic = ClinicFactory(country=country, name="Riverside", telephone="+442079460958")
        versions = {v.exercise.slug: v for v in ExerciseVersion.objects.select_related("exercise")}
        items = [{"exercise_version": versions[slug], "note": note} for slug in slugs]
        patient = running(*items, patient=PatientFactory(clinic=clinic)).patient
        answer = as_user(patient.user).get(reverse("patients:own_handout"), {"form": form})
        if os.environ.get("DUMP"):
            Path(os.environ["DUMP"], f"{len(slugs)}-{country}-{form}-{slugs[1]}.pdf").write_bytes(answer.content)
        return Read(answer.content)

    return read


@pytest.mark.parametrize("country", ["GB", "US"])
@pytest.mark.parametrize("slugs", [DEMO, FOUNDING], ids=["demo", "founding"])
def test_three_exercises_with_notes_take_one_sheet(sheet, slugs, country):
    read = sheet(slugs, country=country)
    assert len(read.pages) == 1
    assert read.is_accessible
