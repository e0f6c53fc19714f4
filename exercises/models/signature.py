"""A named clinician's word for one version of an exercise, given for one clinic."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import Clinic, Membership, User
from exercises.models.exercise import ExerciseVersion


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, user: User) -> Self:
        """Those of the clinics in which this person works; another clinic's say nothing here."""
        return self.filter(clinic__in=user.clinics_as_staff())

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(withdrawn_at=None)


class Signature(models.Model):
    """Says that a physiotherapist has read this version and stands by it, for their clinic.

    The name and the role are those of the day it was signed, whatever the account is
    called later. A trigger keeps all of it as it is: it can be taken back, once. See
    docs/adr/0033.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    version = models.ForeignKey(ExerciseVersion, models.CASCADE, related_name="signatures")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=9, choices=Membership.Role)
    signed_on = models.DateField()  # by the clinic's calendar
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "clinic"],
                condition=Q(withdrawn_at=None),
                name="signature_one_standing",
            ),
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="signature_has_a_name"),
            models.CheckConstraint(
                condition=Q(role__in=Membership.Role.values), name="signature_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
