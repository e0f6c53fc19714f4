"""On pages an address has the letters of its domain; where those mislead, the ASCII name as well."""

import pytest
from django.urls import reverse

import clock
from accounts import mail_addresses
from accounts.models import AddressTrouble, Letter, TeamInvitation, User
from outbox.outcomes import NotAccepted
from patients.models import AddressChange, Invitation, Patient
from patients.services import addresses, records
from tests.access_routes import Route
from tests.accounts.routes import invite as invite_to_team
from tests.cast import Cast
from tests.test_access import ROUTES, ask

A_LABEL, DOMAIN, LETTERS = "xn--", "xn--mller-praxis-dlb.example", "müller-praxis.example"
COLUMNS = [
    (User, "email"),
    (Patient, "email"),
    (TeamInvitation, "address"),
    (Invitation, "address"),
    (AddressChange, "address"),
    (AddressTrouble, "address"),
    (Letter, "to"),
]
PAGES = [route for route in ROUTES if route.method == "get"]


def move_everybody() -> None:
    """All addresses that there are to a domain with other letters."""
    for model, column in COLUMNS:
        for row in model.objects.exclude(**{column: None}).exclude(**{column: ""}):
            name = getattr(row, column).partition("@")[0]
            model.objects.filter(pk=row.pk).update(**{column: f"{name}@{DOMAIN}"})


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_no_page_shows_an_ascii_name(route: Route, cast: Cast, as_user) -> None:
    route.prepare(cast)
    move_everybody()
    for role in ("patient", "clinician", "lead", "operator"):
        page = ask(as_user(User.objects.get(pk=getattr(cast, role).pk)), route, cast)
        if not page.streaming:
            assert A_LABEL not in page.content.decode("utf-8", "replace"), role


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """Someone wishes for another address, a colleague is invited, mail to the patient comes back."""
    addresses.ask(cast.patient, address="new@example.org", now=clock.now())
    invite_to_team(cast)
    refusal = NotAccepted("550", for_good=True, of_recipient=True)
    AddressTrouble.objects.note_refusal(cast.patient.address, refusal, now=clock.now())
    waiting = Patient.objects.get(user=cast.other_patient)
    Patient.objects.filter(pk=waiting.pk).update(user=None, email="waiting@example.org")
    waiting.refresh_from_db()
    records.invite(waiting, by=cast.clinician, now=clock.now())
    move_everybody()
    return cast


@pytest.mark.parametrize(
    ("role", "name", "names"),
    [
        ("clinician", "caseload:record", ["sam", "new"]),
        ("clinician", "caseload:edit", ["sam"]),
        ("clinician", "caseload:close_access", ["sam"]),
        ("patient", "today:settings", ["sam", "new"]),
        ("patient", "reminders:settings", ["sam"]),
        ("lead", "accounts:team", ["nia"]),
    ],
)
def test_pages_that_show_one(asked: Cast, as_user, role, name, names):
    of_record = {"args": [asked.record.pk]} if name.startswith("caseload:") else {}
    user = User.objects.get(pk=getattr(asked, role).pk)
    page = as_user(user).get(reverse(name, **of_record), follow=True).content.decode()
    for one in names:
        assert f"{one}@{LETTERS}" in page
    assert A_LABEL not in page


def test_what_is_said_after_an_invitation(asked: Cast, as_user):
    waiting = Patient.objects.get(email__startswith="waiting@")
    page = as_user(asked.clinician).post(reverse("caseload:invite", args=[waiting.pk]), follow=True)
    assert f"The invitation to waiting@{LETTERS} is on its way." in page.content.decode()


def test_a_guest_sees_enough_to_recognise_it(asked: Cast, as_user):
    link = Letter.objects.get(to__startswith="waiting@").text
    path = next(word for word in link.split() if "/invitations/" in word)
    page = as_user(asked.stranger).get(path.removeprefix("http://testserver"))
    assert f"w•••@{LETTERS}" in page.content.decode()


@pytest.mark.parametrize(
    ("kept", "shown", "in_field"),
    [
        ("ana@example.org", "ana@example.org", "ana@example.org"),
        (f"ana@{DOMAIN}", f"ana@{LETTERS}", f"ana@{LETTERS}"),
        ("ana@xn--fa-hia.example", "ana@faß.example", "ana@faß.example"),
        ("ana@a.xn--mller-kva.example", "ana@a.müller.example", "ana@a.müller.example"),
        ("ana@xn--80ak6aa92e.example", "ana@аррӏе.example (xn--80ak6aa92e.example)", None),
        ("ana@xn--pple-43d.example", "ana@аpple.example (xn--pple-43d.example)", None),
        ("ana@xn--paypl-m11b.example", "ana@paypạl.example (xn--paypl-m11b.example)", None),
        ("ana@xn--x-eka.example", "ana@ıx.example (xn--x-eka.example)", None),
        ("ana@xn--r8jz45g.xn--zckzah", "ana@例え.テスト (xn--r8jz45g.xn--zckzah)", None),
        ("ana@xn--a.example", "ana@xn--a.example", None),  # no letters belong to it
        (
            "ana@r3---x.xn--mller-kva.example",
            "ana@r3---x.müller.example",
            "ana@r3---x.müller.example",
        ),
        ("", "", ""),
    ],
)
def test_letters_stand_alone_only_where_they_mislead_nobody(kept, shown, in_field):
    assert mail_addresses.shown(kept) == shown
    assert mail_addresses.for_field(kept) == (kept if in_field is None else in_field)


def test_two_domains_that_look_alike_read_differently(cast: Cast, as_user):
    for address in ("ana@apple.example", "ana@аpple.example"):
        Patient.objects.filter(pk=cast.record.pk).update(email=mail_addresses.read(address))
        page = as_user(cast.clinician).get(reverse("caseload:record", args=[cast.record.pk]))
        has_ascii_name = "(xn--pple-43d.example)" in page.content.decode()
        assert has_ascii_name is not address.isascii()
