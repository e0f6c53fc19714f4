"""A lead looks after the team, in the browser."""

import pytest
from django.urls import reverse

from accounts.models import Membership, TeamInvitation
from tests.accounts.post import letter_to, link_in
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    MembershipFactory,
    PatientFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TEAM = "/settings/team/"
NEW = {"name": "Nia Price", "address": "Nia@Example.org", "role": "clinician"}


@pytest.fixture
def clinic():
    return ClinicFactory(name="Riverside")


@pytest.fixture
def lead(clinic):
    return MembershipFactory(clinic=clinic, role=Membership.Role.LEAD).user


@pytest.fixture
def client(as_user, lead):
    return as_user(lead)


def invite(client, clinic, **changes):
    return client.post(reverse("accounts:invite_colleague", args=[clinic.pk]), {**NEW, **changes})


def test_the_page_lists_who_works_here_and_who_did(client, clinic):
    MembershipFactory(clinic=clinic, user__name="Priya Shah")
    MembershipFactory(clinic=clinic, user__name="Tom Bell", deactivated_at=LONG_AGO)
    MembershipFactory(user__name="Somebody Else")
    page = client.get(TEAM).content.decode()
    assert page.index("Priya Shah") < page.index("Tom Bell")
    assert "Let back in" in page
    assert "Somebody Else" not in page


def test_inviting_sends_the_link_and_lists_it(client, clinic):
    assert invite(client, clinic)["Location"] == TEAM
    page = client.get(TEAM).content.decode()
    assert "Invitation sent to nia@example.org." in page
    assert "works until" in page
    assert link_in(letter_to("nia@example.org"), "/invitations/team/")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Type a name."),
        ("name", "ñ" * 121, "120 letters at most"),
        ("address", "", "Type an e-mail address."),
        ("address", "nia@", "like name@example.org"),
        ("address", "nia@work", "a full stop after the @"),
        ("address", "nia", "like name@example.org"),
        ("address", "a" * 300 + "@example.org", "254 letters at most"),
        ("role", "owner", "valid choice"),
        ("role", "", "required"),
    ],
)
def test_bad_input_is_explained_and_kept(client, clinic, field, typed, said):
    page = invite(client, clinic, **{field: typed})
    assert page.status_code == 422
    assert said in str(page.context["form"].errors[field])
    for other in {"name", "address"} - {field}:
        assert f'value="{NEW[other]}"' in page.content.decode()
    assert not TeamInvitation.objects.exists()


def test_a_member_is_not_invited_again(client, clinic, lead):
    page = invite(client, clinic, address=lead.email.upper())
    assert page.status_code == 422
    assert "on the team already" in str(page.context["form"].errors["address"])


def test_sending_again_replaces_the_link(client, clinic):
    invite(client, clinic)
    invitation = TeamInvitation.objects.get()
    client.post(reverse("accounts:resend_invitation", args=[invitation.pk]))
    assert TeamInvitation.objects.open().count() == 1
    invitation.refresh_from_db()
    assert invitation.revoked_at


def test_withdrawing_closes_the_link(client, clinic):
    invite(client, clinic)
    path = link_in(letter_to("nia@example.org"), "/team/")
    invitation = TeamInvitation.objects.get()
    client.post(reverse("accounts:revoke_invitation", args=[invitation.pk]))
    assert client.get(path).status_code == 410
    assert "Nia Price" not in client.get(TEAM).content.decode()


def test_taking_away_access_asks_first_then_ends_their_session(client, clinic, as_user):
    member = MembershipFactory(clinic=clinic, user__name="Priya Shah")
    PatientFactory.create_batch(2, clinic=clinic, clinician=member.user)
    theirs = as_user(member.user)
    path = reverse("accounts:deactivate", args=[member.pk])
    assert "2 patients" in client.get(path).content.decode()
    assert theirs.get("/settings/").status_code == 200
    client.post(path)
    assert theirs.get("/settings/")["Location"].startswith("/accounts/login/")
    assert "Priya Shah has no access any more." in client.get(TEAM).content.decode()


