"""From the e-mail to the team."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

import clock
from accounts import services
from accounts.models import Membership, TeamInvitation, User
from tests.accounts.post import letter_to, link_in
from tests.factories import PASSWORD, ClinicFactory, MembershipFactory, PatientFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "nia@example.org"
FILLED_IN = {"name": "Nia Price", "password": PASSWORD}


@pytest.fixture
def lead():
    clinic = ClinicFactory(name="Riverside")
    return MembershipFactory(clinic=clinic, role=Membership.Role.LEAD)


@pytest.fixture
def invitation(lead):
    return services.invite_to_team(
        lead.clinic, address=ADDRESS, name="Nia", role="clinician", by=lead.user, now=clock.now()
    )


@pytest.fixture
def link(invitation):
    return link_in(letter_to(ADDRESS), "/invitations/team/")


def test_looking_changes_nothing(client, link, invitation):
    page = client.get(link)
    assert "Join the team of Riverside" in page.content.decode()
    assert 'value="Nia"' in page.content.decode()
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not User.objects.filter(email=ADDRESS).exists()


def test_a_new_colleague_chooses_a_password_and_is_in(client, link):
    assert client.post(link, FILLED_IN)["Location"] == "/"
    member = Membership.objects.get(user__email=ADDRESS)
    assert (member.user.name, member.role) == ("Nia Price", "clinician")
    assert client.session["_auth_user_id"] == str(member.user.pk)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Type a name."),
        ("name", "x" * 121, "120 letters at most"),
        ("password", "", "Choose a password."),
        ("password", "short", "Use 10 characters or more."),
        ("password", "nia@example.org", "Names, and words about"),
        ("password", "x" * 5000, "128 letters at most"),
    ],
)
def test_bad_input_is_explained_and_kept(client, link, field, typed, said):
    page = client.post(link, {**FILLED_IN, field: typed})
    assert page.status_code == 422
    assert said in str(page.context["form"].errors[field])
    if field != "name":
        assert 'value="Nia Price"' in page.content.decode()
    assert not User.objects.filter(email=ADDRESS).exists()


def test_an_account_signs_in_first_then_joins_with_one_button(client, link):
    user = PatientFactory(user__email=ADDRESS).user
    page = client.get(link).content.decode()
    assert f"/accounts/login/?next={link}" in page
    assert "password" not in page.lower()
    client.post(link, FILLED_IN)
    assert not user.memberships.exists()
    data = {"login": ADDRESS, "password": PASSWORD, "next": link}
    assert client.post("/accounts/login/", data)["Location"] == link
    assert "Join the team" in client.get(link).content.decode()
    assert client.post(link)["Location"] == "/"
    assert user.clinics_as_staff().exists()


def test_somebody_else_cannot_join_with_it(as_user, link):
    other = UserFactory()
    client = as_user(other)
    page = client.get(link).content.decode()
    assert "was sent to nia@example.org" in page
    assert "Sign out" in page
    client.post(link)
    assert not other.memberships.exists()


@pytest.mark.parametrize("token", ["x", "x" * 500, "zoë", "../../etc"])
def test_an_unknown_link_explains_itself(client, token):
    page = client.get(f"/invitations/team/{token}/")
    assert page.status_code == 404
    if "/" not in token:
        assert "We do not know this link" in page.content.decode()


def test_a_tampered_link_explains_itself(client, link):
    page = client.post(link[:-2] + "x/", FILLED_IN)
    assert page.status_code == 404
    assert "We do not know this link" in page.content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"accepted_at": clock.now()}, "has been used already"),
        ({"revoked_at": clock.now()}, "has withdrawn this invitation"),
        ({"expires_at": clock.now() + timedelta(microseconds=1)}, "has run out"),
    ],
    ids=["used", "withdrawn", "expired"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_link_explains_itself(client, link, invitation, change, said, method):
    created = clock.now() - timedelta(days=8)
    TeamInvitation.objects.update(created_at=created, **change)
    page = getattr(client, method)(link, FILLED_IN)
    assert page.status_code == 410
    assert said in page.content.decode()
    assert not User.objects.filter(email=ADDRESS).exists()


def test_a_second_press_joins_once(client, link):
    client.post(link, FILLED_IN)
    assert Client().post(link, FILLED_IN).status_code == 410
    assert Membership.objects.filter(user__email=ADDRESS).count() == 1


def test_joining_with_a_long_patients_session_asks_to_sign_in_again(as_user, lead):
    user = PatientFactory(user__email=ADDRESS).user
    with time_machine.travel("2026-03-02 09:00:00+00:00", tick=False) as now:
        client = as_user(user)
        now.shift(timedelta(days=3))
        services.invite_to_team(
            lead.clinic,
            address=ADDRESS,
            name="Nia",
            role="clinician",
            by=lead.user,
            now=clock.now(),
        )
        client.post(link_in(letter_to(ADDRESS), "/invitations/team/"))
        page = client.get("/", follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/login/"
    assert "You are on the team of Riverside." in page.content.decode()
