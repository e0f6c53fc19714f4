"""After Undo the reminder's page has its buttons again; an old press brings nothing back."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from patients.models import NotToday, Session
from tests.reminders.test_answers import day, morning, press, reminder

__all__ = ["day", "morning", "reminder"]  # fixtures
pytestmark = pytest.mark.django_db


def test_undo_brings_the_buttons_back_and_one_can_go_on_from_there(mail, reminder, day):
    press(mail, reminder, "done")
    page = press(mail, reminder, "undo")
    for words in ("I’ve done it", "Start now", "Not today, because…", "I have no time"):
        assertContains(page, words)
    assertContains(page, '<input type="hidden" name="attempt" value="1">', html=True)
    assertContains(press(mail, reminder, "done", attempt="1"), "Saved.")
    press(mail, reminder, "done", attempt="1")
    assert (Session.objects.not_undone().count(), Session.objects.count()) == (1, 2)


def test_a_press_from_before_the_undo_brings_nothing_back(mail, reminder):
    press(mail, reminder, "done", attempt="0")
    press(mail, reminder, "undo")
    press(mail, reminder, "done", attempt="0")
    assert not Session.objects.not_undone().exists()
    press(mail, reminder, "not_today", reason="tired")
    assert NotToday.objects.get().reason == "tired"


@pytest.mark.parametrize("attempt", ["", "x", "-1", "7", "9" * 400, "1\x00"])
def test_a_number_that_no_button_has_logs_one_session_all_the_same(mail, reminder, attempt):
    press(mail, reminder, "done", attempt=attempt)
    press(mail, reminder, "done", attempt=attempt)
    assert Session.objects.count() == 1


def test_not_today_can_be_taken_back_where_it_was_said(mail, reminder):
    page = press(mail, reminder, "not_today", reason="pain")
    assertContains(page, "Undo “not today”")
    page = press(mail, reminder, "undo")
    assert not NotToday.objects.exists()
    for words in ("I’ve done it", "Start now", "Not today, because…"):
        assertContains(page, words)


def test_after_an_undo_and_a_reason_nothing_is_said_to_be_taken_back(mail, reminder):
    press(mail, reminder, "done")
    assertContains(press(mail, reminder, "undo"), "Taken back. It does not count.")
    page = press(mail, reminder, "not_today", reason="tired")
    assertNotContains(page, "Taken back")