def test_a_patient_who_left_the_team_keeps_their_exercises(client, clinic, as_user):
    both = PatientFactory(clinic=clinic, user=MembershipFactory(clinic=clinic).user).user
    member = both.memberships.get()
    client.post(reverse("accounts:deactivate", args=[member.pk]))
    both.refresh_from_db()
    assert as_user(both).get("/")["Location"] == reverse("today:today")


def test_letting_back_in(client, clinic):
    member = MembershipFactory(clinic=clinic, deactivated_at=LONG_AGO)
    assert client.get(reverse("accounts:reactivate", args=[member.pk])).status_code == 405
    client.post(reverse("accounts:reactivate", args=[member.pk]))
    assert clinic in member.user.clinics_as_staff()


def test_handing_over_the_lead(client, clinic):
    member = MembershipFactory(clinic=clinic, user__name="Priya Shah")
    path = reverse("accounts:change_role", args=[member.pk])
    assert "Make clinic lead" in client.get(TEAM).content.decode()
    page = client.post(path, {"role": "lead"}, follow=True).content.decode()
    assert "Priya Shah is now: Clinic lead." in page
    assert "Make clinician" in page


@pytest.mark.parametrize("role", ["", "owner", "lead\x00"])
def test_an_unknown_role_changes_nothing(client, clinic, role):
    member = MembershipFactory(clinic=clinic)
    path = reverse("accounts:change_role", args=[member.pk])
    assert client.post(path, {"role": role})["Location"] == TEAM
    member.refresh_from_db()
    assert member.role == Membership.Role.CLINICIAN


def test_nobody_takes_away_their_own_access(client, lead):
    path = reverse("accounts:deactivate", args=[lead.memberships.get().pk])
    assert "You cannot take away your own access" in client.post(path, follow=True).content.decode()
    assert lead.clinics_as_lead().exists()


ROW_PAGES = ["deactivate", "reactivate", "change_role"]


@pytest.mark.parametrize("page", ROW_PAGES)
@pytest.mark.parametrize("who", ["colleague", "other_lead", "patient"])
def test_nobody_else_touches_the_team(as_user, clinic, page, who):
    member = MembershipFactory(clinic=clinic)
    person = {
        "colleague": lambda: MembershipFactory(clinic=clinic).user,
        "other_lead": lambda: MembershipFactory(role=Membership.Role.LEAD).user,
        "patient": lambda: PatientFactory(clinic=clinic).user,
    }[who]()
    path = reverse(f"accounts:{page}", args=[member.pk])
    assert as_user(person).post(path, {"role": "lead"}).status_code == 404
    member.refresh_from_db()
    assert (member.deactivated_at, member.role) == (None, Membership.Role.CLINICIAN)


def test_another_clinics_lead_cannot_invite_here(as_user, clinic):
    other = MembershipFactory(role=Membership.Role.LEAD).user
    assert invite(as_user(other), clinic).status_code == 404
    assert not TeamInvitation.objects.exists()


def test_who_leads_two_clinics_sees_both(as_user, clinic, lead):
    other = MembershipFactory(user=lead, role=Membership.Role.LEAD, clinic__name="Hillside").clinic
    MembershipFactory(clinic=other, user__name="Tom Bell")
    page = as_user(lead).get(TEAM).content.decode()
    assert page.index("Hillside") < page.index("Tom Bell") < page.index(">Riverside<")


def test_queries_do_not_grow_with_the_team(client, clinic, django_assert_num_queries):
    for total in (1, 20):
        MembershipFactory.create_batch(total, clinic=clinic)
        for person in UserFactory.create_batch(total):
            invite(client, clinic, address=f"new-{person.email}")
        client.get(TEAM)  # shows the messages
        with django_assert_num_queries(7):
            client.get(TEAM)
