"""What was done without a network is taken later, judged by when it was done."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from patients.models import Session
from patients.results import Went
from patients.services import access, sessions
from patients.services.sessions import results_of
from tests.factories import PatientFactory
from tests.offline.phone import Phone, iso, one, went
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, items_of, log, running
from tests.patients.test_plans import new_version, verb

pytestmark = pytest.mark.django_db
MINUTE = HOUR / 60


@pytest.fixture(autouse=True)
def hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {})


@pytest.fixture
def phone(plan) -> Phone:
    return Phone(plan.patient.user)


def later(hands, by: timedelta) -> datetime:
    hands.move_to(NOW + by)
    return NOW + by


def test_two_sessions_are_taken_on_their_day_and_each_has_its_answer(phone, plan, hands):
    now = later(hands, 2 * DAY)
    entries = [one(plan, at=NOW), one(plan, at=NOW + 5 * HOUR)]
    answers = phone.send(*entries, clock=now)
    taken = list(Session.objects.order_by("performed_at"))
    assert [session.day.on for session in taken] == [TODAY, TODAY]
    assert [session.performed_at for session in taken] == [NOW, NOW + 5 * HOUR]
    assert {session.received_at for session in taken} == {now}
    assert [a["client_id"] for a in answers] == [e["client_id"] for e in entries]
    assert {a["answer"] for a in answers} == {"taken"}
    assert [a["session"] for a in answers] == [f"/today/sessions/{s.pk}/" for s in taken]
    assert day_on(plan).sessions_done == 2


def test_how_it_went_and_felt_is_kept(phone, plan):
    first, second = items_of(plan)
    results = [
        went(first.pk, "part", amount=3, pain=2),
        went(second.pk, "skipped", skip_reason="no_time"),
    ]
    entry = one(
        plan, guided=True, results=results, pain_after=4, effort="hard", note="Slow\r\ndone"
    )
    assert phone.answers(entry) == ["taken"]
    session = Session.objects.get()
    assert results_of(session) == {
        first.pk: Went("part", amount=3, pain=2),
        second.pk: Went("skipped", skip_reason="no_time"),
    }
    assert (session.pain_after, session.effort, session.note) == (4, "hard", "Slow\ndone")
    assert (session.source, session.recorded_by) == ("patient", plan.patient.user)


# --- the phone's clock


@pytest.mark.parametrize(
    ("off", "said", "kept"),
    [
        (timedelta(0), -HOUR, -HOUR),
        (9 * MINUTE, -HOUR, -HOUR),  # taken as it is
        (HOUR, timedelta(0), -HOUR),  # an hour fast: an hour earlier than it says
        (-HOUR, -2 * HOUR, -HOUR),
        (DAY, DAY - HOUR, -HOUR),
        (-400 * DAY, -400 * DAY - HOUR, -HOUR),
        (9 * MINUTE, 9 * MINUTE, timedelta(0)),  # a few minutes in the future are now
    ],
)
def test_a_clock_that_is_off_by_more_than_ten_minutes_is_put_right(phone, plan, off, said, kept):
    entry = one(plan, at=NOW + said)
    assert phone.answers(entry, clock=NOW + off) == ["taken"]
    assert Session.objects.get().performed_at == NOW + kept


# --- which moment, and which day


def refusal(phone, entry, *, clock=NOW) -> str:
    """Why it is refused; and nothing has changed."""
    before = Session.objects.count()
    [answer] = phone.send(entry, clock=clock)
    assert (answer["answer"], answer["session"]) == ("refused", "")
    assert Session.objects.count() == before
    return answer["reason"]


@pytest.mark.parametrize(
    ("day", "at", "arrives", "why"),
    [
        (0, "04 00:00", "04 12:00", ""),
        (0, "04 23:59", "18 12:00", ""),
        (0, "05 02:59", "18 12:00", ""),  # begun before midnight
        (0, "05 23:59", "19 12:00", ""),  # added for yesterday
        (0, "06 00:00", "06 12:00", "That day was over by then."),
        (1, "04 23:59", "06 12:00", "That day had not come yet."),
        (1, "05 00:00", "06 12:00", ""),
        (0, "04 12:00", "18 12:00", ""),
        (0, "04 11:59", "18 12:00", "This was more than 14 days ago."),
        (0, "04 12:11", "04 12:00", "This is in the future."),
    ],
)
def test_a_session_counts_for_its_day_if_the_patient_could_have_added_it_then(
    hands, day, at, arrives, why
):
    plan = running(now=local("04 00:00"))
    phone = Phone(plan.patient.user)
    hands.move_to(local(arrives))
    entry = one(plan, at=local(at), day=day_on(plan, TODAY + day * DAY))
    if why:
        assert why in refusal(phone, entry, clock=local(arrives))
    else:
        assert phone.answers(entry, clock=local(arrives)) == ["taken"]
        assert Session.objects.get().day.on == TODAY + day * DAY


def local(text: str) -> datetime:
    """A moment on the London clock in May, one hour ahead of UTC."""
    return datetime.fromisoformat(f"2026-05-{text}").replace(tzinfo=UTC) - HOUR
