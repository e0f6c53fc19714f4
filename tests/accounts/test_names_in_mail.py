"""Our mail carries nobody's advertising: whatever people typed is checked before it is said."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

import clock
from accounts import letter_words, services
from accounts.models import Clinic, Letter, TeamInvitation, User
from accounts.services import NotPossible
from patients.models import Patient
from patients.services import records
from reminders.services import tick, trial
from tests.accounts.post import letter_to, link_in, newest_letter_to
from tests.cast import Cast
from tests.factories import PatientFactory, UserFactory
from tests.reminders.nudging import MINUTE, MORNING, asked_day, deliver, looked_until

TEMPLATES = sorted((Path(__file__).parents[2] / "templates" / "emails").iterdir())
# What we make ourselves: links, codes, numbers, and words of our own.
OURS = {
    *("link", "change_link", "url", "password_reset_url", "path", "site_url", "label"),
    *("code", "minutes", "days", "hours", "link_hours", "language", "block"),
    *("named", "one", "is_rtl", "is_from_clinic"),
    *("telephone", "telephones"),  # figures and spaces only
}
TAG = re.compile(r"{%-?\s*(\w+)(.*?)%}|{{(.*?)}}", re.DOTALL)
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
WORD = re.compile(r"(?<![|.\w:])[a-z_]\w*")  # neither a filter nor an attribute
GRAMMAR = {"with", "count", "as", "in", "and", "or", "not", "only", "trimmed"}
# "extends", "load" and their like name no variable.
NAMES_NOTHING = {"load", "extends", "block", "endblock", "autoescape", "url", "translate", "plural"}
ADVERT = "www.evil.example"


def variables_in(source: str) -> set[str]:
    found = set()
    for tag, arguments, variable in TAG.findall(source):
        if tag not in NAMES_NOTHING:
            words = WORD.findall(QUOTED.sub("", arguments or variable))
            found |= set(words) - GRAMMAR
    return found - {"get_current_language"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_letter_says_only_what_is_checked_or_ours(template):
    """A new variable belongs into ``letter_words.TYPED`` if a person types it, else into OURS."""
    assert variables_in(template.read_text()) <= letter_words.TYPED.keys() | OURS


def test_the_variables_are_found():
    found = {name for path in TEMPLATES for name in variables_in(path.read_text())}
    assert found >= letter_words.TYPED.keys() | {"link", "code", "days", "named"}
    assert variables_in("{% if a.b %}{% blocktranslate with x=y.z|upper count n=m %}{{ q }}") == {
        *("a", "x", "y", "n", "m", "q"),
    }


def spoil(rows, name: str = f"{ADVERT} Sam") -> None:
    """As a row may be from before names were checked."""
    also = {"called": ""} if rows.model is Patient else {}
    rows.update(name=name, **also)


def clean(letter: Letter) -> str:
    """Its text, free of the advertisement wherever one looks."""
    for part in (letter.subject, letter.text, letter.html):
        assert "evil" not in part
        assert "\u202e" not in part
    return letter.text


@pytest.mark.parametrize("name", [f"{ADVERT} Sam", "\u3164", "\u202eSam"])
def test_an_invitation_of_an_old_record_greets_nobody_in_particular(cast: Cast, name):
    record = PatientFactory(clinic=cast.clinic, user=None, email="lena@example.org")
    spoil(Patient.objects.filter(pk=record.pk), name)
    records.invite(record, by=cast.clinician, now=clock.now())
    assert "Hello there," in clean(letter_to("lena@example.org"))


def test_what_somebody_is_called_stands_in_a_letter_whatever_the_old_name_says(cast: Cast):
    record = PatientFactory(clinic=cast.clinic, user=None, email="lena@example.org")
    spoil(Patient.objects.filter(pk=record.pk))
    Patient.objects.filter(pk=record.pk).update(called="Lena")
    records.invite(record, by=cast.clinician, now=clock.now())
    assert "Hello Lena," in clean(letter_to("lena@example.org"))


def test_who_accepts_an_invitation_of_an_old_record_gets_in_without_its_name(cast, client):
    record = PatientFactory(clinic=cast.clinic, user=None, email="lena@example.org")
    spoil(Patient.objects.filter(pk=record.pk))
    records.invite(record, by=cast.clinician, now=clock.now())
    link = link_in(letter_to("lena@example.org"), "/invitations/")
    assert client.post(link).status_code == 302
    assert User.objects.get(email="lena@example.org").name == ""


@pytest.mark.parametrize(
    "name",
    [f"{ADVERT} Sam", "T.ME/evil X.COM", "evil +44 900 123456", "=?utf-8?q?evil=2Eexample?="],
)
def test_a_colleague_is_invited_without_the_old_names_of_clinic_and_inviter(cast: Cast, name):
    spoil(Clinic.objects.all(), name)
    spoil(User.objects.filter(pk=cast.lead.pk), name)
    clinic, lead = Clinic.objects.get(pk=cast.clinic.pk), User.objects.get(pk=cast.lead.pk)
    services.invite_to_team(
        clinic, address="nia@example.org", name="Nia", role="lead", by=lead, now=clock.now()
    )
    letter = letter_to("nia@example.org")
    assert "Hello Nia," in clean(letter)
    assert letter.sender == ""
    assert letter.subject == "Join the team of Homestretch"
    assert "You are asked to join the team of Homestretch." in letter.text


def test_an_old_invitation_is_not_sent_again_under_its_name(cast: Cast, as_user):
    services.invite_to_team(
        cast.clinic,
        address="nia@example.org",
        name="Nia",
        role="lead",
        by=cast.lead,
        now=clock.now(),
    )
    spoil(TeamInvitation.objects.all())
    address = reverse("accounts:resend_invitation", args=[TeamInvitation.objects.get().pk])
    page = as_user(cast.lead).post(address, follow=True)
    assert "reads like an address" in page.content.decode()
    assert Letter.objects.count() == 1


def test_who_joins_by_an_old_invitation_without_a_name_gets_none(cast: Cast):
    invitation = services.invite_to_team(
        cast.clinic,
        address="nia@example.org",
        name="Nia",
        role="lead",
        by=cast.lead,
        now=clock.now(),
    )
    spoil(TeamInvitation.objects.all())
    services.accept_team_invitation(invitation, now=clock.now(), password="stretch-twice-daily")
    assert User.objects.get(email="nia@example.org").name == ""


@pytest.mark.django_db
@pytest.mark.parametrize("name", [f"{ADVERT} Sam", "\u3164", "\u202eSam"])
def test_a_reminder_for_an_old_record_greets_nobody_in_particular(smtp_server, name):
    looked_until(MORNING - MINUTE)
    day = asked_day()
    spoil(Patient.objects.filter(pk=day.assignment.patient_id), name)
    tick(now=MORNING)
    deliver(MORNING)
    [message] = smtp_server.messages
    for part in ("plain", "html"):
        content = message.get_body((part,)).get_content()
        assert "Hello there," in content
        assert "evil" not in content
        assert "\u202e" not in content


@pytest.mark.django_db
def test_a_test_reminder_says_neither_an_old_name_nor_an_address():
    for name in (f"{ADVERT} Sam", ""):
        staff = UserFactory(name=name)
        trial.send_test(staff, about=None, now=clock.now())
        assert "Hello there," in clean(newest_letter_to(staff.email))
    record = PatientFactory()
    spoil(Patient.objects.filter(pk=record.pk))
    record.refresh_from_db()
    trial.send_test(record.user, about=record, now=clock.now())
    assert "Hello there," in clean(newest_letter_to(record.user.email))


@pytest.mark.django_db
def test_a_clinic_begins_under_a_name_that_its_letter_may_say():
    lead = {"email": "lead@example.org", "time_zone": "Europe/London", "now": clock.now()}
    with pytest.raises(NotPossible):
        services.start_clinic("evil.example", person_name="Ada", **lead)
    services.start_clinic("Physio 2.0", person_name="Ada", **lead)
    assert letter_to("lead@example.org").subject == "Physio 2.0 is ready"
