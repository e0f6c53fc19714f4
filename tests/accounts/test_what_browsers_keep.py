"""Whatever ends a sign-in, the browser throws away the pages it keeps."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

import clock
from accounts.models import User
from tests.cast import Cast

PAGES = '"cache"'
SETTINGS = "accounts:settings"


def cleared(client: Client, method: str = "get", name: str = SETTINGS) -> str:
    return getattr(client, method)(reverse(name)).get("Clear-Site-Data", "")


def test_signing_out_leaves_no_pages(cast: Cast, as_user) -> None:
    """Never "storage": another person's sessions may wait there, sealed, to be sent."""
    client = as_user(cast.clinician)
    assert cleared(client, "post", "account_logout") == PAGES
    assert cleared(client) == ""  # once is enough


def test_signing_out_has_the_next_page_wipe_what_was_typed(cast: Cast, as_user) -> None:
    client = as_user(cast.clinician)
    client.post(reverse("account_logout"))
    cookie = client.cookies["left"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("yes", 600, "Lax")


def test_a_sign_in_that_ended_by_itself_wipes_nothing_that_was_typed(cast: Cast, as_user) -> None:
    client = as_user(cast.clinician)
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        client.get(reverse(SETTINGS))
    Session.objects.all().delete()
    client.get(reverse(SETTINGS))
    assert "left" not in client.cookies


def test_a_sign_in_that_ran_out_leaves_no_pages(cast: Cast, as_user) -> None:
    """What was typed stays: it is sent after signing in again."""
    client = as_user(cast.clinician)
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        assert cleared(client) == PAGES


def test_a_sign_in_that_ran_out_in_the_background_leaves_no_pages(cast: Cast, as_user) -> None:
    client = as_user(cast.clinician)
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        answer = client.post(reverse(SETTINGS), headers={"X-Background": "1"})
    assert (answer.status_code, answer["Clear-Site-Data"]) == (401, PAGES)


def test_a_session_that_was_ended_elsewhere_leaves_no_pages(cast: Cast, as_user) -> None:
    client = as_user(cast.clinician)
    Session.objects.all().delete()
    assert cleared(client) == PAGES


def test_an_account_that_was_closed_leaves_no_pages(cast: Cast, as_user) -> None:
    client = as_user(cast.clinician)
    User.objects.filter(pk=cast.clinician.pk).update(is_active=False)
    assert cleared(client) == PAGES


@pytest.mark.django_db
def test_guests_and_those_signed_in_keep_theirs(cast: Cast, as_user) -> None:
    assert cleared(as_user(cast.clinician)) == ""
    guest = Client()
    assert cleared(guest, name="account_login") == ""
    guest.post(reverse("account_request_login_code"), {"email": cast.clinician.email})
    assert django_settings.SESSION_COOKIE_NAME in guest.cookies  # a code waits in it
    assert cleared(guest, name="account_login") == ""
