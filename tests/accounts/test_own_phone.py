"""What makes a phone a patient's own, and what ends that."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

import clock
from accounts import sessions
from accounts.models import AuditEvent, User
from tests.accounts.authenticator import Phone, add_passkey, sign_in_by
from tests.accounts.post import wrong
from tests.accounts.test_passkey_pages import by_code
from tests.clients import is_signed_in
from tests.factories import MembershipFactory, PatientFactory, UserFactory

pytestmark = pytest.mark.django_db
OWN = {"own_phone": "on"}
SETTINGS = "/settings/you/"


@pytest.fixture
def sam(db: None) -> User:
    return PatientFactory(user__email="sam@example.org", welcomed_at=clock.now()).user


def a_member() -> User:
    return MembershipFactory().user


def an_operator() -> User:
    return UserFactory(is_operator=True)


def lasts(client: Client, days: int) -> bool:
    """Still signed in after so many days without a visit."""
    assert client.get(SETTINGS).status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        return client.get(SETTINGS).status_code == 200


@pytest.mark.parametrize("days", [89, 91])
@pytest.mark.parametrize("said", [{}, OWN], ids=["not said", "said"])
def test_the_tick_beside_the_code(client, sam, said, days):
    by_code(client, sam, **said)
    assert lasts(client, days) is (bool(said) and days == 89)
    assert AuditEvent.objects.filter(action="phone_trusted").exists() is bool(said)


def test_the_tick_is_kept_with_a_wrong_code(client, sam):
    client.post("/accounts/login/code/", {"email": sam.email})
    page = client.post("/accounts/login/code/confirm/", {"code": wrong("BCDF-2345"), **OWN})
    assert "checked" in page.content.decode()


@pytest.mark.parametrize(("attachment", "is_own"), [("platform", True), ("cross-platform", False)])
def test_a_passkey_of_the_device_itself_not_one_lent_by_a_phone_beside_it(
    client, as_user, sam, attachment, is_own
):
    added = as_user(sam)
    phone = add_passkey(added, Phone(attachment=attachment))
    assert sessions.is_own_phone(added.session) is is_own
    sign_in_by(client, phone)
    assert lasts(client, 89) is is_own


def test_it_is_said_and_taken_back_in_the_settings(as_user, sam):
    client = as_user(sam)
    with time_machine.travel("2026-12-01 09:00Z", tick=False):
        client = as_user(sam)
        assert "It stays signed in until 15 Dec 2026." in client.get(SETTINGS).content.decode()
        assert client.post("/settings/phone/own/")["Location"] == SETTINGS
        page = client.get(SETTINGS).content.decode()
        assert "It stays signed in until 1 Mar 2027." in page
        assert "This is not my own" in page
        client.post("/settings/phone/not-own/")
        assert "It stays signed in until 15 Dec 2026." in client.get(SETTINGS).content.decode()
    actions = AuditEvent.objects.values_list("action", flat=True)
    assert {"phone_trusted", "phone_trusted_no_longer"} <= set(actions)


def test_signing_out_ends_it(client, sam):
    by_code(client, sam, **OWN)
    client.post("/accounts/logout/")
    by_code(client, sam)
    assert not lasts(client, 15)


@pytest.mark.parametrize("make", [a_member, an_operator])
def test_staff_are_never_signed_in_for_long(client, make):
    user = make()
    PatientFactory(user=user)
    by_code(client, user, **OWN)
    assert "This is my own" not in client.get(SETTINGS).content.decode()
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        client.get(SETTINGS)
    assert not is_signed_in(client)
