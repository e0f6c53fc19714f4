"""Wrong passwords: counted for the address, whatever a caller writes around it."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts import limits
from tests.accounts.used_up import use_up
from tests.at_once import all_at_once
from tests.clients import is_signed_in
from tests.factories import PASSWORD, UserFactory

SIGN_IN = "/accounts/login/"
START = "2026-03-30 07:30:00+00:00"
pytestmark = pytest.mark.django_db


WRONG = "wrong wrong"


def try_password(address: str, password: str = WRONG, client: Client | None = None, **how):
    return (client or Client()).post(SIGN_IN, {"login": address, "password": password}, **how)


def test_a_wrong_password_is_counted_whatever_host_port_case_or_space_is_written(settings):
    """The right one does not sign in then, from wherever it is asked."""
    settings.ALLOWED_HOSTS = ["*"]
    UserFactory(email="ana@example.org")
    spellings = ["ana@example.org", "ANA@example.org ", " Ana@Example.ORG", "\tana@example.org"]
    statuses = []
    for n in range(40):
        hosts = [f"testserver:{4000 + n}", f"clinic-{n}.example:{4000 + n}", f"127.0.0.1:{n + 1}"]
        host = {"host": hosts[n % 3]}
        statuses.append(try_password(spellings[n % 4], headers=host).status_code)
    assert statuses == [422] * 5 + [429] * 35
    guest = Client()
    page = try_password("ana@example.org", PASSWORD, guest, headers={"host": "testserver:9"})
    assert page.status_code == 429
    assert not is_signed_in(guest)


@pytest.mark.parametrize("twin", ["ſam@example.org", "sam@ехample.org", "s.am@example.org"])
def test_no_look_alike_of_an_address_reaches_its_account(client, twin):
    """A long s, Cyrillic letters and a full stop are not an s, Latin ones and nothing."""
    UserFactory(email="sam@example.org")
    try_password(twin, PASSWORD, client)
    assert not is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_of_many_passwords_at_once_five_are_judged():
    user = UserFactory()
    pages = all_at_once(lambda n: try_password(user.email, f"wrong {n}"), times=20)
    assert sorted(page.status_code for page in pages) == [422] * 5 + [429] * 15


def test_a_lock_says_the_true_time_and_ends_then(client, time_machine):
    user = UserFactory()
    time_machine.move_to(START, tick=False)
    for _ in range(5):
        try_password(user.email)
        time_machine.shift(timedelta(minutes=1))
    page = try_password(user.email, PASSWORD, client)
    assert "Try again in 10 minutes." in page.content.decode()
    assert page["Retry-After"] == "600"
    time_machine.shift(timedelta(seconds=599))
    assert try_password(user.email, PASSWORD, client)["Retry-After"] == "1"
    time_machine.shift(timedelta(seconds=1))
    assert try_password(user.email, PASSWORD, client)["Location"] == "/"


def test_thirty_wrong_passwords_a_day_are_enough(client, time_machine):
    user = UserFactory()
    time_machine.move_to(START, tick=False)
    for _ in range(6):
        for _ in range(5):
            assert try_password(user.email).status_code == 422
        time_machine.shift(timedelta(minutes=16))
    assert "22 hours and 24 minutes" in try_password(user.email).content.decode()


def test_the_right_password_uses_nothing_up(client):
    user = UserFactory()
    for _ in range(7):
        assert try_password(user.email, PASSWORD).status_code == 302
    for _ in range(4):
        try_password(user.email)
    assert try_password(user.email, PASSWORD, client).status_code == 302


def test_many_addresses_tried_from_one_network_are_stopped():
    use_up(limits.PASSWORD_NETWORK)
    assert try_password("nobody@example.org").status_code == 429


@pytest.mark.parametrize(
    ("forwarded", "proxies", "key"),
    [
        ("203.0.113.7", 1, "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", 1, "203.0.113.7"),  # the sender wrote the first
        ("203.0.113.7, 10.0.0.2", 2, "203.0.113.7"),
        ("203.0.113.7", 0, "127.0.0.1"),
        ("203.0.113.7", 2, "127.0.0.1"),  # a proxy was passed by
        ("2001:db8:1:2:aaaa::1", 1, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", 1, "203.0.113.7"),
        ("nonsense", 1, "unknown"),
    ],
)
def test_a_network_is_read_as_our_own_proxies_wrote_it(settings, forwarded, proxies, key):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    use_up(limits.PASSWORD_NETWORK, key)
    header = {"x-forwarded-for": forwarded}
    assert try_password("nobody@example.org", headers=header).status_code == 429


def test_an_old_password_may_be_guessed_as_seldom(as_user):
    user = UserFactory()
    client, change = as_user(user), "/accounts/password/change/"
    for _ in range(5):
        client.post(change, {"oldpassword": "wrong wrong", "password1": "walks by the river"})
    page = client.post(change, {"oldpassword": PASSWORD, "password1": "walks by the river"})
    assert page.status_code == 429
    assert "Try again in 15 minutes." in page.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
