"""Which time zone a record had, and since when."""

import uuid
from typing import Self

from django.db import models

from accounts.models import User
from patients.models.people import Patient


class ZoneChangeQuerySet(models.QuerySet["ZoneChange"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))


class ZoneChange(models.Model):
    """A record's time zone became another one, whoever changed it: so a past time of day is shown
    by the clock of its day. See ``Patient.zones_since``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="zone_changes")
    before = models.CharField(max_length=64)
    after = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    objects = ZoneChangeQuerySet.as_manager()

    class Meta:
        ordering = ["changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "changed_at"], name="zone_change_once_at_a_moment"
            ),
        ]
