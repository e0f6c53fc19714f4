"""What people see when something is not there, not allowed, or broken."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from accounts import limits
from tests.accounts.used_up import use_up
from tests.factories import MembershipFactory, UserFactory


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [
    path("broken/", broken),
    path("refused/", refused),
    path("", include("config.urls")),
]


@pytest.fixture
def guest(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    client = Client()
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
def test_404(guest, signed_in):
    if signed_in:
        guest.force_login(MembershipFactory().user)
    page = guest.get("/no/such/page/")
    assert page.status_code == 404
    assert "<h1" in page.content.decode()
    assert 'href="/"' in page.content.decode()


@pytest.mark.django_db
def test_403(guest):
    page = guest.get("/refused/")
    assert page.status_code == 403
    assert "<h1" in page.content.decode()


def test_500_stands_alone(guest):
    page = guest.get("/broken/")
    assert page.status_code == 500
    assert "<h1" in page.content.decode()
    assert "a fault of ours" not in page.content.decode()


@pytest.mark.django_db
def test_csrf_failure_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    page = client.post("/settings/", {"name": "Sam"})
    assert page.status_code == 403
    assert "<h1" in page.content.decode()
    assert "CSRF" not in page.content.decode()


@pytest.mark.django_db
def test_too_much_at_once(client):
    use_up(limits.UNKNOWN_LINK)
    page = client.get("/invitations/not-a-link/")
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 3500
    assert "<h1" in page.content.decode()
    assert "Try again in 1 hour." in page.content.decode()
