"""The page that says why: the times as they were on each day, and what came of every row."""

from datetime import time, timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from outbox.models import State
from patients.models import Day
from patients.services import plans
from reminders import services
from reminders.models import Reminder
from reminders.services import Choice
from tests.factories import ClinicFactory, PatientFactory
from tests.reminders.nudging import MINUTE, MORNING, ON, asked_day, deliver, looked_until
from tests.reminders.test_changed_times import at, letter
from tests.reminders.test_explanations import told

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = at(12)
UNKNOWN = "None: a rule kept it back, and nothing that is kept says which"


@pytest.fixture(autouse=True)
def hands():
    with time_machine.travel(NOON, tick=False) as hands:
        yield hands


@pytest.fixture
def day() -> Day:
    return asked_day(assignment__starts_on=ON - 20 * DAY)


def choose(day, *times: time, now) -> None:
    services.choose(day.assignment.patient, Choice(times=times or None), by=None, now=now)


def test_each_day_has_the_times_that_were_chosen_then(day):
    days = [asked_day(assignment=day.assignment, on=ON - n * DAY) for n in (3, 2, 1)]
    choose(day, time(9), now=at(20, on=ON - 3 * DAY))
    choose(day, time(7), time(21), now=at(20, on=ON - 2 * DAY))
    assert [set(told(one)) for one in days] == [
        {"8:30", "18:30"},
        {"9:00", "21:00"},
        {"7:00", "21:00"},
    ]
    assert set(told(day)) == {"7:00", "21:00"}


def test_on_the_day_of_a_change_each_time_belongs_to_what_was_chosen_as_it_came(day):
    choose(day, time(8), time(10, 15), time(19), now=at(9))
    assert set(told(day)) == {"8:30", "10:15", "19:00"}  # neither 8:00 nor 18:30


def test_a_stop_and_a_new_start_are_told_as_they_were(day):
    days = [asked_day(assignment=day.assignment, on=ON - n * DAY) for n in (2, 1)]
    patient = day.assignment.patient
    services.stop(patient, by=None, now=at(20, on=ON - 2 * DAY))
    choose(day, now=at(20, on=ON - DAY))
    assert told(days[0])["8:30"] == UNKNOWN
    assert told(days[1])["18:30"] == "None: the patient switched reminders off"
    assert told(day)["18:30"].startswith("To come")


def test_a_day_on_which_no_time_fell_says_so(day):
    choose(day, time(7), now=at(8))
    assert told(day) == {
        "all day": "None will come: the times were changed, and none of them fell on that day"
    }
    words = told(day, by="patient")["all day"]
    assert words == "None will come: your times were changed, and none of them fell on that day."


def test_a_time_that_was_taken_away_in_its_own_minute(day):
    choose(day, time(20), now=at(8, 30) + timedelta(seconds=20))
    assert told(day)["8:30"] == "None: the times were changed in that minute"


def test_a_time_chosen_too_close_to_the_letter_says_so(day):
    letter(day, 11)
    choose(day, time(12, 30), time(18), now=at(11, 30))
    said = "None will come: chosen too close to the last reminder, it counts from the next day on"
    assert told(day)["12:30"] == said
    assert told(day, now=at(13))["12:30"] == said.replace("None will come", "None")
    assert told(day)["18:00"].startswith("To come")


def test_after_a_move_a_past_day_keeps_its_old_clock(day):
    yesterday = asked_day(assignment=day.assignment, on=ON - DAY)
    patient = day.assignment.patient
    services.choose(patient, Choice(times=(time(9),)), by=None, now=at(9, on=ON - 3 * DAY))
    moved_at = at(3)  # 11:00 in Tokyo
    plans.change_time_zone(patient, time_zone="Asia/Tokyo", by=patient.user, now=moved_at)
    patient.refresh_from_db()
    Day.objects.filter(pk=day.pk).update(state="asked")
    assert set(told(yesterday)) == {"9:00"}
    assert "9:00" not in told(day)  # it was over in Tokyo already


def test_a_row_says_its_own_time_and_one_that_was_put_off_until_when_it_waits(day):
    letter(day, 11, at=time(11), handed_at=at(11, 30))
    fields = {"state": State.DUE, "reason": "too_soon", "retry_at": at(13, 20), "handed_at": None}
    letter(day, 12, **fields)
    said = "Waits until 13:20: the last reminder was less than 2 hours before"
    assert told(day)["12:00"] == said
    said = "It waits until 13:20, because the last one came less than 2 hours before."
    assert told(day, by="patient")["12:00"] == said
    assert told(day, by="patient", now=at(13, 20))["12:00"] == "It is on its way."


def test_one_that_the_clock_has_passed_over_says_why_it_is_there(day):
    letter(day, 11, origin=Reminder.Origin.OLD_CLOCK)
    assert told(day, by="patient")["11:00"] == (
        "We sent you a reminder at 11:00. It kept to your clock from before your time zone changed."
    )
    assert told(day)["11:00"].endswith("It kept to the clock from before the time zone changed.")


def test_what_left_together_is_named_to_the_person_and_to_staff_of_the_same_clinic_only(
    day, smtp_server, as_user
):
    """Three records of one account: two in this clinic, one in another."""
    patient = day.assignment.patient
    for name, clinic in (("Ben Reed", patient.clinic), ("Cy Reed", ClinicFactory())):
        record = PatientFactory(
            name=name, called=name[:3].strip(), user=patient.user, clinic=clinic
        )
        asked_day(assignment__patient=record, assignment__starts_on=ON)
    looked_until(MORNING - MINUTE)
    services.tick(now=MORNING)
    deliver(MORNING)
    assert len(smtp_server.messages) == 1
    page = as_user(patient.clinician).get(reverse("caseload:why", args=[patient.pk]))
    assertContains(page, "It left in one letter with that of Ben Reed.")
    assertNotContains(page, "Cy")
    said = told(day, by="patient")["8:30"]
    assert said == (
        "We sent you a reminder at 8:30. It left in one letter with that of Ben and Cy."
    )


def test_what_left_together_is_not_named_to_somebody_else_later(day):
    """A record whose account has changed since: who has it now learns nothing of the others."""
    patient = day.assignment.patient
    other = asked_day(assignment__patient__name="Ben Reed")
    row = letter(day, 9)
    Reminder.objects.filter(pk=row.pk).update(letter=row.pk)
    letter(other, 9, letter=row.pk)
    assert other.assignment.patient.user_id != patient.user_id
    assert "Ben" not in told(day, by="patient")["9:00"]


def test_queries_do_not_grow_with_choices_and_letters(day, as_user, django_assert_num_queries):
    patient = day.assignment.patient
    client, page = as_user(patient.clinician), reverse("caseload:why", args=[patient.pk])
    client.get(page)
    choose(day, time(9), time(14), now=at(9, on=ON - 20 * DAY))
    row = letter(day, 9)
    Reminder.objects.update(letter=row.pk)
    with django_assert_num_queries(30, exact=False) as captured:
        client.get(page)
    few = len(captured)
    for n in range(1, 14):
        choose(day, time(9), time(14, n), now=at(10, on=ON - n * DAY))
        letter(asked_day(assignment__patient__user=patient.user), 9, letter=row.pk)
    with django_assert_num_queries(few):
        client.get(page)
