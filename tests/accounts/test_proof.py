"""Before something grave, who is signed in is asked again."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

import clock
from accounts import sessions
from accounts.models import AuditEvent, Letter, Membership, User
from accounts.not_saved import REASON
from offline import notices
from tests.accounts.grave import (
    ASKED_OF_A_BROWSER,
    EXPORTS,
    GRAVE,
    NOT_GRAVE,
    UPLOADS,
    WORDS_OF_THE_GRAVE,
    Grave,
)
from tests.accounts.post import code_in, link_in, newest_letter_to
from tests.accounts.routes import TOKEN, invite
from tests.caseload.routes import be_added
from tests.cast import Cast
from tests.factories import PASSWORD, MembershipFactory, PatientFactory, UserFactory
from tests.test_access import named

pytestmark = pytest.mark.django_db
CONFIRM = "/accounts/confirm/"
MINUTE = timedelta(minutes=1)
EVIL = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "\x00",
    "no-route",
]
EVIL_PATHS = [
    f"http://testserver{path}"
    for path in ("//evil.example/", "/\\evil.example", "/\t/evil.example", "///evil.example", "")
]


def proved(client: Client, *, minutes: float) -> Client:
    """The last proof was so many minutes ago."""
    session = client.session
    sessions.note_proof(session, now=clock.now() - minutes * MINUTE)
    session.save()
    return client


def typed_again(page) -> dict[str, list[str]]:
    """What the page's first form would send."""
    form = page.content.decode().partition("<form")[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    sent: dict[str, list[str]] = {}
    for name, value in found:
        sent.setdefault(name, []).append(unescape(value))
    return sent


def state_of(cast: Cast) -> list:
    """Everything that a grave page could have changed."""
    return [
        AuditEvent.objects.exclude(action="record_read").count(),
        Letter.objects.count(),
        sorted(User.objects.values_list("pk", "password")),
        sorted(Membership.objects.values_list("pk", "role", "deactivated_at"), key=str),
    ]


def wanted_by(response) -> str:
    """Where the page that asks leads afterwards."""
    parts = urlsplit(response["Location"])
    assert parts.path == CONFIRM
    return parse_qs(parts.query)["next"][0]


def asks(response) -> bool:
    return response.status_code == 403 and "Is it you?" in response.content.decode()


@pytest.mark.parametrize("grave", GRAVE, ids=str)
def test_after_16_minutes_it_asks_and_changes_nothing(grave: Grave, cast: Cast, as_user) -> None:
    grave.prepare(cast)
    before = state_of(cast)
    client = proved(as_user(getattr(cast, grave.who)), minutes=16)
    path = reverse(grave.name, kwargs=grave.kwargs(cast))
    assert asks(client.post(path, grave.data(cast)))
    assert state_of(cast) == before
    if grave.opens:
        assert wanted_by(client.get(path)) == path


@pytest.mark.parametrize("grave", GRAVE, ids=str)
def test_after_14_minutes_it_acts(grave: Grave, cast: Cast, as_user) -> None:
    grave.prepare(cast)
    before = state_of(cast)
    client = proved(as_user(getattr(cast, grave.who)), minutes=14)
    path = reverse(grave.name, kwargs=grave.kwargs(cast))
    if grave.opens:
        assert client.get(path).status_code == 200
    assert client.post(path, grave.data(cast)).status_code == 302
    assert state_of(cast) != before


@pytest.mark.parametrize("grave", [g for g in GRAVE if "password" not in g.name], ids=str)
def test_the_password_saves_what_was_typed_in_one_go(grave: Grave, cast: Cast, as_user) -> None:
    grave.prepare(cast)
    before = state_of(cast)
    client = proved(as_user(getattr(cast, grave.who)), minutes=16)
    path = reverse(grave.name, kwargs=grave.kwargs(cast))
    page = client.post(path, grave.data(cast))
    again = {**typed_again(page), "confirm": "password", "confirm-password": PASSWORD}
    assert client.post(path, again).status_code == 302
    assert state_of(cast) != before


@pytest.mark.parametrize("name", EXPORTS)
def test_a_file_is_asked_about_before_it_is_made(name: str, cast: Cast, as_user) -> None:
    be_added(cast)
    path = reverse(name, kwargs=EXPORTS[name](cast))
    client = proved(as_user(cast.lead), minutes=16)
    assert wanted_by(client.get(path)) == path
    assert not AuditEvent.objects.filter(action__endswith="trail_exported").exists()
    answer = proved(client, minutes=14).get(path)
    assert answer["Content-Type"].startswith("text/csv")
    assert AuditEvent.objects.filter(action__endswith="trail_exported").count() == 1


def test_every_address_that_sounds_grave_is_listed_or_says_why_not() -> None:
    names = set(named(get_resolver().url_patterns))
    suspects = {
        n for n in names if any(word in (n.partition(":")[2] or n) for word in WORDS_OF_THE_GRAVE)
    }
    listed = {grave.name for grave in GRAVE} | set(EXPORTS) | UPLOADS | ASKED_OF_A_BROWSER
    assert suspects - listed - set(NOT_GRAVE) == set(), "list these in tests/accounts/grave.py"
    assert (listed | set(NOT_GRAVE)) - names == set(), "these are gone"


def test_a_patients_details_are_saved_without_asking_while_the_address_stays(cast, as_user):
    client = proved(as_user(cast.clinician), minutes=600)
    path = reverse("caseload:edit", args=[cast.record.pk])
    data = {
        "name": "Samuel Reed",
        "email": cast.record.email.upper(),
        "clinician": cast.clinician.pk,
        "time_zone": "Europe/London",
    }
    assert client.post(path, data).status_code == 302
    cast.record.refresh_from_db()
    assert cast.record.name == "Samuel Reed"


@pytest.mark.parametrize("address", ["", "other@example.org"])
def test_another_address_or_none_is_asked_about_and_all_that_was_typed_is_saved(
    cast, as_user, address
):
    client = proved(as_user(cast.clinician), minutes=16)
    path = reverse("caseload:edit", args=[cast.record.pk])
    data = {
        "name": 'Sam "the <b>Reed</b>" & daughter',
        "email": address,
        "clinician": cast.clinician.pk,
        "time_zone": "Europe/London",
        "precautions": ["PREG", "OST"],
        "close_access": "on",
    }
    page = client.post(path, data)
    assert asks(page)
    assert "saved after that" in page.content.decode()
    again = {**typed_again(page), "confirm": "password", "confirm-password": PASSWORD}
    assert client.post(path, again).status_code == 302
    cast.record.refresh_from_db()
    assert (cast.record.name, cast.record.email) == (data["name"], address)
    assert set(cast.record.precautions) == set(data["precautions"])


def test_a_wrong_password_says_so_and_brings_everything_along(cast, as_user):
    client = proved(as_user(cast.lead), minutes=16)
    path = reverse("accounts:invite_colleague", args=[cast.clinic.pk])
    typed = {"name": "Nia Price", "address": "nia@example.org", "role": "clinician"}
    for wrong, said in (("not this one", "This is not your password"), ("", "Type your password.")):
        page = client.post(path, {**typed, "confirm": "password", "confirm-password": wrong})
        assert asks(page)
        assert said in str(page.context["form"].errors["password"])
        assert wrong == "" or wrong not in page.content.decode()
        sent = typed_again(page)
        assert {name: sent[name][0] for name in typed} == typed


def test_a_new_password_never_stands_in_the_page_and_is_typed_again(cast, as_user):
    client = proved(as_user(cast.lead), minutes=16)
    path = reverse("account_change_password")
    page = client.post(path, {"oldpassword": PASSWORD, "password1": "fjord lantern quilt moss"})
    assert asks(page)
    assert "fjord lantern" not in page.content.decode()
    assert PASSWORD not in page.content.decode()
    again = {**typed_again(page), "confirm": "password", "confirm-password": PASSWORD}
    assert client.post(path, again)["Location"] == path
    assert "type the new password once more" in client.get(path).content.decode()


def test_a_page_that_is_opened_asks_first_and_comes_back(cast, as_user):
    client = proved(as_user(cast.lead), minutes=16)
    path = f"{reverse('accounts:clinic', args=[cast.clinic.pk])}?from=team"
    response = client.get(path)
    asked = response["Location"]
    assert wanted_by(response) == path
    assert "Is it you?" in client.get(asked).content.decode()
    done = client.post(asked, {"confirm": "password", "confirm-password": PASSWORD})
    assert done["Location"] == path
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("elsewhere", EVIL)
@pytest.mark.parametrize("minutes", [1, 16])
def test_it_never_leads_to_another_site(cast, as_user, elsewhere, minutes):
    client = proved(as_user(cast.clinician), minutes=minutes)
    asked = reverse("accounts:confirm", query={"next": elsewhere})
    done = client.post(
        asked,
        {"confirm": "password", "confirm-password": PASSWORD, "confirm-back": elsewhere},
    )
    assert done["Location"] == "/settings/"
    proved(client, minutes=16)
    page = client.post(asked, {"confirm": "password", "confirm-back": elsewhere})
    assert page.context["back"] in {"/settings/", "/"}
    assert "evil" not in page.content.decode()
    assert "javascript" not in page.content.decode()


def test_nobody_confirms_for_somebody_else(cast, as_user):
    """Signed out meanwhile, and another person in: the open page is refused."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = proved(as_user(cast.lead), minutes=16).cookies
    path = reverse("accounts:reactivate", args=[cast.deactivated.memberships.get().pk])
    token = token_in(client.get(f"{CONFIRM}?next=/settings/"))
    client.post("/accounts/logout/", {"csrfmiddlewaretoken": token})
    other = MembershipFactory(clinic=cast.clinic, role="lead").user
    way_in = {"login": other.email, "password": PASSWORD}
    way_in["csrfmiddlewaretoken"] = token_in(client.get("/accounts/login/"))
    assert client.post("/accounts/login/", way_in).status_code == 302
    answer = {"confirm": "password", "confirm-password": PASSWORD}
    page = client.post(path, {**answer, "csrfmiddlewaretoken": token})
    assert "Please try that once more" in page.content.decode()
    assert cast.deactivated.memberships.get().deactivated_at is not None


def token_in(page) -> str:
    return re.search(r'csrfmiddlewaretoken" value="([^"]+)', page.content.decode())[1]


def test_signed_out_meanwhile_one_comes_back_to_the_page_with_the_form(cast, as_user):
    """Not to the address of the form, which may take nothing but forms."""
    client = proved(as_user(cast.lead), minutes=16)
    path = reverse("accounts:reactivate", args=[cast.deactivated.memberships.get().pk])
    page = client.post(path, headers={"referer": "http://testserver/settings/team/"})
    again = {**typed_again(page), "confirm": "password", "confirm-password": PASSWORD}
    client.logout()

    def press():
        form = "application/x-www-form-urlencoded"  # as browsers send it
        sent = urlencode(again, doseq=True)
        headers = {"referer": f"http://testserver{path}"}
        return client.post(path, sent, content_type=form, headers=headers)

    assert press()["Location"] == "/accounts/login/?next=/settings/team/"
    for evil in (*EVIL, *EVIL_PATHS):
        again["confirm-back"] = [evil]
        assert press()["Location"] == "/accounts/login/?next=/"


def test_the_proof_of_one_person_is_not_that_of_the_next(cast, as_user):
    client = proved(as_user(cast.clinician), minutes=0)
    client.force_login(cast.lead)
    assert asks(client.post(reverse("accounts:clinic", args=[cast.clinic.pk])))


def test_a_script_is_told_the_reason(cast, as_user):
    client = proved(as_user(cast.lead), minutes=16)
    path = reverse("accounts:clinic", args=[cast.clinic.pk])
    for header in ({"HX-Request": "true"}, {"X-Background": "save"}):
        response = client.post(path, {"name": "Hillside"}, headers=header)
        assert (response.status_code, response[REASON]) == (403, "confirm")
    assert 'data-reason="confirm"' in notices.words("en-gb")


def test_the_browser_forgets_what_it_kept_once_it_is_saved(cast, as_user):
    """By the name under which the form was first sent."""
    client = proved(as_user(cast.lead), minutes=16)
    path = reverse("accounts:reactivate", args=[cast.deactivated.memberships.get().pk])
    client.cookies["saving"] = f"{client.get('/who/').json()['person']}.the-name"
    page = client.post(path)
    assert page.cookies["saving"].value == ""
    del client.cookies["saving"]
    again = {**typed_again(page), "confirm": "password", "confirm-password": PASSWORD}
    assert client.post(path, again).cookies["saved"].value == "the-name"


@pytest.mark.parametrize("how", ["password", "reset", "code"])
def test_every_way_in_is_a_proof(client, how):
    """A person who has just signed in is not asked."""
    user = UserFactory()
    if how == "password":
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    elif how == "code":
        client.post("/accounts/login/", {"login": user.email, "way": "code"})
        code = code_in(newest_letter_to(user.email))
        client.post("/accounts/login/code/confirm/", {"code": code})
    else:
        client.post("/accounts/password/reset/", {"email": user.email})
        link = link_in(newest_letter_to(user.email), "/key/")
        client.post(client.get(link)["Location"], {"password1": "fjord lantern quilt moss"})
    assert client.get(reverse("account_change_password")).status_code == 200


def test_who_accepts_an_invitation_is_not_asked(client, cast):
    invite(cast)
    path = reverse("accounts:team_invitation", args=[TOKEN])
    client.post(path, {"name": "Nia Price", "password": "fjord lantern quilt moss"})
    assert client.get(reverse("account_change_password")).status_code == 200


def test_a_moved_clock_makes_a_proof_old_too(cast, as_user, settings):
    client = as_user(PatientFactory().user)
    settings.CLOCK_OFFSET = 16 * 60
    assert client.get(reverse("account_change_password")).status_code == 302


def test_the_page_asks_for_little(cast, as_user, django_assert_num_queries):
    client = proved(as_user(cast.clinician), minutes=16)
    with django_assert_num_queries(3):  # session, user, passkeys
        client.get(CONFIRM)
