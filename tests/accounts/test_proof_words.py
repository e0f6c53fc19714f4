"""The page that asks "Is it you?" says what comes next, and of typing only where one typed."""

import pytest
from django.urls import reverse

from accounts.proof import fresh_proof_required
from tests.accounts.grave import EXPORTS, GRAVE, Grave
from tests.accounts.test_proof import CONFIRM, proved

pytestmark = pytest.mark.django_db
KEPT = "What you typed is kept"
DOING = {
    "account_change_password": "change your password",
    "account_set_password": "set a password",
    "accounts:remove_passkey": "remove a passkey",
    "accounts:trust_phone": "stay signed in for longer",
    "accounts:clinic": "change the clinic’s settings",
    "accounts:remove_logo": "remove the clinic’s logo",
    "accounts:invite_colleague": "invite a colleague",
    "accounts:deactivate": "take a colleague’s access away",
    "accounts:reactivate": "give a colleague access again",
    "accounts:change_role": "change a colleague’s role",
    "accounts:resend_invitation": "send an invitation again",
    "accounts:revoke_invitation": "withdraw an invitation",
    "caseload:edit": "change a patient’s e-mail address",
    "caseload:close_access": "close access to a patient’s page",
    "caseload:invite_again": "invite a patient again",
    "caseload:phone": "sign a patient’s phone in",
    "caseload:note_death": "note that a patient has died",
    "caseload:confirm_address": "confirm a patient’s new e-mail address",
    "today:ask_address": "ask for another e-mail address",
    "caseload:record_trail_export": "save who has touched a record",
    "caseload:clinic_trail_export": "save who did what in the clinic",
}
TYPED_INTO = {
    "accounts:clinic",
    "accounts:invite_colleague",
    "caseload:edit",
    "caseload:close_access",
    "today:ask_address",
}


def about_to(name: str) -> str:
    return f"You are about to: <strong>{DOING[name]}</strong>."


@pytest.mark.parametrize("grave", GRAVE, ids=str)
def test_it_says_what_comes_next_and_whether_typing_is_kept(grave: Grave, cast, as_user):
    grave.prepare(cast)
    client = proved(as_user(getattr(cast, grave.who)), minutes=16)
    path = reverse(grave.name, kwargs=grave.kwargs(cast))
    page = client.post(path, grave.data(cast)).content.decode()
    assert about_to(grave.name) in page
    assert (KEPT in page) is (grave.name in TYPED_INTO)
    wrong = client.post(path, {**grave.data(cast), "confirm": "password", "confirm-password": "x"})
    assert about_to(grave.name) in wrong.content.decode()
    if grave.opens:
        opened = client.get(client.get(path)["Location"]).content.decode()
        assert about_to(grave.name) in opened
        assert KEPT not in opened


@pytest.mark.parametrize("name", EXPORTS)
def test_it_says_so_before_a_file(name, cast, as_user):
    client = proved(as_user(cast.lead), minutes=16)
    path = reverse(name, kwargs=EXPORTS[name](cast))
    page = client.get(client.get(path, {"what": "told"})["Location"])
    assert about_to(name) in page.content.decode()


@pytest.mark.parametrize("next_page", ["/settings/", "/no/such/page", "//evil.example", "\x00", ""])
def test_before_no_grave_page_it_only_asks(cast, as_user, next_page):
    client = proved(as_user(cast.lead), minutes=16)
    page = client.get(reverse("accounts:confirm", query={"next": next_page}))
    assert page.status_code == 403
    assert "You are about to" not in page.content.decode()
    assert "Is it you?" in client.get(CONFIRM).content.decode()


def test_a_grave_view_cannot_leave_out_what_it_does():
    with pytest.raises(TypeError, match="doing"):
        fresh_proof_required()
