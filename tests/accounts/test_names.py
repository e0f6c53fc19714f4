"""What people and clinics may be called: no addresses, nothing unseen, nothing that turns."""

import io
import re
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

import clock
from accounts import names, services
from accounts.forms.fields import NameField
from accounts.models import Clinic, User
from accounts.words import not_a_name
from patients.models import Patient
from patients.services import records
from tests.accounts.post import letter_to, link_in
from tests.accounts.test_first_run import FILLED_IN
from tests.accounts.test_settings import CLINIC
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.test_typed_text import all_forms

REAL = [
    *("O'Brien", "Ó Súilleabháin", "Nguyễn", "Fatma Şahin", "D'Angelo & Sons", "Zoë 🏃‍♀️"),
    *("Dr. med. A.-K. Müller", "A.B. Smith", "J.R.R. Tolkien", "J.Smith", "Anna Weber, M.Sc."),
    *("山田太郎", "王.小明", "محمد علی", "می‌خواهم", "د.محمد", "क्‍ष", "Σ.Π. Παπάς"),
    *("St. Mary's Physio", "Physio 2.0", "Praxis am See/Nord", "24/7 Physio", "Physio e.V."),
    *("1. FC Köln", "Physio @ Home", "Reha:aktiv", "Data: moving", "l·lull", "Physio (2.OG)", "."),
    *("Physio 2000", "Praxis 24", "Haus 12, 3. OG, Tür 45", "ab 2019: Reha 2000", "116 117"),
    *("GmbH & Co.KG", "B.Sc.Physio", "Kim Weber, B.Sc., M.Sc", "Ph.D", "Dr.med Anna Weber"),
    *("U.S.A. Rehab", "M.A.", "P.T. Lee", "Weber GmbH & Co. KG", "Á.Smith", "1.FC Köln"),
]
ADDRESSES = [
    *("evil.example", "evil.example/x", "Win at Evil.Example now", "(evil.example)", "x.com"),
    *("//evil.example", "https:evil", "HTTPS://evil", "http evil", "www.evil", "ftp://evil"),
    *("mailto:x", "tel:0900", "a@b", "a@b.example", "evil.example:80", "evil.example.", "t.co/abc"),
    *("192.0.2.1", "xn--e1afmkfd.xn--p1ai", "пример.рф", "उदाहरण.परीक्षा", r"\\evil\share"),
    # The same in other clothes: full-width, other dots, joiners and unseen spaces inside.
    *("ｗｗｗ．evil", "evil．example", "evil。example", "evil｡example", "evil․example", "a＠b"),
    *("evil.exa\u200dmple", "evil\u200c.example", "evil\u200b.example", "evil.\u00adexample"),
    # One letter or sign before an ending, in whatever case; and whatever follows a slash.
    *("T.ME/promo", "T.CO/abc", "T.ME", "X.COM", "G.CO", "A.CO", "t.Me", "Ｔ．ＭＥ", "A.B.CO"),
    *("i❤.ws", "💩.la", "💩.LA", "❤️.WS", "1.FM", "X.公司", "X.XN--P1AI", "J.Li", "T.ME\u034f"),
    *("J.Smith/promo", "M.Sc/promo", "e.V./x", "M.Sc:80", "evil.M.Sc", "M.Sc.CO", "X.COM-now"),
    "Dr.Müller",  # someone's name, but a mail program cannot know: a space mends it
]
TELEPHONES = [
    *("WIN500-CALL-09001234567", "+44 900 123456", "0900.123.4567", "(0900) 123/456", "1234567"),
    *(
        "０９００１２３４５６",
        "٠٩٠٠١٢٣٤٥٦",
        "0_9_0_0_1_2_3",
        "0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣",
        "①②③④⑤⑥⑦",
        "0900\u200b123456",
    ),
]
UNSEEN = [
    "\u200b",
    "\u3164",
    "\u200e\u200f",
    "\u2800 \u3164",
    "\u200d",
    "\uffa0",
    "\u034f",
    "\ufe0f",
]
TURNING = ["\u202eSam", "Sam\u202c Reed", "Sam \u2066Reed\u2069"]
REASONS = [
    *((typed, "reads like an address") for typed in ADDRESSES),
    *((typed, "reads like a telephone number") for typed in TELEPHONES),
    *((typed, "Nothing of this name can be seen") for typed in UNSEEN),
    *((typed, "turn the direction of reading") for typed in TURNING),
]


