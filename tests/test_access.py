"""Every address × everybody who might try it. An address that is not listed fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_routes import Audience, Route
from tests.accounts.routes import ROUTES as ACCOUNTS
from tests.caseload.routes import ROUTES as CASELOAD
from tests.cast import Cast
from tests.config.routes import ROUTES as FOR_MACHINES
from tests.demo.routes import ROUTES as DEMO_MAIL
from tests.exercises.routes import ROUTES as EXERCISES
from tests.offline.routes import ROUTES as OFFLINE
from tests.programmes.routes import ROUTES as PROGRAMMES
from tests.reminders.routes import ROUTES as REMINDERS
from tests.today.routes import ROUTES as TODAY

ROUTES = [
    *ACCOUNTS,
    *EXERCISES,
    *PROGRAMMES,
    *CASELOAD,
    *TODAY,
    *OFFLINE,
    *REMINDERS,
    *DEMO_MAIL,
    *FOR_MACHINES,
]

ROLES = (
    "patient",
    "other_patient",
    "clinician",
    "colleague",
    "lead",
    "deactivated",
    "other_clinician",
    "stranger",
    "operator",
)
STAFF = {"clinician", "colleague", "lead"}
ALLOWED: dict[Audience, set[str]] = {
    Audience.EVERYONE: set(ROLES),
    Audience.SIGNED_IN: set(ROLES),
    Audience.STAFF: STAFF | {"other_clinician"},
    Audience.LEAD: {"lead"},
    Audience.OPERATOR: {"operator"},
    Audience.PATIENTS: {"patient", "other_patient"},
    Audience.OWN_RECORD: {"patient"},
    Audience.OWN_ELSE_HELP: {"patient"},
    Audience.CLINIC: STAFF | {"patient", "other_patient"},
    Audience.RECORD_STAFF: STAFF,
    Audience.RECORD_LEAD: {"lead"},
}


def named(patterns: list, prefix: str = "") -> Iterator[str]:
    """Every URL name with its namespaces."""
    for pattern in patterns:
        match pattern:
            case URLResolver():
                space = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from named(pattern.url_patterns, f"{prefix}{space}")
            case URLPattern(name=None):
                yield f"unnamed {prefix}{pattern.pattern}"
            case URLPattern():
                yield f"{prefix}{pattern.name}"


def test_every_address_is_listed() -> None:
    known = {route.name for route in ROUTES}
    found = set(named(get_resolver().url_patterns))
    assert found - known == set(), "add these to their app's routes.py"
    assert known - found == set(), "these are gone"


def ask(client: Client, route: Route, cast: Cast):
    address = reverse(route.name, kwargs=route.kwargs(cast))
    if route.method == "post":
        return client.post(address, route.data(cast))
    return client.get(address, route.data(cast))


def sent_to_sign_in(response) -> bool:
    return response.status_code == 302 and urlsplit(response["Location"]).path == reverse(
        "account_login"
    )


def each_in_its_own_transaction(check: Callable[[str], None]) -> None:
    """What one person's request changed is undone before the next one's."""
    for role in ROLES:
        with transaction.atomic():
            check(role)
            transaction.set_rollback(True)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_access(route: Route, cast: Cast, as_user) -> None:
    route.prepare(cast)

    def check(role: str) -> None:
        response = ask(as_user(getattr(cast, role)), route, cast)
        if role in ALLOWED[route.audience]:
            assert response.status_code in {200, 302, 422, 410, *route.also}, (role, response)
            assert not sent_to_sign_in(response), role
        else:
            assert response.status_code == 404, (role, response.status_code)

    each_in_its_own_transaction(check)
    response = ask(Client(), route, cast)
    if route.audience is Audience.EVERYONE:
        assert not sent_to_sign_in(response)
        assert response.status_code in {200, 302, 422, 410, *route.also}
    elif route.audience is Audience.OWN_ELSE_HELP:
        assert response.status_code == 404
    else:
        assert sent_to_sign_in(response), response.status_code
