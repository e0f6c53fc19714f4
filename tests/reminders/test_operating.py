"""Figures for whoever looks after the machine: page, command, and what makes it unwell."""

import json
from datetime import UTC, datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AddressTrouble, AuditEvent, User
from outbox.models import State
from patients.models import Assignment
from reminders import delivery_stats, operating_words
from reminders.models import Heartbeat, Reminder
from tests.factories import AssignmentFactory, UserFactory
from tests.outbox.letters import make_letter

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
PAGE = "/reminders/operating/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def beat():
    return Heartbeat.objects.create(name="reminders", beat_at=NOW - 12 * SECOND, done_until=NOW)


@pytest.fixture
def assignment() -> Assignment:
    return AssignmentFactory()


@pytest.fixture
def operator(as_user):
    return as_user(UserFactory(is_operator=True))


def minute(number: int) -> time:
    """Of the day: each reminder of these has one of its own."""
    return time(number // 60, number % 60)


def reminder(assignment, *, ago=timedelta(hours=3), late=None, state=State.SENT, **fields):
    """Due so long ago; ``late`` is how much later it was sent."""
    due_at = NOW - ago
    at = due_at + (late or timedelta(0))
    defaults = {
        "patient": assignment.patient,
        "assignment": assignment,
        "on": due_at.date(),
        "at": minute(Reminder.objects.count()),
        "due_at": due_at,
        "expires_at": due_at + timedelta(hours=2),
        "planned_at": due_at,
        "handed_at": at,
        "finished_at": at,
        "lease_until": at,
        "state": state,
    }
    return Reminder.objects.create(**(defaults | fields))


def status(*words) -> str:
    out = StringIO()
    call_command("reminders", "status", *words, stdout=out)
    return out.getvalue()


def troubles() -> str:
    with pytest.raises(CommandError) as unwell:
        status()
    assert unwell.value.returncode == 1
    return str(unwell.value)


def test_a_day_counts_each_outcome_once(assignment):
    for state in State:
        reminder(assignment, state=state)
    [today] = delivery_stats.days(1, now=NOW)
    assert today.planned == len(State)
    ends = (today.sent, today.skipped, today.failed, today.uncertain, today.expired)
    assert (*ends, today.waiting) == (1, 1, 1, 1, 1, 3)


@pytest.mark.parametrize(
    ("lates", "share"), [([0, 60], 1), ([0, 61], 0.5), ([61], 0), ([0.2, 59.9, 60, 3600], 0.75)]
)
def test_on_time_is_within_sixty_seconds_of_the_chosen_minute(assignment, lates, share):
    for late in lates:
        reminder(assignment, late=late * SECOND)
    [today] = delivery_stats.days(1, now=NOW)
    assert today.share_on_time == share


@pytest.mark.parametrize("state", [State.UNCERTAIN, State.EXPIRED])
def test_what_should_have_gone_and_did_not_counts_against_it(assignment, state):
    reminder(assignment)
    reminder(assignment, state=state)
    assert delivery_stats.days(1, now=NOW)[0].share_on_time == 0.5


@pytest.mark.parametrize("state", [State.SKIPPED, State.FAILED, State.DUE])
def test_what_was_not_wanted_or_refused_does_not(assignment, state):
    reminder(assignment)
    reminder(assignment, state=state)
    assert delivery_stats.days(1, now=NOW)[0].share_on_time == 1


def test_lateness_is_that_of_what_was_sent(assignment):
    for seconds in range(101):
        reminder(assignment, late=seconds * SECOND)
    reminder(assignment, late=timedelta(hours=1), state=State.UNCERTAIN)
    [today] = delivery_stats.days(1, now=NOW)
    assert (today.late_half, today.late_99) == (50 * SECOND, 99 * SECOND)


def test_days_are_those_of_utc_and_empty_ones_are_there(assignment):
    reminder(assignment, ago=timedelta(hours=12))
    reminder(assignment, ago=timedelta(hours=12) + SECOND)
    reminder(assignment, ago=3 * DAY)
    days = delivery_stats.days(3, now=NOW)
    assert [(day.on.day, day.planned) for day in days] == [(30, 1), (29, 1), (28, 0)]
    assert operating_words.percent(days[2].share_on_time) == "–"


@pytest.mark.parametrize(
    ("share", "said"), [(1.0, "100.0 %"), (0.9999, "99.9 %"), (0.998, "99.8 %"), (0, "0.0 %")]
)
def test_a_share_is_never_rounded_up_to_all(share, said):
    assert operating_words.percent(share) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.44, "0.4 s"), (12.3, "12 s"), (119, "119 s"), (180, "3 min")]
)
def test_lengths_are_short(seconds, said):
    assert operating_words.length(seconds * SECOND) == said


@pytest.mark.parametrize("number", [1, 40])
def test_the_page_asks_the_same_few_questions_of_any_number(
    assignment, operator, beat, django_assert_num_queries, number
):
    for n in range(number):
        reminder(assignment, ago=timedelta(hours=n), state=list(State)[n % 6])
    # who it is 2, roles 2; days, causes, beat, two queues, addresses
    with django_assert_num_queries(10):
        assert operator.get(PAGE).status_code == 200


def test_what_is_recent_is_found_by_its_time():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a small table would be read whole
    recent = Reminder.objects.filter(due_at__gt=NOW - DAY)
    assert "reminder_in_time" in recent.explain()