@pytest.mark.parametrize("name", [*REAL, *sorted(names.DEGREES_AND_FIRMS)])
def test_real_names_pass_as_they_are(name):
    assert names.read(name) == name
    assert names.for_mail(name) == name


def said_of(typed: str) -> str:
    """What somebody reads of a name that is refused."""
    with pytest.raises(names.NotAName) as refusal:
        names.read(typed)
    return not_a_name(refusal.value)


@pytest.mark.parametrize(("typed", "why"), REASONS, ids=[ascii(typed) for typed, _ in REASONS])
def test_what_is_refused_says_why(typed, why):
    assert re.search(why, said_of(typed))
    assert re.search(
        why, said_of(f"Sam {typed}" if why != "Nothing of this name can be seen" else typed)
    )
    assert names.for_mail(typed) == ""


def test_the_reason_names_what_reads_like_an_address():
    said = said_of("Sam evil.example/x Reed")
    assert re.search("“evil.example/x”|“evil.example”", said)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Sam\tReed\r\n", "Sam Reed"),
        ("\u200eسارة\u200f", "سارة"),  # marks come along when a name is copied
        ("River\u200bside", "Riverside"),
        ("\u3164Sam \u200d Reed\u3164", "Sam Reed"),  # no word of which nothing can be seen
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner inside a word belongs to it
    ],
)
def test_what_cannot_be_seen_is_left_out(typed, kept):
    assert names.read(typed) == kept


def test_every_field_for_a_persons_or_a_clinics_name_keeps_these_rules():
    """By what it is called: a title of a programme, or what an exercise is called, is no such."""
    found = {
        f"{form.__module__}.{form.__qualname__}.{name}": field
        for form in all_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if name in {"name", "clinic_name", "called"} and "exercises" not in form.__module__
    }
    assert {name.rpartition("forms.")[2] for name in found} >= {
        *("clinic.FirstRunForm.clinic_name", "clinic.OwnNameForm.name", "clinic.ClinicForm.name"),
        *("clinic.InviteColleagueForm.name", "clinic.JoinTeamForm.name"),
        *("records.NewPatientForm.name", "records.EditPatientForm.name"),
    }
    assert [name for name, field in found.items() if not isinstance(field, NameField)] == []


def pages(cast: Cast, as_user) -> dict[str, tuple[Client, str, dict, str]]:
    """Who types, where, what, and which of it is the name."""
    lead, physio = as_user(cast.lead), as_user(cast.clinician)
    person = {"email": "", "clinician": cast.clinician.pk, "time_zone": "Europe/London"}
    new = {**person, "client_id": uuid4(), "name": "Lena Wolf"}
    services.invite_to_team(
        cast.clinic,
        address="nia@example.org",
        name="Nia",
        role="lead",
        by=cast.lead,
        now=clock.now(),
    )
    link = link_in(letter_to("nia@example.org"), "/invitations/team/")
    invite = reverse("accounts:invite_colleague", args=[cast.clinic.pk])
    asked = {"name": "Tom", "address": "tom@example.org", "role": "clinician"}
    edit = reverse("caseload:edit", args=[cast.record.pk])
    clinic = reverse("accounts:clinic", args=[cast.clinic.pk])
    return {
        "own name": (physio, "/settings/", {}, "name"),
        "clinic": (lead, clinic, CLINIC, "name"),
        "colleague": (lead, invite, asked, "name"),
        "joining": (Client(), link, {"password": PASSWORD}, "name"),
        "new patient": (physio, "/patients/new/", new, "name"),
        "edited patient": (physio, edit, {**person, "email": cast.record.email}, "name"),
    }


