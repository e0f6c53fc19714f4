"""The pages about passkeys: shown again who one is, named, removed, offered."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver, reverse

import clock
from accounts import passkey_offer, sessions
from accounts.models import AuditEvent, User
from patients.services import records
from tests.accounts.authenticator import ADD, ADD_QUESTION, QUESTION, Phone, add_passkey, sign_in_by
from tests.accounts.grave import ASKED_OF_A_BROWSER
from tests.accounts.post import code_in, link_in, newest_letter_to
from tests.accounts.test_proof import CONFIRM, proved, wanted_by
from tests.clients import is_signed_in
from tests.factories import PASSWORD, MembershipFactory, PatientFactory
from tests.test_access import named

pytestmark = pytest.mark.django_db
LIST = "/settings/passkeys/"
OFFER = "Next time without a code or password?"


@pytest.fixture
def sam(db: None) -> User:
    return PatientFactory(user__email="sam@example.org", welcomed_at=clock.now()).user


def only_passkey() -> str:
    return Authenticator.objects.get().data["key"]


@pytest.mark.parametrize("name", sorted(ASKED_OF_A_BROWSER))
def test_after_16_minutes_adding_asks_again(as_user, sam, name):
    client = proved(as_user(sam), minutes=16)
    page = client.post(reverse(name), {"called": "My phone"})
    assert page.status_code == 403
    assert "You are about to: <strong>add a passkey</strong>." in page.content.decode()
    script = client.post(reverse(name), headers={"x-background": "passkey"})
    assert script["X-Not-Saved"] == "confirm"
    assert wanted_by(client.get(ADD)) == ADD


def test_a_passkey_made_before_the_question_who_one_is_is_kept_by_the_password(as_user, sam):
    client, phone = as_user(sam), Phone()
    made = {"called": "My phone", "credential": phone.make(client.post(ADD_QUESTION).json())}
    proved(client, minutes=16)
    assert client.post(ADD, made).status_code == 403
    again = {**made, "confirm": "password", "confirm-password": PASSWORD}
    assert client.post(ADD, again).status_code == 302
    assert Authenticator.objects.count() == 1


def test_a_passkey_shows_again_who_one_is(as_user, sam):
    client = as_user(sam)
    phone = add_passkey(client)
    page = proved(client, minutes=16).get(f"{CONFIRM}?next={ADD}").content.decode()
    assert "Use my passkey" in page
    question = client.post(QUESTION).json()
    assert [one["id"] for one in question["allowCredentials"]]
    form = {"confirm": "passkey", "confirm-passkey": phone.show(question)}
    assert client.post(f"{CONFIRM}?next={ADD}", form)["Location"] == ADD
    assert AuditEvent.objects.get(action="proved_by_passkey").actor == sam
    assert client.get(ADD).status_code == 200


def test_nobody_adds_one_to_a_computer_of_many_unwarned(as_user, sam):
    """Staff share computers, and whoever unlocks one could sign in."""
    assert "Do others unlock it, too?" in proved(as_user(sam), minutes=1).get(ADD).content.decode()
    physio, client = MembershipFactory(user__email="physio@example.org").user, Client()
    by_code(client, physio)
    page = client.get(reverse("caseload:caseload")).content.decode()
    assert OFFER in page
    assert "Do others unlock it, too?" in page


def test_another_persons_passkey_shows_nothing_again(as_user, sam):
    client = as_user(sam)
    add_passkey(client)
    theirs = add_passkey(as_user(PatientFactory().user))
    proved(client, minutes=16)
    form = {"confirm": "passkey", "confirm-passkey": theirs.show(client.post(QUESTION).json())}
    page = client.post(f"{CONFIRM}?next={ADD}", form)
    assert page.status_code == 403
    assert "That passkey did not fit." in page.content.decode()
    assert client.get(ADD).status_code == 302


def test_without_one_the_page_that_asks_does_not_name_them(as_user, sam):
    page = proved(as_user(sam), minutes=16).get(f"{CONFIRM}?next={ADD}")
    assert "passkey</button>" not in page.content.decode()


@pytest.mark.parametrize("make", [MembershipFactory, PatientFactory], ids=["staff", "patient"])
def test_they_are_listed_by_name_and_named_anew(as_user, make):
    client = as_user(make().user)
    add_passkey(client, name="<b>Blue</b> phone")
    assert "&lt;b&gt;Blue&lt;/b&gt; phone" in client.get(LIST).content.decode()
    own = f"{LIST}{only_passkey()}/"
    refused = client.post(own, {"called": "x" * 61})
    assert refused.status_code == 422
    assert "x" * 61 in refused.content.decode()
    assert client.post(own, {"called": "Red phone"})["Location"] == LIST
    assert "Red phone" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Pacific/Auckland", "Added 2 Dec 2026"), ("Europe/London", "Added 1 Dec 2026")],
)
def test_their_dates_are_the_persons(as_user, zone, said):
    with time_machine.travel("2026-12-01 12:00Z", tick=False):
        for user in (
            MembershipFactory(clinic__time_zone=zone).user,
            PatientFactory(time_zone=zone).user,
        ):
            client = as_user(user)
            add_passkey(client)
            assert said in client.get(LIST).content.decode()


def test_the_way_to_them_waits_for_the_script_until_there_is_one(as_user, sam):
    client = as_user(sam)
    way = "<li data-passkey-able hidden>"
    assert way in client.get("/settings/you/").content.decode()
    add_passkey(client)
    page = client.get("/settings/you/").content.decode()
    assert way not in page
    assert LIST in page


def test_a_removed_passkey_is_refused(as_user, client, sam):
    own = as_user(sam)
    phone = add_passkey(own)
    assert own.post(f"{LIST}{only_passkey()}/remove/").status_code == 302
    assert AuditEvent.objects.get(action="passkey_removed").actor == sam
    assert sign_in_by(client, phone).status_code == 422
    assert not is_signed_in(client)


def test_of_two_the_one_that_was_chosen_is_named_and_removed(as_user, client, sam):
    own = as_user(sam)
    first, second = (add_passkey(own, name=name) for name in ("Blue", "Red"))
    key = Authenticator.objects.get(data__name="Red").data["key"]
    own.post(f"{LIST}{key}/", {"called": "Green"})
    page = own.get(LIST).content.decode()
    assert "Blue" in page
    assert "Green" in page
    own.post(f"{LIST}{key}/remove/")
    assert sign_in_by(Client(), second).status_code == 422
    assert sign_in_by(client, first).status_code == 302


@pytest.mark.parametrize(("sent", "stays"), [({}, True), ({"is_lost": "on"}, False)])
def test_with_a_lost_phone_every_other_sign_in_ends(as_user, sam, sent, stays):
    here, there = as_user(sam), as_user(sam)
    add_passkey(here)
    here.post(f"{LIST}{only_passkey()}/remove/", sent)
    assert here.get(LIST).status_code == 200
    assert (there.get(LIST).status_code == 200) is stays


def test_a_strangers_passkey_is_not_there(as_user, sam):
    add_passkey(as_user(sam))
    stranger = as_user(PatientFactory().user)
    for path in (f"{LIST}{only_passkey()}/", f"{LIST}{only_passkey()}/remove/"):
        assert stranger.post(path, {"called": "mine"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "My phone"


def test_none_of_the_other_pages_of_its_package_is_there(client, as_user, sam):
    assert not [name for name in named(get_resolver().url_patterns) if name.startswith("mfa_")]
    for path in ("/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/mfa/"):
        assert as_user(sam).get(path).status_code == 404


# --- the offer ------------------------------------------------------------------------


def by_code(client: Client, user: User, **more: str) -> None:
    client.post("/accounts/login/code/", {"email": user.email})
    code = code_in(newest_letter_to(user.email))
    client.post("/accounts/login/code/confirm/", {"code": code, **more})


def is_offered(client: Client, path: str = "/today/") -> bool:
    return OFFER in client.get(path).content.decode()


def test_after_a_code_a_passkey_is_offered_hidden_until_the_device_can(client, sam):
    by_code(client, sam)
    page = client.get("/today/").content.decode()
    assert "data-passkey-offer hidden" in page
    assert f"{ADD}?next=/today/" in page


def test_after_an_invitation_a_passkey_is_offered_and_the_phone_is_not_yet_ones_own(client):
    patient = PatientFactory(user=None, email="ana@example.org", welcomed_at=clock.now())
    records.invite(patient, by=patient.clinician, now=clock.now())
    client.post(link_in(newest_letter_to("ana@example.org"), "/invitations/"))
    assert is_signed_in(client)
    assert client.session[passkey_offer.OFFERED_UNTIL] > clock.now().timestamp()
    assert not sessions.is_own_phone(client.session)


def test_staff_are_offered_one_too(client):
    member = MembershipFactory()
    client.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert is_offered(client, "/patients/")


def test_after_not_now_it_is_not_offered_for_a_month_and_then_it_is(client, sam):
    with time_machine.travel(clock.now(), tick=False) as now:
        by_code(client, sam)
        assert client.post(f"{LIST}offer/", {"answer": "later"})["Location"] == "/"
        kept_for = timedelta(seconds=client.cookies["passkey"]["max-age"])
        now.shift(timedelta(days=30))
        by_code(client, sam)
        assert not is_offered(client)
        assert kept_for == timedelta(days=31)
        client.post("/accounts/logout/")
        del client.cookies["passkey"]  # as a browser does then
        now.shift(timedelta(days=2))
        by_code(client, sam)
        assert is_offered(client)


def test_never_here_lasts_as_long_as_the_device_is_used(client, sam):
    with time_machine.travel(clock.now(), tick=False) as now:
        by_code(client, sam)
        client.post(f"{LIST}offer/", {"answer": "never"})
        for _visit in range(3):
            now.shift(timedelta(days=399))
            client.cookies["passkey"]["max-age"] = 0
            by_code(client, sam)
            assert client.cookies["passkey"]["max-age"] == 400 * 24 * 3600
            assert not is_offered(client)


def test_an_offer_that_nobody_answers_is_gone_the_day_after(client, sam):
    with time_machine.travel(clock.now(), tick=False) as now:
        by_code(client, sam)
        assert is_offered(client)
        now.shift(timedelta(hours=23))
        assert is_offered(client)
        now.shift(timedelta(hours=2))
        assert not is_offered(client)


def test_who_has_one_here_is_not_offered_another_and_finds_it_first(client, as_user, sam):
    by_code(client, sam)
    phone = add_passkey(client)
    assert not is_offered(client)
    client.post("/accounts/logout/")
    page = client.get("/accounts/login/").content.decode()
    assert page.index("Sign in with a passkey") < page.index("E-mail me a code")
    other = Client().get("/accounts/login/").content.decode()
    assert other.index("Sign in with a passkey") > other.index("E-mail me a code")
    sign_in_by(client, phone)
    assert not is_offered(client)


def test_what_is_no_answer_to_the_offer_is_not_found(as_user, sam):
    assert as_user(sam).post(f"{LIST}offer/", {"answer": "x"}).status_code == 404