def test_the_page_says_how_it_goes_and_names_nobody(assignment, operator, beat):
    for n in range(499):
        reminder(assignment, late=SECOND, at=minute(n))
    reminder(assignment, state=State.FAILED, reason="550", at=minute(499))
    reminder(assignment, late=90 * SECOND, at=minute(500))
    response = operator.get(PAGE)
    assertContains(response, "99.8 %")
    assertContains(response, "refused: the mail server answered 550")
    assertContains(response, "All is well.")
    for private in (assignment.patient.name, assignment.patient.email, str(assignment.pk)):
        assertNotContains(response, private)
    assertNotContains(response, str(assignment.patient.clinic))


def test_status_says_it_in_the_terminal(assignment, beat):
    reminder(assignment, late=SECOND)
    reminder(assignment, state=State.SKIPPED, reason="complete")
    AddressTrouble.objects.create(
        address="a@example.org", state="refused", counted_at=NOW, code="550"
    )
    said = status()
    for part in ("12 s", "100.0 %", "1 refused, 0 paused", "All is well."):
        assert part in said
    assert "1  kept back: the day was complete already" in said


def test_status_for_machines(assignment, beat):
    reminder(assignment, late=SECOND)
    said = json.loads(status("--json"))
    assert said["today"] | {"sent": 1, "late_99": 1.0, "share_on_time": 1.0} == said["today"]
    assert (said["tick"], said["troubles"]) == (12.0, [])
    nothing = {"number": 0, "oldest": None, "lost_lately": 0, "of_sender": 0, "code": ""}
    assert said["letters"] == nothing
    assert said["addresses"] == {"refused": 0, "paused": 0}


def test_unwell_without_a_tick(assignment):
    assert "has never run" in troubles()
    Heartbeat.objects.create(name="reminders", beat_at=NOW - 180 * SECOND, done_until=NOW)
    assert "The last tick was 3 minutes ago." in troubles()


def test_unwell_when_reminders_are_behind(assignment, beat):
    reminder(assignment, ago=10 * 60 * SECOND, state=State.DUE)
    assert "All is well." in status()
    Reminder.objects.update(due_at=NOW - 601 * SECOND)
    assert "Reminders are behind: 1 wait, the first for 10 minutes." in troubles()
    Reminder.objects.update(retry_at=NOW + SECOND)
    assert "All is well." in status()


def test_unwell_when_sign_in_mail_is_behind(beat):
    letter = make_letter(due_at=NOW - 120 * SECOND, expires_at=NOW + DAY)
    assert "All is well." in status()
    letter.due_at -= SECOND
    letter.save()
    assert "Sign-in mail is behind: 1 wait, the first for 2 minutes." in troubles()


def test_unwell_for_an_hour_after_something_was_lost(assignment, beat):
    reminder(assignment, state=State.EXPIRED, finished_at=NOW - timedelta(minutes=59))
    assert "Reminders came too late to send within the last hour: 1." in troubles()
    Reminder.objects.update(finished_at=NOW - timedelta(minutes=60))
    assert "All is well." in status()
    make_letter(
        state=State.EXPIRED, due_at=NOW - DAY, expires_at=NOW, finished_at=NOW, text="", html=""
    )
    assert "Letters ran out unsent within the last hour: 1." in troubles()


def test_the_page_shows_what_is_wrong(operator):
    assertContains(operator.get(PAGE), "The minute’s tick has never run.")


def test_addresses_closed_by_a_relays_mistake_are_opened_again():
    for n, hours in enumerate((1, 3)):
        AddressTrouble.objects.create(
            address=f"{n}@example.org",
            state="refused",
            counted_at=NOW - timedelta(hours=hours),
            code="550",
        )
    out = StringIO()
    call_command("reminders", "reopen", "--since", "2026-03-30T10:00+00:00", stdout=out)
    assert out.getvalue() == "1 addresses are written to again.\n"
    assert AddressTrouble.objects.get().address == "1@example.org"


@pytest.mark.parametrize("typed", ["yesterday", "2026-03-30T10:00", ""])
def test_a_moment_without_its_offset_is_refused(typed):
    with pytest.raises(CommandError, match="with its offset from UTC"):
        call_command("reminders", "reopen", "--since", typed)


def make(*words) -> str:
    out = StringIO()
    call_command("make_operator", *words, stdout=out)
    return out.getvalue()


def test_an_operator_is_made_and_unmade_in_the_terminal(as_user):
    lead = UserFactory(email="lead@example.org")
    assert as_user(lead).get(PAGE).status_code == 404
    assert make("Lead@example.org") == "lead@example.org is an operator.\n"
    assert as_user(lead).get(PAGE).status_code == 200
    make("lead@example.org", "--remove")
    assert as_user(lead).get(PAGE).status_code == 404
    assert AuditEvent.objects.filter(subject_id=lead.pk, action__startswith="operator").count() == 2


def test_an_operator_without_an_account_gets_one_and_a_home(as_user):
    UserFactory()
    make("ops@example.org")
    client = as_user(User.objects.get(email="ops@example.org"))
    assert client.get("/").url == reverse("reminders:operating")
    page = client.get(PAGE)
    assertNotContains(page, reverse("caseload:caseload"))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nonsense"], "a name with a full stop after the @|like name@example.org"),
        (["ops@example.org"], "Set up the clinic first."),
        (["ops@example.org", "--remove"], "This person is no operator."),
    ],
)
def test_what_cannot_be_is_said_in_a_line(words, why):
    with pytest.raises(CommandError, match=why):
        make(*words)
