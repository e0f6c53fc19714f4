"""Signing in and out: with a password, with an e-mailed code, and not at all."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import codes, tasks
from accounts.models import Clinic, Letter
from tests.accounts.post import code_in, letter_to, newest_letter_to, words_of, wrong
from tests.clients import is_signed_in
from tests.factories import PASSWORD, MembershipFactory, PatientFactory, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"


def ask_for_code(client: Client, address: str):
    return client.post(SIGN_IN, {"login": address, "way": "code"})


def test_one_page_offers_both_ways(client):
    page = client.get(SIGN_IN).content.decode()
    assert 'type="email"' in page
    assert 'autocomplete="current-password"' in page
    assert 'name="way" value="code"' in page
    assert "/accounts/password/reset/" in page


@pytest.mark.parametrize(
    ("make", "home"),
    [(MembershipFactory, "caseload:caseload"), (PatientFactory, "today:today")],
    ids=["clinician", "patient"],
)
def test_a_password_leads_home_by_role(client, make, home):
    user = make().user
    response = client.post(SIGN_IN, {"login": f" {user.email.upper()} ", "password": PASSWORD})
    assert response["Location"] == "/"
    assert client.get("/")["Location"] == reverse(home)


def test_a_wrong_password_says_so_and_keeps_the_address(client):
    user = UserFactory()
    page = client.post(SIGN_IN, {"login": user.email, "password": "something else"})
    assert "do not go together" in page.content.decode()
    assert f'value="{user.email}"' in page.content.decode()
    assert "something else" not in page.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type your e-mail address."),
        ("not an address", "Type an e-mail address, like name@example.org."),
        ("a" * 300 + "@example.org", "Use 254 letters at most"),
        ("zoë 🦵", "Type an e-mail address, like name@example.org."),
        ("sam\x00@example.org", "Null characters are not allowed."),
    ],
)
def test_what_is_no_address_is_explained_and_kept(client, typed, said):
    page = client.post(SIGN_IN, {"login": typed, "password": "whatever it is"})
    assert said in str(page.context["form"].errors["login"])
    assert said.replace("’", "&#x27;") in page.content.decode()
    assert page.context["form"]["login"].value() == typed


@pytest.mark.parametrize("way", ["code", None])
def test_a_code_by_email_signs_in(client, way):
    user = PatientFactory().user
    data = {"login": user.email, "password": ""} | ({"way": way} if way else {})
    assert client.post(SIGN_IN, data)["Location"] == CONFIRM
    letter = letter_to(user.email)
    assert letter.kind == Letter.Kind.SIGN_IN
    assert 'autocomplete="one-time-code"' in client.get(CONFIRM).content.decode()
    assert client.post(CONFIRM, {"code": f" {code_in(letter)} "})["Location"] == "/"
    assert is_signed_in(client)


def test_the_code_button_does_not_mind_a_password_the_browser_filled_in(client):
    user = UserFactory()
    response = client.post(SIGN_IN, {"login": user.email, "password": "old", "way": "code"})
    assert response["Location"] == CONFIRM
    assert code_in(letter_to(user.email))


def test_the_letter_is_worthless_when_the_code_is(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    letter = letter_to(user.email)
    assert letter.expires_at - letter.created_at <= codes.VALID_FOR


def test_the_letter_says_only_what_is_needed(client):
    patient = PatientFactory(name="Sam Reed", user__name="Sam Reed")
    Clinic.objects.update(name_in_mail="Green Door")
    ask_for_code(client, patient.user.email)
    letter = letter_to(patient.user.email)
    said = str(words_of(letter))
    for private in ("Sam", "Reed", patient.clinic.name, "exercise", "127.0.0.1"):
        assert private not in said


def test_a_wrong_code_may_be_typed_twice_more(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    code = code_in(letter_to(user.email))
    for _ in range(2):
        page = client.post(CONFIRM, {"code": wrong(code)})
        assert "not the code from our newest e-mail" in page.content.decode()
    assert client.post(CONFIRM, {"code": wrong(code)})["Location"] == SIGN_IN
    assert "that code no longer works" in client.get(SIGN_IN).content.decode()
    client.post(CONFIRM, {"code": code})
    assert not is_signed_in(client)


@pytest.mark.parametrize("typed", ["", "zoë", "1" * 5000, "-1", "\x00", "BCDF-GHJ", "BCDF-GHJK2"])
def test_nonsense_for_a_code_is_explained(client, typed):
    ask_for_code(client, UserFactory().email)
    page = client.post(CONFIRM, {"code": typed})
    assert page.context["form"].errors["code"]


def test_a_code_works_once(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    code = code_in(letter_to(user.email))
    client.post(CONFIRM, {"code": code})
    client.post("/accounts/logout/")
    client.post(CONFIRM, {"code": code})
    assert not is_signed_in(client)


def test_a_code_works_only_where_it_was_asked_for(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    elsewhere = Client()
    ask_for_code(elsewhere, UserFactory().email)
    elsewhere.post(CONFIRM, {"code": code_in(letter_to(user.email))})
    assert not is_signed_in(elsewhere)


def test_a_code_runs_out(client):
    user = UserFactory()
    with time_machine.travel("2026-03-02 09:00:00+00:00", tick=False) as now:
        ask_for_code(client, user.email)
        code = code_in(letter_to(user.email))
        now.shift(timedelta(minutes=10, seconds=1))
        assert client.post(CONFIRM, {"code": code})["Location"] == SIGN_IN
        assert not is_signed_in(client)
        assert "too old now" in client.get(SIGN_IN).content.decode()


def test_another_code_replaces_the_first(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    first = code_in(letter_to(user.email))
    client.post(CONFIRM, {"action": "resend"})
    second = code_in(newest_letter_to(user.email))
    assert second != first
    client.post(CONFIRM, {"code": first})
    assert not is_signed_in(client)
    client.post(CONFIRM, {"code": second})
    assert is_signed_in(client)


def test_another_address_can_be_used_instead(client):
    ask_for_code(client, UserFactory().email)
    assert client.get(SIGN_IN)["Location"] == CONFIRM
    client.post("/accounts/logout/", {"next": SIGN_IN})
    assert client.get(SIGN_IN).status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:x", "no-route"]
)
@pytest.mark.parametrize("way", ["password", "code"])
def test_next_never_leads_to_another_site(client, elsewhere, way):
    user = UserFactory()
    data = {"login": user.email, "password": PASSWORD, "next": elsewhere, "way": way}
    response = client.post(SIGN_IN, data)
    if way == "code":
        data = {"code": code_in(letter_to(user.email)), "next": elsewhere}
        response = client.post(CONFIRM, data)
    assert response["Location"] == "/"


def test_next_leads_back_to_where_one_wanted_to_be(client):
    user = UserFactory()
    wanted = "/settings/"
    assert client.get(wanted)["Location"] == f"{SIGN_IN}?next={wanted}"
    response = client.post(
        f"{SIGN_IN}?next={wanted}", {"login": user.email, "password": PASSWORD, "next": wanted}
    )
    assert response["Location"] == wanted


def test_sign_out_only_by_post(as_user):
    client = as_user(UserFactory())
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/accounts/logout/")["Location"] == SIGN_IN
    assert not is_signed_in(client)


def test_nobody_signs_up_alone(client):
    for response in (
        client.get("/accounts/signup/"),
        client.post("/accounts/signup/", {"email": "a@example.org", "password1": PASSWORD}),
    ):
        assert "You need an invitation" in response.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "confirm-email/key/", "3rdparty/", ""]
)
def test_no_page_changes_an_address(as_user, path):
    assert as_user(UserFactory()).get(f"/accounts/{path}").status_code == 404


def test_a_closed_account_gets_neither_code_nor_entry(client, smtp_server):
    user = UserFactory(is_active=False)
    ask_for_code(client, user.email)
    tasks.deliver_letters()
    assert smtp_server.messages == []
    assert not Letter.objects.exists()
    Client().post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert not is_signed_in(client)
