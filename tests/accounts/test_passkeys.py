"""Signing in with a passkey: whose, from where, and once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from fido2.webauthn import AuthenticatorData

import clock
from accounts import passkeys
from accounts.models import AuditEvent, Letter, User
from tests.accounts.authenticator import (
    ADD,
    ADD_QUESTION,
    QUESTION,
    SIGN_IN,
    Phone,
    add_passkey,
    sign_in_by,
)
from tests.accounts.post import code_in, letter_to, newest_letter_to, words_of
from tests.clients import is_signed_in
from tests.factories import PASSWORD, MembershipFactory, PatientFactory

pytestmark = pytest.mark.django_db
SIDES = pytest.mark.parametrize(
    "make", [MembershipFactory, PatientFactory], ids=["staff", "patient"]
)


@pytest.fixture
def sam(db: None) -> User:
    return PatientFactory(user__email="sam@example.org").user


def actions() -> set[str]:
    return set(AuditEvent.objects.values_list("action", flat=True))


@SIDES
def test_a_passkey_signs_in(as_user, client, make):
    user = make().user
    phone = add_passkey(as_user(user))
    answer = sign_in_by(client, phone, next="/settings/")
    assert answer["Location"] == "/settings/"
    assert client.session["_auth_user_id"] == str(user.pk)
    event = AuditEvent.objects.get(action="signed_in_by_passkey")
    assert (event.actor, event.subject_id) == (user, user.pk)


@SIDES
def test_with_a_passkey_a_code_alone_still_signs_in(as_user, client, make):
    user = make().user
    add_passkey(as_user(user))
    client.post("/accounts/login/code/", {"email": user.email})
    code = code_in(newest_letter_to(user.email))
    assert client.post("/accounts/login/code/confirm/", {"code": code})["Location"] == "/"
    assert is_signed_in(client)


@SIDES
def test_with_a_passkey_a_password_alone_still_signs_in(as_user, client, make):
    user = make().user
    add_passkey(as_user(user))
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert is_signed_in(client)


def test_its_owner_is_told_by_a_letter_and_the_trail(as_user, sam):
    add_passkey(as_user(sam))
    assert all("A passkey has just been added" in part for part in words_of(letter_to(sam.email)))
    event = AuditEvent.objects.get(action="passkey_added")
    assert (event.actor, event.subject_id) == (sam, sam.pk)


def test_an_account_without_an_address_has_one_too_and_no_letter(as_user, client):
    user = PatientFactory(user__email=None, email="").user
    phone = add_passkey(as_user(user))
    assert not Letter.objects.exists()
    assert sign_in_by(client, phone)["Location"] == "/"
    assert "A code by e-mail" not in client.get("/settings/passkeys/").content.decode()


def test_what_is_asked_of_a_browser(as_user, sam, settings):
    settings.SITE_URL = "https://clinic.example"
    question = as_user(sam).post(ADD_QUESTION, headers={"host": "testserver"}).json()
    assert question["rp"] == {"id": "clinic.example", "name": "Homestretch"}
    assert question["attestation"] == "none"
    asked = question["authenticatorSelection"]
    assert (asked["residentKey"], asked["userVerification"]) == ("required", "required")
    asked = Client().post(QUESTION).json()
    assert (asked["rpId"], asked["userVerification"]) == ("clinic.example", "required")


def test_an_address_in_capital_letters_in_the_settings_is_the_same(as_user, client, sam, settings):
    phone = add_passkey(as_user(sam))
    settings.SITE_URL = "http://TestServer"
    assert sign_in_by(client, phone)["Location"] == "/"


def test_an_answer_that_is_sent_again_is_refused(as_user, client, sam):
    phone = add_passkey(as_user(sam))
    answer = phone.show(client.post(QUESTION).json())
    assert client.post(SIGN_IN, {"credential": answer}).status_code == 302
    client.post("/accounts/logout/")
    for again in (client, Client()):
        assert again.post(SIGN_IN, {"credential": answer}).status_code == 422
        again.post(QUESTION)
        assert again.post(SIGN_IN, {"credential": answer}).status_code == 422
        assert not is_signed_in(again)


def test_of_two_answers_at_the_same_moment_one_counts(as_user, client, sam):
    phone = add_passkey(as_user(sam))
    answer = phone.show(client.post(QUESTION).json())
    session, now = dict(client.session), clock.now()
    uses = [
        passkeys.used_by(dict(session), answer, network="n", now=now)  # as both have read it
        for _press in range(2)
    ]
    assert [use is not None for use in uses] == [True, False]


def test_after_a_wrong_answer_the_question_is_asked_anew(as_user, client, sam):
    phone = add_passkey(as_user(sam))
    question = client.post(QUESTION).json()
    client.post(SIGN_IN, {"credential": Phone(handle=phone.handle).show(question)})
    assert client.post(SIGN_IN, {"credential": phone.show(question)}).status_code == 422


def test_a_question_is_forgotten_after_ten_minutes(as_user, client, sam):
    phone = add_passkey(as_user(sam))
    with time_machine.travel(clock.now(), tick=False) as now:
        for minutes, status in ((10, 302), (10.1, 422)):
            question = client.post(QUESTION).json()
            now.shift(timedelta(minutes=minutes))
            answer = client.post(SIGN_IN, {"credential": phone.show(question)})
            assert answer.status_code == status
            client.post("/accounts/logout/")


WRONG = {
    "another key": lambda phone: Phone(number=phone.number, handle=phone.handle),
    "a passkey that nobody has": lambda phone: Phone(handle=phone.handle),
    "an account that is not there": lambda phone: Phone(
        key=phone.key, number=phone.number, handle=b"\0" * 16
    ),
    "another site": lambda phone: Phone(
        key=phone.key, number=phone.number, handle=phone.handle, origin="https://evil.example"
    ),
    "a site below ours": lambda phone: Phone(
        key=phone.key, number=phone.number, handle=phone.handle, origin="http://x.testserver"
    ),
    "a phone that was not unlocked": lambda phone: Phone(
        key=phone.key,
        number=phone.number,
        handle=phone.handle,
        flags=AuthenticatorData.FLAG.UP,
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_refused(as_user, client, sam, wrong):
    phone = WRONG[wrong](add_passkey(as_user(sam)))
    answer = sign_in_by(client, phone)
    assert answer.status_code == 422
    assert "This passkey does not open an account here." in answer.content.decode()
    assert not is_signed_in(client)


def test_another_accounts_passkey_opens_only_that_account(as_user, client, sam):
    add_passkey(as_user(sam))
    theirs = add_passkey(as_user(PatientFactory().user))
    theirs.handle = sam.pk.bytes
    assert sign_in_by(client, theirs).status_code == 422
    assert AuditEvent.objects.get(action="passkey_wrong").subject_id == sam.pk


def test_a_closed_account_is_not_opened(as_user, client, sam):
    phone = add_passkey(as_user(sam))
    sam.is_active = False
    sam.save()
    assert sign_in_by(client, phone)["Location"] == "/accounts/inactive/"
    assert not is_signed_in(client)


MALFORMED = [
    "", "x", "[]", "null", "1", '{"id": 1}', "{}", "[" * 9000, "x" * 20_000,
    '{"response": {"userHandle": "\\u0000"}, "rawId": "a"}',
    '{"id":"QQ","rawId":"QQ","type":"public-key","response":{"clientDataJSON":"e30",'
    '"authenticatorData":"QQ","signature":"QQ","attestationObject":"gYGBgYGB","userHandle":"QQ"}}',
]  # fmt: skip


@pytest.mark.parametrize("answer", MALFORMED, ids=range(len(MALFORMED)))
def test_what_is_no_answer_is_refused_in_words(as_user, client, sam, answer):
    client.post(QUESTION)
    assert client.post(SIGN_IN, {"credential": answer}).status_code == 422
    own = as_user(sam)
    own.post(ADD_QUESTION)
    page = own.post(ADD, {"called": "Tom’s phone", "credential": answer})
    assert page.status_code == 422
    assert "That did not work. Press the button again." in page.content.decode()
    assert "Tom’s phone" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_nothing_that_came_along_is_kept(as_user, sam):
    client, phone = as_user(sam), Phone()
    made = json.loads(phone.make(client.post(ADD_QUESTION).json()))
    made |= {"more": "\0", "clientExtensionResults": {"x": "\0"}}
    assert client.post(ADD, {"called": "x", "credential": json.dumps(made)}).status_code == 302
    assert Authenticator.objects.get().data["credential"].keys() == {
        *("id", "rawId", "type", "response", "clientExtensionResults")
    }


def test_a_question_to_add_is_no_question_to_sign_in(as_user, sam):
    client = as_user(sam)
    phone = add_passkey(client)
    question = client.post(ADD_QUESTION).json()
    question["rpId"] = question["rp"]["id"]
    form = {"confirm": "passkey", "confirm-passkey": phone.show(question)}
    session = client.session
    session["proved_at"] = 0
    session.save()
    assert client.post("/accounts/confirm/", form).status_code == 403
    assert "proved_by_passkey" not in actions()


def test_an_account_has_ten_at_most_and_each_once(as_user, sam):
    client, phone = as_user(sam), Phone()
    for _press in range(2):
        add_passkey(client, phone)
    assert Authenticator.objects.count() == 1
    for _more in range(10):
        add_passkey(client)
    assert Authenticator.objects.count() == 10
