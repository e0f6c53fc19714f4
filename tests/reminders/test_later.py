""" "Later today" on a reminder's page: one more letter, at a time outside the gap, once a day."""

from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from outbox.models import State
from patients.models import Day, NotToday, Patient
from patients.services import signs
from reminders import services, tokens
from reminders.models import Reminder
from reminders.next_reminder import NextReminder, next_reminder
from reminders.services import Choice
from tests.factories import DayFactory
from tests.reminders.nudging import MINUTE, ON, asked_day, deliver, do_session, looked_until
from tests.reminders.test_answers import link as link_to
from tests.reminders.test_changed_times import at, letter, sent

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = reverse("today:own_why")
WRONG = "%s is not possible. Choose another time."


@pytest.fixture(autouse=True)
def hands():
    with time_machine.travel(at(9), tick=False) as hands:
        yield hands


@pytest.fixture
def day() -> Day:
    """Reminded at 8:30, and again at 18:30."""
    return asked_day(assignment__patient__name="Sam Reed", assignment__starts_on=ON - 2 * DAY)


@pytest.fixture
def reminder(day) -> Reminder:
    came = {"due_at": at(8, 30), "expires_at": at(10, 30), "handed_at": at(8, 30)}
    return letter(day, 8, at=time(8, 30), **came)


def link(reminder: Reminder, name: str = "later") -> str:
    token = tokens.make(reminder, purpose=name)
    return reverse(f"reminders:{name}", args=[token])


def page_of(mail: Client, reminder: Reminder):
    return mail.get(link_to(reminder))


def offered(response) -> list[str]:
    return [f"{one:%H:%M}" for one in response.context["later"].times]


def pick(mail: Client, reminder: Reminder, when: str, name: str = "later"):
    return mail.post(link(reminder, name), {"at": when}, follow=True)


def run_until(moment) -> None:
    services.tick(now=moment)
    deliver(moment)


def test_half_hours_outside_the_gap_and_away_from_what_comes_anyway(mail, reminder):
    times = offered(page_of(mail, reminder))
    assert times[0] == "10:30"  # two hours after the letter of 8:30
    assert times[-2:] == ["21:30", "22:00"]  # before 22:30
    assert {"16:30", "20:30"} <= {*times}
    assert not {"17:00", "18:30", "20:00"} & {*times}  # close to the one of 18:30
    assertContains(page_of(mail, reminder), "Remind me later today")


def test_it_comes_at_the_time_that_was_picked_and_the_others_come_too(
    mail, reminder, day, smtp_server
):
    response = pick(mail, reminder, "15:00")
    assertRedirects(response, link_to(reminder))
    assertContains(response, "We write again today at 15:00, if something is still left to do.")
    assertNotContains(response, "Remind me later today")
    assert not response.cookies
    told = next_reminder(day.assignment.patient, now=at(9))
    assert told == NextReminder(ON, time(15))
    looked_until(at(9))
    for hour, minute in ((14, 59), (15, 0), (18, 30), (21, 0)):
        run_until(at(hour, minute))
    assert sent() == ["08:30", "15:00", "18:30"]
    assert len(smtp_server.messages) == 2


def test_pressed_twice_it_is_once_and_another_time_says_what_was_asked_for(mail, reminder):
    for _press in range(2):
        pick(mail, reminder, "15:00")
    assert Reminder.objects.filter(origin="later").count() == 1
    assert AuditEvent.objects.filter(action="reminder_asked_for").count() == 1
    response = pick(mail, reminder, "16:00")
    assert response.status_code == 422
    assertContains(response, "You have asked for one more already, at 15:00.", status_code=422)


def test_once_a_day_even_after_it_has_come(mail, reminder, smtp_server):
    pick(mail, reminder, "11:00")
    looked_until(at(10, 59))
    run_until(at(11))
    more = Reminder.objects.get(origin="later")
    assert more.state == State.SENT
    for row in (reminder, more):
        page = page_of(mail, row)
        assertNotContains(page, "Remind me later today")
        assertNotContains(page, "We write again today")
        assert pick(mail, row, "15:00").status_code == 422


def test_taken_back_it_does_not_come_and_another_time_can_be_picked(
    mail, reminder, day, smtp_server
):
    pick(mail, reminder, "15:00")
    for _press in range(2):
        response = pick(mail, reminder, "", "not_later")
        assertRedirects(response, link_to(reminder))
    assertContains(response, "Remind me later today")
    assert AuditEvent.objects.filter(action="reminder_taken_back").count() == 1
    pick(mail, reminder, "16:00")
    looked_until(at(9))
    for hour in (15, 16):
        run_until(at(hour))
    assert sent() == ["08:30", "16:00"]


def test_what_has_left_cannot_be_taken_back(mail, reminder, hands, smtp_server):
    pick(mail, reminder, "15:00")
    looked_until(at(14, 59))
    run_until(at(15))
    hands.move_to(at(15, 1))
    response = pick(mail, reminder, "", "not_later")
    assertContains(response, "It is too late to take this back.", status_code=422)
    assert Reminder.objects.filter(origin="later", state=State.SENT).exists()


