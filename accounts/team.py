"""What the team page shows of a clinic."""

from django.db.models import F, Prefetch, QuerySet

from accounts.models import Clinic, Membership, TeamInvitation


def for_team_page(clinics: QuerySet[Clinic]) -> QuerySet[Clinic]:
    """Each with ``team`` (active first) and ``invited`` (open ones), in three queries."""
    team = Membership.objects.select_related("user").order_by(
        F("deactivated_at").asc(nulls_first=True), "user__name"
    )
    invited = TeamInvitation.objects.open().select_related("letter").order_by("created_at")
    return clinics.order_by("name").prefetch_related(
        Prefetch("memberships", team, to_attr="team"),
        Prefetch("team_invitations", invited, to_attr="invited"),
    )
