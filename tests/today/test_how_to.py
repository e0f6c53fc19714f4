"""How to do an exercise of Today: a part of the page that is fetched when it is opened."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from patients.services import signs
from tests.factories import PatientFactory
from tests.patients.scene import NOW, items_of, running

pytestmark = pytest.mark.django_db
STEP = "Straighten the knee."


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({})


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def address(plan) -> str:
    [item] = items_of(plan)
    return reverse("today:how", args=[item.pk])


def test_today_leads_to_the_page_of_the_exercise_until_it_is_opened(phone, plan):
    [item] = items_of(plan)
    page = phone.get(reverse("today:today"))
    assertNotContains(page, STEP)
    link = reverse("today:item", args=[item.pk])
    assertContains(page, f'<p data-how="how/"><a href="{link}">', count=1)
    assert address(plan) == f"{link}how/"
    assertContains(phone.get(link), STEP)


def test_it_is_a_part_with_the_steps_when_to_stop_and_whom_to_call(phone, plan):
    clinic = plan.patient.clinic
    clinic.telephone = "+441614960001"
    clinic.save()
    part = phone.get(address(plan))
    for words in (STEP, "Stop if it hurts", clinic.name, "0161 496 0001"):
        assertContains(part, words)
    assertNotContains(part, "<html")


def test_a_page_to_keep_holds_it_for_there_may_be_no_network(phone, plan):
    [day] = plan.days.filter(on=NOW.date())
    page = phone.get(reverse("offline:day", args=[day.pk]))
    assertContains(page, STEP)
    assertNotContains(page, "data-how=")


def test_after_a_warning_sign_it_leads_to_the_notice(phone, plan):
    user = plan.patient.user
    signs.tell(plan.patient, by=user, now=NOW)
    response = phone.get(address(plan))
    [item] = items_of(plan)
    assertRedirects(response, reverse("today:item", args=[item.pk]))


def test_nobody_else_reads_it(plan, as_user):
    stranger = PatientFactory()
    assert as_user(stranger.user).get(address(plan)).status_code == 404
