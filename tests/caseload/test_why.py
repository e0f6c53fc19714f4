"""Why did, or didn't, they get a reminder: the clinic's view of it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

import clock
from outbox.models import State
from patients.models import Day
from reminders import services
from reminders.models import Reminder
from reminders.rules import Reason
from reminders.services import Choice
from tests.reminders.routes import remind

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(cast, as_user):
    address = reverse("caseload:why", args=[cast.record.pk])
    return lambda: as_user(cast.clinician).get(address).content.decode()


@pytest.fixture
def today(cast) -> Day:
    on = clock.today(cast.record.time_zone)
    cast.assignment.starts_on, cast.assignment.review_on = on, on
    cast.assignment.save()
    cast.day.on = on
    cast.day.save()
    return cast.day


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        (State.SENT, "", "Sent. The mail server has taken it."),
        (State.SKIPPED, "complete", "Kept back: the day was complete already"),
        (State.UNCERTAIN, "no_answer", "May have arrived: the mail server gave no answer"),
        (State.FAILED, "550", "Refused: the mail server answered 550"),
        (State.EXPIRED, "", "Too late."),
    ],
)
def test_each_outcome_in_words(cast, today, page, state, reason, words):
    reminder = remind(cast)
    Reminder.objects.filter(pk=reminder.pk).update(
        state=state, reason=reason, handed_at=reminder.due_at
    )
    assert words in page()


def test_a_patient_who_was_asked_nothing(cast, page):
    cast.assignment.delete()
    assert "None will come: nothing was asked that day" in page()


def test_what_keeps_todays_back(cast, today, page):
    assert "A reminder comes at the next time" in page()
    services.choose(cast.record, Choice(is_on=False), by=None, now=clock.now())
    assert "No reminder now: the patient switched reminders off." in page()


def test_without_a_day_there_is_nothing_to_be_reminded_of(cast):
    tomorrow = cast.day.on + timedelta(days=1)
    assert services.silence_on(cast.record, tomorrow, now=clock.now()) == Reason.NO_DAY


@time_machine.travel("2026-11-25 21:00:00+00:00")  # each of its times is over: most is told
def test_queries_do_not_grow_with_reminders(cast, today, as_user, django_assert_num_queries):
    client, address = as_user(cast.clinician), reverse("caseload:why", args=[cast.record.pk])
    first = remind(cast)
    with django_assert_num_queries(15, exact=False) as few:
        client.get(address)
    for n in range(1, 14):
        Reminder.objects.create(
            **{
                field: getattr(first, field)
                for field in ("patient", "assignment", "at", "due_at", "expires_at", "planned_at")
            },
            on=first.on - timedelta(days=n),
        )
    with django_assert_num_queries(len(few)):
        client.get(address)
