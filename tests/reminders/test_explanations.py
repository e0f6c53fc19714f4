"""Each time of the last 14 days in words: for the clinic's staff, and calmly for the patient."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

import clock
from accounts.models import AddressTrouble
from outbox.models import State
from patients.models import Day, NotToday, Session, WarningSign
from patients.services import sessions, signs
from reminders import services, words
from reminders.explanations import Explanations
from reminders.models import Reminder
from reminders.services import Choice
from tests.reminders.nudging import EVENING, MORNING, ON, asked_day, do_session
from tests.reminders.test_silence import reminder_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NOON = MORNING + 4 * HOUR
OWN = reverse("today:own_why")


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as hands:
        yield hands


@pytest.fixture
def day() -> Day:
    return asked_day(assignment__starts_on=ON - 20 * DAY)


def told(day, *, by: str = "staff", now=None) -> dict[str, str]:
    """What is said of each time of this day."""
    tell = {"staff": words.told_to_staff, "patient": words.told_to_patient}[by]
    days = dict(tell(Explanations(day.assignment.patient, now or clock.now())))
    return {line.planned: line.words for line in days.get(day.on, [])}


def log(day, at) -> Session:
    session = do_session(day)
    Session.objects.filter(pk=session.pk).update(received_at=at)
    return session


@pytest.mark.parametrize(
    ("state", "reason", "to_staff", "to_patient"),
    [
        (State.SENT, "", "sent. The mail server has taken it.", "We sent you a reminder at 8:31."),
        (
            State.UNCERTAIN,
            "no_answer",
            "may have arrived: the mail server gave no answer. It is not sent again: nobody"
            " should get it twice.",
            "We sent it, but we do not know if it arrived. We never send one twice.",
        ),
        (
            State.FAILED,
            "550",
            "refused: the mail server answered 550. It is not tried again.",
            "It did not go through. Your mail service did not take it.",
        ),
        (
            State.SKIPPED,
            "complete",
            "kept back: the day was complete already",
            "None came: you had done all that was asked.",
        ),
        (
            State.SKIPPED,
            "bounced",
            "kept back: e-mail to this address comes back",
            "None came: our mail to you does not arrive.",
        ),
        (
            State.SKIPPED,
            "too_soon",
            "kept back: the last reminder was less than 2 hours before",
            "None came: the last one had come less than 2 hours before.",
        ),
        (
            State.SKIPPED,
            "backed_off",
            "kept back: after many days without a session there are fewer reminders",
            "None came: after many days without a session we write less often.",
        ),
        (
            State.EXPIRED,
            "",
            "too late. It could not leave within 2 hours or before midnight.",
            "It could not leave in time, so we left it out. Sorry.",
        ),
        (
            State.DUE,
            "dropped",
            "waiting: the mail server hung up. It goes out within a minute, or is tried again.",
            "It is on its way.",
        ),
    ],
)
def test_a_row_says_what_became_of_it(day, state, reason, to_staff, to_patient):
    reminder_of(day, state=state, reason=reason, handed_at=MORNING + timedelta(seconds=64))
    assert told(day)["8:30"] == to_staff
    assert told(day, by="patient")["8:30"] == to_patient


def test_when_it_was_sent_is_in_the_patients_time(day):
    reminder_of(day, handed_at=MORNING + timedelta(seconds=64))
    [line] = [
        line
        for _on, lines in words.told_to_staff(Explanations(day.assignment.patient, NOON))
        for line in lines
        if line.planned == "8:30"
    ]
    assert line.sent == "08:31:04"


def test_what_comes_next_today(day):
    assert told(day)["18:30"] == "To come, if something is still left to do then"
    words = told(day, by="patient")
    assert words["18:30"] == "A reminder comes if something is still left to do."


def complete(day):
    log(day, MORNING - HOUR)
    log(day, MORNING - HOUR)


def on_track(day):
    log(day, MORNING - HOUR)


def much_pain(day):
    Session.objects.filter(pk=log(day, MORNING - HOUR).pk).update(pain_after=7)


def hurt(day):
    log(day, MORNING - HOUR).ticks.update(result="hurt")


def say_not_today(day):
    by = day.assignment.patient.user
    sessions.say_not_today(day, reason=NotToday.Reason.AWAY, by=by, now=MORNING - HOUR)


def close_address(day):
    address = day.assignment.patient.user.email
    AddressTrouble.objects.create(
        address=address, counted_at=MORNING - DAY, code="550", state="refused"
    )


def switch_off(day):
    services.choose(day.assignment.patient, Choice(is_on=False), by=None, now=MORNING - HOUR)


def tell_a_sign(day):
    patient = day.assignment.patient
    WarningSign.objects.create(
        patient=patient,
        told_by=patient.user,
        told_at=MORNING - HOUR,
        checked_by=patient.clinician,
        checked_at=MORNING + HOUR,
        checked_by_name="Priya Shah",
        check_note="All well",
    )


def remind_shortly_before(day):
    reminder_of(day, handed_at=NOON - HOUR)


def overdue_review(day):
    day.assignment.review_on = ON - 15 * DAY
    day.assignment.save()


def nothing(day):
    pass


@pytest.mark.parametrize(
    ("happened", "to_staff", "to_patient"),
    [
        (complete, "the day was complete already", "you had done all that was asked"),
        (on_track, "enough was done by that time", "you had done enough by then"),
        (say_not_today, "the patient said “not today”", "you told us “not today”"),
        (hurt, "all that was left of the day had hurt", "all that was left had hurt"),
        (switch_off, "the patient switched reminders off", "your reminders are off"),
        (
            tell_a_sign,
            "the patient told of a warning sign, not checked yet",
            "you told us of a warning sign",
        ),
        (
            overdue_review,
            "the review is overdue by more than 14 days",
            "it is past time for your check-up. Your clinic knows",
        ),
        (
            nothing,
            "a rule kept it back, and nothing that is kept says which",
            "we no longer know why",
        ),
    ],
)
def test_a_time_without_a_row_is_explained(day, happened, to_staff, to_patient):
    happened(day)
    assert told(day)["8:30"] == f"None: {to_staff}"
    assert told(day, by="patient")["8:30"] == f"None came: {to_patient}."


def test_a_session_after_the_time_explains_nothing(day):
    log(day, MORNING + HOUR)
    assert told(day)["8:30"] == "None: a rule kept it back, and nothing that is kept says which"


@pytest.mark.parametrize(
    ("happened", "to_patient"),
    [
        (complete, "None will come: you had done all that was asked."),
        (say_not_today, "None will come: you told us “not today”."),
        (much_pain, "None will come: you had much pain, and rest was better."),
        (hurt, "None will come: all that was left had hurt."),
        (switch_off, "None will come: your reminders are off."),
        (close_address, "None will come: our mail to you does not arrive."),
        (remind_shortly_before, "A reminder comes if something is still left to do."),
        (on_track, "A reminder comes if something is still left to do."),
    ],
)
def test_why_none_will_come_today(day, happened, to_patient):
    happened(day)
    assert told(day, by="patient").get("18:30") == to_patient


def test_a_later_slot_for_which_enough_is_done_already():
    day = asked_day(asked=3)
    log(day, MORNING)
    log(day, MORNING)
    words = told(day, by="patient", now=MORNING + HOUR)
    assert words["13:00"] == "None will come: you had done enough by then."
    assert words["18:30"] == "A reminder comes if something is still left to do."


@pytest.mark.parametrize(
    ("state", "words"),
    [("paused", "a pause"), ("rest", "a rest day"), ("not_started", "not started yet")],
)
def test_a_day_that_asked_for_nothing(day, state, words):
    yesterday = asked_day(assignment=day.assignment, on=ON - DAY, state=state)
    assert told(yesterday, by="patient") == {"all day": f"None came: {words}."}
    Day.objects.filter(pk=day.pk).update(state=state)
    assert told(day, by="patient") == {"all day": f"None will come: {words}."}


@pytest.mark.parametrize("is_checked", [False, True])
def test_a_day_that_a_warning_sign_stopped_says_so(day, is_checked):
    patient = day.assignment.patient
    sign = signs.tell(patient, by=patient.user, now=MORNING - DAY)
    if is_checked:
        at = MORNING - HOUR
        signs.check(sign, note="Seen.", goes_on=False, by=patient.clinician, now=at)
    Day.objects.filter(pk=day.pk).update(state="paused")
    assert told(day, by="patient") == {"all day": "None will come: you told us of a warning sign."}
    assert "warning sign" in told(day)["all day"]


def test_own_times(day):
    patient, times = day.assignment.patient, (MORNING.replace(hour=9, minute=0).time(),)
    services.choose(patient, Choice(times=times), by=None, now=MORNING - DAY)
    assert set(told(day)) == {"9:00"}
    services.choose(patient, Choice(times=()), by=None, now=MORNING - DAY)
    assert told(day, by="patient") == {"all day": "None will come: your reminders are off."}


def test_a_reminder_of_another_channel_is_told_beside_it(day):
    reminder_of(day, channel="smoke")
    reminder_of(day)
    history = Explanations(day.assignment.patient, NOON)
    assert len([line for line in history.lines if line.row]) == 2


def test_fourteen_days_and_newest_first(day):
    for n in (1, 13, 14):
        asked_day(assignment=day.assignment, on=ON - n * DAY)
    history = Explanations(day.assignment.patient, NOON)
    assert [on for on, _lines in history.by_day] == [ON, ON - DAY, ON - 13 * DAY]


def test_the_patients_own_page(day, as_user, noon):
    reminder_of(day)
    noon.move_to(EVENING - HOUR)
    client = as_user(day.assignment.patient.user)
    assertContains(client.get(reverse("reminders:settings")), OWN)
    page = client.get(OWN)
    assertContains(page, "Today")
    assertContains(page, "We sent you a reminder at 8:30.")
    assertContains(page, "A reminder comes if something is still left to do.")
    assertNotContains(page, "mail server")


def test_nobody_reads_of_another(day, as_user):
    other = asked_day(assignment__patient__name="Ada Hill")
    reminder_of(other)
    assertNotContains(as_user(day.assignment.patient.user).get(OWN), "We sent you a reminder")


def test_queries_do_not_grow_with_days(day, as_user, django_assert_num_queries):
    client = as_user(day.assignment.patient.user)
    client.get(OWN)  # the first page keeps whose it is
    with django_assert_num_queries(20, exact=False) as few:
        client.get(OWN)
    for n in range(1, 14):
        log(asked_day(assignment=day.assignment, on=ON - n * DAY), NOON - n * DAY)
        reminder_of(day, on=ON - n * DAY)
    assert Reminder.objects.count() == 13
    with django_assert_num_queries(len(few)):
        client.get(OWN)
