"""After "I've done it" in a reminder: how the pain is, without a sign-in, and what follows."""

from datetime import timedelta

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from patients.models import ClosedBecause, Day, Session
from patients.services import access, sessions, signs
from reminders.models import Reminder
from reminders.rules import Reason
from reminders.services import silence_on
from tests.reminders.nudging import EVENING, MORNING, ON, asked_day, do_session
from tests.reminders.test_answers import link, rows
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as hands:
        yield hands


@pytest.fixture
def day() -> Day:
    return asked_day(asked_min=2, asked_max=3, assignment__patient__name="Sam Reed")


@pytest.fixture
def reminder(day) -> Reminder:
    return reminder_of(day)


def press(mail, reminder, name, **data):
    return mail.post(link(reminder, name, name), data, follow=True)


def score_of(day) -> int | None:
    return Session.objects.not_undone().get(day=day).pain_after


def test_done_stays_one_press_and_the_page_after_it_asks(mail, reminder, day):
    page = press(mail, reminder, "done")
    assertContains(page, "Saved. Well done.")
    assertContains(page, "How is your pain now?")
    assertContains(page, "You can leave this out.")
    assert score_of(day) is None
    response = press(mail, reminder, "score", pain=3)
    assertRedirects(response, link(reminder))
    assertContains(response, "Your number is saved.")
    assert score_of(day) == 3
    assert AuditEvent.objects.filter(action="session_described").count() == 1


def test_the_last_score_counts_and_what_else_was_said_stays(mail, reminder, day):
    press(mail, reminder, "done")
    by = day.assignment.patient.user
    sessions.describe_session(
        Session.objects.get(), pain_after=4, effort="hard", note="Slowly", by=by, now=MORNING
    )
    press(mail, reminder, "score", pain=0)
    session = Session.objects.get()
    assert (session.pain_after, session.effort, session.note) == (0, "hard", "Slowly")


def test_whoever_opens_the_link_later_reads_no_score(mail, reminder):
    press(mail, reminder, "done")
    press(mail, reminder, "score", pain=4)
    page = mail.get(link(reminder))
    assertNotContains(page, "checked")
    assertContains(page, "Change it")


def test_much_pain_is_answered_calmly_at_once_and_later_without_a_word_of_it(mail, reminder, day):
    press(mail, reminder, "done")
    page = press(mail, reminder, "score", pain=8)
    assert page.status_code == 200
    for words in ("That was too much pain. Rest now", "Then call your clinic", 'href="tel:999"'):
        assertContains(page, words)
    assertNotContains(page, "Well done")
    later = mail.get(link(reminder))
    assertContains(later, "Take it easy now, and rest.")
    for words in ("too much pain", "Well done"):
        assertNotContains(later, words)
    assert silence_on(day.assignment.patient, ON, now=EVENING) == Reason.MUCH_PAIN


def test_lower_again_the_day_goes_on(mail, reminder, day):
    press(mail, reminder, "done")
    press(mail, reminder, "score", pain=8)
    assertContains(press(mail, reminder, "score", pain=2), "Saved. Well done.")
    assert silence_on(day.assignment.patient, ON, now=EVENING) is None


@pytest.mark.parametrize("pain", [None, "", "11", "-1", "3.5", "much", "3\x00", "٣"])
def test_what_is_no_score_is_refused_beside_the_numbers(mail, reminder, day, pain):
    press(mail, reminder, "done")
    page = mail.post(link(reminder, "score", "score"), {} if pain is None else {"pain": pain})
    assertContains(page, "Choose a number from 0 to 10.", status_code=422)
    assertContains(page, "Saved. Well done.", status_code=422)
    assert score_of(day) is None


def test_undo_takes_both_back_and_an_old_press_brings_nothing_back(mail, reminder, day):
    press(mail, reminder, "done")
    press(mail, reminder, "score", pain=8)
    press(mail, reminder, "undo")
    assertContains(press(mail, reminder, "score", pain=8), "There is no session to say it of.")
    assert not Session.objects.not_undone().exists()
    assert silence_on(day.assignment.patient, ON, now=EVENING) is None
    press(mail, reminder, "done", attempt=1)
    assert score_of(day) is None


def test_it_says_nothing_of_a_session_that_the_reminder_did_not_log(mail, reminder, day):
    do_session(day)
    before = rows()
    press(mail, reminder, "score", pain=5)
    assert (score_of(day), rows()) == (None, before)


def test_it_can_be_said_until_the_link_is_over(mail, reminder, day, morning):
    press(mail, reminder, "done")
    morning.move_to(MORNING + DAY)
    assertContains(mail.get(link(reminder)), "How was your pain afterwards?")
    press(mail, reminder, "score", pain=7)
    assert score_of(day) == 7
    morning.shift(timedelta(seconds=1))
    assert mail.post(link(reminder, "score", "score"), {"pain": 1}).status_code == 410
    assert score_of(day) == 7


def test_of_yesterday_the_advice_is_that_of_a_past_day(mail, reminder, morning):
    press(mail, reminder, "done")
    morning.move_to(MORNING + DAY)
    page = press(mail, reminder, "score", pain=9)
    assertContains(page, "That was too much pain")
    assertNotContains(page, "Rest now")


def test_after_a_warning_sign_it_is_kept_and_the_notice_stands(mail, reminder, day):
    press(mail, reminder, "done")
    signs.tell(day.assignment.patient, by=day.assignment.patient.user, now=MORNING)
    page = press(mail, reminder, "score", pain=6)
    assertContains(page, "Stop: no exercises for now")
    assertNotContains(page, "How is your pain")
    assert score_of(day) == 6


def test_once_access_is_closed_it_does_nothing(mail, reminder, day):
    press(mail, reminder, "done")
    patient = day.assignment.patient
    access.close_access(patient, because=ClosedBecause.OTHER, by=patient.clinician, now=MORNING)
    assert mail.post(link(reminder, "score", "score"), {"pain": 6}).status_code == 410
    assert score_of(day) is None