WHERE = ["own name", "clinic", "colleague", "joining", "new patient", "edited patient"]


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Win at evil.example", "“evil.example” reads like an address"),
        ("Win at T.ME/promo", "“T.ME/promo” reads like an address"),
        ("Call +44 900 123456", "“+44 900 123456” reads like a telephone number"),
        ("\u3164", "Nothing of this name can be seen"),
        ("Sam\u202e", "turn the direction of reading"),
    ],
)
def test_each_page_says_it_beside_the_name_and_loses_nothing(cast, as_user, where, typed, why):
    client, address, data, field = pages(cast, as_user)[where]
    sent = {**data, field: typed}
    page = client.post(address, sent)
    assert page.status_code == 422
    form = page.context["form"]
    assert why in str(form.errors[field][0])
    assert why in page.content.decode()
    for name, value in sent.items():
        assert str(form[name].value()) == str(value), name
    kept = [model.objects.filter(name=typed) for model in (User, Clinic, Patient)]
    assert not any(rows.exists() for rows in kept)


@pytest.mark.parametrize("where", WHERE)
def test_each_page_takes_a_real_name(cast, as_user, where):
    client, address, data, field = pages(cast, as_user)[where]
    assert client.post(address, {**data, field: "Dr. med. A.-K. O'Brien"}).status_code == 302


@pytest.mark.parametrize("typed", ["x" * 200_000, "evil.example" * 20, "x@" * 5000])
def test_what_is_too_long_is_refused_for_its_length(cast, as_user, typed):
    page = as_user(cast.clinician).post("/settings/", {"name": typed})
    assert "Use 120 letters at most" in str(page.context["form"].errors["name"])
    assert page.context["form"]["name"].value() == typed


def test_an_address_behind_much_that_is_unseen_is_found(cast, as_user):
    typed = "evil.example" + " \u200b" * 200
    page = as_user(cast.clinician).post("/settings/", {"name": typed})
    assert "reads like an address" in str(page.context["form"].errors["name"])


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["clinic_name", "name"])
def test_the_first_clinic_says_it_too(client, field):
    page = client.post("/welcome/", {**FILLED_IN, field: "evil.example"})
    assert "reads like an address" in str(page.context["form"].errors[field])
    assert not Clinic.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "args", [["evil.example"], ["\u3164"], ["Riverside", "--name", "//evil"], ["River\u202eside"]]
)
def test_the_command_says_it_in_one_line_and_makes_nothing(args):
    name, *others = args
    with pytest.raises(CommandError, match="No clinic was made"):
        call_command("start_clinic", name, "lead@example.org", *others, stdout=io.StringIO())
    assert not Clinic.objects.exists()
    assert not User.objects.exists()


def test_what_comes_without_a_form_is_refused_by_the_service(cast):
    person = {"email": "", "clinician": cast.clinician, "time_zone": "Europe/London"}
    who = {"by": cast.lead, "now": clock.now()}
    bad = {"name": "evil.example"}
    cast.clinic.name = "evil.example"
    for act in (
        lambda: services.create_account("a@example.org", **bad),
        lambda: services.rename(cast.lead, now=clock.now(), **bad),
        lambda: services.change_clinic(cast.clinic, **who),
        lambda: services.invite_to_team(
            cast.clinic, address="nia@example.org", role="lead", **bad, **who
        ),
        lambda: records.add_patient(cast.clinic, **person, **bad, **who),
        lambda: records.edit_patient(
            cast.record, telephone="", year_of_birth=None, **person, **bad, **who
        ),
    ):
        with pytest.raises(services.NotPossible, match="reads like an address"):
            act()
