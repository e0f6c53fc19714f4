"""However an address is spelled, it is one person's: at every door, in every limit and refusal."""

import io
import re
import unicodedata

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains

import clock
from accounts import mail_addresses, services
from accounts.models import AddressTrouble, TeamInvitation, User
from outbox.outcomes import NotAccepted
from patients.models import AddressChange, Patient
from tests.accounts.post import code_in, letter_to, link_in
from tests.accounts.test_first_run import FILLED_IN
from tests.accounts.test_mail_limits import at_most
from tests.clients import is_signed_in
from tests.factories import PASSWORD, MembershipFactory, PatientFactory

SIGN_IN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"
KEPT, LETTERS = "ana@xn--mller-praxis-dlb.example", "ana@müller-praxis.example"
OTHER = " Ana@MU\u0308LLER-Praxis。example. "
DOMAINS = {
    "müller-praxis.example": "xn--mller-praxis-dlb.example",
    "faß.example": "xn--fa-hia.example",
    "例え.テスト": "xn--r8jz45g.xn--zckzah",
    "аррӏе.example": "xn--80ak6aa92e.example",
    "example.org": "example.org",
}
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@st.composite
def spellings(draw, domains: tuple[str, ...] = tuple(DOMAINS)) -> tuple[str, str]:
    """One way to write an address, and how it is kept."""
    letters = draw(st.sampled_from(domains))
    domain = draw(st.sampled_from([letters, DOMAINS[letters]]))
    if not domain.isascii():
        domain = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), domain)
        if draw(st.booleans()):  # a hyphen that nobody sees
            at = draw(st.integers(1, len(domain) - 1))
            domain = domain[:at] + "\u00ad" + domain[at:]
        if draw(st.booleans()):
            domain = domain.translate(FULL_WIDTH)
    domain = domain.replace(".", draw(st.sampled_from([".", "。", "．", "｡"])))
    address = f"ana+1@{domain}" + draw(st.sampled_from(["", ".", "。"]))
    # ß in capitals is SS to Python, which is another domain.
    capitals = "".join(
        one.upper() if one != "ß" and draw(st.booleans()) else one for one in address
    )
    around = draw(st.sampled_from(["", " ", "\t", "\u00a0"]))
    return f"{around}{capitals}{around}", f"ana+1@{DOMAINS[letters]}"


@given(spellings())
def test_all_spellings_are_kept_as_one(found):
    typed, kept = found
    assert mail_addresses.read(typed) == mail_addresses.normalise(typed) == kept
    assert mail_addresses.normalise(kept) == kept


@given(st.text(max_size=30), st.sampled_from(["", "xn--", "ü", "ana@", "."]), st.text(max_size=30))
def test_whatever_is_typed_is_refused_or_kept_in_ascii(before, between, after):
    for typed in (f"{before}{between}{after}", f"ana@{before}{between}{after}.example"):
        mail_addresses.shown(typed)
        mail_addresses.normalise(typed)
        try:
            kept = mail_addresses.read(typed)
        except mail_addresses.NotAnAddress:
            continue
        assert re.fullmatch(mail_addresses.AS_KEPT, kept)
        assert mail_addresses.read(kept) == mail_addresses.normalise(kept) == kept
        assert mail_addresses.read(mail_addresses.for_field(kept)) == kept


