"""With an account or without: the same answers, rows and queries. Nothing tells who is here."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import limits, tasks
from accounts.models import AuditEvent, Letter, LimitUse, User
from tests.accounts.used_up import use_up
from tests.factories import MembershipFactory, PatientFactory, UserFactory

SIGN_IN, CODE = "/accounts/login/", "/accounts/login/code/"
CONFIRM, RESET = "/accounts/login/code/confirm/", "/accounts/password/reset/"
UNKNOWN = "nobody@example.org"
WAYS = {
    "a wrong password": [(SIGN_IN, {"login": "{}", "password": "wrong wrong"})],
    "a code": [(SIGN_IN, {"login": "{}", "way": "code"})],
    "a code on its own page": [(CODE, {"email": "{}"})],
    "a wrong code": [(CODE, {"email": "{}"}), (CONFIRM, {"code": "BCDF-2345"})],
    "three wrong codes": [(CODE, {"email": "{}"}), *[(CONFIRM, {"code": "BCDF-2345"})] * 3],
    "another code": [(CODE, {"email": "{}"}), (CONFIRM, {"action": "resend"})],
    "a new password": [(RESET, {"email": "{}"})],
}
pytestmark = pytest.mark.django_db


def closed() -> User:
    return UserFactory(is_active=False)


def by_code_only() -> User:
    user = PatientFactory().user
    user.set_unusable_password()
    user.save()
    return user


def of_staff() -> User:
    return MembershipFactory().user


def told(address: str, posts: list) -> list[object]:
    """All that a stranger gets to see, and all that is done for it, without what is random."""
    seen: list[object] = []
    guest = Client()
    guest.get(SIGN_IN)
    for path, data in posts:
        filled = {name: value.format(address) for name, value in data.items()}
        with CaptureQueriesContext(connection) as queries:
            response = guest.post(path, filled)
        page = guest.get(response["Location"]) if response.status_code == 302 else response
        html = re.sub(r'value="\w{64}"|[0-9a-f]{32}', "", page.content.decode())
        seen += [response.status_code, response.get("Location"), html.replace(address, "")]
        seen += [[re.sub(r"'[^']*'|\d+", "", query["sql"]) for query in queries]]
    [session] = [s.get_decoded() for s in Session.objects.all()] or [{}]
    rows = [model.objects.count() for model in (AuditEvent, Letter, LimitUse, Session)]
    return [*seen, sorted(session), rows]


def forget_everything() -> None:
    for model in (Letter, LimitUse, Session):
        model.objects.all().delete()


@pytest.mark.parametrize("make", [UserFactory, by_code_only, of_staff, closed])
@pytest.mark.parametrize("posts", WAYS.values(), ids=WAYS.keys())
def test_an_address_without_an_account_is_told_and_costs_the_same(posts, make):
    user = make()
    before = AuditEvent.objects.count()
    with_account = told(user.email, posts)
    with_account[-1][0] -= before
    forget_everything()
    before = AuditEvent.objects.count()
    without = told(UNKNOWN, posts)
    without[-1][0] -= before
    for one, other in zip(with_account, without, strict=True):
        assert one == other


@pytest.mark.parametrize("make", [UserFactory, by_code_only, closed, None])
def test_a_wrong_password_is_hashed_once_for_everybody(monkeypatch, make):
    hashed = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    address = make().email if make else UNKNOWN
    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    Client().post(SIGN_IN, {"login": address, "password": "wrong wrong"})
    assert len(hashed) == 1


@pytest.mark.parametrize(
    ("limit", "posts"),
    [
        (limits.PASSWORD, WAYS["a wrong password"]),
        (limits.CODE_ASKED, WAYS["a code"]),
        (limits.CODE_WRONG, WAYS["a code on its own page"]),
        (limits.RESET, WAYS["a new password"]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_locked_address_without_an_account_says_the_same(limit, posts, time_machine):
    time_machine.move_to("2026-03-30 07:30:00+00:00", tick=False)
    user = UserFactory()
    seen = []
    for address in (user.email, UNKNOWN):
        use_up(limit, f"address:{address}")
        seen.append(told(address, posts)[:3])
        forget_everything()
    assert seen[0] == seen[1]
    assert seen[0][0] == 429


@pytest.mark.parametrize("posts", [WAYS["a code"], WAYS["a new password"]], ids=["code", "reset"])
@pytest.mark.parametrize("make", [closed, None])
def test_the_worker_drops_what_was_asked_for_without_an_account(smtp_server, posts, make):
    address = make().email if make else UNKNOWN
    told(address, posts)
    assert Letter.objects.get().to == address
    tasks.deliver_letters()
    assert smtp_server.received == []
    assert not Letter.objects.exists()


def test_it_is_dropped_too_where_no_mail_server_ever_answered(smtp_server, time_machine):
    time_machine.move_to("2026-03-30 07:30:00+00:00", tick=False)
    told(UNKNOWN, WAYS["a code"])
    smtp_server.stop()
    tasks.deliver_letters()
    time_machine.shift(700)
    tasks.sweep_letters()
    assert not Letter.objects.exists()


def test_others_get_their_letters_all_the_same(smtp_server):
    user = UserFactory()
    for address in (UNKNOWN, user.email):
        told_way = WAYS["a code"]
        Client().post(told_way[0][0], {"login": address, "way": "code"})
    tasks.deliver_letters()
    [message] = smtp_server.messages
    assert message["To"] == user.email
