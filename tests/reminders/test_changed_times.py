"""A time that is moved to later today comes today, two hours after the last letter at the earliest."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from outbox.models import State
from patients.models import Day
from reminders import services, tokens
from reminders.models import Heartbeat, Reminder
from reminders.next_reminder import NextReminder, next_reminder
from reminders.services import Choice
from tests.reminders.nudging import MINUTE, ON, asked_day, deliver, do_session, looked_until
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SETTINGS, WHY = reverse("reminders:settings"), reverse("today:own_why")


def at(hour: int, minute: int = 0, *, on: date = ON) -> datetime:
    """An instant by London's clock on a day of British summer time, by the patient's wall."""
    return datetime.combine(on, time(hour, minute), tzinfo=UTC) - HOUR


@pytest.fixture
def hands():
    with time_machine.travel(at(7), tick=False) as hands:
        yield hands


@pytest.fixture
def phone(as_user, hands):
    """The patient's own, and what beat and the worker do meanwhile, minute by minute where it counts."""
    return lambda day: Phone(as_user(day.assignment.patient.user), day, hands)


class Phone:
    def __init__(self, client: Client, day: Day, hands) -> None:
        self.client, self.day, self.hands = client, day, hands
        looked_until(at(7))

    def wait_until(self, moment: datetime, *, late: timedelta = timedelta(0)) -> None:
        """Each ten minutes somebody looks, and sends ``late`` by so much."""
        now = Heartbeat.objects.get().done_until
        while now < moment:
            now = min(now + 10 * MINUTE, moment)
            services.tick(now=now)
            deliver(now + late)
        self.hands.move_to(moment)

    def choose(self, *times: str, **more: str):
        names = ("first", "second", "third")
        typed = dict.fromkeys(names, "") | dict(zip(names, times, strict=False))
        return self.client.post(SETTINGS, {"when": "own", **typed, **more})

    def usual(self):
        return self.client.post(SETTINGS, {"when": "usual"})


def letter(day: Day, hour: int, **fields) -> Reminder:
    came = {"at": time(hour), "due_at": at(hour), "expires_at": at(hour + 2), "handed_at": at(hour)}
    return reminder_of(day, **(came | fields))


def sent(on: date = ON) -> list[str]:
    """The local times at which letters left."""
    left = Reminder.objects.filter(on=on, state=State.SENT).order_by("handed_at")
    return [f"{row.handed_at + HOUR:%H:%M}" for row in left]


def test_after_the_letter_of_18_00_a_time_at_21_00_still_comes(phone, smtp_server):
    day = asked_day(asked=1)
    sam = phone(day)
    sam.wait_until(at(18, 10))
    assert sent() == ["18:00"]
    page = sam.client.get(SETTINGS)
    words = "The last reminder came at 18:00. New times before 20:00 start tomorrow."
    assertContains(page, words)
    assertContains(sam.choose("21:00"), "Reminders come at 21:00, and only")
    told = next_reminder(day.assignment.patient, now=at(18, 11))
    assert told == NextReminder(ON, time(21))
    sam.wait_until(at(23))
    assert sent() == ["18:00", "21:00"]
    assert len(smtp_server.messages) == 2


def test_after_the_letter_of_8_30_times_at_11_00_and_18_30_both_come(phone, smtp_server):
    sam = phone(asked_day(asked=3))
    sam.wait_until(at(9))
    sam.choose("11:00", "18:30")
    sam.wait_until(at(23))
    assert sent() == ["08:30", "11:00", "18:30"]


def test_a_time_too_close_to_the_letter_starts_tomorrow_and_every_page_says_so(phone, smtp_server):
    day = asked_day(asked=1)
    asked_day(assignment=day.assignment, on=ON + DAY, asked=1)
    sam = phone(day)
    sam.wait_until(at(18, 10))
    saved = sam.choose("19:50")
    assertContains(saved, "Reminders come at 19:50")
    assertContains(saved, "19:50 starts tomorrow.")
    told = next_reminder(day.assignment.patient, now=at(18, 11))
    assert told == NextReminder(ON + DAY, time(19, 50))
    ahead = "None will come: you chose it too close to the last one."
    assertContains(sam.client.get(WHY), ahead)
    sam.wait_until(at(23))
    assert sent() == ["18:00"]
    assertContains(sam.client.get(WHY), "None came: you chose it too close to the last one.")
    sam.wait_until(at(20, on=ON + DAY))
    assert sent(ON + DAY) == ["19:50"]


def test_two_hours_after_the_letter_to_the_minute_is_far_enough(phone, smtp_server):
    sam = phone(asked_day(asked=1))
    sam.wait_until(at(18, 10), late=timedelta(seconds=50))
    assert "tomorrow" not in sam.choose("20:00").context["saved"]
    sam.wait_until(at(23), late=timedelta(seconds=50))
    assert sent() == ["18:00", "20:00"]


