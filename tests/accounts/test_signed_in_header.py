"""Each answer says who is signed in, so that a phone never shows one person another's pages."""

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.not_saved import person_id
from tests.cast import Cast
from tests.factories import PASSWORD

SETTINGS = "accounts:settings"


def said(client: Client, name: str = SETTINGS, **headers: str) -> str:
    return client.get(reverse(name), headers=headers).get("X-Signed-In", "")


def test_a_page_names_whoever_is_signed_in(cast: Cast, as_user) -> None:
    assert said(as_user(cast.patient)) == person_id(cast.patient)
    assert said(as_user(cast.clinician)) == person_id(cast.clinician)


def test_nobody_is_said_as_well(cast: Cast) -> None:
    assert said(Client(), "account_login") == "nobody"
    assert said(Client()) == "nobody"  # sent on to sign in


def test_a_refusal_says_it_too(cast: Cast, as_user) -> None:
    client = as_user(cast.patient)
    assert said(client, **{"X-Person": "0" * 32}) == person_id(cast.patient)  # 409
    assert client.get("/no/such/page/")["X-Signed-In"] == person_id(cast.patient)
    background = client.get("/no/such/page/", headers={"X-Background": "1"})
    assert background["X-Signed-In"] == person_id(cast.patient)
    assert said(Client(), **{"X-Background": "1"}) == "nobody"  # 401


def test_a_session_that_was_ended_is_nobodys(cast: Cast, as_user) -> None:
    client = as_user(cast.patient)
    Session.objects.all().delete()
    assert said(client, **{"X-Background": "1"}) == "nobody"


def test_after_a_new_password_other_phones_are_nobodys(cast: Cast, as_user) -> None:
    here, other = as_user(cast.patient), Client()
    other.force_login(cast.patient)
    new = {"oldpassword": PASSWORD, "password1": "walks by the river"}
    here.post(reverse("account_change_password"), new)
    assert said(here) == person_id(cast.patient)
    assert said(other, **{"X-Background": "1"}) == "nobody"


def test_a_form_without_its_token_says_it(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.patient)
    answer = client.post(reverse("account_logout"))
    assert (answer.status_code, answer["X-Signed-In"]) == (403, person_id(cast.patient))


def test_signing_out_says_nobody(cast: Cast, as_user) -> None:
    assert as_user(cast.patient).post(reverse("account_logout"))["X-Signed-In"] == "nobody"


def test_what_browsers_ask_for_without_cookies_says_nothing(cast: Cast) -> None:
    """A manifest is fetched as nobody: that must not wipe what its owner keeps."""
    assert said(Client(), "account_login", **{"Sec-Fetch-Dest": "manifest"}) == ""


@pytest.mark.parametrize("name", ["offline:favicon", "offline:manifest", "offline:worker"])
def test_what_a_cache_may_store_names_nobody_and_is_in_no_cache_of_others(
    cast: Cast, as_user, name: str
) -> None:
    """It would be said again when somebody else is signed in."""
    answer = as_user(cast.patient).get(reverse(name))
    assert "no-store" not in answer["Cache-Control"]
    assert not answer.has_header("X-Signed-In")
    assert "public" not in answer["Cache-Control"]  # the device's cookie comes with it


def test_what_a_phone_fetches_to_keep_says_who_is_signed_in_whatever_it_is(cast, as_user) -> None:
    """Without it, a picture would be taken for a page of the network's own, and never kept."""
    keeping = {"X-Background": "keep"}
    answer = as_user(cast.patient).get(reverse("offline:manifest"), headers=keeping)
    assert answer["X-Signed-In"] == person_id(cast.patient)


@pytest.mark.django_db
def test_it_costs_no_query(cast: Cast, as_user, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(0):
        assert said(Client(), "account_login") == "nobody"


@pytest.mark.parametrize("name", ["home", "offline:kept", "accounts:who", "today:help"])
def test_pages_stay_out_of_shared_caches(cast: Cast, as_user, name: str) -> None:
    """What a phone keeps all the same is written by its worker alone."""
    assert_is_stored_nowhere(as_user(cast.patient).get(reverse(name), follow=True))


def test_refusals_stay_out_of_caches_too(cast: Cast, as_user) -> None:
    """Also those that no view has had a look at."""
    other = as_user(cast.patient).get(reverse("home"), headers={"X-Person": "0" * 32})
    assert other.status_code == 409
    out = Client().get(reverse("home"), headers={"X-Background": "1"})
    assert out.status_code == 401
    for refusal in (other, out):
        assert_is_stored_nowhere(refusal)


def assert_is_stored_nowhere(answer: HttpResponse) -> None:
    assert {"no-store", "private"} <= set(answer["Cache-Control"].replace(",", " ").split())
