"""What is told of a proof: to the trail, and to someone who has tried too often."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

import clock
from accounts import limits, sessions
from accounts.actions import Action
from accounts.models import AuditEvent, LimitUse, User
from tests.accounts.post import code_in, newest_letter_to, wrong
from tests.factories import PASSWORD, PatientFactory, UserFactory

pytestmark = pytest.mark.django_db
CONFIRM, CHANGE = "/accounts/confirm/", "/accounts/password/change/"
NINE = "2026-03-30 07:30:00+00:00"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NINE, tick=False) as hands:
        yield hands


@pytest.fixture
def person() -> User:
    user = PatientFactory().user
    user.set_unusable_password()
    user.save()
    return user


def asked_again(client: Client) -> Client:
    session = client.session
    sessions.note_proof(session, now=clock.now() - timedelta(minutes=16))
    session.save()
    return client


def type_password(client: Client, typed: str):
    return asked_again(client).post(CONFIRM, {"confirm": "password", "confirm-password": typed})


def type_code(client: Client, typed: str):
    return client.post(CONFIRM, {"confirm": "code", "confirm-code": typed})


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("at").values_list("action", flat=True))


def test_five_wrong_passwords_are_a_lock_in_the_trail_once(as_user):
    user = UserFactory()
    client = as_user(user)
    for _ in range(7):
        type_password(client, "a wrong guess")
    assert actions().count(Action.PASSWORD_WRONG) == 5
    lock = AuditEvent.objects.get(action=Action.SIGN_IN_LOCKED)
    assert (lock.subject_type, lock.subject_id) == ("user", user.pk)


def test_wrong_passwords_of_now_on_the_page_that_changes_it_are_one_too(as_user):
    client = as_user(UserFactory())
    for _ in range(6):
        client.post(CHANGE, {"oldpassword": "wrong wrong", "password1": "walks by the river"})
    assert actions().count(Action.SIGN_IN_LOCKED) == 1


def test_a_proof_by_password_is_in_the_trail(as_user):
    user = UserFactory()
    assert type_password(as_user(user), PASSWORD).status_code == 302
    row = AuditEvent.objects.get(action=Action.PROVED_BY_PASSWORD)
    assert (row.actor, row.subject_id) == (user, user.pk)


def test_a_proof_by_code_is_in_the_trail(as_user, person):
    client = asked_again(as_user(person))
    client.post(CONFIRM, {"confirm": "send"})
    code = code_in(newest_letter_to(person.email))
    type_code(client, wrong(code))
    assert Action.PROVED_BY_CODE not in actions()
    assert type_code(client, code).status_code == 302
    assert AuditEvent.objects.get(action=Action.PROVED_BY_CODE).actor == person


def test_locked_it_answers_as_every_limit_does(as_user, clock_hands):
    client = as_user(UserFactory())
    for _ in range(5):
        assert type_password(client, "a wrong guess").status_code == 403
    clock_hands.shift(timedelta(minutes=5))
    page = type_password(client, PASSWORD)
    assert (page.status_code, page["Retry-After"]) == (429, "600")
    assert "Is it you?" in page.content.decode()


def test_too_many_codes_asked_for_answer_so_too(as_user, person):
    client = as_user(person)
    client.get("/")  # from here on the device is known
    asked_again(client)
    for _ in range(limits.CODE_ASKED.number):
        assert client.post(CONFIRM, {"confirm": "send"}).status_code == 403
    page = client.post(CONFIRM, {"confirm": "send"})
    assert (page.status_code, page["Retry-After"]) == (429, "900")


@pytest.mark.parametrize("typed", ["BCD", "BCDF-234", "BCDF-23456", "aeiou"])
def test_what_can_be_no_code_is_no_guess_at_it(as_user, person, typed):
    client = asked_again(as_user(person))
    client.post(CONFIRM, {"confirm": "send"})
    code = code_in(newest_letter_to(person.email))
    for _ in range(4):
        page = type_code(client, typed)
        assert "A code has 8 letters and numbers" in str(page.context["form"].errors["code"])
    assert not LimitUse.objects.filter(name=limits.CODE_TRIES.name).exists()
    assert Action.CODE_WRONG not in actions()
    assert type_code(client, code).status_code == 302