def test_a_time_that_stays_is_not_lost_with_a_change_of_another(phone, smtp_server):
    day = asked_day(asked=3)
    sam = phone(day)
    sam.choose("08:30", "10:30")
    sam.wait_until(at(9), late=MINUTE)
    assert sent() == ["08:31"]
    assert "tomorrow" not in sam.choose("08:30", "10:30", "18:30").context["saved"]
    sam.wait_until(at(23), late=MINUTE)
    assert sent() == ["08:31", "10:31", "18:31"]


def test_usual_times_that_were_own_times_before_are_not_lost(phone, smtp_server):
    sam = phone(asked_day(asked=2))
    sam.choose("16:30", "18:30")
    sam.wait_until(at(17), late=MINUTE)
    assert "tomorrow" not in sam.usual().context["saved"]
    sam.wait_until(at(23))
    assert sent() == ["16:31", "18:30"]


def test_usual_times_too_close_to_the_letter_of_another_start_tomorrow(phone, smtp_server):
    sam = phone(asked_day(asked=2))
    sam.choose("17:00")
    sam.wait_until(at(17, 10))
    assertContains(sam.usual(), "18:30 starts tomorrow.")
    sam.wait_until(at(23))
    assert sent() == ["17:00"]


def test_undo_brings_back_what_counted_today(phone, smtp_server):
    sam = phone(asked_day(asked=3))
    sam.choose("08:30", "10:30")
    sam.wait_until(at(9), late=MINUTE)
    saved = sam.choose("19:00")
    sam.hands.shift(MINUTE)
    undone = sam.client.post(SETTINGS, saved.context["undo"])
    assert "tomorrow" not in undone.context["saved"]
    sam.wait_until(at(23), late=MINUTE)
    assert sent() == ["08:31", "10:31"]


def test_undo_does_not_bring_today_what_did_not_count_today(phone, smtp_server):
    sam = phone(asked_day(asked=1))
    sam.wait_until(at(18, 10))
    sam.choose("19:00")
    sam.hands.shift(MINUTE)
    saved = sam.choose("21:00")
    sam.hands.shift(MINUTE)
    assertContains(sam.client.post(SETTINGS, saved.context["undo"]), "19:00 starts tomorrow.")
    sam.wait_until(at(23))
    assert sent() == ["18:00"]


def test_the_letter_of_another_record_of_the_account_counts(phone, smtp_server):
    day = asked_day(asked=1)
    other = asked_day(asked=1, assignment__patient__user=day.assignment.patient.user)
    letter(other, 12)
    services.choose(day.assignment.patient, Choice(times=(time(13),)), by=None, now=at(12, 10))
    looked_until(at(12, 10))
    services.tick(now=at(13))
    assert not Reminder.objects.filter(patient=day.assignment.patient).exists()


def test_a_time_of_today_that_is_over_is_not_made_up_for(phone, smtp_server):
    sam = phone(asked_day(asked=1))
    sam.wait_until(at(12))
    sam.hands.shift(timedelta(seconds=30))
    assert "tomorrow" not in sam.choose("12:00", "18:00").context["saved"]  # nobody expects it
    looked_until(at(11))  # a tick that comes late
    sam.wait_until(at(23))
    assert sent() == ["18:00"]


def test_on_track_goes_by_the_order_of_that_days_times(phone, smtp_server):
    """After the letter of 8:30 a session is done; 11:00 is the first of the new times, 18:30 the second."""
    day = asked_day(asked=2)
    sam = phone(day)
    sam.wait_until(at(9))
    do_session(day)
    sam.choose("11:00", "18:30")
    sam.wait_until(at(23))
    assert sent() == ["08:30", "18:30"]
    assertContains(sam.client.get(WHY), "None came: you had done enough by then.")


@pytest.mark.parametrize("is_from_mail", [False, True])
def test_the_form_says_from_when_wherever_it_stands(phone, hands, is_from_mail):
    day = asked_day(asked=1)
    sam = phone(day)
    row = letter(day, 18, handed_at=at(18, 3))
    hands.move_to(at(18, 10))
    link = reverse("reminders:from_email", args=[tokens.make(row, purpose="change")])
    client, address = (Client(), link) if is_from_mail else (sam.client, SETTINGS)
    page = client.get(address)
    assertContains(page, "The last reminder came at 18:03. New times before 20:03 start tomorrow.")
    assertContains(page, 'data-first="20:03"')
    assertContains(page, 'data-known="18:00"')
    hands.move_to(at(20, 3))
    page = client.get(address)
    assertNotContains(page, "The last reminder came")
    assertContains(page, 'data-first="20:04"')


def test_after_a_late_letter_every_new_time_starts_tomorrow(phone, hands):
    day = asked_day(asked=1)
    sam = phone(day)
    letter(day, 21)
    hands.move_to(at(21, 10))
    page = sam.client.get(SETTINGS)
    assertContains(page, "The last reminder came at 21:00. New times start tomorrow.")


def test_a_day_that_asks_for_nothing_promises_nothing_for_today(phone, hands):
    day = asked_day(state="rest", asked_min=None, asked_max=None)
    page = phone(day).client.get(SETTINGS)
    assertNotContains(page, "data-starts")
