"""Which addresses we take, and what we say of others, wherever somebody can type one."""

import io
import re

import pytest
from django import forms
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

import clock
from accounts import mail_addresses, services
from accounts.forms.fields import EmailField
from accounts.mail_limits import mailbox_of
from accounts.models import Clinic, Letter, TeamInvitation, User
from accounts.services import NotPossible
from accounts.words import not_an_address
from patients.models import AddressChange, Patient
from patients.services import addresses, records
from tests.accounts.test_first_run import FILLED_IN
from tests.cast import Cast
from tests.test_typed_text import all_forms

QUOTED, NO_NAME = "without quotation marks", "a name with a full stop after the @"
LETTERS, NO_SERVER = "letters a to z without accents", "the name of a mail server"
REFUSED = [
    ('"victim"@gmail.com', QUOTED),
    (r'"p\ara"@x.example', QUOTED),
    ('"a.b"@x.example', QUOTED),
    ("para@[127.0.0.1]", NO_NAME),
    ("para@[::1]", NO_NAME),
    ("para@localhost", NO_NAME),
    ("para@LOCALHOST", NO_NAME),
    ("zoë@x.example", LETTERS),
    ("пара@x.example", LETTERS),
    ("\u017fam@x.example", LETTERS),  # a long s
    ("para@müller", NO_NAME),
    ("para@🦵.example", NO_SERVER),
    ("para@" + "ü" * 60 + ".example", NO_SERVER),  # its ASCII name is longer than a label may be
    ("para@mül ler.example", NO_SERVER),
    ("para@mül_ler.example", NO_SERVER),
    ("para@ＸＮ--.example", NO_SERVER),
    ("para@xn--abc-.example", NO_SERVER),  # its letters would be plain ones
    ("para@xn---bbk.example", NO_SERVER),  # another way to write xn--bbk
    ("para@a\u200db.example", NO_SERVER),  # joins what does not join
    ("a" * 230 + "@müllers-praxis.example", "too long for mail servers"),
]
NONE = [
    "",
    "para",
    "para@",
    "@x.example",
    "a b@x.example",
    "para@x..example",
    "para＠x.example",
    "para@１.2.3.4",
]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Sam.Reed+1@Example.org ", "sam.reed+1@example.org"),
        ("o'neil@mail.example.co.uk", "o'neil@mail.example.co.uk"),
        ("sam@r3---x.example", "sam@r3---x.example"),  # not for IDNA, but it can be asked for
        ("sam@example.org.", "sam@example.org"),
        ("Sam@MÜLLER.example", "sam@xn--mller-kva.example"),
        ("sam@mu\u0308ller.example", "sam@xn--mller-kva.example"),  # u and two dots
        ("sam@ｍüller。example．", "sam@xn--mller-kva.example"),
        ("sam@mül\u00adler.example", "sam@xn--mller-kva.example"),  # a hyphen that nobody sees
        ("sam@XN--Mller-KVA.example", "sam@xn--mller-kva.example"),
        ("sam@faß.example", "sam@xn--fa-hia.example"),
        ("sam@FAẞ.example", "sam@xn--fa-hia.example"),
        ("sam@fass.example", "sam@fass.example"),
        ("sam@例え。テスト", "sam@xn--r8jz45g.xn--zckzah"),
        ("sam@مثال.إختبار", "sam@xn--mgbh0fb.xn--kgbechtv"),
    ],
)
def test_an_address_is_kept_in_small_letters_of_ascii(typed, kept):
    assert mail_addresses.read(typed) == mail_addresses.normalise(typed) == kept
    assert mail_addresses.read(mail_addresses.for_field(kept)) == kept


@pytest.mark.parametrize(("typed", "why"), [*REFUSED, *((one, "name@example.org") for one in NONE)])
def test_what_is_refused_says_why(typed, why):
    if typed in {"para", "para@"}:
        why = "name@example.org|full stop"
    with pytest.raises(mail_addresses.NotAnAddress) as refusal:
        mail_addresses.read(typed)
    assert re.search(why, not_an_address(refusal.value))


def test_every_field_for_an_address_keeps_these_rules():
    found = {
        f"{form.__qualname__}.{name}": field
        for form in all_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.EmailField)
    }
    assert found.keys() >= {
        *("FirstRunForm.email", "InviteColleagueForm.address"),
        *("NewPatientForm.email", "EditPatientForm.email", "NewAddressForm.address"),
    }
    assert [name for name, field in found.items() if not isinstance(field, EmailField)] == []