@pytest.mark.django_db
@given(spellings(("müller-praxis.example", "faß.example", "аррӏе.example")))
@settings(max_examples=20)
def test_all_spellings_sign_in_the_same_person(found):
    typed, kept = found
    ana, _is_new = User.objects.get_or_create(email=kept)
    ana.set_password(PASSWORD)
    ana.save()
    client = Client()
    client.post(SIGN_IN, {"login": typed, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(ana.pk)


@pytest.fixture
def ana(db) -> User:
    return PatientFactory(name="Ana", user__email=KEPT, email=KEPT).user


@pytest.mark.parametrize("typed", [LETTERS, OTHER, KEPT.upper()])
def test_a_code_comes_to_the_one_address(client, ana, typed):
    client.post(SIGN_IN, {"login": typed, "way": "code"})
    assertContains(client.get(CONFIRM), f"<strong>{LETTERS}</strong>")
    client.post(CONFIRM, {"code": code_in(letter_to(KEPT))})
    assert is_signed_in(client)


def test_a_link_for_a_new_password_comes_there_too(client, ana):
    client.post(reverse("account_reset_password"), {"email": OTHER})
    assert link_in(letter_to(KEPT), "/password/reset/key/")


def test_tries_are_counted_for_the_one_address(ana):
    for typed in (LETTERS, OTHER, KEPT, KEPT.upper(), "ana@müller-praxis。example"):
        page = Client().post(SIGN_IN, {"login": typed, "password": "wrong"})
        assert page.status_code == 422
    page = Client().post(SIGN_IN, {"login": LETTERS, "password": PASSWORD})
    assert page.status_code == 429


def test_a_field_keeps_what_was_typed_in_letters(client, ana):
    page = client.post(SIGN_IN, {"login": LETTERS, "password": "wrong"})
    assertContains(page, f'value="{LETTERS}"', status_code=422)


def test_django_finds_the_account_by_it(ana):
    assert User.objects.get_by_natural_key(OTHER) == ana
    assert services.account_for(OTHER) == ana
    assert ana.is_at(OTHER)
    assert not ana.is_at("ana@mueller-praxis.example")


def test_two_accounts_for_two_spellings_cannot_be(ana):
    with pytest.raises(services.HasAccount):
        services.create_account(OTHER, name="Ana")


# --- a team ---


@pytest.fixture
def lead(db) -> User:
    return MembershipFactory(role="lead").user


def invite(as_user, lead, address: str):
    path = reverse("accounts:invite_colleague", args=[lead.memberships.get().clinic_id])
    data = {"name": "Ana", "address": address, "role": "clinician"}
    return as_user(lead).post(path, data, follow=True)


def test_a_colleague_is_invited_once(as_user, lead):
    assertContains(invite(as_user, lead, LETTERS), f"Invitation sent to {LETTERS}.")
    invite(as_user, lead, OTHER)
    assert set(TeamInvitation.objects.values_list("address", flat=True)) == {KEPT}
    [invitation] = TeamInvitation.objects.filter(revoked_at=None)
    assert invitation.letter.to == KEPT


def test_a_member_is_recognised(as_user, lead):
    MembershipFactory(user__email=KEPT, clinic=lead.memberships.get().clinic)
    assertContains(invite(as_user, lead, OTHER), "on the team already", status_code=422)


def test_invitations_to_one_address_are_counted_together(as_user, lead, monkeypatch):
    at_most(monkeypatch, "INVITATIONS_TO", 1)
    invite(as_user, lead, LETTERS)
    page = invite(as_user, lead, OTHER)
    assertContains(page, f"You can invite {LETTERS} again in", status_code=422)


# --- patients ---


def test_a_second_record_with_the_same_address_is_pointed_out(as_user, ana):
    record = Patient.objects.get()
    person = {"name": "Lena", "clinician": record.clinician_id, "time_zone": "Europe/London"}
    client_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
    data = {**person, "email": OTHER, "client_id": client_id}
    page = as_user(record.clinician).post("/patients/new/", data)
    assertContains(page, "A record in this clinic has this address already.", status_code=422)


@pytest.mark.parametrize("typed", [LETTERS, OTHER, KEPT])
def test_another_spelling_puts_nobody_out(as_user, ana, typed):
    record = Patient.objects.get()
    client, path = as_user(record.clinician), reverse("caseload:edit", args=[record.pk])
    assertContains(client.get(path), f'value="{LETTERS}"')
    data = {"name": "Ana R", "clinician": record.clinician_id, "time_zone": "Europe/London"}
    assert client.post(path, {**data, "email": typed}).status_code == 302
    record.refresh_from_db()
    assert (record.name, record.email, record.user) == ("Ana R", KEPT, ana)


def test_a_page_that_repeats_the_address_overwrites_no_newer_one(as_user, ana):
    """Browsers send back a domain in letters or in ASCII, as they like."""
    record = Patient.objects.get()
    Patient.objects.update(user=None)
    client, path = as_user(record.clinician), reverse("caseload:edit", args=[record.pk])
    form = client.get(path).context["form"]
    page = dict(form.given())
    Patient.objects.update(email="new@example.org")
    data = {"name": "Ana R", "clinician": record.clinician_id, "time_zone": "Europe/London"}
    client.post(path, {**page, **data, "email": KEPT})
    record.refresh_from_db()
    assert (record.name, record.email) == ("Ana R", "new@example.org")


def test_ones_own_address_is_no_other_one(as_user, ana):
    page = as_user(ana).post(reverse("today:ask_address"), {"address": OTHER})
    assert page.status_code == 422
    assert not AddressChange.objects.exists()


def test_a_refused_address_is_closed_in_every_spelling(ana):
    refusal = NotAccepted("550", for_good=True, of_recipient=True)
    AddressTrouble.objects.note_refusal(OTHER, refusal, now=clock.now())
    assert AddressTrouble.objects.of(LETTERS).closed().exists()
    AddressTrouble.objects.note_accepted([KEPT])
    assert not AddressTrouble.objects.exists()


# --- the terminal, and the first page ---


def run(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_clinic_from_the_terminal():
    said = run("start_clinic", "Riverside", OTHER, "--name", "Ana")
    assert f"{LETTERS} leads it." in said
    assert letter_to(KEPT)


def test_an_operator_is_made_and_unmade(ana):
    assert run("make_operator", OTHER) == f"{LETTERS} is an operator.\n"
    assert User.objects.get(is_operator=True) == ana
    run("make_operator", LETTERS, "--remove")
    assert not User.objects.filter(is_operator=True).exists()


@pytest.mark.django_db
def test_the_first_page(client):
    client.post("/welcome/", {**FILLED_IN, "email": OTHER})
    assert User.objects.get().email == KEPT
