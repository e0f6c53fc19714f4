"""What a patient's pages may weigh: queries, bytes and elements of each, no times.

A page that outgrows its budget is looked at before the budget is.
"""

import re
from datetime import timedelta
from typing import NamedTuple

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exercises.models import ExerciseVersion
from reminders import tokens
from tests.patients.scene import DAY, NOW, items_of, log, running
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db
ELEMENT = re.compile(rb"<[a-z]")
WEEKS = 12


class Budget(NamedTuple):
    queries: int
    kilobytes: float
    elements: int


BUDGETS = {
    "today": Budget(14, 40, 620),
    "item": Budget(12, 38, 490),
    "progress": Budget(13, 60, 1250),
    "reminder": Budget(11, 7, 95),
}


@pytest.fixture
def plan():
    """Six drawn exercises with twelve weeks of two sessions a day behind them."""
    call_command("load_library", verbosity=0)
    starts_on = NOW.date() - timedelta(weeks=WEEKS)
    with time_machine.travel(NOW - timedelta(weeks=WEEKS), tick=False):
        drawn = ExerciseVersion.objects.exclude(figure={}).order_by("name")[:6]
        items = [
            {
                "exercise_version": version,
                "side": "right" if version.is_sided else "",
                "note": "Slowly.",
            }
            for version in drawn
        ]
        plan = running(*items, starts_on=starts_on, now=NOW - timedelta(weeks=WEEKS))
    for back in range(1, 7 * WEEKS):
        for hours in (0, 8):
            now = NOW - back * DAY + timedelta(hours=hours)
            log(plan, now=now, pain_after=2 + back % 3)
    return plan


def address(name: str, plan) -> str:
    if name == "item":
        return reverse("today:item", args=[items_of(plan)[0].pk])
    if name == "reminder":
        [day] = plan.days.filter(on=NOW.date())
        return reverse("reminders:answer", args=[tokens.make(reminder_of(day), purpose="open")])
    return reverse(f"today:{name}")


def test_each_page_keeps_to_its_budget(plan, as_user):
    with time_machine.travel(NOW, tick=False):
        phone = as_user(plan.patient.user)
        weighed = {name: weigh(phone, address(name, plan)) for name in BUDGETS}
    too_much = {
        name: (found, BUDGETS[name])
        for name, found in weighed.items()
        if any(own > most for own, most in zip(found, BUDGETS[name], strict=True))
    }
    assert not too_much


def weigh(phone, page: str) -> Budget:
    """The second time: the first writes what is kept."""
    phone.get(page)
    with CaptureQueriesContext(connection) as queries:
        html = phone.get(page).content
    return Budget(len(queries), len(html) / 1000, len(ELEMENT.findall(html)))
