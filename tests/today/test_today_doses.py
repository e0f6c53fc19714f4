"""How much, how often and how long on Today, by its address."""

import re

import pytest
import time_machine
from django.urls import reverse

from tests.patients.scene import NOW, log, running

pytestmark = pytest.mark.django_db
TODAY_PAGE = reverse("today:today")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {"per_day_min": 1, "per_day_max": 1})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def read(phone) -> str:
    return text(phone.get(TODAY_PAGE))


def panel(phone) -> str:
    """The list of exercises, from its heading to the week."""
    return read(phone).split("Today’s exercises")[1].split("This week")[0]


def test_how_often_stands_at_each_exercise_where_they_differ(phone, plan):
    """One of 2–3 times a day, one once: 150 seconds in all, then 75."""
    words = panel(phone)
    assert words.startswith(" about 3 min, then 2 min ")
    assert words.count("2 or 3 times a day") == words.count("Once a day") == 1
    assert "done for today" not in words
    log(plan)
    words = panel(phone)
    assert words.startswith(" about 2 min ")
    assert words.count("Once a day · done for today") == 1
    assert "2 or 3 times a day · done" not in words
    log(plan)
    assert " min" not in panel(phone).split("Stretch")[0]  # nothing is left


def test_how_often_is_said_once_where_all_agree(as_user):
    words = panel(as_user(running({}, {}).patient.user))
    assert words.startswith(" about 3 min, 2 or 3 times a day ")
    assert words.count("2 or 3 times a day") == 1


def test_how_often_where_only_the_days_differ(as_user):
    words = panel(as_user(running({}, {"weekdays": [0, 2, 4]}).patient.user))
    assert words.startswith(" about 3 min ")
    assert "2 or 3 times a day on Mon, Wed and Fri" in words


def test_both_sides_are_said_as_each_leg(as_user):
    words = panel(as_user(running({"side": "both"}).patient.user))
    assert "Hold for 20 to 30 seconds. Do this 2 or 3 times with each leg." in words
    assert words.startswith(" about 3 min,")


def test_clinician_and_patient_read_the_same_minutes(as_user):
    """Once 2 minutes and 3: rounded here, rounded up there."""
    plan = running({"side": "both"})
    theirs = read(as_user(plan.patient.user))
    ours = as_user(plan.patient.clinician)
    programme = plan.programme
    for page in ("edit", "preview"):
        response = ours.get(reverse(f"programmes:{page}", args=[programme.pk]))
        assert "about 3 min, 2 or 3 times a day" in text(response).lower()
    assert "about 3 min, 2 or 3 times a day" in theirs
