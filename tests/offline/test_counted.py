"""Whatever is worked out from sessions goes by the day on which they were done, also of late ones."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from caseload.concerns import Facts, Kind
from caseload.dealing import standing
from patients.facts import facts_for
from patients.models import Day, Session
from patients.services import sessions
from patients.so_far import milestone
from reminders.services.reasons import judge_now
from tests.offline.phone import Phone, one
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, log, running

pytestmark = pytest.mark.django_db
MINUTE = HOUR / 60


@pytest.fixture
def plan():
    return running(now=NOW - 10 * DAY, starts_on=TODAY - 10 * DAY)


@pytest.fixture
def phone(plan) -> Phone:
    return Phone(plan.patient.user)


@pytest.fixture(autouse=True)
def hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


def late(plan, n: int, *, hours: int = 0, **said) -> dict:
    """Done so many days ago."""
    return one(plan, day=day_on(plan, TODAY - n * DAY), at=NOW - n * DAY + hours * HOUR, **said)


def kinds(plan) -> set[Kind]:
    [known] = facts_for([plan.patient_id], now=NOW).values()
    return {concern.kind for concern in standing(Facts.of(known), {})}


def test_nobody_is_silent_whose_sessions_came_late_and_they_count_for_their_days(
    phone, plan, as_user
):
    assert Kind.SILENT in kinds(plan)
    entries = [late(plan, n, hours=hour) for n in range(1, 10) for hour in (0, 2)]
    assert set(phone.answers(*reversed(entries))) == {"taken"}
    assert Kind.SILENT not in kinds(plan)
    done = Day.objects.filter(assignment=plan, on__lt=TODAY).with_sessions_done()
    assert {day.sessions_done for day in done if day.on > TODAY - 10 * DAY} == {2}
    record = reverse("caseload:record", args=[plan.patient_id])
    assertContains(as_user(plan.patient.clinician).get(record), "18 of 20")


def test_the_log_says_on_which_day_a_session_was_sent(phone, plan, as_user):
    phone.answers(late(plan, 6, note="In the cellar"), one(plan, at=NOW - HOUR))
    page = as_user(plan.patient.clinician).get(reverse("caseload:record", args=[plan.patient_id]))
    assertContains(page, "In the cellar")
    assertContains(page, "· sent on Mon 4 May", count=1)


def test_the_last_score_is_that_of_the_session_done_last(phone, plan):
    log(plan, now=NOW - HOUR, pain_after=2)
    phone.answers(late(plan, 1, pain_after=8))
    [known] = facts_for([plan.patient_id], now=NOW).values()
    assert known.running.last_pain.score == 2
    assert Kind.PAIN_HIGH not in kinds(plan)


def test_the_last_words_are_those_of_the_session_done_last(phone, plan):
    log(plan, now=NOW - HOUR, note="Better")
    phone.answers(late(plan, 2, note="Stiff"))
    [last] = Session.objects.last_words_of([plan.patient_id])
    assert last.note == "Better"


def test_a_session_that_came_late_silences_the_reminder_of_its_day(phone, plan):
    """Asked as it is handed over: by what was done on the day, whenever it came."""
    phone.answers(one(plan, at=NOW - 2 * HOUR), one(plan, at=NOW - HOUR))
    [day] = judge_now(Day.objects.filter(assignment=plan, on=TODAY), now=NOW)
    assert day.silence == "complete"
    other = judge_now(Day.objects.filter(assignment=plan, on=TODAY + DAY), now=NOW).get()
    assert other.silence != "complete"


def test_which_session_was_the_tenth_goes_by_when_they_were_done(phone, plan):
    entries = [late(plan, n // 2, hours=n % 2) for n in range(20, 8, -1)]
    phone.answers(*entries[6:])
    phone.answers(*entries[:6])
    found = [milestone(session) for session in Session.objects.order_by("performed_at")]
    assert found == [None] * 9 + [10, None, None]


# --- "Another one?"


def tick(as_user, plan, **said):
    day = day_on(plan)
    fields = one(plan) | {"programme": day.programme_id, "results": "", "guided": ""} | said
    sent = {name: fields[name] for name in ("client_id", "programme", "performed_at")}
    return as_user(plan.patient.user).post(
        reverse("today:session_log", args=[day.pk]), sent, follow=True
    )


def test_a_session_that_has_just_come_in_and_was_done_hours_ago_asks_nothing(phone, plan, as_user):
    phone.answers(one(plan, at=NOW - 3 * HOUR))
    assertNotContains(tick(as_user, plan), "Another one?")
    assert Session.objects.count() == 2


def test_one_that_was_done_a_few_minutes_ago_asks(phone, plan, as_user):
    phone.answers(one(plan, at=NOW - 9 * MINUTE))
    assertContains(tick(as_user, plan), "Another one?")
    assert Session.objects.count() == 1


def test_two_queued_ticks_are_never_asked_about(phone, plan):
    assert phone.answers(one(plan, at=NOW - MINUTE), one(plan)) == ["taken", "taken"]


def test_a_tick_that_was_done_before_does_not_ask_because_of_a_later_one(plan):
    log(plan, now=NOW)
    day, key = day_on(plan), plan.pk
    soon = {"client_id": key, "now": NOW + MINUTE}
    assert sessions.is_soon_after_last(day, **soon)
    assert not sessions.is_soon_after_last(day, **soon, performed_at=NOW - HOUR)