@pytest.mark.parametrize("when", ["", "25:00", "soon", "15:00\x00", "9" * 5000, "٨:٣٠"])
def test_what_is_no_time_is_asked_again(mail, reminder, when):
    response = pick(mail, reminder, when)
    assertContains(response, "Choose one of the times.", status_code=422)
    assert not Reminder.objects.filter(origin="later").exists()


@pytest.mark.parametrize("when", ["08:30", "10:00", "10:45", "18:00", "22:30", "23:00", "03:00"])
def test_a_time_that_is_not_offered_says_so_beside_the_field(mail, reminder, when):
    response = pick(mail, reminder, when)
    assertContains(response, WRONG % when.removeprefix("0"), status_code=422)
    assertContains(response, "Remind me later today", status_code=422)
    assertContains(response, 'aria-describedby="id_at_error"', status_code=422)
    assert not Reminder.objects.filter(origin="later").exists()


def complete(day):
    do_session(day)
    do_session(day)


def much_pain(day):
    do_session(day, pain_after=7)


def not_today(day):
    NotToday.objects.create(day=day, reason=NotToday.Reason.NO_TIME, said_at=at(9))


def rest(day):
    Day.objects.filter(pk=day.pk).update(state="rest", asked_min=None, asked_max=None)


def sign(day):
    patient = day.assignment.patient
    signs.tell(patient, by=patient.user, now=at(9))


def off(day):
    services.choose(day.assignment.patient, Choice(is_on=False), by=None, now=at(9))


def close(day):
    user = day.assignment.patient.user
    user.is_active = False
    user.save()


@pytest.mark.parametrize("happened", [complete, much_pain, not_today, rest, sign, off, close])
def test_it_is_not_offered_where_no_reminder_may_come(mail, reminder, day, happened):
    happened(day)
    assertNotContains(page_of(mail, reminder), "Remind me later today")
    assert pick(mail, reminder, "15:00").status_code == 422
    assert not Reminder.objects.filter(origin="later").exists()


@pytest.mark.parametrize("now", [at(22, 1), at(0, 30, on=ON + DAY), at(8, on=ON + DAY)])
def test_it_is_not_offered_late_in_the_evening_or_on_the_next_day(mail, reminder, hands, now):
    hands.move_to(now)
    assertNotContains(page_of(mail, reminder), "Remind me later today")
    assert pick(mail, reminder, "22:00").status_code == 422


def test_a_day_that_is_done_meanwhile_keeps_it_back_and_says_why(
    mail, reminder, day, as_user, hands, smtp_server
):
    pick(mail, reminder, "15:00")
    own = as_user(day.assignment.patient.user)
    assertContains(own.get(WHY), "still left to do. You had asked for this one.")
    complete(day)
    assertContains(own.get(WHY), "None will come: you had done all that was asked.")
    looked_until(at(14, 59))
    run_until(at(15))
    hands.move_to(at(16))
    assertContains(own.get(WHY), "None came: you had done all that was asked. You had asked")
    assert sent() == ["08:30"]


def test_who_gets_fewer_reminders_gets_the_one_they_ask_for(mail, reminder, day, smtp_server):
    """After ten days without a session one comes a week: today's was that one."""
    for back in range(1, 11):
        DayFactory(assignment=day.assignment, programme=day.programme, on=ON - back * DAY)
    pick(mail, reminder, "15:00")
    told = next_reminder(day.assignment.patient, now=at(9))
    assert told == NextReminder(ON, time(15))
    looked_until(at(14, 59))
    run_until(at(15))
    assert sent() == ["08:30", "15:00"]


def test_a_letter_of_another_record_of_the_account_opens_the_gap_again(mail, reminder, day):
    other = asked_day(assignment__patient__user=day.assignment.patient.user)
    letter(other, 9)
    assert offered(page_of(mail, reminder))[0] == "11:00"


def test_it_stands_in_the_patients_own_clock(mail, hands):
    day = asked_day("Asia/Kathmandu")
    row = letter(day, 8, due_at=at(3, 45), expires_at=at(5, 45), handed_at=at(3, 45))
    hands.move_to(at(4))
    assert offered(page_of(mail, row))[0] == "10:30"
    pick(mail, row, "10:30")
    assert Reminder.objects.get(origin="later").due_at == at(5, 45)


def test_access_that_was_closed_closes_it_too(mail, reminder, day):
    Patient.objects.filter(pk=day.assignment.patient_id).update(links_valid_from=at(9))
    assert mail.post(link(reminder), {"at": "15:00"}).status_code == 410


@pytest.mark.parametrize("name", ["later", "not_later"])
def test_looking_changes_nothing(mail, reminder, name):
    for look in (mail.get, mail.head):
        assert look(link(reminder, name)).status_code == 200
    assert not Reminder.objects.filter(origin="later").exists()


def test_it_may_leave_until_two_hours_later_and_not_past_midnight(mail, reminder):
    pick(mail, reminder, "22:00")
    row = Reminder.objects.get(origin="later")
    assert (row.due_at, row.expires_at) == (at(22), at(0, on=ON + DAY))
    assert row.expires_at - row.due_at == 2 * HOUR
    assert row.planned_at == at(9)
    assert row.due_at > row.planned_at + MINUTE
