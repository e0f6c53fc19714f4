"""A page that was open when a sign was told elsewhere; a notice without a clinic's number."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Clinic
from patients.services import signs
from tests.factories import PatientFactory
from tests.patients.scene import HOUR, NOW, log, running

pytestmark = pytest.mark.django_db
TODAY_PAGE = reverse("today:today")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running()


@pytest.fixture
def phone(plan, as_user):
    return as_user(plan.patient.user)


def asked(plan) -> str:
    return reverse("today:is_stopped", args=[plan.patient_id])


def test_a_page_can_ask_whether_the_record_is_stopped(phone, plan, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        assert phone.get(asked(plan)).json() == {"stopped": False}
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    assert phone.get(asked(plan)).json() == {"stopped": True}


def test_nobody_else_can_ask(plan, as_user):
    assert as_user(PatientFactory().user).get(asked(plan)).status_code == 404


def test_each_page_of_the_programme_asks_and_the_notice_does_not(phone, plan):
    session = log(plan)
    item = plan.programme.items.first()
    pages = [
        TODAY_PAGE,
        reverse("today:progress"),
        reverse("today:item", args=[item.pk]),
        reverse("today:session_describe", args=[session.pk]),
        reverse("today:settings"),
        reverse("reminders:settings"),
    ]
    for page in pages:
        assertContains(phone.get(page), f'data-stopped-url="{asked(plan)}"')
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    for page in pages:
        assertNotContains(phone.get(page), "data-stopped-url")


@pytest.mark.parametrize(
    ("advice", "words"),
    [("111", "or your own doctor today."), ("", "Call your own doctor today.")],
)
def test_without_a_clinics_number_a_sign_does_not_wait_for_a_visit(phone, plan, advice, words):
    Clinic.objects.update(telephone="", advice_number=advice)
    warning = reverse("today:warning", args=[plan.patient_id])
    before = phone.get(warning)
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    for page in (before, phone.get(warning), phone.get(TODAY_PAGE)):
        assertContains(page, "Do not wait for your clinic.")
        assertContains(page, words)
        assertNotContains(page, "next visit")


def test_once_checked_it_is_the_clinic_again_that_says_how_it_goes_on(phone, plan):
    Clinic.objects.update(telephone="")
    sign = signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    by = plan.patient.clinician
    signs.check(sign, note="Rang him", goes_on=False, by=by, now=NOW + HOUR)
    assertNotContains(phone.get(TODAY_PAGE), "Do not wait for your clinic.")
