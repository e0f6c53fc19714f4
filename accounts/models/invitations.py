"""Single-use links that are sent to an address."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import mail_addresses
from accounts.models.people import Clinic, Membership, User
from accounts.tokens import hash_of


class InvitationBase(models.Model):
    """A single-use link sent to an address. Only the token's hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.EmailField(_("e-mail address"))
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # The e-mail that carries it: whether it got through is part of what we know.
    letter = models.ForeignKey(
        "accounts.Letter", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(address__regex=mail_addresses.AS_KEPT),
                name="%(class)s_address_is_as_kept",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="%(class)s_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="%(class)s_accepted_or_revoked",
            ),
        ]

    def is_open_at(self, now: datetime) -> bool:
        """Neither used nor withdrawn nor out of date."""
        return not self.why_closed(now)

    def why_closed(self, now: datetime) -> str:
        """ "used", "withdrawn" or "expired"; empty while the link is open."""
        if self.accepted_at:
            return "used"
        if self.revoked_at:
            return "withdrawn"
        return "expired" if now >= self.expires_at else ""


class TeamInvitationQuerySet(models.QuerySet["TeamInvitation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(clinic__in=user.clinics_as_lead())

    def by_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token))

    def open(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None)


class TeamInvitation(InvitationBase):
    """Asks someone to join a clinic's team."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="team_invitations")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(
        max_length=9, choices=Membership.Role, default=Membership.Role.CLINICIAN
    )
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = TeamInvitationQuerySet.as_manager()

    class Meta(InvitationBase.Meta):
        constraints = [
            *InvitationBase.Meta.constraints,
            models.UniqueConstraint(
                fields=["address", "clinic"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="teaminvitation_one_open_per_address",
            ),
        ]
