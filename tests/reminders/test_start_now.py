""" "Start now" on a reminder's page: it opens the guided session of that day, or what fits."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from patients.models import Day, Patient
from patients.results import Went
from patients.services import plans, signs
from reminders.models import Reminder
from reminders.reminder_page import ATTEMPTS
from tests.factories import MembershipFactory, PatientFactory, UserFactory
from tests.patients.scene import DAY, NOW, TODAY, day_on, items_of, log, running
from tests.patients.test_plans import new_version
from tests.reminders.test_answers import link
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running(patient=PatientFactory(name="Sam Reed"))


@pytest.fixture
def day(plan) -> Day:
    return day_on(plan)


@pytest.fixture
def reminder(day) -> Reminder:
    return reminder_of(day, due_at=NOW, expires_at=NOW + timedelta(hours=2))


@pytest.fixture
def phone(plan, as_user) -> Client:
    return as_user(plan.patient.user)


def start(reminder: Reminder) -> str:
    return link(reminder, "start", "open")


def session_of(day: Day) -> str:
    return reverse("today:session", args=[day.pk, day.programme_id])


def test_where_the_device_is_still_signed_in_it_opens_the_guided_session(phone, reminder, day):
    page = phone.get(link(reminder))
    assertContains(page, f'href="{start(reminder)}"')
    assertContains(page, "Start now")
    assertRedirects(phone.get(start(reminder)), session_of(day))


def test_start_now_comes_first_and_is_the_one_obvious_thing(mail, reminder):
    page = mail.get(link(reminder)).content.decode()
    assert page.index("Start now") < page.index("I’ve done it") < page.index("Not today, because…")
    assert page.count("btn-primary") == 1


def test_elsewhere_it_leads_to_the_sign_in_and_then_to_the_session(mail, reminder, day, plan):
    assertContains(mail.get(link(reminder)), f'href="{start(reminder)}"')
    page = mail.get(start(reminder))
    sign_in = f"{reverse('account_login')}?next={start(reminder)}"
    assertContains(page, f'href="{sign_in}"')
    assertContains(page, f'action="{link(reminder, "done")}"')
    assert not page.cookies
    client = Client()
    user = plan.patient.user
    user.set_password("a quiet river bend 7")
    user.save()
    typed = {"login": user.email, "password": "a quiet river bend 7", "next": start(reminder)}
    answer = client.post(reverse("account_login"), typed, follow=True)
    assert answer.redirect_chain[-1][0] == session_of(day)
    assert answer.status_code == 200


def test_done_stays_one_press_without_a_sign_in(mail, reminder):
    assertContains(mail.post(link(reminder, "done"), follow=True), "Saved. Well done.")


def test_once_it_was_done_too_often_the_page_offers_only_the_sign_in(mail, reminder, plan):
    for attempt in range(ATTEMPTS):
        mail.post(link(reminder, "done"), {"attempt": attempt, "another": "yes"})
        mail.post(link(reminder, "undo"))
    page = mail.get(start(reminder))
    assertContains(page, "Sign in to start")
    assertNotContains(page, "I’ve done it")


def test_of_several_records_it_is_the_reminders_own(as_user, plan, reminder, day):
    user = plan.patient.user
    child = running(patient=PatientFactory(user=user, name="Ada Reed"))
    phone = as_user(user)
    phone.post(reverse("today:choose"), {"record": child.patient_id})
    assertContains(phone.get(reverse("today:today")), "Ada")
    assertRedirects(phone.get(start(reminder)), session_of(day))
    assertNotContains(phone.get(reverse("today:today")), "Ada")


@pytest.mark.parametrize("role", ["another patient", "a clinician", "nobody's"])
def test_someone_else_who_is_signed_in_reads_whose_it_is_and_what_to_do(
    as_user, reminder, plan, role
):
    other = UserFactory(email="lee@example.org")
    if role == "another patient":
        running(patient=PatientFactory(user=other))
    if role == "a clinician":
        MembershipFactory(user=other, clinic=plan.patient.clinic)
    response = as_user(other).get(start(reminder))
    assertContains(response, "This reminder is for Sam")
    assertContains(response, "You are signed in as lee@example.org. Sam signs in with another")
    assertContains(response, "Sign out first, then open the link in the e-mail again.")
    assertContains(response, f'action="{reverse("account_logout")}"')
    assertContains(response, f'action="{link(reminder, "done")}"')
    assertNotContains(response, "Reed")
    assertNotContains(response, "session/")


def test_a_programme_changed_since_opens_what_is_in_force(phone, reminder, plan):
    page = start(reminder)
    before = day_on(plan).programme_id
    today = day_on(new_version(plan))
    assert today.programme_id != before
    assertRedirects(phone.get(page), session_of(today))


def test_a_day_that_was_laid_again_is_no_dead_end(phone, reminder, day):
    day.delete()
    plans.lay_out_days(reminder.assignment, now=NOW)
    [again] = Day.objects.filter(assignment=reminder.assignment, on=TODAY)
    assert again.pk != day.pk
    assertRedirects(phone.get(start(reminder)), session_of(again))


def fell_away(day: Day, what: str) -> None:
    patient = day.assignment.patient
    if what == "ended":
        plans.end(day.assignment, reason="", by=patient.clinician, now=NOW)
    elif what == "paused":
        plans.pause(day.assignment, from_on=TODAY, reason="", by=patient.clinician, now=NOW)
    elif what == "complete":
        for hours in range(2):
            log(day.assignment, now=NOW + timedelta(hours=hours))
    elif what == "rest day":
        Day.objects.filter(pk=day.pk).update(state="rest", asked_min=None, asked_max=None)
    elif what == "no day":
        day.delete()
    elif what == "stopped":
        signs.tell(patient, by=patient.user, now=NOW)
    elif what == "closed":
        Patient.objects.filter(pk=patient.pk).update(user=None)


SAID = {
    "ended": "This programme has ended.",
    "paused": "Your exercises are paused.",
    "complete": "Today is complete already.",
    "rest day": "Nothing is asked of you on that day.",
    "no day": "Nothing is asked of you on that day.",
    "stopped": "Stop: no exercises for now",
    "closed": "Your page is closed.",
}


@pytest.mark.parametrize("what", SAID)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_where_there_is_nothing_to_start_it_leads_to_a_page_that_says_why(
    phone, mail, reminder, day, what, is_signed_in
):
    fell_away(day, what)
    answer = (phone if is_signed_in else mail).get(start(reminder), follow=True)
    assert answer.status_code == 200
    assert [address for address, _status in answer.redirect_chain] == [link(reminder)]
    assertContains(answer, SAID[what])


def test_late_in_the_night_it_is_still_that_day_and_then_it_is_today(phone, reminder, day, morning):
    morning.move_to(NOW + timedelta(hours=14, minutes=30))  # 00:30
    assertRedirects(phone.get(start(reminder)), session_of(day))
    morning.move_to(NOW + timedelta(hours=17))  # 03:00
    answer = phone.get(start(reminder), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("today:today")
    assertContains(answer, "That session is over. Here is today.")


def test_after_a_day_the_link_is_over(phone, reminder, morning):
    morning.move_to(NOW + DAY + timedelta(minutes=1))
    assert phone.get(start(reminder)).status_code == 410


@pytest.mark.parametrize(
    "said", [Went("hurt", pain=3), Went("part", pain=6), Went("hurt")], ids=str
)
def test_nothing_is_started_once_all_that_is_left_has_hurt_or_pain_was_much(
    phone, reminder, day, plan, said
):
    [item] = items_of(plan)
    log(plan, results={item.pk: said})
    page = phone.get(link(reminder))
    assertNotContains(page, "Start now")
    assertContains(page, "Take it easy now, and rest.")
    assertRedirects(phone.get(start(reminder)), link(reminder))
    assertNotContains(page, "hurt")  # whoever holds the e-mail reads it
