"""After the review date and after the end: what is left to read, and whom to ask."""

import pytest
import time_machine
from django.urls import reverse

from patients.services import signs
from tests.patients.scene import DAY, HOUR, NOW, items_of, log, running
from tests.today.test_today_page import TODAY_PAGE, read, verb

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


def test_past_the_review_the_check_up_is_due_and_the_plan_goes_on(plan, phone):
    assert "check-up is due" not in read(phone)
    plan.review_on = plan.starts_on
    plan.save()
    assert "check-up is due" not in read(phone)  # on the day itself
    plan.starts_on = plan.review_on = plan.starts_on - DAY
    plan.save()
    plan.patient.clinic.telephone = "+442079460958"
    plan.patient.clinic.save()
    words = read(phone)
    assert "Your check-up is due It was planned for Sunday 3 May." in words
    assert "020 7946 0958" in words
    assert "I’ve already done it" in words


def test_after_the_end_what_was_done_what_to_keep_and_whom_to_ask(plan, phone):
    log(plan, pain_after=5)
    log(plan, now=NOW + HOUR, pain_after=2)
    verb("end", plan, reason="")
    words = read(phone)
    assert "2 sessions in 1 week" in words
    assert "Your pain after the first session you rated: 5 of 10. After the last: 2 of 10." in words
    assert "Your exercises to keep" in words
    assert "Do you have a question?" in words
    html = phone.get(TODAY_PAGE).content.decode()
    assert reverse("today:own_handout") in html
    for item in items_of(plan):
        assert phone.get(reverse("today:item", args=[item.pk])).status_code == 200
    assert 'action="/today/' not in html  # nothing to tick off
    assert phone.get(reverse("today:progress")).status_code == 200


def test_after_the_end_of_a_plan_without_sessions(plan, phone):
    verb("end", plan, reason="")
    words = read(phone)
    assert "No sessions were ticked off here." in words
    assert "of 10" not in words


def test_a_new_programme_is_what_today_shows(plan, phone):
    verb("end", plan, reason="")
    running(patient=plan.patient)
    assert "Your exercises to keep" not in read(phone)


def test_a_warning_sign_stands_before_what_is_to_keep(plan, phone):
    verb("end", plan, reason="")
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    assert "Your exercises to keep" not in read(phone)
    assert phone.get(reverse("today:own_handout")).content[:4] != b"%PDF"
