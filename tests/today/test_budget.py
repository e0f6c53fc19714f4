"""What a patient's pages may weigh, with six drawn exercises and twelve weeks behind them: queries,
bytes and elements of each, no times.

A page that outgrows its budget is looked at before the budget is.
"""

import re
from typing import NamedTuple

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bench.scenes.patient import describe_page, practice, reminder_page
from tests.patients.scene import NOW

pytestmark = pytest.mark.django_db
ELEMENT = re.compile(rb"<[a-z]")


class Budget(NamedTuple):
    queries: int
    kilobytes: float
    elements: int


BUDGETS = {
    "today": Budget(14, 20, 400),
    "item": Budget(12, 24, 350),
    "progress": Budget(12, 51, 1200),
    "reminder": Budget(11, 6, 95),
    "describe": Budget(15, 59, 870),
}


def test_each_page_keeps_to_its_budget(as_user):
    call_command("load_library", verbosity=0)
    with time_machine.travel(NOW, tick=False):
        one, done = practice(2, now=NOW)
        pages = {
            "today": reverse("today:today"),
            "item": reverse("today:item", args=[one.items[0].pk]),
            "progress": reverse("today:progress"),
            "reminder": reminder_page(one, now=NOW),
        }
        phone = as_user(one.user)
        weighed = {name: weigh(phone, address) for name, address in pages.items()}
        weighed["describe"] = weigh(as_user(done.user), describe_page(done, now=NOW))
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
