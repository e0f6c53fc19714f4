"""The link by which somebody takes up their record."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.limits import WRONG_YEARS
from accounts.models import InvitationBase, User
from accounts.tokens import hash_of
from patients.models.records import Patient


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User):
        return self.filter(patient__in=Patient.objects.in_care_of(user))

    def by_token(self, token: str):
        return self.filter(token_hash=hash_of(token))

    def open(self):
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(InvitationBase):
    """Asks a patient to open their page. Sending again revokes the earlier one."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # How often somebody who opened it typed another year of birth than the clinic has.
    wrong_years = models.PositiveSmallIntegerField(default=0)

    objects = InvitationQuerySet.as_manager()

    class Meta(InvitationBase.Meta):
        constraints = [
            *InvitationBase.Meta.constraints,
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_one_open_per_patient",
            ),
            models.CheckConstraint(
                condition=Q(wrong_years__lte=WRONG_YEARS.number),
                name="invitation_three_wrong_years",
            ),
        ]

    @property
    def is_tried_out(self) -> bool:
        """Nobody can accept it any more: a wrong year of birth was typed three times."""
        return self.wrong_years >= WRONG_YEARS.number

    @property
    def tries_left(self) -> int:
        return WRONG_YEARS.number - self.wrong_years

    def why_closed(self, now: datetime) -> str:
        """As for every invitation; "tried" after three wrong years of birth; and "closed" where
        whoever used it has lost the page since.
        """
        if self.accepted_at and self.patient.has_closed_links_of(self.accepted_at):
            return "closed"
        return super().why_closed(now) or ("tried" if self.is_tried_out else "")
