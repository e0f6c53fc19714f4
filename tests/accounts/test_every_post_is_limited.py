"""Whatever someone may post without a sign-in is limited, or need not be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts import limits
from accounts.limits import LIMITS, Use
from accounts.models import LimitUse
from tests.accounts.post import link_in, newest_letter_to
from tests.accounts.used_up import HERE, use_up
from tests.factories import PASSWORD, UserFactory

ADDRESS = "sam@example.org"
TO = f"address:{ADDRESS}"
pytestmark = pytest.mark.django_db

LINK = [(limits.UNKNOWN_LINK, HERE)]
WRONG = [(limits.CODE_WRONG, TO), (limits.CODE_WRONG_DAY, TO), (limits.CODE_WRONG_NETWORK, HERE)]
ASKED = [(limits.CODE_ASKED, TO), (limits.CODE_ASKED_DAY, TO), (limits.CODE_ASKED_NETWORK, HERE)]
PASSWORDS = [
    (limits.PASSWORD, TO),
    (limits.PASSWORD_DAY, TO),
    (limits.PASSWORD_NETWORK, HERE),
]


class Post(NamedTuple):
    """How a route is used, and which limits hold that back."""

    held_back_by: list[Use]
    data: dict[str, str]
    args: tuple[str, ...] = ()
    before: str = ""  # a code is asked for first


LIMITED = {
    "account_login": Post(PASSWORDS, {"login": ADDRESS, "password": PASSWORD}),
    "account_request_login_code": Post([*ASKED, *WRONG], {"email": ADDRESS}),
    "account_confirm_login_code": Post(WRONG, {"code": "BCDF-2345"}, before="code"),
    "account_login_passkey": Post([(limits.PASSKEY_NETWORK, HERE)], {"credential": "{}"}),
    "account_ask_passkey": Post([(limits.PASSKEY_ASKED_NETWORK, HERE)], {}),
    "account_reset_password": Post(
        [(limits.RESET, TO), (limits.RESET_NETWORK, HERE)], {"email": ADDRESS}
    ),
    "account_reset_password_from_key": Post(LINK, {"password1": PASSWORD}, ("abc", "no-key")),
    "first_run": Post([(limits.FIRST_RUN, HERE)], {}),
    "accounts:team_invitation": Post(LINK, {}, ("no-token",)),
    "today:invitation": Post(LINK, {}, ("no-token",)),
    "today:phone": Post(LINK, {}, ("no-token",)),
    "today:new_address": Post(LINK, {}, ("no-token",)),
    "reminders:answer": Post(LINK, {}, ("no-token",)),
    "reminders:start": Post(LINK, {}, ("no-token",)),
    "reminders:done": Post(LINK, {}, ("no-token",)),
    "reminders:score": Post(LINK, {}, ("no-token",)),
    "reminders:choose": Post(LINK, {}, ("no-token",)),
    "reminders:letter": Post(LINK, {}, ("no-token",)),
    "reminders:letter_change": Post(LINK, {}, ("no-token",)),
    "reminders:undo": Post(LINK, {}, ("no-token",)),
    "reminders:not_today": Post(LINK, {}, ("no-token",)),
    "reminders:later": Post(LINK, {}, ("no-token",)),
    "reminders:not_later": Post(LINK, {}, ("no-token",)),
    "reminders:from_email": Post(LINK, {}, ("no-token",)),
    "reminders:unsubscribe": Post(LINK, {}, ("no-token",)),
}
NOT_NEEDED = {
    "home": "only leads on",
    "accounts:who": "only read: tells a browser about itself",
    "account_logout": "ends the sign-in of the browser that asks",
    "account_inactive": "only read",
    "account_signup": "closed: says so, whatever is sent",
    "account_reset_password_done": "only read",
    "security_txt": "only read",
    "robots_txt": "only read",
    "offline:worker": "only read",
    "offline:without_network": "only read",
    "offline:manifest": "only read",
    "offline:favicon": "only read",
    "offline:notices": "only read",
    "today:help": "only read",
    "today:warning": "without a sign-in only read: says whom to call",
    "demo_mail:list": "only read, in the demo",
    "demo_mail:detail": "only read, in the demo",
    "demo_mail:html": "only read, in the demo",
}


def without_sign_in(patterns: list, space: str = "") -> Iterator[str]:
    """The name of every route that takes requests of someone who is not signed in."""
    for pattern in patterns:
        match pattern:
            case URLResolver():
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from without_sign_in(pattern.url_patterns, inner)
            case URLPattern() if not getattr(pattern.callback, "login_required", True):
                yield f"{space}{pattern.name}"


def test_every_route_without_a_sign_in_is_limited_or_says_why_not():
    found = set(without_sign_in(get_resolver().url_patterns))
    assert found == LIMITED.keys() | NOT_NEEDED.keys()
    assert not LIMITED.keys() & NOT_NEEDED.keys()


@pytest.mark.parametrize(
    ("route", "use"),
    [(route, use) for route, post in LIMITED.items() for use in post.held_back_by],
    ids=lambda value: value if isinstance(value, str) else value[0].name,
)
def test_each_of_its_limits_holds_it_back(client, route, use):
    post = LIMITED[route]
    if post.before:
        client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    before = client.post(reverse(route, args=post.args), post.data)
    assert before.status_code != 429
    LimitUse.objects.all().delete()
    use_up(*use)
    refused = client.post(reverse(route, args=post.args), post.data)
    assert refused.status_code == 429
    page = refused.content.decode()
    assert "Try again in" in page or "You can ask for another in" in page
    assert 0 < int(refused["Retry-After"]) <= use[0].window.total_seconds()


def test_every_limit_holds_something_back():
    """Here, or for what a sign-in or a code of one's own is needed."""
    used = {limit for post in LIMITED.values() for limit, _key in post.held_back_by}
    others = {
        limits.CODE_TRIES,
        limits.CODE_ONCE,
        limits.PASSKEY_ONCE,
        limits.OLD_PASSWORD,
        limits.REFUSALS_KEPT,
        limits.REFUSALS_ABOUT,
    }
    others |= {limits.ADDRESS_ASKED}  # tests/patients/test_new_address.py
    others |= {limits.WRONG_YEARS}  # tests/today/test_year_of_birth.py
    others |= {limits.OFFLINE}  # tests/offline/test_sessions.py
    others |= {limits.PHONE_LINKS}  # tests/patients/test_phones.py
    mail = {limits.INVITATIONS_SENT, limits.INVITATIONS_TO, limits.INVITATIONS_OF_CLINIC}
    mail |= {limits.TESTS, limits.TESTS_DAY, limits.NOTICES}
    assert set(LIMITS) - used == others | mail


def test_an_existing_link_opens_after_many_wrong_ones_from_one_network(client):
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = link_in(newest_letter_to(user.email), "/key/")
    use_up(*LINK[0])
    form = client.get(link)["Location"]
    assert client.get(form).status_code == 200
    assert client.post(form, {"password1": "walks by the river"})["Location"] == "/"
