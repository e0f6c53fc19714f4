"""Put on the home screen, the site has no bar of the browser's: each page has a way back itself."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.patients.scene import NOW, TODAY, items_of, log, running

pytestmark = pytest.mark.django_db
HOME = {reverse("home"), reverse("today:today")}
SIGNED_OUT = ("account_login", "account_request_login_code", "account_reset_password", "today:help")
OWN = ("today", "progress", "help", "settings", "who_looked", "own_why", "ask_address", "choose")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


def has_a_way_back(page) -> bool:
    assert page.status_code in {200, 404}
    return bool(HOME & set(re.findall(r'<a [^>]*href="([^"?#]*)', page.content.decode())))


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_pages_without_a_sign_in(name):
    assert has_a_way_back(Client().get(reverse(name)))


@pytest.mark.parametrize("name", OWN)
def test_your_own_pages(as_user, name):
    client = as_user(running().patient.user)
    assert has_a_way_back(client.get(reverse(f"today:{name}"), follow=True))


def test_pages_of_one_thing(as_user):
    plan = running()
    client, session = as_user(plan.patient.user), log(plan)
    day = plan.days.get(on=TODAY)
    for name, keys in {
        "item": [items_of(plan)[0].pk],
        "session": [day.pk, day.programme_id],
        "session_describe": [session.pk],
        "warning": [plan.patient.pk],
    }.items():
        assert has_a_way_back(client.get(reverse(f"today:{name}", args=keys))), name


def test_a_page_that_is_not_there(as_user):
    assert has_a_way_back(as_user(running().patient.user).get("/today/nothing/"))
