"""Codes that a clinic shows in the room, to sign a patient's phone in. See docs/adr/0051."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts import codes
from accounts.device_kinds import DeviceKind
from accounts.models import User
from accounts.tokens import hash_of
from patients.models.people import Patient

LENGTH = 12  # characters out of 28: more than 200,000,000,000,000,000 codes
TOLD_FOR = timedelta(minutes=30)


class PhoneLinkQuerySet(models.QuerySet["PhoneLink"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.in_care_of(user))

    def by_token(self, typed: str) -> Self:
        """However it was typed: small letters, without the dashes."""
        return self.filter(token_hash=hash_of(codes.read(typed)))

    def lately(self, now: datetime) -> Self:
        """Those of which a page still says what became of them, the newest first."""
        return self.filter(created_at__gt=now - TOLD_FOR).order_by("-created_at")

    def open(self) -> Self:
        """Neither used nor taken back. It may have run out."""
        return self.filter(used_at=None, ended_at=None)


class PhoneLink(models.Model):
    """Signs one phone in to a record's page: once, within minutes. Another one ends it.

    The code in its address is computed from the row's key, as a mailed code is; only its hash
    stands here, to find the row by.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="phone_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # taken back, or another one was made
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    used_on = models.CharField(max_length=14, choices=DeviceKind, blank=True)

    objects = PhoneLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="phone_link_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None, used_on="")
                | Q(used_at__isnull=False, used_by__isnull=False) & ~Q(used_on=""),
                name="phone_link_used_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(ended_at=None), name="phone_link_used_or_ended"
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(used_at=None, ended_at=None),
                name="phone_link_one_open_per_patient",
            ),
        ]

    @property
    def code(self) -> str:
        """The letters and figures in its address."""
        return codes.computed("patients.phone_links", self.pk, length=LENGTH)

    @property
    def code_shown(self) -> str:
        """As people read it, and as the address may be typed: "BCDF-GHJK-MNPQ"."""
        code = self.code
        return "-".join(code[n : n + 4] for n in range(0, LENGTH, 4))

    def why_closed(self, now: datetime) -> str:
        """ "used", "ended" or "expired"; empty while it signs a phone in."""
        if self.used_at:
            return "used"
        if self.ended_at:
            return "ended"
        return "expired" if now >= self.expires_at else ""
