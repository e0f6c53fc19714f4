"""The team's verbs, away from any page."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import services
from accounts.models import AuditEvent, Clinic, Letter, Membership, TeamInvitation, User
from tests.accounts.post import letter_to, link_in
from tests.factories import ClinicFactory, MembershipFactory, UserFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
pytestmark = pytest.mark.django_db


def lead_of(clinic: Clinic) -> User:
    return MembershipFactory(clinic=clinic, role=Membership.Role.LEAD).user


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("at").values_list("action", flat=True))


def test_start_clinic_makes_a_clinic_and_its_lead():
    membership = services.start_clinic(
        "Riverside",
        email=" Lead@Example.ORG ",
        person_name="Ada",
        time_zone="Europe/Paris",
        now=NOW,
        password="a long enough one",
    )
    assert membership.role == Membership.Role.LEAD
    assert membership.clinic.time_zone == "Europe/Paris"
    assert membership.user.email == "lead@example.org"
    assert membership.user.check_password("a long enough one")
    assert actions() == ["clinic_started"]
    assert not Letter.objects.exists()


def test_start_clinic_without_a_password_sends_a_link_to_choose_one():
    services.start_clinic(
        "Riverside", email="lead@example.org", person_name="Ada", time_zone="UTC", now=NOW
    )
    assert not User.objects.get().has_usable_password()
    assert "/accounts/password/reset/key/" in link_in(letter_to("lead@example.org"), "/key/")


def test_start_clinic_refuses_a_known_address_and_makes_nothing():
    UserFactory(email="lead@example.org")
    with pytest.raises(services.HasAccount):
        services.start_clinic(
            "Riverside", email="LEAD@example.org", person_name="", time_zone="UTC", now=NOW
        )
    assert not Clinic.objects.exists()


def invite(clinic: Clinic, by: User, **changes) -> TeamInvitation:
    given = {"address": "New@Example.org", "name": "Nia", "role": "clinician", **changes}
    return services.invite_to_team(clinic, by=by, now=NOW, **given)


def test_invite_keeps_a_hash_and_mails_the_link():
    clinic = ClinicFactory(name="Riverside & Sons")
    invitation = invite(clinic, lead_of(clinic))
    letter = letter_to("new@example.org")
    token = link_in(letter, "/invitations/team/").split("/")[3]
    assert TeamInvitation.objects.by_token(token).get() == invitation
    assert token not in invitation.token_hash
    assert invitation.expires_at == NOW + timedelta(days=7)
    assert letter.subject == "Join the team of Riverside & Sons"
    assert "Riverside & Sons" in letter.text
    assert "Riverside &amp; Sons" in letter.html


def test_inviting_again_withdraws_the_earlier_link():
    clinic = ClinicFactory()
    lead = lead_of(clinic)
    first, second = invite(clinic, lead), invite(clinic, lead, address="new@example.ORG")
    first.refresh_from_db()
    assert first.why_closed(NOW) == "withdrawn"
    assert second.is_open_at(NOW)


@pytest.mark.parametrize(("left_at", "said"), [(None, "already"), (NOW, "Let back in")])
def test_a_member_is_not_invited_again(left_at, said):
    member = MembershipFactory(deactivated_at=left_at)
    with pytest.raises(services.NotPossible, match=said):
        invite(member.clinic, lead_of(member.clinic), address=member.user.email)
    assert not Letter.objects.exists()


def test_accept_makes_an_account_once():
    clinic = ClinicFactory()
    invitation = invite(clinic, lead_of(clinic), role="lead")
    membership = services.accept_team_invitation(invitation, now=LATER, password="ten or more")
    assert (membership.user.email, membership.user.name) == ("new@example.org", "Nia")
    assert (membership.role, membership.created_at) == ("lead", LATER)
    with pytest.raises(services.LinkClosed):
        services.accept_team_invitation(invitation, now=LATER, password="ten or more")
    assert actions() == ["colleague_invited", "team_joined"]


@pytest.mark.parametrize("change", [{"revoked_at": NOW}, {"expires_at": LATER}])
def test_accept_refuses_a_closed_link(change):
    clinic = ClinicFactory()
    invitation = invite(clinic, lead_of(clinic))
    TeamInvitation.objects.filter(pk=invitation.pk).update(**change)
    with pytest.raises(services.LinkClosed):
        services.accept_team_invitation(invitation, now=LATER, password="ten or more")
    assert not User.objects.filter(email="new@example.org").exists()


def test_accept_with_an_account_lets_only_its_owner_join():
    clinic = ClinicFactory()
    invitation = invite(clinic, lead_of(clinic))
    with pytest.raises(services.NotPossible, match="another e-mail address"):
        services.accept_team_invitation(invitation, now=LATER, user=UserFactory())
    owner = UserFactory(email="new@example.org")
    with pytest.raises(services.HasAccount):
        services.accept_team_invitation(invitation, now=LATER, password="ten or more")
    assert services.accept_team_invitation(invitation, now=LATER, user=owner).user == owner


def test_who_was_let_go_after_an_invitation_comes_back_by_it():
    member = MembershipFactory()
    lead = lead_of(member.clinic)
    invitation = TeamInvitation.objects.create(
        clinic=member.clinic,
        address=member.user.email,
        name="Nia",
        invited_by=lead,
        token_hash="0" * 64,
        created_at=NOW,
        expires_at=LATER + timedelta(days=1),
    )
    services.deactivate(member, by=lead, now=NOW)
    services.accept_team_invitation(invitation, now=LATER, user=member.user)
    member.refresh_from_db()
    assert member.deactivated_at is None


def test_deactivate_ends_access_and_every_session():
    member = MembershipFactory()
    before = member.user.get_session_auth_hash()
    services.deactivate(member, by=lead_of(member.clinic), now=NOW)
    member.refresh_from_db()
    assert member.deactivated_at == NOW
    assert not member.user.clinics_as_staff().exists()
    assert User.objects.get(pk=member.user_id).get_session_auth_hash() != before
    assert actions() == ["member_deactivated"]


def test_nobody_deactivates_themselves():
    lead = MembershipFactory(role=Membership.Role.LEAD)
    MembershipFactory(clinic=lead.clinic, role=Membership.Role.LEAD)
    with pytest.raises(services.NotPossible, match="your own access"):
        services.deactivate(lead, by=lead.user, now=NOW)


def test_a_clinic_keeps_its_last_lead():
    lead = MembershipFactory(role=Membership.Role.LEAD)
    MembershipFactory(clinic=lead.clinic)
    just_deactivated = MembershipFactory(
        clinic=lead.clinic, role=Membership.Role.LEAD, deactivated_at=NOW
    )
    with pytest.raises(services.NotPossible, match="at least one clinic lead"):
        services.deactivate(lead, by=just_deactivated.user, now=NOW)


def test_deactivating_twice_is_once():
    member = MembershipFactory()
    lead = lead_of(member.clinic)
    for when in (NOW, LATER):
        services.deactivate(member, by=lead, now=when)
    member.refresh_from_db()
    assert member.deactivated_at == NOW
    assert actions() == ["member_deactivated"]


def test_reactivate_gives_the_old_role_back():
    member = MembershipFactory(role=Membership.Role.LEAD, deactivated_at=NOW)
    services.reactivate(member, by=lead_of(member.clinic), now=LATER)
    assert member.clinic in member.user.clinics_as_lead()
    assert actions() == ["member_reactivated"]


def test_change_role_both_ways():
    member = MembershipFactory()
    lead = lead_of(member.clinic)
    services.change_role(member, role="lead", by=lead, now=NOW)
    assert member.clinic in member.user.clinics_as_lead()
    services.change_role(member, role="clinician", by=lead, now=LATER)
    assert member.clinic not in member.user.clinics_as_lead()
    assert actions() == ["member_made_lead", "member_made_clinician"]


def test_nobody_changes_their_own_role():
    lead = MembershipFactory(role=Membership.Role.LEAD)
    lead_of(lead.clinic)
    with pytest.raises(services.NotPossible, match="your own role"):
        services.change_role(lead, role="clinician", by=lead.user, now=NOW)


def test_the_last_lead_stays_lead():
    lead = MembershipFactory(role=Membership.Role.LEAD)
    just_changed = MembershipFactory(clinic=lead.clinic).user
    with pytest.raises(services.NotPossible, match="at least one clinic lead"):
        services.change_role(lead, role="clinician", by=just_changed, now=NOW)