def pages(cast: Cast, as_user) -> dict[str, tuple[Client, str, dict, str]]:
    """Who types, where, what, and which of it is the address."""
    person = {"name": "Lena", "clinician": cast.clinician.pk, "time_zone": "Europe/London"}
    asked = {"name": "Tom", "role": "clinician"}
    invite = reverse("accounts:invite_colleague", args=[cast.clinic.pk])
    edit = reverse("caseload:edit", args=[cast.record.pk])
    return {
        "colleague": (as_user(cast.lead), invite, asked, "address"),
        "new patient": (as_user(cast.clinician), "/patients/new/", person, "email"),
        "edited patient": (as_user(cast.clinician), edit, person, "email"),
        "own address": (as_user(cast.patient), reverse("today:ask_address"), {}, "address"),
        "code": (Client(), reverse("account_request_login_code"), {}, "email"),
        "reset": (Client(), reverse("account_reset_password"), {}, "email"),
    }


@pytest.mark.parametrize(
    "where", ["colleague", "new patient", "edited patient", "own address", "code", "reset"]
)
@pytest.mark.parametrize(("typed", "why"), [REFUSED[n] for n in (0, 3, 5, 7, 11)])
def test_each_page_says_it_beside_the_address_and_loses_nothing(cast, as_user, where, typed, why):
    client, path, data, field = pages(cast, as_user)[where]
    sent = {**data, field: typed}
    page = client.post(path, sent)
    assert page.status_code in {200, 422}
    form = page.context["form"]
    assert [why in error for error in form.errors[field]] == [True]
    assert {name: str(form[name].value()) for name in sent} == {
        name: str(value) for name, value in sent.items()
    }
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_the_first_clinic_says_it_too(client):
    page = client.post("/welcome/", {**FILLED_IN, "email": '"ada"@x.example'})
    assert QUOTED in str(page.context["form"].errors["email"])
    assert not Clinic.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "why"), REFUSED)
def test_the_commands_say_it_and_make_nothing(typed, why):
    with pytest.raises(CommandError, match=why):
        call_command("start_clinic", "Riverside", typed, stdout=io.StringIO())
    assert not Clinic.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize(("typed", "why"), REFUSED)
def test_no_operator_has_such_an_address(cast, typed, why):
    with pytest.raises(CommandError, match=why):
        call_command("make_operator", typed, stdout=io.StringIO())
    assert not User.objects.filter(email__iexact=typed).exists()


def acts(cast: Cast, address: str):
    who = {"by": cast.lead, "now": clock.now()}
    person = {"name": "Lena", "clinician": cast.clinician, "time_zone": "Europe/London"}
    yield lambda: services.create_account(address, name="Nia")
    yield lambda: services.invite_to_team(
        cast.clinic, address=address, role="lead", name="Nia", **who
    )
    yield lambda: records.add_patient(cast.clinic, email=address, **person, **who)
    yield lambda: records.edit_patient(
        cast.record, email=address, telephone="", year_of_birth=None, **person, **who
    )
    yield lambda: addresses.ask(cast.patient, address=address, now=clock.now())


@pytest.mark.parametrize(("typed", "why"), REFUSED)
def test_what_comes_without_a_form_is_refused_by_the_service(cast, typed, why):
    people = User.objects.count(), Patient.objects.count()
    for act in acts(cast, typed):
        with pytest.raises(NotPossible, match=why):
            act()
    assert (User.objects.count(), Patient.objects.count()) == people
    assert not TeamInvitation.objects.exists()
    assert not AddressChange.objects.exists()


def test_an_address_from_before_is_written_to_only_once_it_is_corrected(cast):
    Patient.objects.filter(pk=cast.record.pk).update(email='"sam"@gmail.com', user=None)
    with pytest.raises(NotPossible, match=QUOTED):
        records.invite(cast.record, by=cast.lead, now=clock.now())
    assert not Letter.objects.exists()


@pytest.mark.parametrize("typed", ['"sam"@gmail.com', r'"s\am"@gmail.com', '"s.am+1"@gmail.com'])
def test_a_spelling_from_before_counts_for_its_mailbox(typed):
    assert mailbox_of(typed) == "sam@gmail.com"
