"""The card that offers the home screen: after the second session, and never after pain. What the
device does with it is seen in tests/journeys/test_installed.py."""

import pytest
import time_machine
from django.urls import reverse

from patients.results import Went
from patients.services import sessions
from tests.patients.scene import HOUR, NOW, items_of, log, running

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def is_offered(phone, session, **sent) -> bool:
    address = reverse("today:session_describe", args=[session.pk])
    page = phone.post(address, sent) if sent else phone.get(address)
    return "data-install hidden" in page.content.decode()


def test_it_comes_after_the_second_session(plan, phone):
    assert not is_offered(phone, log(plan, now=NOW - HOUR))
    assert is_offered(phone, log(plan))


def test_a_session_that_was_taken_back_is_none(plan, phone):
    taken_back = log(plan, now=NOW - HOUR)
    sessions.undo_session(taken_back, by=plan.patient.user, now=NOW)
    assert not is_offered(phone, log(plan))


def test_it_does_not_come_after_much_pain(plan, phone):
    log(plan, now=NOW - HOUR)
    assert not is_offered(phone, log(plan, pain_after=8))


def test_it_does_not_come_where_an_exercise_hurt(plan, phone):
    log(plan, now=NOW - HOUR)
    first, second = items_of(plan)
    went = {first.pk: Went("hurt", amount=1, pain=3), second.pk: Went("done")}
    assert not is_offered(phone, log(plan, results=went))


def test_it_is_not_in_the_way_of_a_form_that_came_back(plan, phone):
    log(plan, now=NOW - HOUR)
    assert not is_offered(phone, log(plan), pain_after="eleven")


def test_it_stays_hidden_until_a_script_knows_that_the_phone_can_do_it(plan, phone):
    log(plan, now=NOW - HOUR)
    page = phone.get(reverse("today:session_describe", args=[log(plan).pk])).content.decode()
    for way in ("button", "share"):
        assert f'data-install-way="{way}" hidden' in page
