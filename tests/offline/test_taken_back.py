"""A session that was taken back on a phone which does not know whether it had come."""

import pytest
import time_machine

from patients.models import Session
from patients.services import signs
from patients.services.session_days import TAKEN_FOR
from tests.offline.phone import Phone, iso, one
from tests.patients.scene import DAY, HOUR, NOW, day_on, running

pytestmark = pytest.mark.django_db


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


def test_what_had_come_is_taken_back_as_of_then(phone, plan, hands):
    entry = one(plan)
    phone.send(entry)
    hands.move_to(NOW + 3 * DAY)
    taken_back = entry | {"undone_at": iso(NOW + HOUR)}
    [answer] = phone.send(taken_back, clock=NOW + 3 * DAY)
    assert (answer["answer"], answer["session"]) == ("known", "")
    assert Session.objects.get().undone_at == NOW + HOUR
    assert day_on(plan).sessions_done == 0
    assert phone.answers(taken_back, entry, clock=NOW + 3 * DAY) == ["known", "known"]
    assert Session.objects.get().undone_at == NOW + HOUR


def test_what_had_not_come_stays_taken_back_should_it_still_come(phone, plan):
    entry = one(plan)
    assert phone.answers(entry | {"undone_at": iso(NOW)}) == ["known"]
    assert phone.answers(entry) == ["known"]
    assert not Session.objects.not_undone().exists()


def test_the_moment_is_put_right_and_lies_between_the_session_and_now(phone, plan):
    off = NOW + 5 * HOUR
    entry = one(plan, at=off - HOUR)
    phone.send(entry, clock=off)
    phone.send(entry | {"undone_at": iso(off + 9 * HOUR)}, clock=off)
    assert Session.objects.get().undone_at == NOW


def test_what_was_done_too_long_ago_is_not_taken_back(phone, plan, hands):
    entry = one(plan)
    phone.send(entry)
    late = NOW + TAKEN_FOR + HOUR
    hands.move_to(late)
    assert phone.answers(entry | {"undone_at": iso(NOW + HOUR)}, clock=late) == ["refused"]
    assert Session.objects.get().undone_at is None


def test_after_a_warning_sign_nothing_is_kept_of_it(phone, plan):
    signs.tell(plan.patient, which=["fever"], by=plan.patient.user, now=NOW)
    entry = one(plan, at=NOW) | {"undone_at": iso(NOW)}
    assert phone.answers(entry) == ["known"]
    assert not Session.objects.exists()
