"""What the script that leads a session is given: its plan, and what else stands on the page."""

import json
import re

import pytest
import time_machine
from django.urls import reverse

from patients.services import signs
from patients.thresholds import PAIN_HIGH
from tests.factories import ExerciseVersionFactory, PatientFactory
from tests.patients.scene import HOUR, NOW, day_on, items_of, log, running
from tests.patients.test_plans import new_version

pytestmark = pytest.mark.django_db
HELD = {
    "side": "both", "hold_seconds_min": 20, "hold_seconds_max": 30, "repetitions_min": 2,
    "repetitions_max": 3, "sets_min": 1, "sets_max": 2,
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def page_of(as_user):
    def html(plan) -> str:
        day = day_on(plan)
        address = reverse("today:session", args=[day.pk, day.programme_id])
        return as_user(plan.patient.user).get(address).content.decode()

    return html


def plan_in(html: str) -> dict:
    found = re.search(r'<script id="session-plan" type="application/json">(.*?)</script>', html)
    return json.loads(found[1])


def test_a_held_exercise_has_its_sides_ranges_and_beats(page_of):
    plan = running(HELD)
    [exercise] = plan_in(page_of(plan))["exercises"]
    assert exercise["item"] == str(items_of(plan)[0].pk)
    assert [side["words"] for side in exercise["sides"]] == ["Right leg", "Left leg"]
    assert exercise["sides"][1]["next"] == "Now the left leg"
    assert (exercise["sets"], exercise["repetitions"]) == ([1, 2], [2, 3])
    assert [(b["phase"], b["seconds"], b["most"]) for b in exercise["beats"]] == [
        ("move", 4, 4),
        ("hold", 20, 30),
        ("return", 3, 3),
        ("rest", 3, 3),
    ]
    hold = exercise["beats"][1]
    assert (hold["announces"], hold["announces_most"]) == (
        "Hold for 20 seconds.",
        "Hold for 30 seconds.",
    )


def test_a_walk_is_one_beat_of_minutes(page_of):
    walk = ExerciseVersionFactory(
        is_sided=False, dose_kind="minutes", minutes_min=1, minutes_max=15,
        hold_seconds_min=None, hold_seconds_max=None, repetitions_min=None, repetitions_max=None,
    )  # fmt: skip
    [exercise] = plan_in(page_of(running({"exercise_version": walk, "side": ""})))["exercises"]
    [beat] = exercise["beats"]
    assert (exercise["unit"], beat["seconds"], beat["most"]) == ("minutes", 60, 900)
    assert (beat["announces"], beat["announces_most"]) == (
        "Keep going for 1 minute.",
        "Keep going for 15 minutes.",
    )


def test_the_limits_of_pain_are_the_published_ones(page_of):
    assert plan_in(page_of(running()))["pain"] == {"some": 4, "much": PAIN_HIGH}


def test_the_page_says_whose_session_it_is_and_until_when(page_of):
    plan = running()
    html = page_of(plan)
    assert f'data-record="{plan.patient.pk}"' in html
    assert f'data-day="{day_on(plan).pk}"' in html
    assert f'data-programme="{plan.programme_id}"' in html
    assert 'data-until="2026-05-05T02:00:00+00:00"' in html  # 03:00 in London
    assert "data-changed" not in html.split("data-session")[1].split(">")[0]


def test_a_session_under_way_learns_which_programme_is_in_force(as_user, page_of):
    plan = running()
    phone, day = as_user(plan.patient.user), day_on(plan)
    address = reverse("today:is_stopped", args=[plan.patient.pk])
    assert f'data-stopped-url="{address}?day={day.pk}"' in page_of(plan)
    answer = phone.get(address, {"day": day.pk}).json()
    assert answer == {"stopped": False, "programme": str(day.programme_id)}
    changed = new_version(plan, now=NOW + HOUR)
    answer = phone.get(address, {"day": day.pk}).json()
    assert answer == {"stopped": False, "programme": str(changed.programme_id)}
    signs.tell(plan.patient, by=plan.patient.user, now=NOW + HOUR)
    answer = phone.get(address, {"day": day.pk}).json()
    assert answer == {"stopped": True, "programme": None}  # paused for it: nothing is led on


@pytest.mark.parametrize("day", ["", "none", "9" * 40])
def test_a_day_that_is_none_is_passed_over(as_user, day):
    plan = running()
    address = reverse("today:is_stopped", args=[plan.patient.pk])
    assert as_user(plan.patient.user).get(address, {"day": day}).json() == {"stopped": False}


def test_a_day_of_somebody_else_says_nothing(as_user):
    plan, other = running(), running(patient=PatientFactory())
    address = reverse("today:is_stopped", args=[plan.patient.pk])
    answer = as_user(plan.patient.user).get(address, {"day": day_on(other).pk})
    assert answer.json() == {"stopped": False}


def test_the_page_after_a_session_says_which_one_was_logged(as_user):
    plan = running()
    session = log(plan)
    address = reverse("today:session_describe", args=[session.pk])
    html = as_user(plan.patient.user).get(address).content.decode()
    assert f'data-logged="{session.client_id}"' in html


def test_the_plan_says_how_often_the_day_still_wants_each(page_of):
    plan = running({"per_day_min": 2, "per_day_max": 3}, {"per_day_min": 1, "per_day_max": 1})
    often, once = plan_in(page_of(plan))["exercises"]
    assert [(often["least"], often["most"]), (once["least"], once["most"])] == [(2, 3), (1, 1)]
    log(plan)
    [often] = plan_in(page_of(plan))["exercises"]
    assert (often["least"], often["most"]) == (1, 2)
