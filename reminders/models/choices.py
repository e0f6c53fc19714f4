"""Whether and when a patient wants to be reminded."""

import uuid
from datetime import time
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from patients.models import Patient

EARLIEST = time(4, 0)  # local; from here on no zone's clocks are changed
LATEST = time(22, 30)


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))


class Preference(models.Model):
    """Whether a patient wants reminders. No row means: they do, at the usual times."""

    patient = models.OneToOneField(
        Patient, models.CASCADE, primary_key=True, related_name="reminder_preference"
    )
    is_on = models.BooleanField(_("send me reminders"), default=True)
    # True once the patient has chosen: then their slots count, even if there are none.
    has_own_times = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    # A time that comes due before this does not count yet: it was chosen too close to a letter.
    counts_from = models.DateTimeField(null=True, blank=True)

    objects = PreferenceQuerySet.as_manager()


class Slot(models.Model):
    """One of a patient's own reminder times of day, in their local time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="reminder_slots")
    position = models.PositiveSmallIntegerField()  # 0, 1, 2 in the order of the day
    # The patient's own: the database keeps it so (a foreign key on both columns that
    # follows a change of zone), and so a minute's slots are found by one index.
    zone = models.CharField(max_length=64)
    at = models.TimeField(_("time"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "position"], name="slot_position_once"),
            models.CheckConstraint(condition=Q(position__lte=2), name="slot_three_at_most"),
            models.CheckConstraint(
                condition=Q(at__gte=EARLIEST, at__lte=LATEST), name="slot_in_waking_hours"
            ),
        ]
        indexes = [models.Index(fields=["zone", "at"], name="slot_local_time")]
