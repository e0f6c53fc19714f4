"""Browsers that have signed in before: nobody else locks their owner out."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client

from accounts import services
from accounts.limits import CODE_ASKED, CODE_WRONG, CODE_WRONG_DAY, PASSWORD, PASSWORD_NETWORK
from accounts.models import Membership, User
from tests.accounts.post import code_in, newest_letter_to
from tests.accounts.used_up import use_up
from tests.clients import is_signed_in
from tests.factories import LONG_AGO, MembershipFactory, UserFactory
from tests.factories import PASSWORD as RIGHT

SIGN_IN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"
COOKIE = settings.DEVICE_COOKIE_NAME
pytestmark = pytest.mark.django_db


def used_before(*users: User) -> Client:
    """A browser in which these people have signed in and out again."""
    client = Client()
    for user in users:
        client.post(SIGN_IN, {"login": user.email, "password": RIGHT})
        client.get("/settings/")
        client.post("/accounts/logout/")
    assert not is_signed_in(client)
    return client


def try_password(client: Client, user: User, password: str = RIGHT):
    return client.post(SIGN_IN, {"login": user.email, "password": password})


def locked(user: User) -> User:
    use_up(PASSWORD, f"address:{user.email}")
    return user


def test_who_has_signed_in_here_before_gets_in_while_the_address_is_locked():
    client = used_before(user := UserFactory())
    assert try_password(Client(), locked(user)).status_code == 429
    assert try_password(client, user)["Location"] == "/"
    assert is_signed_in(client)


def test_the_net_around_a_network_does_not_hold_a_known_device():
    client = used_before(user := UserFactory())
    use_up(PASSWORD_NETWORK)
    assert try_password(client, user).status_code == 302


def test_a_known_device_has_as_many_tries_of_its_own_and_no_more():
    client = used_before(user := UserFactory())
    for _ in range(5):
        assert try_password(client, user, "wrong wrong").status_code == 422
    assert try_password(client, user).status_code == 429
    assert try_password(Client(), user).status_code == 302  # it used up nobody else's


def test_several_people_share_a_phone_each_with_their_own_tries():
    client = used_before(ana := UserFactory(), ben := UserFactory())
    for _ in range(5):
        try_password(client, ana, "wrong wrong")
    assert try_password(client, ana).status_code == 429
    assert try_password(client, locked(ben)).status_code == 302


def test_codes_are_sent_to_and_judged_on_a_known_device_although_others_used_them_up():
    client = used_before(user := UserFactory())
    for limit in (CODE_ASKED, CODE_WRONG, CODE_WRONG_DAY):
        use_up(limit, f"address:{user.email}")
    ask = {"login": user.email, "way": "code"}
    page = Client().post(SIGN_IN, ask)
    assert page.status_code == 429
    assert "on a device where you have signed in before" in page.content.decode()
    assert client.post(SIGN_IN, ask)["Location"] == CONFIRM
    client.post(CONFIRM, {"code": code_in(newest_letter_to(user.email))})
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "forge",
    [
        lambda cookie: "",
        lambda cookie: cookie[:-3] + "abc",
        lambda cookie: "a" + cookie,
        lambda cookie: signing.dumps(["number", ["mark"]], salt="another purpose"),
        lambda cookie: signing.dumps(["number", ["mark"]], salt="accounts.devices"),
        lambda cookie: "\x00" * 5000,
    ],
    ids=["none", "changed", "longer", "of another purpose", "of nobody", "nonsense"],
)
def test_a_forged_cookie_gives_nothing(forge):
    client = used_before(user := UserFactory())
    client.cookies[COOKIE] = forge(client.cookies[COOKIE].value)
    assert try_password(client, locked(user)).status_code == 429


def test_another_persons_device_gives_nothing():
    client = used_before(UserFactory())
    assert try_password(client, locked(UserFactory())).status_code == 429


def test_a_copied_cookie_gives_only_the_tries_of_its_device():
    client = used_before(user := UserFactory())
    thief = Client()
    thief.cookies[COOKIE] = client.cookies[COOKIE].value
    assert thief.get("/settings/").status_code == 302  # it opens nothing
    statuses = [try_password(thief, user, "wrong wrong").status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2


def test_a_device_is_forgotten_after_a_year(time_machine):
    time_machine.move_to("2026-03-30 07:30:00+00:00", tick=False)
    client = used_before(user := UserFactory())
    time_machine.shift(timedelta(days=365, seconds=1))
    assert try_password(client, locked(user)).status_code == 429


def test_a_new_password_makes_every_other_device_unknown(as_user):
    client = used_before(user := UserFactory())
    here, new = as_user(user), "walks by the river"
    here.post("/accounts/password/change/", {"oldpassword": RIGHT, "password1": new})
    here.get("/settings/")
    here.post("/accounts/logout/")
    assert try_password(client, locked(user), new).status_code == 429
    assert try_password(here, user, new).status_code == 302


def test_taking_access_away_makes_every_device_unknown():
    lead = MembershipFactory(role=Membership.Role.LEAD)
    gone = MembershipFactory(clinic=lead.clinic)
    client = used_before(gone.user)
    services.deactivate(gone, by=lead.user, now=LONG_AGO)
    assert try_password(client, locked(gone.user)).status_code == 429


def test_the_cookie_names_nobody_and_cannot_be_read_by_scripts(client):
    user = UserFactory()
    client.post(SIGN_IN, {"login": user.email, "password": RIGHT})
    cookie = client.cookies[COOKIE]
    said = str(signing.loads(cookie.value, salt="accounts.devices"))
    assert user.email not in said
    assert str(user.pk) not in said
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["domain"] == ""
    assert cookie["max-age"] == 365 * 24 * 3600


def test_the_cookie_is_not_written_again_and_again(client):
    user = UserFactory()
    client.post(SIGN_IN, {"login": user.email, "password": RIGHT})
    assert COOKIE not in client.get("/settings/").cookies
    assert COOKIE not in Client().get(SIGN_IN).cookies
