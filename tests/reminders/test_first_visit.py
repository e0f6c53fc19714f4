"""The first visit of a record's own page: three short pages, told once."""

from datetime import time

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from patients.models import Patient
from patients.services import records, signs
from reminders import services
from reminders.models import Preference
from reminders.services import Choice
from tests.factories import PatientFactory
from tests.patients.scene import NOW, log, running

pytestmark = pytest.mark.django_db
TODAY = reverse("today:today")
WHAT, TIMES, PAIN, OVER = (
    reverse(f"reminders:first_visit{page}") for page in ("", "_times", "_pain", "_over")
)


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def record():
    plan = running()
    Patient.objects.filter(pk=plan.patient_id).update(welcomed_at=None)
    return Patient.objects.get(pk=plan.patient_id)


@pytest.fixture
def phone(record, as_user):
    return as_user(record.user)


def test_the_first_opening_of_today_tells_three_things_and_then_never_again(phone, record):
    assertRedirects(phone.get(TODAY), WHAT)
    assertContains(phone.get(WHAT), f"exercises that {record.clinic.name} chose for you")
    assertContains(phone.get(WHAT), f'href="{TIMES}"')
    assertRedirects(phone.post(TIMES, {"when": "usual"}), PAIN)
    page = phone.get(PAIN)
    assertContains(page, "Stop an exercise that gives sharp pain")
    assertContains(page, str(record.clinic.emergency))
    assertRedirects(phone.post(OVER), TODAY)
    assertContains(phone.get(TODAY), "Today’s exercises")
    for address in (WHAT, TIMES, PAIN):
        assertRedirects(phone.get(address), TODAY)


def test_looking_at_it_does_not_end_it(phone, record):
    for address in (WHAT, TIMES, PAIN):
        assert phone.get(address).status_code == 200
    assertRedirects(phone.get(TODAY), WHAT)
    assert phone.get(OVER).status_code == 405
    assert not Preference.objects.exists()


@pytest.mark.parametrize("address", [WHAT, TIMES])
def test_it_can_be_skipped(phone, record, address):
    assertContains(phone.get(address), f'action="{OVER}"')
    phone.post(OVER)
    assert phone.get(TODAY).status_code == 200
    assert services.chosen(record) == Choice()


@pytest.mark.parametrize(
    ("data", "choice"),
    [
        ({"when": "never"}, Choice(is_on=False)),
        ({"when": "own", "first": "09:00"}, Choice(times=(time(9),))),
    ],
)
def test_reminders_are_set_right_there(phone, record, data, choice):
    assertRedirects(phone.post(TIMES, data), PAIN)
    assert services.chosen(record) == choice


def test_own_times_without_a_time_are_asked_for_there_too(phone, record):
    page = phone.post(TIMES, {"when": "own"})
    assertContains(page, "Choose at least one time.", status_code=422)
    assert not Preference.objects.exists()


def test_the_clinics_number_stands_where_it_hurts(phone, record):
    record.clinic.telephone = "+441632960001"
    record.clinic.save()
    assertContains(phone.get(PAIN), 'href="tel:+441632960001"')


def test_a_stopped_record_shows_the_stop_notice_instead(phone, record):
    signs.tell(record, which=[], by=record.user, now=NOW)
    for address in (TODAY, WHAT, TIMES, PAIN):
        page = phone.get(address)
        assertContains(page, "Stop: no exercises for now")
        assertNotContains(page, "Skip to my exercises")


def test_each_record_has_a_first_visit_of_its_own(phone, record):
    other = PatientFactory(user=record.user, name="Their child", welcomed_at=None)
    phone.post(reverse("today:choose"), {"record": str(record.pk)})
    phone.post(OVER)
    phone.post(reverse("today:choose"), {"record": str(other.pk)})
    assertRedirects(phone.get(TODAY), WHAT)


def test_sessions_that_staff_enter_do_not_end_it(phone, record):
    log(record.assignments.get(), by=record.clinician)
    assertRedirects(phone.get(TODAY), WHAT)


def test_ending_it_twice_is_recorded_once(phone, record, clock_hands):
    phone.post(OVER)
    first = Patient.objects.get(pk=record.pk).welcomed_at
    clock_hands.shift(60)
    phone.post(OVER)
    assert Patient.objects.get(pk=record.pk).welcomed_at == first
    assert AuditEvent.objects.filter(action="first_visit_ended").count() == 1


def test_whoever_accepts_an_invitation_begins_with_it(record, as_user):
    new = PatientFactory(user=None, email="new@example.org", welcomed_at=None)
    invitation = records.invite(new, by=new.clinician, now=NOW)
    owner = records.accept(invitation, now=NOW)
    assertRedirects(as_user(owner).get(TODAY), WHAT)


def test_queries_of_each_page_are_few(phone, record, django_assert_max_num_queries):
    for address, most in ((WHAT, 9), (TIMES, 13), (PAIN, 9)):
        with django_assert_max_num_queries(most):
            phone.get(address)
