"""What each step is there for stands next to its number, wherever steps are read."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from exercises.dose import Range
from exercises.phases import Phase
from exercises.words.phases import phase_label
from tests.exercises.drawn import STEPS, lying
from tests.factories import ExerciseFactory, ExerciseVersionFactory

PHASES = ["set_up", "move", "hold", "return", "rest", "move"]
LABELS = ["Set up", "Move", "Hold · 20–30 s", "Return", "Rest", "Move"]


@pytest.fixture
def physio(cast, as_user):
    return as_user(cast.clinician)


def labels(page):
    listed = page.split('<ol class="steps')[1].split("</ol>")[0]
    return re.findall(r'<span class="phase">([^<]+)</span>', listed)


@pytest.fixture
def version(db):
    return ExerciseVersionFactory(
        exercise=ExerciseFactory(slug="leg-up"),
        steps=STEPS,
        phases=PHASES,
        figure=lying(),
        hold_seconds_min=20,
        hold_seconds_max=30,
    )


def test_every_phase_has_a_word():
    assert [phase_label(phase) for phase in Phase] == ["Set up", "Move", "Hold", "Return", "Rest"]


def test_a_hold_says_the_seconds_of_the_dose():
    dose = SimpleNamespace(hold_seconds=Range(5, 5))
    assert phase_label(Phase.HOLD, dose) == "Hold · 5 s"
    assert phase_label(Phase.MOVE, dose) == "Move"
    assert phase_label(Phase.HOLD, SimpleNamespace(hold_seconds=None)) == "Hold"


def test_the_library_says_the_starting_dose(physio, version):
    page = physio.get(reverse("exercises:detail", args=["leg-up"])).content.decode()
    assert labels(page) == LABELS


@pytest.mark.parametrize("name", ["_patient_view", "_patient_card"])
def test_what_patients_read_says_it(version, name):
    context = {"version": version, "dose": version.dose}
    assert labels(render_to_string(f"exercises/{name}.html", context)) == LABELS


def test_the_caption_of_the_moving_figure_says_the_step_that_it_rests_on(version):
    page = render_to_string(
        "exercises/_patient_view.html", {"version": version, "dose": version.dose}
    )
    [now] = re.findall(r'<div class="moving__step" data-step="(\d)"[^>]* data-now>', page)
    assert now == "6", "the picture at rest is that of the last movement or hold"
    assert page.count('<svg class="moving__ring"') == 1, "one step is a hold"
