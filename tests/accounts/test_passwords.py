"""Forgotten, chosen for the first time, changed."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import tasks
from accounts.models import Letter
from tests.accounts.post import letter_to, link_in, newest_letter_to, words_of
from tests.factories import PASSWORD, MembershipFactory, PatientFactory, UserFactory

pytestmark = pytest.mark.django_db
RESET, NEW = "/accounts/password/reset/", "walks by the river"


def reset_link(client: Client, address: str) -> str:
    assert client.post(RESET, {"email": address})["Location"] == f"{RESET}done/"
    return link_in(newest_letter_to(address), "/key/")


def opened(client: Client, link: str) -> str:
    """The form's address: allauth takes the key out of it, so that it leaks nowhere."""
    return client.get(link)["Location"]


def test_forgotten_and_chosen_anew(client):
    user = UserFactory()
    form = opened(client, reset_link(client, user.email))
    assert 'autocomplete="new-password"' in client.get(form).content.decode()
    assert client.post(form, {"password1": NEW})["Location"] == "/"
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.session["_auth_user_id"] == str(user.pk)
    notice = newest_letter_to(user.email)
    assert (notice.kind, notice.subject) == (Letter.Kind.NOTICE, "Your password was changed")


def test_the_link_works_once(client):
    user = UserFactory()
    link = reset_link(client, user.email)
    client.post(opened(client, link), {"password1": NEW})
    page = Client().get(link)
    assert "This link no longer works" in page.content.decode()


@pytest.mark.parametrize(
    "change", [lambda link: link[:-2] + "x/", lambda link: link.replace("-", "-x", 1)]
)
def test_a_tampered_link_explains_itself(client, change):
    page = client.get(change(reset_link(client, UserFactory().email)))
    assert "This link no longer works" in page.content.decode()
    assert RESET in page.content.decode()


def test_the_link_is_of_this_site_whatever_host_was_claimed(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    user = UserFactory()
    client.post(RESET, {"email": user.email}, headers={"host": "evil.example"})
    assert "evil.example" not in str(words_of(letter_to(user.email)))


def test_an_unknown_address_looks_the_same_and_gets_no_mail(client, smtp_server):
    response = client.post(RESET, {"email": "nobody@example.org"})
    assert response["Location"] == f"{RESET}done/"
    assert client.get(f"{RESET}done/").status_code == 200
    tasks.deliver_letters()
    assert smtp_server.messages == []


WEAK = [
    ("", "Type a password."),
    ("short", "Use 10 characters or more."),
    ("password123", "too easy to guess"),
    ("x" * 129, "128 letters at most"),
    ("sam.reed@example.org", "Names, and words about"),
    ("null\x00null\x00null", "Null characters"),
]


@pytest.mark.parametrize(("password", "said"), WEAK)
def test_a_weak_new_password_is_explained(client, password, said):
    user = UserFactory(email="sam.reed@example.org")
    page = client.post(opened(client, reset_link(client, user.email)), {"password1": password})
    assert said in str(page.context["form"].errors["password1"])
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("typed", ["", "no address", "a" * 300 + "@example.org", "zoë"])
def test_what_is_no_address_is_explained_and_kept(client, typed):
    page = client.post(RESET, {"email": typed})
    assert page.context["form"].errors["email"]
    assert page.context["form"]["email"].value() == typed


@pytest.mark.parametrize(
    ("make", "settings_page"),
    [(PatientFactory, "today:settings"), (MembershipFactory, "accounts:settings")],
    ids=["patient", "staff"],
)
def test_a_first_password_is_chosen_after_a_code(as_user, make, settings_page):
    user = make().user
    user.set_unusable_password()
    user.save()
    client = as_user(user)
    assert client.get("/accounts/password/change/")["Location"] == "/accounts/password/set/"
    back = reverse(settings_page)
    assert back in client.get("/accounts/password/set/").content.decode()
    assert client.post("/accounts/password/set/", {"password1": NEW})["Location"] == back
    assert "Your password is saved." in client.get(back).content.decode()
    assert letter_to(user.email).kind == Letter.Kind.NOTICE


def test_changing_it_asks_for_the_old_one(as_user):
    user = UserFactory()
    client = as_user(user)
    change = "/accounts/password/change/"
    page = client.post(change, {"oldpassword": "not this", "password1": NEW})
    assert "This is not your password" in str(page.context["form"].errors["oldpassword"])
    assert "Your present password" in page.content.decode()
    response = client.post(change, {"oldpassword": PASSWORD, "password1": NEW})
    assert response["Location"] == "/settings/"
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_changing_it_signs_out_everywhere_else(as_user):
    user = UserFactory()
    here, elsewhere = as_user(user), as_user(user)
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW})
    assert here.get("/settings/").status_code == 200
    assert elsewhere.get("/settings/").status_code == 302


@pytest.mark.parametrize(("password", "said"), WEAK)
def test_a_weak_changed_password_is_explained(as_user, password, said):
    user = UserFactory(email="sam.reed@example.org")
    page = as_user(user).post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": password}
    )
    assert said in str(page.context["form"].errors["password1"])


def test_nothing_on_the_way_to_a_new_password_is_kept_by_a_cache(client):
    """Nobody is signed in there, and the address is a key."""
    link = reset_link(client, UserFactory().email)
    for page in (client.get(link), client.get(opened(client, link))):
        assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("typed", ["", "short", "password123"])
def test_a_password_that_is_refused_is_answered_as_an_error(client, as_user, typed):
    """Wherever one is chosen: changed, set for the first time, or from a link."""
    new, user = {"password1": typed}, UserFactory()
    pages = [as_user(user).post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})]
    pages.append(client.post(opened(client, reset_link(client, user.email)), new))
    without = PatientFactory().user
    without.set_unusable_password()
    without.save()
    pages.append(as_user(without).post("/accounts/password/set/", new))
    for page in pages:
        assert page.status_code == 422
        assert page.context["form"].errors["password1"]
