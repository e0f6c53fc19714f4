"""A clinic from the terminal."""

import io
import re
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Clinic, Membership, User
from tests.accounts.post import letter_to, link_in
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("start_clinic", *args, stdout=out)
    return out.getvalue()


def test_it_prints_and_sends_a_link_that_leads_in(time_machine):
    time_machine.move_to(START, tick=False)  # a link holds the second in which it was made
    said = run("Riverside", "Lead@Example.org", "--name", "Ada", "--time-zone", "Europe/Paris")
    [printed] = re.findall(r"http://testserver(\S+)", said)
    assert printed == link_in(letter_to("lead@example.org"), "/key/")
    client = Client()
    form = client.get(printed)["Location"]
    assert client.post(form, {"password1": PASSWORD})["Location"] == "/"
    member = Membership.objects.get()
    assert (member.clinic.name, member.role, member.user.name) == ("Riverside", "lead", "Ada")
    assert member.clinic.time_zone == "Europe/Paris"
    assert client.session["_auth_user_id"] == str(member.user.pk)


def test_its_country_and_numbers():
    there = ("--country", "DE", "--emergency-number", "112", "--advice-number", "116 117")
    run("Riverside", "lead@example.org", *there)
    clinic = Clinic.objects.get()
    numbers = (clinic.country, clinic.emergency_number, clinic.advice_number)
    assert numbers == ("DE", "112", "116117")


def test_without_a_country_it_is_british():
    run("Riverside", "lead@example.org")
    clinic = Clinic.objects.get()
    assert (clinic.country, clinic.emergency_number, clinic.advice_number) == ("GB", "999", "111")


def test_a_password_may_come_from_elsewhere(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    said = run("Riverside", "lead@example.org", "--password-stdin")
    assert "http" not in said
    assert PASSWORD not in said
    assert User.objects.get().check_password(PASSWORD)


def test_the_same_address_again_says_so_and_makes_nothing():
    UserFactory(email="lead@example.org")
    with pytest.raises(CommandError, match="already has an account. No clinic was made."):
        run("Riverside", "LEAD@example.org")
    assert not Clinic.objects.exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["", "lead@example.org"], "1 to 120"),
        (["x" * 121, "lead@example.org"], "1 to 120"),
        (["Riverside", "lead"], "like name@example.org"),
        (["Riverside", "lead@example.org", "--time-zone", "Moon/Tycho"], "time zone"),
        (["Riverside", "lead@example.org", "--name", "x" * 121], "1 to 120"),
        (["Riverside", "lead@example.org", "--country", "Mars"], "two letters"),
        (["Riverside", "lead@example.org", "--country", "NZ"], "--emergency-number of NZ"),
        (["Riverside", "lead@example.org", "--emergency-number", "call us"], "Write only"),
        (["Riverside", "lead@example.org", "--advice-number", "12"], "short number in Britain"),
    ],
)
def test_nonsense_is_refused_in_one_line(args, said):
    with pytest.raises(CommandError, match=said):
        run(*args)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "Use 10 characters or more."),
        ("Summer2026!", "too easy"),
        ("Riverside2026!", "about the clinic"),
    ],
)
def test_a_weak_password_is_refused(monkeypatch, password, said):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    with pytest.raises(CommandError, match=said):
        run("Riverside", "lead@example.org", "--password-stdin")
    assert not User.objects.exists()
